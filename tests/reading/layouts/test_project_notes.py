"""A project told in prose: what it is called where no heading says so."""

from jiheng import read

NOTE = """安澜区2025年区级部门预算
预算单位：安澜区河东街道办事处
三公经费预算情况说明
2025年“三公”经费预算数为6.50万元，比2024年预算增加2万元。其中：
（一）因公出国（境）费0万元，与2024年预算持平，主要原因是没有出访任务。
（二）公务用车购置及运行费6.50万元，比2024年预算增加2万元，主要原因是车龄较长。
项目经费情况说明
一、项目概述
由河东街道办事处承办的{overview}，服务辖区老年居民。
二、立项依据
区发改委《关于{basis}可行性研究报告的批复》。
三、年度预算安排
全年安排预算12.40万元。
"""


def document(overview: str, basis: str):
    reading = read(NOTE.format(overview=overview, basis=basis).encode(), name="预算.txt")
    return reading.documents[0], [warning.message for warning in reading.warnings]


def test_a_project_is_called_what_its_overview_and_its_basis_call_it():
    found, warnings = document("河东街道食堂改造工程", "河东街道食堂改造工程")
    (project,) = found.projects
    assert project.name == "河东街道食堂改造工程"
    assert project.budget.total == "12.40"
    assert any("河东街道食堂改造工程" in warning for warning in warnings)


def test_a_name_that_only_the_overview_gives_is_not_taken():
    found, warnings = document("河东街道食堂改造工程", "街道养老设施规划")
    assert found.projects[0].name is None
    assert not any("项目名称" in warning for warning in warnings)


def test_every_reason_for_a_change_of_the_three_public_expenses_is_kept():
    found, _ = document("河东街道食堂改造工程", "河东街道食堂改造工程")
    assert found.three_public.reasons == "没有出访任务；车龄较长"
