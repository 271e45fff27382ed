"""Documents made by hand for the pages, with findings at chosen places."""

from __future__ import annotations

from django.test import Client

from jiheng.budget import (
    BudgetDocument,
    CodedName,
    Expenditure,
    Finding,
    GlossaryTerm,
    Indicator,
    IndicatorValue,
    NamedAmount,
    Place,
    Project,
    ProjectBudget,
    Remark,
    Revenue,
    Severity,
    SpendingPlan,
)
from jiheng.reading import LeftOver, ReadingWarning, UnreadBlock
from jiheng.web.documents import services
from jiheng.web.documents.models import Upload
from jiheng.web.documents.outcome import Audited, Outcome

TEXT = """安澜县水务局2024年部门预算绩效文本
第一部分 部门整体绩效目标
一、总体绩效目标
保障全县供水安全。
第二部分 预算项目绩效目标
1.河道清淤经费绩效目标表
301001安澜县水务局本级\t单位：万元
项目编码\t13052924P00584012062K\t项目名称\t河道清淤经费
预算规模及资金用途\t预算数\t16.80\t其中：财政资金\t16.80\t其他资金\t
河道清淤。
资金支出计划（%）\t3月底\t6月底\t10月底\t12月底
\t25%\t50%\t75%\t100%
绩效目标\t1.完成清淤
一级指标\t二级指标\t三级指标\t绩效指标描述\t指标值\t指标值确定依据
产出指标\t数量指标\t清淤长度\t全年清淤的河道长度\t≥12公里\t年度计划
满意度指标\t服务对象满意度指标\t群众满意度\t满意群众占受访群众的比例\t≥95%\t问卷
"""


def indicator(level1: str, level3: str, value: str, line: int = 1) -> Indicator:
    """A row of the indicator table."""
    return Indicator(
        level1=level1,
        level2="数量指标",
        level3=level3,
        description=f"{level3}的说明",
        value=IndicatorValue.parse(value),
        basis="年度计划",
        place=Place(table=1, row=line, line=100 + line),
    )


def project(number: int = 1, **changes: object) -> Project:
    """A project with a whole goal table."""
    fields: dict[str, object] = {
        "number": number,
        "name": f"河道清淤经费{number}",
        "heading": f"{number}.河道清淤经费绩效目标表",
        "code": "13052924P00584012062K",
        "unit": CodedName("301001", "安澜县水务局本级"),
        "budget": ProjectBudget(
            total="16.80", fiscal="16.80", cells={"total": Place(table=1, row=2, column=3)}
        ),
        "purpose": "河道清淤。",
        "plan": SpendingPlan(
            heading="资金支出计划（%）", march="25", june="50", october="75", december="100"
        ),
        "goals": ["完成清淤", "保持畅通"],
        "indicators": [
            indicator("产出指标", "清淤长度", "≥12公里", 1),
            indicator("产出指标", "清淤次数", "2次", 2),
            indicator("满意度指标", "群众满意度", "≥95%", 3),
        ],
        "place": Place(table=1, line=90),
    }
    return Project(**(fields | changes))  # type: ignore[arg-type]


def document(**changes: object) -> BudgetDocument:
    """A performance text with one project and some narrative."""
    fields: dict[str, object] = {
        "title": "安澜县水务局2024年部门预算绩效文本",
        "fiscal_year": 2024,
        "department": CodedName("301", "安澜县水务局"),
        "overall_goal": ["保障全县供水安全。"],
        "revenue": Revenue(total="100.00", general_public="90.00", other="10.00"),
        "expenditure": Expenditure(
            total="100.00",
            basic="60.00",
            project="40.00",
            projects=[NamedAmount(name="河道清淤经费", amount="16.80")],
        ),
        "projects": [project()],
        "glossary": [GlossaryTerm(term="项目支出", definition="为完成特定任务的支出。")],
        "remarks": [Remark(section="revenue", text="反映全部收入。")],
    }
    return BudgetDocument(**(fields | changes))  # type: ignore[arg-type]


def finding(path: str | None, severity: Severity = Severity.ERROR, **changes: object) -> Finding:
    """A finding about the value at ``path``."""
    fields: dict[str, object] = {
        "rule": "SUM-001",
        "title": "合计等于分项之和",
        "severity": severity,
        "path": path,
        "message": f"{path} 的数不对",
        "basis": "mof-2016-143",
        "basis_text": "财预〔2016〕143号《地方预决算公开操作规程》",
        "remedy": "核对后更正",
    }
    return Finding(**(fields | changes))  # type: ignore[arg-type]


def store(
    documents: list[BudgetDocument] | None = None,
    findings: list[Finding] | None = None,
    *,
    name: str = "安澜县水务局.txt",
    content: bytes = "内容".encode(),
) -> Upload:
    """Keeps documents as if they had been read in a file of ``content``."""
    found = [document()] if documents is None else documents
    outcome = Outcome(
        format="text",
        encoding="UTF-8",
        documents=found,
        unread=[UnreadBlock("没有读懂的一句话", Place(line=7), LeftOver.UNKNOWN, "不认识")],
        warnings=[ReadingWarning("表头错乱，请核对", Place(table=2, row=1))],
        failed_rules=["规则 SUM-009 运行失败"],
    )
    return services.keep_upload(name=name, content=content, audited=Audited(outcome, findings or []))


def page_of(client: Client, upload: Upload, query: str = "") -> str:
    """The HTML of its page."""
    response = client.get(f"{upload.get_absolute_url()}{query}")
    assert response.status_code == 200
    return response.content.decode()
