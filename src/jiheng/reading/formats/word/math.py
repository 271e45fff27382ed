"""Formulas (Office Math) written on one line: 1/2, x², √(x+1)."""

from __future__ import annotations

from lxml import etree

from jiheng.reading.formats.word.names import M, W


def in_line(formula: etree._Element) -> str:
    """A formula, or any part of one, as text. Every sign of it is kept; what Word draws as a shape becomes a sign."""
    tag = formula.tag
    if tag in (f"{M}t", f"{W}t"):
        return formula.text or ""
    if not isinstance(tag, str) or tag.endswith("Pr") or tag in (f"{W}del", f"{W}moveFrom"):
        return ""
    if tag == f"{M}f":
        return f"{_grouped(_part(formula, 'num'))}/{_grouped(_part(formula, 'den'))}"
    if tag == f"{M}rad":
        return f"{_part(formula, 'deg')}√{_grouped(_part(formula, 'e'))}"
    if tag in (f"{M}sSup", f"{M}sSub", f"{M}sSubSup"):
        below, above = _part(formula, "sub"), _part(formula, "sup")
        return (
            _part(formula, "e")
            + (f"_{_grouped(below)}" if below else "")
            + (f"^{_grouped(above)}" if above else "")
        )
    if tag == f"{M}d":
        inner = ",".join(in_line(part) for part in formula.iterfind(f"{M}e"))
        return f"{_sign(formula, 'dPr/begChr', '(')}{inner}{_sign(formula, 'dPr/endChr', ')')}"
    if tag == f"{M}nary":
        ends = _part(formula, "sub"), _part(formula, "sup")
        marks = "".join(f"{mark}{_grouped(end)}" for mark, end in zip("_^", ends, strict=True) if end)
        return f"{_sign(formula, 'naryPr/chr', '∫')}{marks}{_part(formula, 'e')}"
    return "".join(in_line(child) for child in formula)


def _part(formula: etree._Element, name: str) -> str:
    found = formula.find(f"{M}{name}")
    return in_line(found) if found is not None else ""


def _grouped(text: str) -> str:
    return text if len(text) < 2 or text.isalnum() else f"({text})"


def _sign(formula: etree._Element, path: str, default: str) -> str:
    found = formula.find("/".join(f"{M}{name}" for name in path.split("/")))
    return found.get(f"{M}val", default) if found is not None else default
