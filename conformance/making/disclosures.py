"""Clean disclosures (部门预算信息公开情况说明) in nine chapters: sentences, small tables and goal tables that agree."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final, NamedTuple

import msgspec

from benchmarks.accuracy.known import Builder
from benchmarks.accuracy.performance import blocks_of_pages
from benchmarks.accuracy.words import Chance
from conformance.making.paper import Paper, paper
from conformance.making.texts import document
from jiheng.budget import BudgetDocument
from jiheng.reading.blocks import Block, Table
from jiheng.writing.performance_text import lay_out

_LAYOUT: Final = "disclosure in chapters"
_TERMS: Final = (
    ("一般公共预算拨款收入", "县级财政当年拨给部门使用的资金。"),
    ("事业收入", "事业单位开展专业业务活动取得的收入。"),
    ("其他收入", "拨款和事业收入以外的收入，如存款利息。"),
    ("基本支出", "保障机构运转和完成日常任务的人员和公用开支。"),
    ("项目支出", "为特定任务在基本支出以外安排的开支。"),
    ("上缴上级支出", "下级单位按规定交给上级单位的资金。"),
    ("“三公”经费", "用财政拨款支付的出国（境）、公务用车和公务接待费用。"),
    ("机关运行费", "办公、印刷、差旅、会议、水电取暖等公用经费。"),
    ("上年结转", "上年没有用完、今年继续按原用途使用的资金。"),
    ("事业单位经营支出", "事业单位开展非独立核算经营活动的开支。"),
)
_GOODS: Final = (
    ("台式计算机", "A02010105", "台", 50),
    ("多功能一体机", "A02020400", "台", 60),
    ("文件柜", "A05010502", "组", 20),
)
"""Name, code, measure, and the highest price that is drawn, in 百元."""


class Part(NamedTuple):
    """Which disclosure of a seed it is: of the department or of its one unit, of the year or of the one before."""

    seed: int
    word: str = "部门"
    is_earlier: bool = False

    @property
    def name(self) -> str:
        """Of the paper."""
        return f"disclosure-{self.seed}{'-earlier' if self.is_earlier else ''}"


def disclosure(seed: int, *, is_earlier: bool = False) -> Paper:
    """A department's disclosure with the goal tables of a performance text, always the same for a seed."""
    part = Part(seed, is_earlier=is_earlier)
    blocks, record = _part(part)
    return paper(part.name, _LAYOUT, blocks, [record])


def both_parts(seed: int) -> Paper:
    """The disclosures of a department and of its one unit in one file, which say the same."""
    parts = [_part(Part(seed, word)) for word in ("部门", "单位")]
    blocks = [block for found, _ in parts for block in found]
    return paper(f"two-parts-{seed}", _LAYOUT, blocks, [record for _, record in parts])


def _part(part: Part) -> tuple[list[Block], dict[str, Any]]:
    chance = Chance(f"conformance disclosure {part.seed}")
    made = document(part.seed)
    if part.is_earlier:
        year = (made.fiscal_year or 0) - 1
        made = msgspec.structs.replace(
            made, fiscal_year=year, projects=made.projects[:-1], sub_goals=made.sub_goals[:-1]
        )
    before, after = Builder(), Builder()
    record = _told(before, chance, part, made)
    record |= _bought_and_owned(after, chance, part, made, record)
    _closing(after, record, part.word)
    return [*before.blocks(), *_goal_blocks(made), *after.blocks()], record


def _goal_blocks(made: BudgetDocument) -> list[Block]:
    """The goals as chapter five has them, without the cover of a text."""
    blocks = blocks_of_pages(lay_out(made))
    start = next(
        at
        for at, block in enumerate(blocks)
        if not isinstance(block, Table) and block.text.startswith("第一部分")
    )
    return blocks[start:]


def _amount(value: Decimal) -> str:
    return f"{value:.2f}"


def _told(builder: Builder, chance: Chance, part: Part, made: BudgetDocument) -> dict[str, Any]:
    """Chapters one to five. The last project is new in the later year; some of the staff have retired by then."""
    office, year, word = made.issuer or "", made.fiscal_year or 0, part.word
    named = [
        (project.name or "", Decimal((project.budget and project.budget.total) or 0))
        for project in made.projects
    ]
    spent = sum((amount for _, amount in named), Decimal(0))
    personnel, operating = chance.amount(400), chance.amount(60) + 20
    more, less = named[-1][1], chance.amount(5)
    drive, meet, saved = chance.amount(4), chance.amount(2), chance.amount(1)
    if part.is_earlier:
        personnel, drive = personnel + less, drive + saved
    basic = personnel + operating
    total = basic + spent
    title = f"{office}{year}年{word}预算信息公开情况说明"
    listed = "，".join(f"{name}项目{_amount(amount)}万元" for name, amount in named)
    builder.say(
        title, f"按照预算法和公开规定的要求，{office}公开{year}年{word}预算如下：", f"一、{word}职责及机构设置情况", f"{word}职责：",
        "（一）拟订年度工作计划并组织实施。", "（二）管理和维护本领域的公共设施。", "机构设置：", "部门机构设置情况",
    )  # fmt: skip
    builder.table(["单位名称 | 单位性质 | 单位规格 | 经费保障形式", f"{office} | 行政 | 正科级 | 财政拨款"])
    builder.say(
        f"二、{word}预算安排的总体情况", "1、收入说明",
        f"{year}年预算收入{_amount(total)}万元，其中：一般公共预算收入{_amount(total - 2)}万元，基金预算收入0万元，财政专户核拨收入0万元，其他来源收入2.00万元。",
        "2、支出说明",
        f"{year}年支出预算{_amount(total)}万元，其中基本支出{_amount(basic)}万元，包括人员经费{_amount(personnel)}万元和日常公用经费{_amount(operating)}万元；"
        f"项目支出{_amount(spent)}万元，主要为{listed}。",
        "3、比上年增减情况",
        f"{year}年预算收支安排{_amount(total)}万元，较{year - 1}年预算增加{_amount(more - less)}万元，其中：基本支出减少{_amount(less)}万元，主要是人员退休；"
        f"项目支出增加{_amount(more)}万元，主要是新增维护任务。",
        "三、机关运行经费安排情况", f"{year}年，我{word}机关运行经费共计安排{_amount(operating)}万元，主要用于办公、水电和差旅。",
        "四、财政拨款“三公”经费预算情况及增减变化原因",
        f"{year}年，我{word}财政拨款“三公”经费预算安排{_amount(drive + meet)}万元，其中：因公出国（境）费0万元，公务用车购置费0万元，"
        f"公务用车运行维护费{_amount(drive)}万元，公务接待费{_amount(meet)}万元。与{year - 1}年相比减少{_amount(saved)}万元，减少的主要原因是压缩接待批次。",
        "五、预算绩效信息",
    )  # fmt: skip
    built = msgspec.to_builtins(made)
    return {
        "kind": "unit_disclosure" if word == "单位" else "department_disclosure", "title": title, "fiscal_year": year,
        "duties": ["（一）拟订年度工作计划并组织实施。", "（二）管理和维护本领域的公共设施。"],
        "organizations": [{"name": office, "nature": "行政", "rank": "正科级", "funding": "财政拨款"}],
        "revenue": {"total": _amount(total), "general_public": _amount(total - 2), "government_fund": "0", "fiscal_account": "0", "other": "2.00"},
        "expenditure": {
            "total": _amount(total), "basic": _amount(basic), "personnel": _amount(personnel), "operating": _amount(operating),
            "project": _amount(spent), "projects": [{"name": name, "amount": _amount(amount)} for name, amount in named],
        },
        "changes": {"previous_year": year - 1, "total": _amount(more - less), "basic": _amount(-less), "project": _amount(more)},
        "operating_funds": {"total": _amount(operating)},
        "three_public": {
            "total": _amount(drive + meet), "abroad": "0", "vehicle_purchase": "0", "vehicle_operation": _amount(drive),
            "reception": _amount(meet), "change": _amount(-saved),
        },
        "overall_goal": built["overall_goal"], "projects": built["projects"],
    }  # fmt: skip


def _bought_and_owned(
    builder: Builder, chance: Chance, part: Part, made: BudgetDocument, told: dict[str, Any]
) -> dict[str, Any]:
    """Chapters six and seven."""
    office, year, word = made.issuer or "", made.fiscal_year or 0, part.word
    funds = told["expenditure"]["operating"]
    rows, items, total = [], [], Decimal(0)
    for name, code, measure, most in _GOODS:
        count, price = chance.randint(2, 5), Decimal(chance.randint(10, most)) / 100
        cost = count * price
        total += cost
        rows.append(
            f"日常公用经费 | {funds} | {name} | {code} | {measure} | {count} | {_amount(price)} | {_amount(cost)} | {_amount(cost)} |  |  |  |  | "
        )
        items.append({
            "project": "日常公用经费", "project_budget": funds, "name": name, "catalog_code": code, "measure": measure, "quantity": str(count),
            "price": _amount(price), "total": _amount(cost), "general_public": _amount(cost),
        })  # fmt: skip
    builder.say(
        "六、政府采购预算情况",
        f"{year}年，我{word}安排政府采购预算{_amount(total)}万元。",
        "部门政府采购预算",
        "单位：万元",
    )
    builder.table([
        "政府采购项目来源 {2} | 采购物品名称 {1x2} | 政府采购目录序号 {1x2} | 计量单位 {1x2} | 数量 {1x2} | 单价 {1x2} | 政府采购金额（当年部门预算安排资金） {7}",
        "项目名称 | 预算资金 | 合计 | 一般公共预算拨款 | 基金预算拨款 | 国有资本经营预算拨款 | 财政专户核拨 | 单位资金 | 财政拨款结转",
        f"合计 |  |  |  |  |  |  | {_amount(total)} | {_amount(total)} |  |  |  |  | ", *rows,
    ])  # fmt: skip
    house, office_house, cars, device, rest = 300, 180, 36, 85, chance.randint(20, 90)
    owned = house + cars + device + rest
    builder.say(
        "七、国有资产信息", f"{office}上年末固定资产金额为{owned}.00万元（详见下表），本年度拟购置固定资产总额为{_amount(total)}万元。",
        "部门固定资产占用情况表", f"编制部门：{office}", f"截止时间：{year - 1}年12月31日",
    )  # fmt: skip
    builder.table([
        "项目 | 数量 | 价值（金额单位：万元）", f"资产总额 |  | {owned}.00", f"1、房屋（平方米） | 1600 | {house}.00",
        f"其中：办公用房（平方米） | 1100 | {office_house}.00", f"2、车辆（台、辆） | 2 | {cars}.00",
        f"3、单价在20万元以上设备 | 3 | {device}.00", f"4、其他固定资产 | 210 | {rest}.00",
    ])  # fmt: skip
    return {
        "procurement": {"total": _amount(total), "table_total": _amount(total), "items": items},
        "assets": {
            "as_of": f"{year - 1}-12-31", "total": f"{owned}.00", "table_total": f"{owned}.00", "planned_purchase": _amount(total),
            "items": [
                {"quantity": "1600", "value": f"{house}.00", "of_which": [{"quantity": "1100", "value": f"{office_house}.00"}]},
                {"quantity": "2", "value": f"{cars}.00"}, {"quantity": "3", "value": f"{device}.00"}, {"quantity": "210", "value": f"{rest}.00"},
            ],
        },
    }  # fmt: skip


def _closing(builder: Builder, record: dict[str, Any], word: str) -> None:
    """Chapters eight and nine."""
    builder.say(
        "八、名词解释", *(f"{number}、{term}：{text}" for number, (term, text) in enumerate(_TERMS, 1))
    )
    builder.say("九、其他需要说明的事项", f"我{word}没有其他需要说明的事项。")
    record["glossary"] = [{"term": term, "definition": text} for term, text in _TERMS]
    record["other_matters"] = f"我{word}没有其他需要说明的事项。"


def disclosures() -> list[Paper]:
    """The clean ones."""
    return [*(disclosure(seed) for seed in range(1, 4)), disclosure(1, is_earlier=True), both_parts(1)]
