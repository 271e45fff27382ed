"""Whatever a Word file is built of, every piece of it is in the blocks exactly once, and what is shown is shown."""

from __future__ import annotations

from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from jiheng.reading.blocks import BESIDE, Paragraph, Table
from tests.reading.formats.ooxml import cell, p, read, row, run, table

INLINE = ["plain", "hidden", "inserted", "deleted", "moved", "link", "control", "hint", "field", "open field", "box", "either", "tag"]  # fmt: skip
MERGES = ["", "", "", '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>', "<w:hMerge/>", '<w:gridSpan w:val="2"/><w:vMerge/>']  # fmt: skip
CHANGES = ["", "", "", "<w:del/>", "<w:ins/>", "<w:tblHeader/>"]

inline = st.lists(st.sampled_from(INLINE), max_size=4)
blocks = st.recursive(
    st.tuples(st.just("p"), inline),
    lambda inner: st.one_of(
        st.tuples(st.just("control"), st.lists(inner, max_size=2)),
        st.tuples(st.just("joined"), inline),
        st.tuples(
            st.just("table"),
            st.lists(
                st.tuples(
                    st.sampled_from(CHANGES),
                    st.lists(st.tuples(st.sampled_from(MERGES), st.lists(inner, max_size=2)), min_size=1, max_size=3),
                ),
                max_size=3,
            ),
        ),
    ),
    max_leaves=12,
)  # fmt: skip


class Maker:
    """Writes the XML of a description, and notes what is shown and what is only kept."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self.shown: list[str] = []
        self.beside: list[str] = []
        self.maybe: list[str] = []
        """In cells that a merge may cover, or in rows that were taken out."""
        self._is_certain = True

    def word(self, *, is_shown: bool = True) -> str:
        word = f"字{next(self._numbers)}号"
        (self.beside if not is_shown else self.shown if self._is_certain else self.maybe).append(word)
        return word

    def inline(self, kind: str) -> str:
        if kind == "hidden":
            return run(self.word(is_shown=False), "<w:vanish/>")
        if kind == "deleted":
            return f"<w:del><w:r><w:delText>{self.word(is_shown=False)}</w:delText></w:r></w:del>"
        if kind == "moved":
            return f"<w:moveFrom>{run(self.word(is_shown=False))}</w:moveFrom>"
        if kind == "hint":
            return f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('单击此处' + self.word(is_shown=False))}</w:sdtContent></w:sdt>"
        text = run(self.word())
        box = f"<w:r><w:pict><v:textbox><w:txbxContent>{p(text)}</w:txbxContent></v:textbox></w:pict></w:r>"
        begin, middle, end = (
            f'<w:r><w:fldChar w:fldCharType="{mark}"/></w:r>' for mark in ("begin", "separate", "end")
        )
        return {
            "inserted": f"<w:ins>{text}</w:ins>",
            "link": f"<w:hyperlink>{text}</w:hyperlink>",
            "control": f"<w:sdt><w:sdtPr/><w:sdtContent>{text}</w:sdtContent></w:sdt>",
            "field": f"{begin}<w:r><w:instrText>REF</w:instrText></w:r>{middle}{text}{end}",
            "open field": f"{begin}{middle}{text}",
            "tag": f"<w:smartTag>{text}</w:smartTag>",
            "box": box,
            "either": f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>",
        }.get(kind, text)

    def block(self, description) -> str:
        kind, content = description
        if kind == "p":
            return p(*map(self.inline, content))
        if kind == "joined":
            return p(*map(self.inline, content), properties="<w:rPr><w:del/></w:rPr>")
        if kind == "control":
            return (
                f"<w:sdt><w:sdtPr/><w:sdtContent>{''.join(map(self.block, content))}</w:sdtContent></w:sdt>"
            )
        return table(*(self._row(change, cells) for change, cells in content))

    def _row(self, change: str, cells) -> str:
        made = []
        for merge, inner in cells:
            was, self._is_certain = (
                self._is_certain,
                self._is_certain and "Merge/" not in merge and change != "<w:del/>",
            )
            made.append(cell(properties=merge, content="".join(map(self.block, inner)) + p()))
            self._is_certain = was
        return row(*made, properties=change)


@settings(max_examples=300, deadline=None)
@given(st.lists(blocks, max_size=5))
def test_every_piece_is_in_the_blocks_exactly_once(descriptions):
    maker = Maker()
    found = read("".join(map(maker.block, descriptions)))
    everything = [text for text, _ in found.texts()]
    whole = "\n".join(everything)
    for word in (*maker.shown, *maker.beside, *maker.maybe):
        assert whole.count(word) == 1, word
    plain = "\n".join(
        text
        for block in found.blocks
        if isinstance(block, Table) or block.style not in BESIDE
        for text in (
            [block.text] if isinstance(block, Paragraph) else [c.text for r in block.rows for c in r.cells]
        )
    )
    assert all(word in plain for word in maker.shown)
    assert not any(word in plain for word in maker.beside)
    for block in found.blocks:
        if isinstance(block, Table):
            _stands_on_its_grid(block)


def _stands_on_its_grid(table: Table) -> None:
    """No cell lies on another one, and every merge ends within the table."""
    for number, line in enumerate(table.rows):
        ends = 0
        for found in line.cells:
            assert found.column >= ends
            assert found.span >= 1
            assert 1 <= found.rows <= len(table.rows) - number
            ends = found.column + found.span
