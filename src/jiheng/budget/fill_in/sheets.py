"""The sheets of a fill-in workbook and their columns, in the order in which they stand."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

from jiheng.budget.place import Place
from jiheng.budget.workbook import letters

KEY: Final = "@key"
"""Key of the hidden first column: the path of the row's item in the base ("projects.3"), or of a single value."""
HEADING: Final = "@heading"
"""What stands in the first column of the row of headings, which follows that of the keys."""
ORDER: Final = "@order"
"""Key of the column that says in which order rows stand in the document, however the sheet is sorted."""
LIST: Final = "@list"
"""Key of the column that says which of the sheet's lists a row belongs to."""
PROJECT: Final = "@project"
"""Key of the column that names the project of an indicator."""
TEXT: Final = "@text"
"""Key of the column of a sheet whose items are texts."""
VALUE: Final = "@value"
"""Key of the column of single values."""
DATA_SHEET: Final = "绩衡数据"
SINGLES_SHEET: Final = "单位信息"
LIST_NAMES: Final = {"projects": "部门项目", "special_funds": "专项资金"}
PLAN_UNITS: Final = {"percent": "百分比", "amount": "金额"}


class Input(StrEnum):
    """What is to be typed into a cell."""

    ORDER = "order"
    TEXT = "text"
    LINES = "lines"
    """Several texts, a line each."""
    AMOUNT = "amount"
    SHARE = "share"
    """A figure of the spending plan."""
    FIGURE = "figure"
    CHOICE = "choice"
    FIXED = "fixed"
    """Nothing: the cell is locked."""
    CHECK = "check"
    """Nothing: a formula."""


class Column(NamedTuple):
    """A column: key of the value, heading, width in characters, what is typed, and what to know before typing."""

    key: str
    heading: str
    width: int = 12
    input: Input = Input.TEXT
    hint: str = ""
    longest: int = 500
    """Characters that are let through without asking."""
    is_needed: bool = False


class Sheet(NamedTuple):
    """A sheet of rows.

    Attributes:
        lists: paths of the lists whose items are its rows, "*" for each item of the list before it.
        room: empty rows ready to be typed into.
        of_department: it is of the whole department, and not in the workbook of one unit.
    """

    title: str
    lists: tuple[str, ...]
    columns: tuple[Column, ...]
    says: str
    room: int = 20
    of_department: bool = False

    @property
    def inputs(self) -> tuple[Column, ...]:
        """The columns that are typed into."""
        return tuple(column for column in self.columns if column.input not in (Input.CHECK, Input.FIXED))

    @property
    def contents(self) -> tuple[Column, ...]:
        """The columns that make a row one that is filled in: not its number, nor which list it is for."""
        return tuple(column for column in self.inputs if column.key not in (ORDER, LIST))


class Single(NamedTuple):
    """A single value: its path in the document, its name, what is typed, what to know."""

    path: str
    label: str
    group: str
    input: Input = Input.TEXT
    hint: str = ""


_ORDER: Final = Column(
    ORDER, "序号", 6, Input.ORDER, "写入文本时按序号从小到大排，与表中排序无关。要插在 3 和 4 之间，填 3.5；不填则排在上一行之后。"
)  # fmt: skip
_CHECK: Final = Column("@check", "检查（自动）", 34, Input.CHECK)
_AMOUNT: Final = "填数字，不写单位，不小于 0，一般保留两位小数，如 16.80。"
_PLAN: Final = "截至该月底累计要支出的百分比，填 0 到 100 的数字，不写百分号；逐期不减少，年底为 100。"

_PROJECTS: Final = (
    _ORDER,
    Column(LIST, "类别", 10, Input.CHOICE, "部门项目，或由多个单位使用的专项资金。不选即为部门项目。"),
    Column("name", "项目名称", 26, Input.TEXT, "与预算系统中的名称一致；同一张表中不要重名。", 80, True),
    Column("code", "项目编码", 24, Input.TEXT, "21 位编码（如 13990124P005840100019），或 434-0501-YXN-WYUZ 的形式；中间没有空格。新项目还没有编码可以先空着。", 30),
    Column("attribute", "项目属性", 11, Input.CHOICE, "新增项目、延续项目等，也可以另写。", 30),
    Column("unit.code", "单位代码", 10, Input.TEXT, "实施单位的代码，如 305001。", 20),
    Column("unit.name", "实施单位", 20, Input.TEXT, "具体实施项目的单位。", 80),
    Column("budget.unit", "金额单位", 9, Input.CHOICE, "不选即为万元。"),
    Column("budget.total", "预算数", 11, Input.AMOUNT, _AMOUNT + "应等于财政资金加其他资金。", is_needed=True),
    Column("budget.fiscal", "财政资金", 11, Input.AMOUNT, _AMOUNT),
    Column("budget.other", "其他资金", 11, Input.AMOUNT, _AMOUNT + "没有就空着。"),
    Column("purpose", "资金用途", 34, Input.TEXT, "钱用来做什么，写一两句话。", 500, True),
    Column("plan.unit", "支出计划口径", 9, Input.CHOICE, "支出计划填的是百分比还是金额；不选即为百分比。"),
    Column("plan.march", "3月底", 8, Input.SHARE, _PLAN),
    Column("plan.june", "6月底", 8, Input.SHARE, _PLAN),
    Column("plan.october", "10月底", 8, Input.SHARE, _PLAN),
    Column("plan.december", "12月底", 8, Input.SHARE, _PLAN),
    Column("goals[]", "绩效目标", 44, Input.LINES, "一行写一条，按 Alt+Enter 换行；条目前不用写序号。", 2000, True),
    Column("@difference", "差额", 9, Input.CHECK),
    _CHECK,
)  # fmt: skip
_INDICATORS: Final = (
    _ORDER,
    Column(PROJECT, "项目名称", 26, Input.CHOICE, "从“项目”表已填的项目中选。", 80, True),
    Column("level1", "一级指标", 11, Input.CHOICE, "先选一级指标，二级指标随之变化。", 20, True),
    Column("level2", "二级指标", 16, Input.CHOICE, "先选一级指标，这里的选项随之变化。", 20, True),
    Column("level3", "三级指标", 22, Input.CHOICE, "具体的指标名称，说明衡量什么，如“清淤验收合格率”。可以选建议的名称再改，也可以直接写。", 60, True),
    Column("description", "绩效指标描述", 34, Input.TEXT, "这个指标怎样算、算什么。", 300),
    Column("value.sign", "符号", 9, Input.CHOICE, "≥ 不低于，≤ 不超过；不能用一个数表示的选“文字描述”，把内容写在“单位（文字描述）”里。"),
    Column("value.number", "数值", 10, Input.FIGURE, "只填数字。比率、满意度不超过 100；选了“文字描述”的不填。"),
    Column("value.unit", "单位（文字描述）", 16, Input.CHOICE, "计量单位，如 %、人、元；选了“文字描述”的，在这里写内容，如“10月底前”。", 100),
    Column("scoring", "评（扣）分标准", 16, Input.TEXT, "没有就空着。", 300),
    Column("basis", "指标值确定依据", 22, Input.TEXT, "目标值从哪里来：文件、合同、上年实际、行业标准等。", 200),
    _CHECK,
)  # fmt: skip
_MONEY: Final = "以万元为单位，" + _AMOUNT
_PURCHASES: Final = (
    _ORDER,
    Column("project", "项目名称", 24, Input.CHOICE, "从“项目”表已填的项目中选；不属于项目的可以另写。", 80),
    Column("name", "采购物品名称", 24, Input.TEXT, "要采购的货物、工程或服务。", 80, True),
    Column("catalog_code", "目录序号", 12, Input.TEXT, "《政府采购品目分类目录》中的编码，如 A02010105；右边会显示它在目录中的名称。", 12),
    Column("measure", "计量单位", 10, Input.CHOICE, "台、套、项等。", 20),
    Column("quantity", "数量", 9, Input.FIGURE, "填数字。"),
    Column("price", "单价", 11, Input.AMOUNT, _MONEY),
    Column("total", "合计", 11, Input.AMOUNT, _MONEY + "应等于数量乘单价。", is_needed=True),
    Column("general_public", "一般公共预算拨款", 12, Input.AMOUNT, _MONEY),
    Column("government_fund", "基金预算拨款", 12, Input.AMOUNT, _MONEY),
    Column("state_capital", "国有资本经营预算拨款", 12, Input.AMOUNT, _MONEY),
    Column("fiscal_account", "财政专户核拨", 12, Input.AMOUNT, _MONEY),
    Column("own", "单位资金", 12, Input.AMOUNT, _MONEY),
    Column("carried_over", "财政拨款结转", 12, Input.AMOUNT, _MONEY),
    Column("@catalogue", "目录中的名称", 22, Input.CHECK),
    _CHECK,
)  # fmt: skip

SHEETS: Final = (
    Sheet("项目", ("projects", "special_funds"), _PROJECTS,
          "一行一个项目。不再安排的项目，清空整行；新项目接着往下写。灰色的栏由表格自动计算，不用填。", 30),
    Sheet("绩效指标", ("projects.*.indicators", "special_funds.*.indicators"), _INDICATORS,
          "一行一个指标，先选项目，再依次选一级、二级指标。每个项目都要有数量、质量、时效、成本、效益和满意度指标。", 150),
    Sheet("总体目标", ("overall_goal",), (_ORDER, Column(TEXT, "总体绩效目标", 100, Input.TEXT, "部门全年要达到什么，一行一条。", 1000)),
          "部门全年的总体绩效目标，一行一条。", 15, True),
    Sheet("分项目标", ("sub_goals",),
          (_ORDER, Column("title", "分项", 26, Input.TEXT, "职责或工作的名称，如“防汛抗旱”。", 60, True),
           Column("goal", "绩效目标", 56, Input.TEXT, "这一项工作全年要达到什么。", 1000),
           Column("indicators", "绩效指标", 56, Input.TEXT, "用哪几个数来衡量。", 1000)),
          "按部门职责或重点工作分项写，一行一项。", 15, True),
    Sheet("保障措施", ("safeguards",),
          (_ORDER, Column("title", "措施", 26, Input.TEXT, "如“加强领导”。", 60), Column("text", "内容", 100, Input.TEXT, "具体怎样做。", 1500)),
          "实现绩效目标的保障措施，一行一条。", 10, True),
    Sheet("机构设置", ("organizations",),
          (_ORDER, Column("name", "单位名称", 34, Input.TEXT, "与印章一致的全称。", 80, True), Column("nature", "单位性质", 14, Input.CHOICE, "行政、事业等。", 30),
           Column("rank", "单位规格", 14, Input.CHOICE, "正科级、副科级等。", 30), Column("funding", "经费保障形式", 20, Input.CHOICE, "财政拨款等。", 30)),
          "部门本级和所属单位，一行一个。", 15, True),
    Sheet("政府采购", ("procurement.items",), _PURCHASES, "列入年度政府采购预算的货物、工程和服务，一行一项，金额单位为万元。没有就空着。", 20, True),
)  # fmt: skip

SINGLES: Final = (
    Single("fiscal_year", "预算年度", "单位", Input.FIXED),
    Single("department.code", "部门代码", "单位", Input.TEXT, "三位代码，如 305。"),
    Single("department.name", "部门名称", "单位", Input.TEXT, "全称，如“安澜县水务局”。"),
    Single("division.code", "行政区划代码", "单位", Input.TEXT, "六位代码。"),
    Single("division.name", "行政区划", "单位", Input.TEXT, "县（市、区）的名称。"),
    Single("title", "文本标题", "单位", Input.TEXT, "封面上的标题。"),
    Single("status", "状态", "单位", Input.TEXT, "如“草案”。"),
    Single("issuer", "编制单位", "单位"),
    Single("reviewer", "审核单位", "单位"),
    Single("duties[]", "部门职责", "单位", Input.LINES, "一行写一条，按 Alt+Enter 换行。"),
    Single("revenue.total", "收入合计", "收入（万元）", Input.AMOUNT, "应等于下列各项之和。"),
    Single("revenue.general_public", "一般公共预算", "收入（万元）", Input.AMOUNT),
    Single("revenue.government_fund", "政府性基金", "收入（万元）", Input.AMOUNT),
    Single("revenue.state_capital", "国有资本经营", "收入（万元）", Input.AMOUNT),
    Single("revenue.fiscal_account", "财政专户", "收入（万元）", Input.AMOUNT),
    Single("revenue.other", "其他来源", "收入（万元）", Input.AMOUNT),
    Single("revenue.carried_over", "上年结转", "收入（万元）", Input.AMOUNT),
    Single("expenditure.total", "支出合计", "支出（万元）", Input.AMOUNT, "应等于基本支出加项目支出，也等于收入合计。"),
    Single("expenditure.basic", "基本支出", "支出（万元）", Input.AMOUNT, "应等于人员经费加日常公用经费。"),
    Single("expenditure.personnel", "其中：人员经费", "支出（万元）", Input.AMOUNT),
    Single("expenditure.operating", "其中：日常公用经费", "支出（万元）", Input.AMOUNT),
    Single("expenditure.project", "项目支出", "支出（万元）", Input.AMOUNT),
    Single("operating_funds.total", "机关运行经费", "机关运行经费（万元）", Input.AMOUNT),
    Single("three_public.total", "“三公”经费合计", "“三公”经费（万元）", Input.AMOUNT, "应等于下列各项之和。"),
    Single("three_public.abroad", "因公出国（境）", "“三公”经费（万元）", Input.AMOUNT),
    Single("three_public.vehicle_purchase", "公务用车购置", "“三公”经费（万元）", Input.AMOUNT),
    Single("three_public.vehicle_operation", "公务用车运行维护", "“三公”经费（万元）", Input.AMOUNT),
    Single("three_public.reception", "公务接待", "“三公”经费（万元）", Input.AMOUNT),
)  # fmt: skip


def cell_name(place: Place) -> str:
    """A place in a workbook as spreadsheets name it ("项目!F7"); a row, or any other place, in words."""
    if place.sheet is None or place.row is None:
        return str(place)
    if place.column is None:
        return f"{place.sheet} 第 {place.row} 行"
    return f"{place.sheet}!{letters(place.column - 1)}{place.row}"
