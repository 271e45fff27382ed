"""What can stop the work: typed errors that name the place and tell the user, in Chinese, what to do."""

from __future__ import annotations


class JihengError(Exception):
    """We cannot go on.

    Args:
        message: what happened, in Chinese, for the person at the screen.
        place: where, as ``str(Place)`` or a file name; ``None`` when the whole input is meant.
        remedy: what to do next, in Chinese.
    """

    def __init__(self, message: str, *, place: str | None = None, remedy: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.remedy = remedy

    def __str__(self) -> str:
        where = f"{self.place}：" if self.place else ""
        then = f"　{self.remedy}" if self.remedy else ""
        return f"{where}{self.message}{then}"


class ReadingError(JihengError):
    """A file could not be read at all."""


class UnsupportedFormat(ReadingError):
    """The file is of a kind that this version does not read."""


class DamagedFile(ReadingError):
    """The file is of a known kind but its content is broken or empty."""


class ProtectedFile(ReadingError):
    """The file is encrypted or asks for a password."""


class FileTooLarge(ReadingError):
    """The file, or what is packed in it, is larger than the limit."""


class ConverterMissing(ReadingError):
    """The file can only be read with LibreOffice, which was not found."""


class InvalidSettings(JihengError):
    """A file of settings or explanations that cannot be used."""


class TookTooLong(ReadingError):
    """A bound of time was reached."""

    @classmethod
    def after(cls, seconds: float, name: str) -> TookTooLong:
        """The error for the file ``name``."""
        return cls(
            f"处理这个文件超过了 {seconds:g} 秒，已停止。",
            place=name,
            remedy="请拆分文件，或另存为 docx、xlsx 后重试。",
        )


class TookTooMuchMemory(ReadingError):
    """A bound of memory was reached."""

    @classmethod
    def of(cls, name: str | None) -> TookTooMuchMemory:
        """The error for the file ``name``."""
        return cls(
            "处理这个文件需要的内存超过上限，已停止。",
            place=name,
            remedy="请拆分文件，或删去其中的图片后重试。",
        )


class StandardsError(JihengError):
    """A look-up in ``jiheng.standards`` failed."""


class UnknownRegulation(StandardsError):
    """No regulation has this key."""


class UnknownCode(StandardsError):
    """No entry has this code."""


class WritingError(JihengError):
    """A document could not be written."""


class Crashed(ReadingError, WritingError):
    """The process that did the work ended without an answer: our fault, or a file made to do harm."""


class MissingPart(WritingError):
    """The layout asks for a part that the document does not have."""


class InvalidTemplate(WritingError):
    """A template that cannot be used."""


class RuleFailed(JihengError):
    """A rule crashed; the other rules ran. Never a finding: it is our fault, not the document's."""


class InvalidCorrection(JihengError):
    """A value cannot be put right as asked."""


class InvalidDocument(JihengError):
    """The JSON is not a ``jiheng/1`` document."""
