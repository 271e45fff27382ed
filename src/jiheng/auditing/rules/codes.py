"""COD: project codes and unit codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from jiheng.auditing.registry import Gap, rule
from jiheng.auditing.scope import provincial_text
from jiheng.auditing.thresholds import thresholds
from jiheng.budget import BudgetDocument, CodeForm, Project, ProjectCode, Severity, fold_confusable, normalise
from jiheng.errors import StandardsError
from jiheng.standards.divisions import division, lineage

_CONFUSABLE = frozenset("IOSVZ")
_SUGGEST = str.maketrans({"I": "1", "O": "0", "S": "5", "V": "U", "Z": "2"})


def _codes(document: BudgetDocument) -> Iterator[tuple[str, Project, ProjectCode]]:
    for path, project in document.goal_tables():
        code = project.parsed_code
        if code is not None:
            yield f"{path}.code", project, code


@rule(
    "COD-001", title="项目编码形式正确", severity=Severity.WARNING, basis="form-project-code", article="形式",
    checks=("C01",),
)  # fmt: skip
def a_code_has_a_known_form(document: BudgetDocument) -> Iterator[Gap]:
    """A project code has one of the forms in use."""
    for path, project in document.goal_tables():
        if project.code and project.parsed_code is None:
            yield Gap(
                path=f"{path}.code",
                message=f"项目编码 {project.code}（{len(project.code)} 位）不是通行的编码形式",
                remedy="从预算管理一体化系统中复制项目编码",
                stated=project.code,
            )


@rule(
    "COD-002", title="项目编码校验码正确", severity=Severity.WARNING, basis="form-project-code", article="校验字符",
    checks=("C02",),
)  # fmt: skip
def the_check_character_fits(document: BudgetDocument) -> Iterator[Gap]:
    """The last character of a code with a P is its check character.

    An error in the divisions whose codes were verified, a warning elsewhere. Codes with a letter that the
    alphabet lacks are left to COD-005.
    """
    verified = thresholds("codes")["check_verified_in"]
    for path, _, code in _codes(document):
        if code.check_is_right is not False or code.check_character is None:
            continue
        yield Gap(
            path=path,
            message=f"项目编码 {code.text} 的校验码应为 {code.check_character}，现为 {code.text[-1]}；编码中有字符写错",
            remedy="从预算管理一体化系统中复制项目编码",
            stated=code.text[-1],
            computed=code.check_character,
            severity=Severity.ERROR if code.division in verified else None,
        )


@rule(
    "COD-003", title="项目编码的区划与本级一致", severity=Severity.ERROR, basis="form-project-code", article="区划",
    checks=("C03",),
)  # fmt: skip
def a_code_is_of_this_division(document: BudgetDocument) -> Iterator[Gap]:
    """The first six digits of a code are the document's county, or the city or province above it.

    Where the county is not known, one code does not differ from all the others, three at least.
    """
    own = _own_division(document)
    if own is None:
        return
    code_of_own, name, allowed = own
    for path, _, code in _codes(document):
        if code.division is None or code.division in allowed:
            continue
        try:
            other = f"{code.division}（{division(code.division).name}）"
        except StandardsError:
            other = code.division
        yield Gap(
            path=path,
            message=f"项目编码 {code.text} 的区划是 {other}，{name}（{code_of_own}）",
            remedy="核对项目编码是否抄自外地文本",
            stated=code.division,
            computed=code_of_own,
        )


def _own_division(document: BudgetDocument) -> tuple[str, str, set[str]] | None:
    """The code of the document's division, how messages speak of it, and all codes that may stand there."""
    if document.division is not None and document.division.code is not None:
        try:
            own = division(document.division.code)
        except StandardsError:
            return None
        return own.code, f"本文件属{own.name}", {place.code for place in lineage(own.code)}
    counted = Counter(code.division for _, _, code in _codes(document) if code.division is not None)
    if len(counted) != 2:
        return None
    (usual, times), (_, once) = counted.most_common()
    above = {usual, f"{usual[:4]}00", f"{usual[:2]}0000"}
    return (usual, "其余编码都属同一区划", above) if times >= 3 and once == 1 else None


@rule(
    "COD-004", title="项目编码年度不晚于预算年度", severity=Severity.ERROR, basis="form-project-code", article="年度",
    checks=("C04",),
)  # fmt: skip
def a_code_is_not_of_a_later_year(document: BudgetDocument) -> Iterator[Gap]:
    """A project entered the library no later than the year in which it is budgeted."""
    if document.fiscal_year is None:
        return
    for path, _, code in _codes(document):
        if code.year is not None and code.year > document.fiscal_year:
            yield Gap(
                path=path,
                message=f"项目编码 {code.text} 的年度是 {code.year}，晚于预算年度 {document.fiscal_year}",
                remedy="核对项目编码",
                stated=str(code.year),
                computed=str(document.fiscal_year),
            )


@rule(
    "COD-005", title="项目编码不用 I、O、S、V、Z", severity=Severity.ERROR, basis="form-project-code",
    article="字符集", checks=("C05",),
)  # fmt: skip
def a_code_with_p_has_no_confusable_letters(document: BudgetDocument) -> Iterator[Gap]:
    """A code with a P has none of the letters I, O, S, V, Z."""
    for path, _, code in _codes(document):
        wrong = sorted(_CONFUSABLE & set(code.text)) if code.form is CodeForm.HEBEI_P else []
        if wrong:
            mended = code.text.translate(_SUGGEST)
            parsed = ProjectCode.parse(mended)
            is_right = parsed is not None and parsed.check_is_right is True
            yield Gap(
                path=path,
                message=f"项目编码 {code.text} 含有编码不用的字母 {'、'.join(wrong)}，疑为 {mended}",
                remedy="从预算管理一体化系统中复制项目编码",
                mends=((path, mended),) if is_right else (),
                stated=code.text,
                computed=mended,
            )


@rule(
    "COD-006", title="同一编码写法一致", severity=Severity.ERROR, basis="mof-office-2023-12", article="项目编码",
    checks=("C06",), over_file=True,
)  # fmt: skip
def codes_do_not_differ_by_a_confusable_sign(documents: Sequence[BudgetDocument]) -> Iterator[Gap]:
    """Two codes in one file do not differ only by O/0, I/1, S/5, B/8 or Z/2.

    An error where they stand beside the same project's name, else a warning.
    """
    seen: dict[str, list[tuple[int, str, str, Project]]] = {}
    for number, document in enumerate(documents):
        for path, project in document.goal_tables():
            if project.code:
                entry = (number, f"{path}.code", project.code, project)
                seen.setdefault(fold_confusable(project.code), []).append(entry)
    for entries in seen.values():
        first = entries[0]
        for number, path, code, project in entries[1:]:
            if code == first[2]:
                continue
            same = normalise(project.name) == normalise(first[3].name)
            yield Gap(
                document=number,
                path=path,
                message=f"“{project.label}”的项目编码此处为 {code}，另一处为 {first[2]}，只差易混的字符",
                remedy="核对后改为同一编码",
                stated=code,
                computed=first[2],
                related=(first[1],) if first[0] == number else (),
                severity=None if same else Severity.WARNING,
            )


@rule(
    "COD-007", title="一个编码只用于一个项目", severity=Severity.ERROR, basis="mof-office-2023-12",
    article="项目编码", checks=("C07",),
)  # fmt: skip
def a_code_belongs_to_one_project(document: BudgetDocument) -> Iterator[Gap]:
    """No two goal tables of a document have the same code."""
    seen: dict[str, tuple[str, Project]] = {}
    for path2, two in document.goal_tables():
        if not two.code:
            continue
        path1, one = seen.setdefault(two.code, (path2, two))
        if path1 != path2:
            yield Gap(
                path=f"{path2}.code",
                message=f"项目编码 {two.code} 同时用于“{one.label}”和“{two.label}”",
                remedy="核对两个项目的编码；同一项目的，删去重复的表",
                stated=two.code,
                related=(f"{path1}.code",),
            )


@rule(
    "COD-008", title="编码的部门与本部门一致", severity=Severity.WARNING, basis="form-project-code", article="部门",
    checks=("C11",),
)  # fmt: skip
def a_code_is_of_this_department(document: BudgetDocument) -> Iterator[Gap]:
    """The department in an old code is the document's; 000 is for special funds alone."""
    own = document.department.code if document.department else None
    for path, _, code in _codes(document):
        is_special = path.startswith("special_funds")
        if code.department is None or (is_special and code.department == "000"):
            continue
        if code.department == "000":
            yield Gap(
                path=path,
                message=f"项目编码 {code.text} 以 000 开头，是专项资金的编码，却列在预算项目中",
                remedy="核对编码，或移到专项资金部分",
                stated=code.text,
            )
        elif own is not None and code.department != own:
            yield Gap(
                path=path,
                message=f"项目编码 {code.text} 的部门是 {code.department}，本部门是 {own}",
                remedy="核对项目编码",
                stated=code.department,
                computed=own,
            )


@rule(
    "COD-009", title="单位代码属于同一部门", severity=Severity.ERROR, basis="form-performance-text",
    article="单位代码", checks=("C10",),
)  # fmt: skip
def units_are_of_one_department(document: BudgetDocument) -> Iterator[Gap]:
    """A unit code has six digits, the first three of them the same in a whole document.

    Three digits are a department's; the length is laid down for the provincial form alone.
    """
    own = document.department.code if document.department else None
    for path, project in document.goal_tables():
        code = project.unit.code if project.unit else None
        if code is not None and len(code) not in (3, 6) and provincial_text(document):
            yield Gap(
                path=f"{path}.unit",
                message=f"单位代码“{code}”是 {len(code)} 位，应为 6 位（部门 3 位、单位 3 位）",
                remedy="核对单位代码",
                stated=code,
            )
        if own is not None and code is not None and len(code) == 6 and code[:3] != own:
            yield Gap(
                path=f"{path}.unit",
                message=f"单位代码 {code} 属部门 {code[:3]}，本文件的其他单位属部门 {own}",
                remedy="核对单位代码",
                stated=code[:3],
                computed=own,
            )
