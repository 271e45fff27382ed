"""The words that goal forms of all provinces print: fields, funds, and the columns of indicators."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from jiheng.budget import normalise
from jiheng.reading.layouts.forms.months import PERIOD

_BRACKETS: Final = re.compile(r"[(（\[【][^()（）\[\]【】]{0,24}[)）\]】]")
_MARKS: Final = re.compile(
    r"^(?:\d{1,2}[.、．]|[一二三四五六七八九十]{1,2}、|[(（][一二三四五六七八九十\d]{1,2}[)）])|[:：*★\s]+"
)

# Label (brackets, numbers and blanks taken out) -> field of a project.
_FIELDS: Final = tuple(
    (re.compile(pattern), field)
    for pattern, field in (
        (r"(?:专项)?(?:项目|政策|专项|转移支付|专项资金|转移支付项目)(?:支出)?(?:资金)?名称(?:及编码)?|单位名称、项目名称", "name"),
        (r"项目(?:编码|代码|编号)", "code"),
        (r"(?:项目|业务|省级|市级|县级|地方)?(?:主管|预算|归口)(?:部门|单位)(?:及代码|名称)?|主管预算单位", "department"),
        (r"(?:部门|单位|部门单位)名称|预算单位名称|填报部门", "body"),
        (r"(?:项目)?(?:实施|承担|申报|填报|使用|执行|资金使用)单位(?:名称)?|项目单位|预算单位", "unit"),
        (r"项目(?:属性|性质|类别|类型|分类)|资金性质", "attribute"),
        (r"(?:项目)?(?:总)?负责人(?:及电话|及联系电话)?|联系人", "manager"),
        (r"(?:联系)?电话|联系方式", "phone"),
        (r"(?:计划|项目)?(?:开始|起始)(?:日期|时间)", "starts"),
        (r"(?:计划|项目)?(?:完成|结束|终止)(?:日期|时间)", "ends"),
        (r"(?:项目)?(?:起止(?:时间|日期|年限|年度|年月)|实施期限?|实施年限|项目期|(?:建设)?周期|建设期限?|实施时间|存续期)", "period"),
        (r"(?:项目|年度|当年|本年度?|预期|总体|年度总体|项目年度|年度绩效|绩效|整体绩效|部门整体绩效|年度履职|当年绩效)+目标(?:内容)?|预期绩效目标|年度绩效目标|(?:年初|全年)绩效目标|年初设定(?:的)?(?:绩效|总体|年度)*目标", "goals"),
        (r"项目总(?:体)?目标|(?:中长期|长期|中期|实施期|项目实施期|项目整体)(?:总|绩效|总体)?目标|总目标", "mid_term_goals"),
        (r"(?:年度|全年|全年目标|目标|实际|总体目标|年度总体目标|绩效目标|年度目标|预期目标)?(?:实际)?完成(?:目标)?情况(?:综述|说明)?|目标实现情况", "results"),
        (r"总分|自评(?:总)?(?:得)?分|总得分|评价得分|综合得分", "score"),
        (r"(?:自评|评价|绩效)?等级|评价结果", "grade"),
        (r"(?:项目)?(?:立项|设立|申报|编制)(?:的)?依据|政策依据", "basis"),
        (r"(?:项目)?(?:立项|设立|实施|申报)?(?:的)?必要性", "necessity"),
        (r"(?:项目)?(?:实施|申报|立项)?(?:的)?可行性", "feasibility"),
        (r"(?:项目)?(?:保证|保障|管理)?(?:项目实施的)?(?:制度|措施|制度、措施|制度和措施)+", "safeguards"),
        (r"(?:项目)?(?:实施)?进度(?:计划|安排)?|实施计划|工作计划", "schedule"),
        (r"(?:项目)?(?:实施)?方案", "scheme"),
        (r"项目资金用途", "purpose"),
        (r"(?:项目)?(?:概述|概况|简介|内容|基本情况|主要内容|立项情况)|资金用途|支出内容|建设内容", "overview"),
        (r"(?:自评|评价|绩效评价)?结论|(?:自评|评价)情况", "conclusion"),
        (r"(?:存在|主要|发现)?(?:的)?(?:主要)?问题(?:及原因(?:分析)?)?", "problems"),
        (r"(?:下一步)?(?:改进|整改)(?:措施|建议|意见)|有关建议|下一步(?:工作)?(?:安排|措施)", "improvement"),
        (r"(?:偏差|未完成)(?:原因|情况)(?:分析)?(?:及.{0,8}措施)?", "deviation"),
        (r"(?:预算)?(?:成本)?测算(?:依据|过程|说明|标准)?(?:及说明)?", "calculation"),
        (r"(?:部门|财政|主管部门|评审|专家|财政部门)?(?:审核|审批|评审|初审|复审)意见|(?:主管)?(?:部门|单位|财政部门|财政局)意见", "review"),
        (r"备注|说明|其他(?:需要)?说明(?:的问题|事项)?", "remark"),
        (r"(?:主管)?(?:部门|单位)(?:编码|代码)|(?:预算)?年度|申报年度|填报日期|填报时间|申报日期|申报时间|填表日期|中央主管部门|(?:省级|市级|县级)?财政部门|填表人|填报人|财务负责人|单位负责人", "besides"),
    )
)  # fmt: skip
TOPIC_FIELDS: Final = frozenset(
    {"basis", "necessity", "feasibility", "safeguards", "schedule", "scheme", "overview", "conclusion", "problems",
     "improvement", "deviation", "calculation", "review", "remark"}
)  # fmt: skip

_COLUMNS: Final = tuple(
    (re.compile(pattern), field)
    for pattern, field in (
        (r"一级指标|一级|(?:评价|考核)(?:内容|维度)|指标维度", "level1"),
        (r"(?:绩效)?指标(?:类别|类型|分类|性质分类)", "level2"),
        (r"二级指标|二级", "level2"),
        (r"三级指标(?:名称)?|三级|具体指标|指标名称|绩效指标名称|绩效内容", "level3"),
        (r"上年度?(?:实际)?(?:水平|完成值|指标值|值)|历史(?:水平|值)|前三年.*|基期值", "previous"),
        (r"全年预计(?:完成)?(?:情况|值)?|预计完成(?:情况|值)?", "forecast"),
        (rf"(?:全年|年度|{PERIOD})?(?:已|实际)?(?:完成|执行)(?:指标)?(?:值|情况|结果)|(?:全年)?实际(?:值|完成值)|完成指标值|指标完成值|实现值", "actual"),
        (r"(?:中长期|中期|长期|实施期|项目|总)(?:目标)?指标值|实施期目标值|中期目标值", "whole_value"),
        (r"(?:年度|绩效|预期|计划|年初设定|年初|当年|本年|目标)*(?:/项目)?(?:的)?(?:指标值|目标值|指标值标准|设定值)|目标值标准|当年预期实现值|绩效目标值|本年度计划水平|计划值|年初目标|预期值|指标目标值", "value"),
        (r"指标性质|符号|运算符号?|计算符号|比较符|性质", "sign"),
        (r"值", "number"),
        (r"(?:度量|计量|指标值?)?单位(?:文字描述)?", "unit"),
        (r"分值|权重|分值权重|指标(?:分值|权重)|标准分|权重分值?|满分", "weight"),
        (r"(?:自评|评价|实际|最终|复核)?得分|自评分|评分", "score"),
        (r".*(?:偏差|未完成).*原因.*|原因分析.*|.*原因及.*措施.*|原因说明|原因|未完成原因", "reason"),
        (r"指标方向性?|方向性?", "direction"),
        (r"是否(?:为)?核心(?:指标)?|核心指标", "core"),
        (r"指标(?:说明|解释|描述|释义|定义)|绩效指标描述|指标内涵", "description"),
        (r"指标内容", "content"),
        (r"(?:评(?:扣)?分|评价|赋分|扣分)(?:标准|规则|办法)|评分细则", "scoring"),
        (r"参考标准|绩效标准|标准值|行业标准", "standard"),
        (r"计算公式|计算方法|公式", "formula"),
        (r"(?:指标值?)?(?:设定|确定|数据)?(?:依据|来源)|佐证(?:材料|资料)|数据来源", "basis"),
        (r"备注|说明|措施", "remark"),
    )
)  # fmt: skip
_OF_YEAR: Final = re.compile(r"^20\d{2}年度?")
INDICATOR_FIELDS: Final = frozenset(
    {"level1", "level2", "level3", "value", "actual", "whole_value", "content"}
)

_FUNDS: Final = tuple(
    (re.compile(pattern), field)
    for pattern, field in (
        (r"年初预算(?:数|安排|金额)?|年初预算资金", "initial"),
        (r"(?:全年|调整后?|调整|本年)预算(?:数|资金)?|预算调整数|全年预算数", "adjusted"),
        (r"全年预计执行数?|预计执行数", "forecast"),
        (
            rf"(?:全年|实际|本年|预算|{PERIOD}|累计|已)*(?:执行|支出|到位)(?:数|金额)|实际支出",
            "executed",
        ),
        (rf"(?:{PERIOD}|全年|当年)?(?:预算)?执行(?:率|进度)|(?:{PERIOD})?支出进度|B/A", "rate"),
        (r"分值|权重|标准分", "weight"),
        (r"得分|自评得分", "score"),
        (r".*原因.*", "reason"),
        (r"预算数|金额|资金(?:数|额)?|预算金额|数额|本年预算|申请数|申报数", "amount"),
    )
)
_SOURCES: Final = tuple(
    (re.compile(pattern), key)
    for pattern, key in (
        (r"上年结转|结转(?:结余|资金)?", "carried_over"),
        (r"中央", "central"),
        (r"省级|省财政|自治区|省补|省专项", "provincial"),
        (r"市级|市财政|市\(?州\)?|市补|地市", "municipal"),
        (r"县级|区级|县财政|县\(?区\)?|区财政|本级(?:财政)?|县配套", "county"),
        (r"乡级|乡镇|镇级", "township"),
        (r"地方(?![志病戏剧史])", "local"),
        (r"上级", "superior"),
        (r"政府性?基金", "government_fund"),
        (r"国有资本", "state_capital"),
        (r"一般公共预算|一般预算", "general_public"),
        (r"财政专户|专户", "fiscal_account"),
        (r"社会(?:资金|投入|资本)", "social"),
        (r"债券|债务|贷款", "loan"),
        (
            r"(?:资金|预算|项目|经费|申请|支出)*总(?:额|计|投资)|^合计$|资金合计|预算合计|总预算|年度预算数?$|^预算数$"
            r"|^(?:20\d{2}年度?|年度|本年|当年|三年|项目|申请|申报|批复|核定|安排|下达)+(?:金额|经费|预算数?|投资额?)$"
            r"|^(?:预算|资金|经费|投资)+(?:总额|金额|数额|额)$",
            "total",
        ),
        (r"财政(?:拨款|资金|性资金|安排|预算)|(?:当年|本年)财政", "fiscal"),
        (r"单位(?:资金|自筹)|自(?:筹|有)(?:资金)?|事业收入", "own"),
        (r"其他(?!运转|特定|经费类)(?:资金|来源)?|其它(?:资金)?", "other"),
    )
)
_FUND_WORDS: Final = re.compile(
    r"资金|拨款|总额|合计|结转|自筹|预算|债券|中央|省级|市级|县级|区级|其他|基金|财政|金额|投资|经费|补助"
)
_OFFICE: Final = re.compile(r"(?:部门|单位|厅|局|委|办|处|所|站|中心|政府|公司|学校|医院|部)$")
UNIT: Final = re.compile(r"(?:单位[:：]?|[(（])\s*(万元|元|千元|亿元)\s*[)）]?")
HELP: Final = re.compile(
    r"[(（](?:[^()（）]*(?:字以内|字左右|填写|可另附|请|简要|说明|概述|逐条|不超过)[^()（）]*)[)）]"
)
HEBEI: Final = frozenset(
    {
        "预算规模及资金用途",
        "指标值确定依据",
        "指标确定依据",
        "评(扣)分标准",
        "项目绩效模板",
        "绩效指标描述(指标内容)",
        "项目编码及名称",
        "项目编号及名称",
    }
)
"""What only the Hebei goal tables print; they are read by ``goal_section``."""


_LONG: Final = 100
"""No label is longer, blanks and brackets counted."""


def bare(text: str) -> str:
    """A label without blanks, brackets, numbers and marks."""
    plain = normalise(text)
    return _MARKS.sub("", _BRACKETS.sub("", plain)) or _MARKS.sub("", plain)


def field_of(text: str) -> str | None:
    """The field that a label stands for."""
    return _field_of(text) if len(text) < _LONG else None


@lru_cache(maxsize=8192)  # a form prints its labels again and again
def _field_of(text: str) -> str | None:
    plain = bare(text)
    if not plain or len(plain) > 24:
        return None
    return next((field for pattern, field in _FIELDS if pattern.fullmatch(plain)), None)


def column_of(text: str) -> str | None:
    """The field of an indicator that a column's heading stands for."""
    return _column_of(text) if len(text) < _LONG else None


@lru_cache(maxsize=8192)  # a form prints its labels again and again
def _column_of(text: str) -> str | None:
    plain = _OF_YEAR.sub("", bare(text))
    if not plain or len(plain) > 30:
        return None
    return next((field for pattern, field in _COLUMNS if pattern.fullmatch(plain)), None)


def fund_column(text: str) -> str | None:
    """The amount that a heading of the table of funds stands for."""
    return _fund_column(text) if len(text) < _LONG else None


@lru_cache(maxsize=8192)  # a form prints its labels again and again
def _fund_column(text: str) -> str | None:
    plain = bare(text)
    return next(
        (field for pattern, field in _FUNDS if plain and len(plain) < 20 and pattern.fullmatch(plain)), None
    )


def source_of(text: str) -> str | None:
    """The source of money that a label names; ``None`` when it names none."""
    return _source_of(text) if len(text) < _LONG else None


@lru_cache(maxsize=8192)  # a form prints its labels again and again
def _source_of(text: str) -> str | None:
    plain = bare(re.sub(r"^(?:其中|-|—|·)+[:：]?", "", normalise(text)))
    plain = re.sub(r"^其中[:：]?", "", plain)
    if not plain or len(plain) > 22 or not _FUND_WORDS.search(plain) or _OFFICE.search(plain):
        return None
    return next((key for pattern, key in _SOURCES if pattern.search(plain)), None)


def money_unit(text: str) -> str | None:
    """The unit of money that a label or caption states."""
    match = UNIT.search(normalise(text))
    return match[1] if match else None
