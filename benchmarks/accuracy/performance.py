"""Performance texts (部门预算绩效文本) of invented offices, laid out as their official pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from benchmarks.accuracy.known import Known
from benchmarks.accuracy.words import PLACES, SUBJECTS, USES, Chance, split
from jiheng.budget import (
    BudgetDocument,
    CodedName,
    Indicator,
    IndicatorValue,
    Place,
    Project,
    ProjectBudget,
    Safeguard,
    SpendingPlan,
    SubGoal,
)
from jiheng.reading.blocks import Block, Cell, Paragraph, Row, Table
from jiheng.writing import pages
from jiheng.writing.performance_text import lay_out

_LEVELS: Final = (
    ("产出指标", "数量指标"), ("产出指标", "质量指标"), ("产出指标", "时效指标"), ("产出指标", "成本指标"),
    ("效益指标", "社会效益指标"), ("效益指标", "可持续影响指标"), ("满意度指标", "服务对象满意度指标"),
)  # fmt: skip
_BASES: Final = ("工程方案", "实际测算", "历年统计", "上级文件要求", "年度工作计划")


def texts(seed: int) -> Iterator[Known]:
    """One text with three to six goal tables, every field of them set by chance."""
    chance = Chance(seed)
    document = _document(chance)
    built = msgspec.to_builtins([document])
    yield Known(f"performance text {seed}", blocks_of_pages(lay_out(document)), built)


def _document(chance: Chance) -> BudgetDocument:
    office, year = chance.office(), chance.randint(2022, 2025)
    code = str(chance.randint(201, 499))
    unit = CodedName(f"{code}001", f"{office}本级")
    return BudgetDocument(
        title=f"{office}{year}年部门预算绩效文本",
        status="草案",
        fiscal_year=year,
        department=CodedName(code, office),
        issuer=office,
        reviewer="安澜县财政局",
        overall_goal=[
            f"{number}.做好{chance.choice(PLACES)}{chance.choice(SUBJECTS)}相关工作，年内完成{chance.randint(2, 99)}处建设任务。"
            for number in range(1, 4)
        ],
        sub_goals=[
            SubGoal(
                number=number,
                title=f"{chance.choice(SUBJECTS)}管理",
                goal=f"全年检查{chance.randint(10, 99)}次，问题按期整改。",
                indicators=f"检查{chance.randint(10, 99)}次，整改率 {chance.randint(90, 100)}%。",
            )
            for number in range(1, 3)
        ],
        safeguards=[
            Safeguard(title="加强领导", text=f"由分管局长负责，每{chance.randint(2, 6)}个月调度一次。")
        ],
        projects=[_project(chance, number, year, unit) for number in range(1, chance.randint(3, 6) + 1)],
    )


def _project(chance: Chance, number: int, year: int, unit: CodedName) -> Project:
    name = chance.project()
    total = chance.amount()
    fiscal, other = split(chance, total, 2) if chance.random() < 0.5 else (total, None)
    march, june, october = sorted(chance.sample(range(5, 100), 3))
    goals = [
        f"完成{chance.choice(PLACES)}{chance.choice(SUBJECTS)}{chance.randint(2, 999)}处，"
        f"{'惠及' + str(chance.randint(100, 9999)) + '户群众，' if chance.random() < 0.5 else ''}工程质量合格。"
        for _ in range(chance.randint(1, 3))
    ]
    return Project(
        number=number,
        name=name,
        heading=f"{number}.{name}绩效目标表",
        code=chance.code(year),
        unit=unit,
        budget=ProjectBudget(
            total=f"{total:.2f}", fiscal=f"{fiscal:.2f}", other=None if other is None else f"{other:.2f}"
        ),
        purpose=f"{chance.choice(USES)}，涉及{chance.choice(PLACES)}{chance.randint(2, 60)}个村。",
        plan=SpendingPlan(
            march=str(march),
            june=str(june),
            october=str(october),
            december="100",
            heading="资金支出计划（%）",
        ),
        goals=goals,
        indicators=[_indicator(chance, level1, level2) for level1, level2 in _LEVELS],
    )


def _indicator(chance: Chance, level1: str, level2: str) -> Indicator:
    subject = chance.choice(SUBJECTS)
    value = chance.choice(
        (
            f"{chance.randint(1, 9999)} {chance.choice(('处', '户', '公里', '套', '人次'))}", f"≥{chance.randint(80, 99)}%",
            f"{chance.randint(2, 12)}月底前", f"≤{chance.randint(1, 999)} 元", "提升", f"{chance.randint(1, 20)} 年",
        )
    )  # fmt: skip
    return Indicator(
        level1=level1,
        level2=level2,
        level3=f"{subject}{chance.choice(('完成数', '合格率', '完成时限', '受益面', '覆盖率', '满意度'))}",
        description=f"{chance.choice(PLACES)}{subject}"
        + chance.choice(("建设总量", "验收合格比例", "按期完成情况", "受益群众对工作成效的评价情况")),
        value=IndicatorValue.parse(value),
        basis=chance.choice(_BASES),
    )


def blocks_of_pages(laid_out: pages.Pages) -> list[Block]:
    """The blocks of a written document: cover, headings, paragraphs and tables; joined grids are one table."""
    found: list[Block] = []
    for block in laid_out.blocks:
        match block:
            case pages.Heading():
                found.append(Paragraph(block.text, Place()))
            case pages.Text():
                lines = f"{block.text}　　{block.right}" if block.right else block.text
                found += [Paragraph(line, Place()) for line in lines.split("\n")]
            case pages.Grid():
                rows = _rows(block.rows, len(block.widths))
                above = found[-1] if found else None
                if block.joined and isinstance(above, Table):
                    found[-1] = Table((*above.rows, *rows), Place())
                else:
                    found.append(Table(tuple(rows), Place()))
    return found


def _rows(written: Sequence[pages.Row], width: int) -> Iterator[Row]:
    """Rows with the cells that continue a cell above, as ``Table`` wants them."""
    covered: dict[int, tuple[int, int]] = {}
    for row in written:
        waiting, cells, column, carried = iter(row.cells), [], 0, covered
        covered = {}
        while column < width:
            if column in carried:
                left, span = carried.pop(column)
                cells.append(Cell("", Place(), column, span))
                if left > 1:
                    covered[column] = (left - 1, span)
            else:
                cell = next(waiting, pages.Cell("", width - column))
                span = cell.span
                cells.append(Cell(cell.text, Place(), column, span, cell.rows))
                if cell.rows > 1:
                    covered[column] = (cell.rows - 1, span)
            column += span
        yield Row(tuple(cells), Place())
