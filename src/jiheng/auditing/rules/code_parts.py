"""COD: what the parts of a project's code say agrees with the rest of its table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.thresholds import thresholds
from jiheng.budget import BudgetDocument, CodeForm, Severity, normalise

_TRANSFER = re.compile(
    r"提前下达|上年结转|结转资金|(?:上级|中央|省级|市级)(?:财政)?(?:专项)?(?:转移支付|补助)|[冀财]财[\u4e00-\u9fff]{1,3}(?:\d{4}年|[〔\[【(]\d{4}[〕\]】)]?)(?:第?\d+号)?"
)
_HEBEI = "13"
_BLOCK_AT = slice(13, 15)
_OF_TRANSFERS = {"42": "提前下达的上级转移支付", "53": "上年结转的上级转移支付"}
_OWN = "40"
_CATEGORIES = (("R", "人员类"), ("Y", "运转类"), ("T", "特定目标类"))
# The levels below: 21 公用经费 and 22 其他运转类 are of 运转类, 31 to 33 of 特定目标类.
_CATEGORY_WORDS = {
    "R": re.compile(r"人员"),
    "Y": re.compile(r"运转|公用经费"),
    "T": re.compile(r"特定目标|部门预算项目|专项资金项目"),
}
_CATEGORY_CODE = re.compile(r"^(?:(2)[12][1-4]?|(3)[123])(?:[-—]|(?=[\u4e00-\u9fff])|$)")


@rule(
    "COD-011", title="编码的职责号在分项目标中", severity=Severity.NOTICE, basis="form-project-code", article="部门",
    checks=("C12",),
)  # fmt: skip
def a_code_s_duty_is_an_itemised_goal(document: BudgetDocument) -> Iterator[Gap]:
    """The duty in an old code is the number of an itemised goal; told once for each number, 99 stands for none."""
    numbers = {goal.number for goal in document.sub_goals if goal.number is not None}
    if len(numbers) < thresholds("relevance")["goals_of_a_whole"]:
        return
    seen: dict[str, list[str]] = {}
    for path, project in document.goal_tables():
        code = project.parsed_code
        if code is None or code.duty is None or code.duty == "99" or code.department == "000":
            continue
        if int(code.duty) not in numbers:
            seen.setdefault(code.duty, []).append(f"{path}.code")
    for duty, paths in seen.items():
        yield Gap(
            path=paths[0],
            message=f"{len(paths)} 个项目编码的职责号是 {duty}，分项绩效目标的序号是 {min(numbers)} 至 {max(numbers)}，没有这一项",
            remedy="核对项目编码和分项绩效目标的序号",
            stated=duty,
            related=tuple(paths[1:]),
        )


@rule(
    "COD-012", title="编码的资金段与项目名称相符", severity=Severity.NOTICE, basis="form-project-code", article="形式",
    checks=("C13",),
)  # fmt: skip
def a_code_s_block_fits_the_name(document: BudgetDocument) -> Iterator[Gap]:
    """In Hebei a code with block 42 or 53 is of a transfer, as its name says; with block 40 it is the county's own."""
    for path, project in document.goal_tables():
        code = project.parsed_code
        if code is None or code.form is not CodeForm.HEBEI_P or not (code.division or "").startswith(_HEBEI):
            continue
        block = code.text[_BLOCK_AT]
        words = _TRANSFER.search(normalise(f"{project.name or ''}{project.purpose or ''}"))
        if block in _OF_TRANSFERS and words is None and project.name:
            message = f"项目编码 {code.text} 第 14、15 位 {block} 是{_OF_TRANSFERS[block]}，项目名称“{project.name}”没有写明"
        elif block == _OWN and (told := _TRANSFER.search(normalise(project.name))):
            message = f"项目名称写有“{told[0]}”，项目编码 {code.text} 第 14、15 位 {block} 是本级项目"
        else:
            continue
        yield Gap(
            path=f"{path}.code",
            message=message,
            remedy="核对项目的资金来源、名称和编码",
            stated=block,
            related=(f"{path}.name",),
        )


@rule(
    "COD-013", title="编码的类别字母与项目类别一致", severity=Severity.ERROR, basis="mof-office-2023-12",
    article="项目分类", checks=("C15",),
)  # fmt: skip
def a_code_s_letter_is_the_category(document: BudgetDocument) -> Iterator[Gap]:
    """R, Y or T in a code of the national form is the category that the table states: 人员类, 运转类, 特定目标类."""
    for path, project in document.goal_tables():
        code = project.parsed_code
        if code is None or code.form is not CodeForm.NATIONAL or not project.attribute:
            continue
        stated = _category(normalise(project.attribute))
        letter = code.text[8]
        if len(stated) == 1 and stated[0] != letter:
            names = dict(_CATEGORIES)
            yield Gap(
                path=f"{path}.code",
                message=f"项目编码 {code.text} 第 9 位是 {letter}（{names[letter]}），项目类别写的是“{project.attribute}”",
                remedy="核对项目编码和项目类别",
                stated=letter,
                computed=stated[0],
                related=(f"{path}.attribute",),
            )


def _category(text: str) -> list[str]:
    """The letters of the categories that a text names by a name of any level, else by the code in front of it."""
    named = [letter for letter, words in _CATEGORY_WORDS.items() if words.search(text)]
    code = _CATEGORY_CODE.match(text)
    return named or (["Y" if code[1] else "T"] if code else [])


_RUNNING = re.compile(
    r"工资|保险|社保|公积金|运转|运行|维护|维保|值班|值守|租赁|租金|房租|物业|水电|电费|保洁|办公|劳务|补贴|托管|聘用|人员经费|公用经费"
    r"|工作经费|食堂|伙食|热线|运营|燃油|办案"
)


@rule(
    "PLAN-008", title="日常支出均衡安排", severity=Severity.NOTICE, basis="mof-2013-53", article="支付进度率",
    checks=("M11",),
)  # fmt: skip
def running_costs_are_not_all_spent_in_december(document: BudgetDocument) -> Iterator[Gap]:
    """What is paid all year round (wages, rent, upkeep) is not planned to be spent in the last two months alone."""
    for path, project in document.goal_tables():
        plan = project.plan
        if plan is None or not plan.december or not project.name:
            continue
        earlier = [figure for figure in (plan.march, plan.june, plan.october) if figure]
        word = _RUNNING.search(project.name)
        if word is None or any(figure.strip("0.% ") for figure in earlier):
            continue
        yield Gap(
            path=f"{path}.plan.december",
            message=f"“{project.label}”是{word[0]}一类的日常支出，资金支出计划全部安排在 12 月底（{plan.december}），"
            "10 月底以前没有支出",
            remedy="按实际发生的月份安排支出；确实年底一次支付的，在资金用途中说明",
            stated=plan.december,
        )
