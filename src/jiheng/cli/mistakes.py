"""What is wrong with how a command was written, in words: the library that takes it apart says it in English."""

from __future__ import annotations

import re
import sys
from typing import Any, Final

import typer

MISTAKE: Final[type[Exception]] = next(
    found for found in typer.BadParameter.__mro__ if found.__name__ == "UsageError"
)
"""A command that cannot be taken apart; the library shows the class by its descendants alone."""
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
_CHOICES: Final = re.compile(r"'([^']+)'")


def in_words(error: Any) -> str | None:
    """The mistake and where the usage is described; ``None`` where the usage was printed instead.

    Args:
        error: a ``MISTAKE``.
    """
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        print(error.ctx.get_help() if error.ctx else "", file=sys.stderr)
        return None
    command = error.ctx.command_path if error.ctx else "jiheng"
    return f"{_told(kind, error)}　用法见 {command} --help"


def _told(kind: str, error: Any) -> str:
    option = getattr(error, "option_name", "")
    match kind:
        case "NoSuchOption":
            near = "、".join(sorted(error.possibilities or ()))
            return f"没有选项 {option}。{f'是否应为 {near}？' if near else ''}"
        case "MissingParameter":
            return f"缺少{_about(error) or '参数'}。"
        case "BadOptionUsage":
            return f"选项 {option} 后面要写一个值。"
        case "BadParameter":
            return f"{_about(error) or '参数'}不对{_why(error.message)}"
    named = _CHOICES.findall(error.message)
    if "No such command" in error.message:
        return f"没有命令“{named[0] if named else ''}”。"
    return f"命令写得不完整或多写了内容（{error.message}）。"


def _about(error: Any) -> str:
    """The parameter, as whoever types knows it: an option by its name, an argument by its help."""
    parameter = error.param
    if parameter is None:
        return ""
    names = [name for name in parameter.opts if name.startswith("-")]
    told = str(getattr(parameter, "help", "") or "")
    return f"选项 {names[0]} " if names else f"“{re.split('[；。（]', told)[0] or parameter.name}”"


def _why(message: str) -> str:
    if _HAN.search(message):
        return f"：{message}"
    choices = _CHOICES.findall(message)
    return f"，可以写：{'、'.join(choices[1:])}。" if len(choices) > 1 else "，请核对写法。"
