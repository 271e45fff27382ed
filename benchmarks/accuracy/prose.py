"""The sentences of a disclosed budget or final account, and the figures in them."""

from __future__ import annotations

from decimal import Decimal
from operator import mul
from typing import Any, Final

from benchmarks.accuracy.accounts import Accounts
from benchmarks.accuracy.known import Builder
from benchmarks.accuracy.words import FUNCTIONS, SUBJECTS, Chance

_TERMS: Final = (
    ("一般公共预算拨款收入", "指财政当年拨付给部门的一般公共预算资金。"),
    ("基本支出", "指为保障机构正常运转、完成日常工作任务而发生的人员经费和公用经费。"),
    ("项目支出", "指为完成特定的工作任务，在基本支出以外发生的支出。"),
    ("机关运行经费", "指为保障行政单位运行用于购买货物和服务的各项资金。"),
)


def budget(builder: Builder, chance: Chance, office: str, year: int, books: Accounts) -> dict[str, Any]:
    """The chapters of a budget; the record of what they say."""
    whole, three = books.whole, books.three
    record = _opening(builder, chance, office, f"{office}{year}年部门预算", year, "department_disclosure")
    before = chance.amount(3000)
    change = whole.total - before
    builder.say(
        f"第二部分 {year}年部门预算情况说明", f"一、{year}年部门收支预算总体情况说明",
        f"{year}年收入预算{whole.total}万元，其中：一般公共预算拨款收入{whole.total}万元，政府性基金预算拨款收入0万元。",
        f"{year}年支出预算{whole.total}万元，其中：基本支出{whole.basic}万元，项目支出{whole.project}万元。",
        f"收支预算比{year - 1}年{'增加' if change >= 0 else '减少'}{abs(change)}万元，主要原因是{chance.choice(SUBJECTS)}工作任务调整。",
        "二、一般公共预算当年拨款具体使用情况",
    )  # fmt: skip
    record |= {
        "revenue": {"total": f"{whole.total}", "general_public": f"{whole.total}", "government_fund": "0"},
        "expenditure": {"total": f"{whole.total}", "basic": f"{whole.basic}", "project": f"{whole.project}"},
        "changes": {"previous_year": year - 1, "total": f"{change}"},
        "expenditure_items": _items(builder, chance, year, books),
    }
    running, bought = whole.operating, books.bought
    builder.say(
        f"三、{year}年“三公”经费预算情况说明",
        f"{year}年“三公”经费预算{three[0]}万元，其中：因公出国（境）费{three[1]}万元，公务用车购置费{three[3]}万元，"
        f"公务用车运行维护费{three[4]}万元，公务接待费{three[5]}万元。",
        "四、机关运行经费安排情况说明", f"{year}年机关运行经费财政拨款预算{running}万元，主要用于办公费、印刷费、差旅费等支出。",
        "五、政府采购情况说明", f"{year}年政府采购预算总额{bought}万元，其中：货物{bought}万元。",
    )  # fmt: skip
    record |= {
        "three_public": _three(three),
        "operating_funds": {"total": f"{running}"},
        "procurement": {"total": f"{bought}"},
    }
    count, amount = len(books.projects), whole.project
    builder.say(
        "六、预算绩效情况说明",
        f"按照预算绩效管理要求，{year}年编报绩效目标的项目{count}个，涉及预算资金{amount}万元。",
    )
    record["performance_management"] = {"goal_projects": str(count), "goal_amount": f"{amount}"}
    return _closing(builder, record)


def final_account(
    builder: Builder, chance: Chance, office: str, year: int, books: Accounts
) -> dict[str, Any]:
    """The chapters of a final account; the record of what they say."""
    whole, three = books.whole, books.three
    record = _opening(builder, chance, office, f"{office}{year}年度部门决算", year, "final_accounts")
    running = whole.operating
    builder.say(
        f"第二部分 {year}年度部门决算情况说明", "一、收入决算情况说明",
        f"{year}年度本年收入合计{whole.total}万元，其中：财政拨款收入{whole.total}万元，事业收入0万元，其他收入0万元。",
        "二、支出决算情况说明",
        f"{year}年度本年支出合计{whole.total}万元，其中：基本支出{whole.basic}万元，项目支出{whole.project}万元。",
        "三、“三公”经费支出决算情况说明",
        f"{year}年度“三公”经费支出决算{three[0]}万元。其中：因公出国（境）费支出{three[1]}万元，公务用车购置费支出{three[3]}万元，"
        f"公务用车运行维护费支出{three[4]}万元，公务接待费支出{three[5]}万元。",
        "四、机关运行经费支出情况", f"{year}年度机关运行经费支出{running}万元，主要用于办公费和差旅费。",
    )  # fmt: skip
    record |= {
        "revenue": {"total": f"{whole.total}", "fiscal": f"{whole.total}", "business": "0", "other": "0"},
        "expenditure": {"total": f"{whole.total}", "basic": f"{whole.basic}", "project": f"{whole.project}"},
        "three_public": _three(three),
        "operating_funds": {"total": f"{running}"},
    }
    goals, grades = chance.randint(9, 40), [chance.randint(1, 9) for _ in range(3)]
    typical = chance.randint(90, 99), chance.randint(80, 89), chance.randint(60, 79)
    score = round(sum(map(mul, grades, typical)) / sum(grades), 1)
    amount = chance.amount(5000)
    builder.say(
        "五、预算绩效管理情况",
        f"本部门编报绩效目标的项目{goals}个，涉及预算{amount}万元；绩效自评项目{sum(grades)}个，平均得分{score}分，"
        f"其中：评价等级为“优”的项目{grades[0]}个，“良”的项目{grades[1]}个，“合格”的项目{grades[2]}个。",
    )
    record["performance_management"] = {
        "goal_projects": str(goals), "goal_amount": f"{amount}", "self_evaluated_projects": str(sum(grades)),
        "mean_score": str(score), "excellent": str(grades[0]), "good": str(grades[1]), "fair": str(grades[2]),
    }  # fmt: skip
    return _closing(builder, record)


def _opening(
    builder: Builder, chance: Chance, office: str, title: str, year: int, kind: str
) -> dict[str, Any]:
    duties = [
        f"（{number}）负责全县{subject}的规划、建设和日常管理工作。"
        for number, subject in zip("一二三四五", chance.sample(SUBJECTS, chance.randint(3, 5)), strict=False)
    ]
    bodies = [
        f"{office}本级",
        *(f"{office}{chance.choice(SUBJECTS)}服务中心" for _ in range(chance.randint(1, 2))),
    ]
    builder.say(title, "第一部分 部门概况", "一、主要职责", *duties, "二、机构设置情况")
    builder.say(*(f"{number}.{body}" for number, body in enumerate(bodies, 1)))
    return {
        "kind": kind, "title": title, "fiscal_year": year, "department": {"name": office}, "duties": duties,
        "organizations": [{"name": body} for body in bodies],
    }  # fmt: skip


def _items(builder: Builder, chance: Chance, year: int, books: Accounts) -> list[dict[str, Any]]:
    names = {code: (function, section, item) for _, function, sections in FUNCTIONS
             for _, section, items in sections for code, item in items}  # fmt: skip
    found = []
    for number, row in enumerate(chance.sample([row for row in books.rows if len(row.code) == 7], 3), 1):
        function, section, item = names[row.code]
        builder.say(
            f"{number}.{function}（类）{section}（款）{item}（项）{year}年预算安排{row.total}万元，主要用于{chance.choice(SUBJECTS)}相关支出。"
        )
        found.append({"function_class": function, "section": section, "item": item, "amount": f"{row.total}"})
    return found


def _three(three: list[Decimal]) -> dict[str, str]:
    names = {"total": 0, "abroad": 1, "vehicle_purchase": 3, "vehicle_operation": 4, "reception": 5}
    return {name: f"{three[index]}" for name, index in names.items()}


def _closing(builder: Builder, record: dict[str, Any]) -> dict[str, Any]:
    builder.say("第三部分 名词解释")
    builder.say(*(f"{number}.{term}：{text}" for number, (term, text) in enumerate(_TERMS, 1)))
    record["glossary"] = [{"term": term, "definition": text} for term, text in _TERMS]
    builder.say("第四部分 部门预算表" if record["kind"] != "final_accounts" else "第四部分 部门决算表")
    return record
