"""Where the commands speak: findings on standard output, notes on standard error."""

import io
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
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


def say_exactly(content: bytes) -> None:
    """Print bytes as they are into a file or a pipe; on a terminal, what a terminal may print of them."""
    from composer.checks.reports.report import shown_text

    sys.stdout.flush()
    if sys.stdout.isatty():
        sys.stdout.write("".join(f"{shown_text(line)}\n" for line in content.decode(errors="replace").removesuffix("\n").split("\n")))
    else:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()


def say_difference(content: bytes, choice: ColorChoice) -> None:
    """Print a unified diff: in color for people, as it is for `patch`."""
    from composer.checks.reports.report import shown_text

    if not wants_color(choice):
        say_exactly(content)
        return
    colors = {"-": "31", "+": "32", "@": "36"}
    for line in content.decode(errors="replace").removesuffix("\n").split("\n") if content else ():
        color = "1" if line.startswith(("---", "+++")) else colors.get(line[:1], "0")
        sys.stdout.write(f"\x1b[{color}m{shown_text(line)}\x1b[0m\n")


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
    with counting(total, what, fewest=_WORTH_COUNTING) as count:
        for item in items:
            count()
            yield item


@contextmanager
def counting(total: int, what: str, fewest: int = 1) -> Iterator[Callable[[], None]]:
    """A function that counts one more on a terminal's last line; it does nothing in a pipe or for fewer than `fewest`."""
    if total < fewest or not sys.stderr.isatty():
        yield lambda: None
        return
    done = 0

    def count() -> None:
        nonlocal done
        done += 1
        if done % 10 == 0 or done == total or total < 100:
            sys.stderr.write(f"\r{done:,} of {total:,} {what}")
            sys.stderr.flush()

    try:
        yield count
    finally:
        sys.stderr.write("\r\x1b[K")
