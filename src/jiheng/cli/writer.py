"""``jiheng write`` by an office's own template: one that is named, or the one of a store that applies."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from jiheng.budget import BudgetDocument
from jiheng.errors import JihengError, WritingError

if TYPE_CHECKING:
    from jiheng.templates import Template, Version


class Writer:
    """Writes documents: by a template where one is named or applies, else in our own layout.

    Args:
        template: a template for everything.
        store: the folder of a store, whose template that applies is used.
        form: what is written; templates give "docx" and "pdf".
        previous: documents of last year, for the comparisons that a document does not make itself.
    Raises:
        JihengError: the template cannot be used, or not for this form.
    """

    def __init__(
        self, template: Path | None, store: Path | None, form: str, previous: Sequence[BudgetDocument] = ()
    ) -> None:
        self._form = form
        self._previous = previous
        self._template: Template | None = None
        self._store = None
        self._loaded: dict[int, Template] = {}
        if template is None and store is None:
            return
        if form not in ("docx", "pdf"):
            raise WritingError(f"按模板不能生成 {form}。", remedy="请用 --to docx 或 --to pdf。")
        if template is not None and store is not None:
            raise JihengError("--template 和 --templates 只能用一个。", remedy="请去掉一个。")
        if template is not None:
            self._template = _loaded(template)
        elif store is not None:
            if not store.is_dir():
                raise JihengError(f"没有模板库“{store}”。", remedy="请核对文件夹。")
            from jiheng.templates import Store

            self._store = Store(store)

    def write(self, documents: Sequence[BudgetDocument]) -> bytes:
        """The documents in the form that was asked for. Raises ``JihengError``."""
        if self._previous:
            documents = [self._compared(document) for document in documents]
        found = self._of(documents[0]) if len(documents) == 1 else None
        if found is None:
            from jiheng.writing import write

            return write(documents, self._form)
        filled = found.fill(documents[0])
        if self._form == "docx":
            return filled
        from jiheng.templates.printing import printed

        return printed(filled, documents[0].title or "文本.docx")

    def _compared(self, document: BudgetDocument) -> BudgetDocument:
        """The document with its comparisons, where last year's of the same kind and body is among the earlier ones.

        Raises:
            JihengError: it is not, so that the sentences would be missing.
        """
        from jiheng.auditing.earlier import earlier_of, follows
        from jiheng.writing.comparison import compared

        for earlier in earlier_of(document, self._previous):
            if earlier.kind is document.kind and follows(document, earlier):
                return compared(document, earlier)
        raise JihengError(
            f"--previous 中没有《{document.title or document.kind.label}》上一年度的同类文件，无法写出比上年增减情况。",
            remedy="请核对上年文件的单位和年度。",
        )

    def _of(self, document: BudgetDocument) -> Template | None:
        if self._template is not None or self._store is None:
            return self._template
        version: Version | None = self._store.choose(document)
        if version is None:
            return None
        if version.number not in self._loaded:
            self._loaded[version.number] = self._store.load(version)
        return self._loaded[version.number]


def _loaded(path: Path) -> Template:
    """The template in a file; what is wrong with it is told before a document is read."""
    from jiheng.reading.load import load
    from jiheng.templates import Template
    from jiheng.templates.problem import invalid

    template = Template(load(path, path.name), path.name)
    if template.problems:
        raise invalid(template.problems, path.name)
    return template
