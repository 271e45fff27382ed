"""Content controls and alternatives, settled before a part is read: each then holds what Word would show.

ECMA-376 part 1, 17.5.2 (structured document tags), part 3 (markup compatibility).
"""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from jiheng.budget import is_blank
from jiheng.reading.formats.word.names import MC, VAL, A, M, V, W, is_on
from jiheng.reading.formats.word.package import Package

HINT: Final = "hint"
"""The tag that runs get which only say what is to be entered."""
_WORDS: Final = re.compile(
    r"^\s*[\[［【(（]?\s*(?:请|单击|点击|点此|在此|此处|选择|输入|Click|Choose|Enter|Select)", re.IGNORECASE
)
_STEP: Final = re.compile(r"^(?:([\w.-]+):)?([\w.-]+)(?:\[(\d{1,4})\])?$")
_SHOWS: Final = (f"{W}t", f"{A}t", f"{M}t", f"{W}sym", f"{W}instrText")


def settle(root: etree._Element, placeholders: set[str], package: Package | None = None) -> None:
    """Changes ``root``: one branch of every alternative is kept, hints become ``HINT`` runs, bound values are filled in.

    Args:
        placeholders: character styles of hints.
        package: where the data of bound controls stands.
    """
    for alternative in list(root.iter(f"{MC}AlternateContent")):
        _choose(alternative)
    for control in list(root.iter(f"{W}sdt")):
        properties, content = control.find(f"{W}sdtPr"), control.find(f"{W}sdtContent")
        if properties is None or content is None:
            continue
        is_hint = _is_hint(properties, content, placeholders)
        if (
            package is not None
            and (is_hint or not _has_text(content))
            and _fill(properties, content, package)
        ):
            continue
        if is_hint:
            for run in content.iter(f"{W}r"):
                run.tag = HINT


def _choose(alternative: etree._Element) -> None:
    """The first branch that shows text takes the place of them all; of branches without any, the first."""
    parent = alternative.getparent()
    branches = [branch for branch in alternative if branch.tag in (f"{MC}Choice", f"{MC}Fallback")]
    if parent is None or not branches:
        return
    chosen = next((branch for branch in branches if _has_text(branch)), branches[0])
    at = parent.index(alternative)
    parent[at : at + 1] = list(chosen)


def _has_text(parent: etree._Element) -> bool:
    return any(
        not is_blank(piece.text or "") or piece.tag == f"{W}sym" for piece in parent.iter(*_SHOWS)
    ) or any(not is_blank(piece.get("string", "")) for piece in parent.iter(f"{V}textpath"))


def _is_hint(properties: etree._Element, content: etree._Element, placeholders: set[str]) -> bool:
    """Whether a control still shows its hint. Programs that ignore the mark leave it on filled controls too."""
    mark = properties.find(f"{W}showingPlcHdr")
    if mark is None or not is_on(mark.get(VAL)):
        return False
    runs = list(content.iter(f"{W}r"))
    styles = [run.find(f"{W}rPr/{W}rStyle") for run in runs]
    if runs and all(style is not None and style.get(VAL) in placeholders for style in styles):
        return True
    return _WORDS.match("".join(piece.text or "" for piece in content.iter(f"{W}t"))) is not None


def _fill(properties: etree._Element, content: etree._Element, package: Package) -> bool:
    """Puts the bound value into a control that does not show it yet; whether there was one."""
    binding = properties.find(f"{W}dataBinding")
    first = next(content.iter(f"{W}r"), None)
    if binding is None or first is None:
        return False
    spaces = dict(re.findall(r"xmlns:([\w.-]+)=['\"]([^'\"]*)['\"]", binding.get(f"{W}prefixMappings", "")))
    path = binding.get(f"{W}xpath", "")
    values = (_value(root, path, spaces) for root in package.stores(binding.get(f"{W}storeItemID", "")))
    value = next((found for found in values if not is_blank(found)), "")
    if not value:
        return False
    for run in list(content.iter(f"{W}r")):
        if run is not first and (parent := run.getparent()) is not None:
            parent.remove(run)
    first[:] = []
    etree.SubElement(first, f"{W}t").text = value
    return True


def _value(root: etree._Element, path: str, spaces: dict[str, str]) -> str:
    """The text at a path of plain steps (``/ns0:form[1]/ns0:name[1]``, last step perhaps ``@name``).

    Only such paths are followed: they come from the file, and a free XPath could keep the machine busy.
    """
    *steps, last = path.strip().lstrip("/").split("/")
    attribute = last[1:] if last.startswith("@") else None
    at: etree._Element | None = None
    for step in [*steps, *([] if attribute else [last])]:
        match = _STEP.match(step.strip())
        if match is None:
            return ""
        name = f"{{{spaces[match[1]]}}}{match[2]}" if match[1] in spaces else match[2]
        index = int(match[3] or 1) - 1
        found = [root] if at is None else list(at)
        same = [element for element in found if element.tag == name]
        if not 0 <= index < len(same):
            return ""
        at = same[index]
    if at is None:
        return ""
    return at.get(attribute, "") if attribute else "".join(str(part) for part in at.itertext())
