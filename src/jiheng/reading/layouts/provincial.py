"""The provincial texts: a document read chapter by chapter, each chapter by the layout of its kind."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from jiheng.budget import (
    Assets,
    BudgetDocument,
    CodedName,
    Kind,
    Place,
    Procurement,
    Project,
    Remark,
)
from jiheng.reading.blocks import BESIDE, Paragraph, Row
from jiheng.reading.layouts import (
    cover,
    disclosure_tables,
    goal_table,
    listings,
    narrative,
    outline,
    sections,
    small_tables,
)
from jiheng.reading.layouts.amounts import find_amount, in_figures
from jiheng.reading.layouts.claimed import ClaimedTable
from jiheng.reading.layouts.goal_section import GoalSection
from jiheng.reading.layouts.heading import ProjectHeading
from jiheng.reading.layouts.ledger import Element, Ledger, is_contents
from jiheng.reading.layouts.readers import add_claimed
from jiheng.reading.layouts.sections import GOAL_SECTIONS, Content, Section, passages
from jiheng.standards.divisions import division_in

_PAGE_NUMBER = re.compile(r"^[-—–]?\s*(?:第\s*)?\d{1,3}(?:\s*页)?\s*[-—–]?$")
_STATEMENTS = {
    Section.REVENUE: narrative.read_revenue,
    Section.EXPENDITURE: narrative.read_expenditure,
    Section.CHANGES: narrative.read_changes,
    Section.OPERATING_FUNDS: narrative.read_operating_funds,
    Section.THREE_PUBLIC: narrative.read_three_public,
}


def _announces_goal_table(line: Paragraph) -> bool:
    """Whether ``line`` is a numbered heading that ends with 绩效目标表."""
    heading = ProjectHeading.parse(line.text, line.place)
    return heading is not None and heading.says_goal_table


class DocumentReader:
    """Reads one document: its chapters first, then each chapter."""

    def __init__(self, elements: list[Element | ClaimedTable], ledger: Ledger) -> None:
        self._ledger = ledger
        self._claimed = [element for element in elements if isinstance(element, ClaimedTable)]
        self._contents: dict[Section, Content] = {}
        self._fields: dict[str, Any] = {}
        self._cells: dict[str, Place] = {}
        self._remarks: list[Remark] = []
        self._body_code: str | None = None
        self._outline: dict[str, Any] = {"contents": [], "headings": []}
        self._distribute([element for element in elements if not isinstance(element, ClaimedTable)])

    def read(self) -> BudgetDocument | None:
        """The document; ``None`` when nothing in it is known."""
        front = self._paragraphs(Section.COVER)
        title = cover.read(front, self._ledger)
        self._introduction(front)
        self._listings()
        self._statements()
        self._goal_tables()
        self._tables()
        add_claimed(self._fields, self._claimed, self._ledger)
        if not self._fields and not title.fields:
            return None
        self._fields.update(title.fields)
        self._cells.update(title.cells)
        self._fields.setdefault("kind", self._kind())
        self._identity(title.name)
        order = list(Section)
        self._remarks.sort(key=lambda remark: order.index(Section(remark.section)))
        return BudgetDocument(remarks=self._remarks, cells=self._cells, **self._outline, **self._fields)

    def _kind(self) -> Kind:
        """The kind of a text without a title: a final account where nothing but the year's account is told."""
        has_goals = not self._fields.keys().isdisjoint(("projects", "sub_goals", "overall_goal"))
        said = "".join(remark.text for remark in self._remarks)
        is_final = not has_goals and said.count("决算") > said.count("预算")
        return Kind.FINAL_ACCOUNTS if is_final else Kind.PERFORMANCE_TEXT

    def _distribute(self, elements: list[Element]) -> None:
        """Each element to the section whose heading stands above it."""
        section = Section.COVER
        for element in elements:
            if isinstance(element, Paragraph):
                if is_contents(element):
                    self._outline["contents"].append(outline.entry_of(element))
                    self._ledger.take(element)
                    continue
                if _PAGE_NUMBER.match(element.text.strip()) or element.style in BESIDE:
                    self._ledger.furnish(BESIDE.get(element.style, "页码、页眉或页脚"), element)
                    continue
                heading = sections.recognise(element)
                if heading is not None:
                    self._outline["headings"].append(outline.heading_of(element))
                    self._ledger.take(element)
                    section = heading.section or section
                    continue
                if section not in GOAL_SECTIONS and _announces_goal_table(element):
                    section = Section.PROJECTS
            elif section not in GOAL_SECTIONS and goal_table.names_project(element):
                section = Section.PROJECTS
            content = self._contents.setdefault(section, Content([], [], []))
            content.elements.append(element)
            if isinstance(element, Row):
                content.rows.append(element)
            else:
                content.paragraphs.append(element)

    def _paragraphs(self, section: Section) -> list[Paragraph]:
        content = self._contents.get(section)
        return content.paragraphs if content else []

    def _rows(self, section: Section) -> list[Row]:
        content = self._contents.get(section)
        return content.rows if content else []

    def _introduction(self, front: list[Paragraph]) -> None:
        """Sentences before the first chapter are kept as a remark, and so is the line that dates the publication."""
        for passage in passages(front):
            if sections.introduces(passage.text):
                self._ledger.take(*passage.pieces)
                self._remark(Section.INTRODUCTION, passage.text, passage.place)

    def _remark(self, section: Section, text: str, place: Place) -> None:
        self._remarks.append(Remark(section=section.value, text=text, place=place))

    def _listings(self) -> None:
        for section in (Section.DUTIES, Section.OVERALL_GOAL):
            parts = passages(self._paragraphs(section))
            if texts := listings.read_texts(parts, self._ledger):
                self._fields[section.value] = texts
                self._cells.update(
                    {f"{section.value}.{index}": part.place for index, part in enumerate(parts)}
                )
        for section, reader in (
            (Section.SUB_GOALS, listings.read_sub_goals),
            (Section.SAFEGUARDS, listings.read_safeguards),
            (Section.GLOSSARY, listings.read_glossary),
        ):
            if found := reader(passages(self._paragraphs(section)), self._ledger):
                self._fields[section.value] = found
        if others := listings.read_texts(passages(self._paragraphs(Section.OTHER_MATTERS)), self._ledger):
            self._fields["other_matters"] = "\n".join(others)
            self._cells["other_matters"] = self._paragraphs(Section.OTHER_MATTERS)[0].place

    def _statements(self) -> None:
        for passage in passages(self._paragraphs(Section.OVERVIEW)):
            self._ledger.take(*passage.pieces)
            self._remark(Section.OVERVIEW, passage.text, passage.place)
        for section, reader in _STATEMENTS.items():
            parts = passages(self._paragraphs(section))
            if not parts:
                continue
            statement = narrative.Statement(section.value, parts, self._ledger)
            if (found := reader(statement)) is not None:
                self._fields[section.value] = found
            self._remarks.extend(statement.remarks())

    def _goal_tables(self) -> None:
        for section in (Section.SPECIAL_FUNDS, Section.PROJECTS):
            content = self._contents.get(section)
            if content and (projects := GoalSection(self._ledger).read(content.elements)):
                self._fields[section.value] = projects

    def _tables(self) -> None:
        if found := small_tables.read_organizations(self._rows(Section.ORGANIZATIONS), self._ledger):
            self._fields["organizations"] = found
        self._table_lines(Section.ORGANIZATIONS)
        if Section.PROCUREMENT in self._contents:
            self._fields["procurement"] = self._procurement()
        if Section.ASSETS in self._contents:
            self._fields["assets"] = self._assets()

    def _table_lines(self, section: Section) -> small_tables.TableLines:
        """Lines around a table: titles and dates; sentences are kept as remarks."""
        table = small_tables.TableLines()
        for line in self._paragraphs(section):
            if not small_tables.read_table_line(line, table, self._ledger):
                self._ledger.take(line)
                self._remark(section, line.text.strip(), line.place)
        self._body_code = self._body_code or table.body_code
        return table

    def _procurement(self) -> Procurement:
        table = small_tables.read_procurement(self._rows(Section.PROCUREMENT), self._ledger)
        total, cells = None, {} if table.total_place is None else {"table_total": table.total_place}
        said: dict[str, Any] = {}
        self._body_code = self._body_code or table.lines.body_code
        lines = self._table_lines(Section.PROCUREMENT)
        for remark in [remark for remark in self._remarks if remark.section == Section.PROCUREMENT]:
            text = in_figures(remark.text)
            total = find_amount(r"政府采购(?:预算)?(?:共|共计|合计|金额|总额)?", text)
            if total is None and re.search(r"(?:无|没有|未)安排政府采购|无政府采购", text):
                total = "0"
            if total is not None:
                said = narrative.year_and_body(remark.text)
                cells |= dict.fromkeys(("total", *said), remark.place or Place())
                self._remarks.remove(remark)
                break
        return Procurement(
            **said,
            total=total,
            table_total=table.total,
            total_row=table.total_row,
            issuer=table.lines.issuer or lines.issuer,
            items=table.items,
            cells=cells | table.lines.cells | lines.cells,
        )

    def _assets(self) -> Assets:
        lines = self._table_lines(Section.ASSETS)
        table = small_tables.read_assets(self._rows(Section.ASSETS), self._ledger)
        fields: dict[str, Any] = {}
        cells: dict[str, Place] = {}
        for remark in [remark for remark in self._remarks if remark.section == Section.ASSETS]:
            text = in_figures(remark.text)
            for field, label in (
                ("total", r"(?<!购置)固定资产(?:金额|总额)"),
                ("planned_purchase", r"拟购置固定资产(?:总额|金额)?"),
            ):
                amount = find_amount(label, text)
                if amount is not None and field not in fields:
                    fields[field] = amount
                    cells[field] = remark.place or Place()
                    for name, value in narrative.year_and_body(remark.text).items():
                        fields.setdefault(name, value)
                        cells.setdefault(name, remark.place or Place())
            if fields and remark in self._remarks and not re.search("已按要求", text):
                self._remarks.remove(remark)
        if table.total_place is not None:
            cells["table_total"] = table.total_place
        around = table.lines if table.lines.as_of else lines
        if around.as_of_place is not None:
            cells["as_of"] = around.as_of_place
        self._body_code = self._body_code or table.lines.body_code
        return Assets(
            as_of=around.as_of,
            table_total=table.total,
            issuer=table.lines.issuer or lines.issuer,
            items=table.items,
            cells=cells | table.lines.cells | lines.cells,
            **fields,
        )

    def _identity(self, name: str | None) -> None:
        """Department and division: from the title, else from the unit that most tables name."""
        tables: list[Project] = [*self._fields.get("special_funds", []), *self._fields.get("projects", [])]
        units = Counter(table.unit for table in tables if table.unit is not None and table.unit.code)
        unit = units.most_common(1)[0][0] if units else None
        if name is None and unit is not None and unit.name is not None:
            name = unit.name.removesuffix("本级")
        code = unit.code[:3] if unit is not None and unit.code else self._body_code
        issuer = disclosure_tables.issuer_of(self._fields.get("tables", []))
        if issuer is not None and name in (None, issuer.name):
            name, code = issuer.name, code or issuer.code
        if name is not None or code is not None:
            self._fields["department"] = CodedName(code, name)
        division = division_in(name) if name else None
        if division is not None:
            self._fields["division"] = CodedName(division.code, division.name)
        if "fiscal_year" not in self._fields:
            self._infer_year(tables)

    def _infer_year(self, tables: list[Project]) -> None:
        """Without a title the year is that of the deadlines and codes, if they agree; a warning says so."""
        years = Counter(
            year
            for table in tables
            for year in (
                *(
                    row.value.meaning.deadline.year
                    for row in table.indicators
                    if row.value and row.value.meaning.deadline
                ),
                table.parsed_code.year if table.parsed_code else None,
            )
            if year is not None
        )
        if years and (best := years.most_common(1)[0])[1] * 2 > sum(years.values()):
            self._fields["fiscal_year"] = best[0]
            self._ledger.warn(f"文件没有写明预算年度，按各项目的完成时限和编码推断为 {best[0]} 年，请核对。")
