"""Patterns over a line of a hundred kilobytes: no way of pasting may keep a check busy."""

from collections.abc import Callable
from time import process_time

import pytest

from composer.checks.rules.editorial.missing_full_stop import _is_finished
from composer.checks.rules.editorial.unsupported_markdown import _found
from composer.sections.sign_off import mail_addresses

LONG = 100_000


@pytest.mark.parametrize(
    "read",
    [
        lambda: _is_finished("The keepers agreed " + "¹" * 40 + "a]"),
        lambda: _is_finished("The keepers agreed" + "[1]" * (LONG // 3)),
        lambda: list(_found("a | b\n-" + " " * LONG + "x|--")),
        lambda: list(_found("a | b\n" + " " * LONG + "x|--")),
        lambda: list(_found("![ " * (LONG // 3))),
        lambda: list(mail_addresses("a/" * (LONG // 2) + " @")),
    ],
    ids=["figures", "notes", "row of dashes", "indented row", "pictures", "mail addresses"],
)
def test_time_grows_no_faster_than_the_line(read: Callable[[], object]) -> None:
    began = process_time()
    read()
    assert process_time() - began < 2
