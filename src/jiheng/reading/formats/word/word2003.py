"""Word 2003 XML (WordprocessingML 2003, the schema of Office 2003) read as today's: the names differ, the order hardly."""

from __future__ import annotations

from typing import Final

from lxml import etree

from jiheng.reading.formats.word.names import VAL, W

_OLD: Final = "{http://schemas.microsoft.com/office/word/2003/wordml}"
_WX: Final = "{http://schemas.microsoft.com/office/word/2003/auxHint}"
_AML: Final = "{http://schemas.microsoft.com/aml/2001/core}"
_NAMES: Final = {
    "vmerge": "vMerge", "hmerge": "hMerge", "noBreakHyphen": "noBreakHyphen", "listPr": "listPr",
    "txbxContent": "txbxContent",
}  # fmt: skip
_CHANGES: Final = {"Word.Deletion": "del", "Word.Insertion": "ins"}


def modern(root: etree._Element) -> etree._Element:
    """``root`` (a w:wordDocument) with the names of ECMA-376, its printed list numbers as text before their paragraphs."""
    for element in list(root.iter("*")):
        space, _, local = str(element.tag).rpartition("}")
        if f"{space}}}" == _OLD:
            element.tag = W + _NAMES.get(local, local)
            for name, value in list(element.attrib.items()):
                if str(name).startswith(_OLD):
                    del element.attrib[name]
                    element.set(W + str(name)[len(_OLD) :], str(value))
        elif element.tag == f"{_AML}annotation":
            kind = element.get(f"{_OLD}type", "")
            element.tag = f"{W}{_CHANGES.get(kind, 'ins')}"
        elif str(element.tag).startswith((_WX, _AML)):
            # sections of the outline and the content of a change: what they hold stands where they stand
            element.tag = f"{W}customXml"
    for merge in root.iter(f"{W}vMerge", f"{W}hMerge"):
        if merge.get(VAL) is None:
            merge.set(VAL, "continue")
    for listed in list(root.iter(f"{W}listPr")):
        _print_number(listed)
    return root


def _print_number(listed: etree._Element) -> None:
    """Word 2003 writes beside the list what it printed: it becomes a run at the head of the paragraph."""
    printed = next((found.get(f"{_WX}val") for found in listed.iter(f"{W}customXml")), None)
    properties = listed.getparent()
    paragraph = properties.getparent() if properties is not None else None
    if not printed or paragraph is None or paragraph.tag != f"{W}p" or properties is None:
        return
    run = etree.Element(f"{W}r")
    etree.SubElement(run, f"{W}t").text = printed
    paragraph.insert(paragraph.index(properties) + 1, run)
