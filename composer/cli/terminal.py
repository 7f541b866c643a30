"""Where the commands speak: findings on standard output, notes on standard error."""

import io
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from typing import TextIO, TypeVar

from composer.cli.options import ColorChoice

# Wider than this, a line is no easier to read.
_MOST_COLUMNS = 120
_COLUMNS_IN_A_PIPE = 100
_WORTH_COUNTING = 20

T = TypeVar("T")


def speak_unicode() -> None:
    """Let any draft's words be printed: UTF-8 into files and pipes, escapes where a terminal's encoding lacks a character."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="backslashreplace")
            else:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def say(text: str) -> None:
    """Print a result."""
    sys.stdout.write(text if text.endswith("\n") or not text else f"{text}\n")


def note(text: str) -> None:
    """Print what is not the result, so that a pipe stays clean."""
    sys.stdout.flush()
    sys.stderr.write(f"{text}\n")


def complain(message: str, help: str = "") -> None:
    """Say why the command could not run, and what to do instead."""
    from composer.checks.reports.report import shown

    mark = "\x1b[1;31merror\x1b[0m" if wants_color("auto", sys.stderr) else "error"
    for name, words in ((mark, message), ("help", help)):
        if words:
            note(f"{name}: " + "".join(c if c == "\n" else shown(c) for c in words))


def wants_color(choice: ColorChoice, stream: TextIO | None = None) -> bool:
    """Whether to color: what `--color` says; else on a terminal, unless NO_COLOR holds anything."""
    if choice != "auto":
        return choice == "always"
    return (stream or sys.stdout).isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width() -> int:
    """The columns that a report may fill."""
    return min(shutil.get_terminal_size((_COLUMNS_IN_A_PIPE, 24)).columns or _COLUMNS_IN_A_PIPE, _MOST_COLUMNS)


def with_progress(items: Iterable[T], total: int, what: str) -> Iterator[T]:
    """The items, counted on a terminal's last line as they come where there are many; nothing is printed into a pipe."""
    if total < _WORTH_COUNTING or not sys.stderr.isatty():
        yield from items
        return
    try:
        for number, item in enumerate(items, start=1):
            if number % 10 == 0 or number == total:
                sys.stderr.write(f"\r{number:,} of {total:,} {what}")
                sys.stderr.flush()
            yield item
    finally:
        sys.stderr.write("\r\x1b[K")
