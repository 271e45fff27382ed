"""What is wrong with a template, before it is kept."""

from __future__ import annotations

from jiheng.templates.problem import Problem
from jiheng.templates.template import Template


def check_template(data: bytes, name: str = "模板.docx") -> list[Problem]:
    """Everything that keeps ``data`` from being used as a template, each with its place; none for a good one.

    Named are: files that are no .docx, are damaged, too large, carry programs or fetch something from elsewhere;
    unknown fields, lists and ways of writing with the nearest known ones; blocks that are not closed or cross;
    fields of a list where it is not open. Never raises for what the file holds.
    """
    template = Template(data, name)
    if not template.problems and not template.has_fields:
        remedy = "字段写成 {{部门名称}} 的样子；可以从 jiheng template starter 生成的模板改起。"
        return [Problem("", "文件里没有字段，填不进任何内容。", remedy)]
    return template.problems
