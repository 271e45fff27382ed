"""The rules on a document as large as a province's: 2,000 projects with 16,000 indicators."""

from __future__ import annotations

from typing import Final

from benchmarks.accuracy.words import Chance
from benchmarks.mutations.projects import PLOTS, Body, Plot, project
from jiheng.budget import BudgetDocument, CodedName, Indicator, IndicatorValue, Kind, Project, replace

PROJECTS: Final = 2_000
_WORDS: Final = ["北坡", "南沟", "东塬", "西滩", "石桥", "柳湾", "松岭", "竹园", "梅岗", "枣林", "杏坪", "桃源", "渡口", "驿站", "古寨", "新庄", "上营", "下河", "清泉", "白塔", "红岩", "青崖", "黄坡", "黑水", "金沙", "银杏", "铁山", "铜川", "锡林", "玉门", "灯塔", "码头", "仓库", "车站", "广场", "街道", "小巷", "长廊", "凉亭", "池塘", "水渠", "堤坝", "闸门", "泵房", "管廊", "道路", "涵洞", "隧道", "护栏", "路灯", "苗圃", "果园", "茶山", "麦田", "稻谷", "棉花", "药材", "蔬菜", "花卉", "蜂场"]  # fmt: skip


def large_document(projects: int = PROJECTS) -> BudgetDocument:
    """A performance text whose projects are all different and without a mistake."""
    chance = Chance("large")
    body = Body(CodedName("139901", "安澜县"), "安澜县水务局", "305", 2024)
    made = [_project(chance, number, body) for number in range(1, projects + 1)]
    return BudgetDocument(
        kind=Kind.PERFORMANCE_TEXT, title=f"{body.office}{body.year}年部门预算绩效文本", status="草案", fiscal_year=body.year,
        division=body.division, department=CodedName(body.code, body.office), issuer=body.office,
        overall_goal=["1.守住安全底线，各项重点工程按期完成。"], projects=made,
    )  # fmt: skip


def _project(chance: Chance, number: int, body: Body) -> Project:
    """A project of one of the plots, about other things than the rest."""
    plot: Plot = chance.choice(PLOTS)
    words = ["".join(chance.sample(_WORDS, 4)) for _ in range(3)]
    made = project(chance, plot._replace(name=f"{words[0]}{plot.name}"), number, body)
    extra = Indicator(
        level1="产出指标", level2="质量指标", level3=f"{words[1]}达标率", description=f"{words[2]}达标处数占比",
        value=IndicatorValue.parse(f"≥{chance.randint(81, 97)}%"), basis="历年统计",
    )  # fmt: skip
    return replace(  # type: ignore[no-any-return]
        made,
        purpose=f"用于{words[0]}{words[1]}和{words[2]}，{plot.purpose}",
        goals=[f"{words[0]}{made.goals[0]}", f"{words[1]}{words[2]}达标，{made.goals[1]}"],
        indicators=[replace(row, level3=f"{words[0]}{row.level3}") for row in made.indicators] + [extra],
    )
