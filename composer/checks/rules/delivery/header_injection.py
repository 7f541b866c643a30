"""delivery/header-injection."""

import re
from collections.abc import Iterator
from functools import cache

from composer.checks.message_reading import header_block_of, headers_of, place_of_header, typed_for
from composer.checks.rule import Defect, error
from composer.proof.proof import Proof
from composer.yaml_source.values import Scalar

_MADE_OF_SETTINGS = ("From", "Reply-To", "List-Id", "List-Unsubscribe", "Archived-At")
_ADDRESSES = ("List-Unsubscribe", "Archived-At")


@error
def header_injection(proof: Proof) -> Iterator[Defect]:
    r"""A line break in what goes into the message's header, where it could begin another header.

    What it checks:
        The names and addresses of newsletter.yaml that become headers, for characters that some mail program takes for
        the end of a line (typed as `\x1c`, say), and their addresses for an encoded one (`%0D%0A`). And the message
        itself: every line of its header must be a header. A plain line break is schema/wrong-type's to report, and what
        stands in a draft safety/control-character's.

    Why it matters:
        Whoever can bring a line break into a header can add one, such as `Bcc:`, and read or redirect the mail.

    Example:
        unsubscribe:
          url: mailto:leave@newsroom.example?subject=leave%0D%0ABcc:thief@elsewhere.example

    Instead:
        unsubscribe:
          url: https://newsroom.example/leave

    Source: RFC 5322, 2.2; RFC 6068, 5 and 7; CWE-93.
    """
    yield from _in_settings(proof)
    if not _sound_header().fullmatch(header_block_of(proof)):
        yield from _in_message(proof)


def _in_settings(proof: Proof) -> Iterator[Defect]:
    seen: set[tuple[int, int]] = set()
    for header in _MADE_OF_SETTINGS:
        pattern = _line_end_in_address() if header in _ADDRESSES else _line_end()
        for value in typed_for(proof, header):
            found = pattern.search(value)
            # One name goes into several headers.
            if found is not None and (value.start, found.start()) not in seen:
                seen.add((value.start, found.start()))
                yield _defect(value, found)


def _in_message(proof: Proof) -> Iterator[Defect]:
    for line in headers_of(proof):
        if not _header_name().fullmatch(line.name) or _line_end().search(line.raw.replace("\r\n ", "").replace("\r\n\t", "")):
            message = f"the message's header has a line in it that is none: `{(line.name or line.raw).strip()[:60]}`"
            yield Defect(place_of_header(proof, line.name), message, "whatever changes the message must take line breaks out of what it writes there")


def _defect(value: Scalar, found: re.Match[str]) -> Defect:
    return Defect(
        value.place_of(*found.span()),
        "a line break in what goes into the message's header",
        "delete it; a name or an address is one line",
        label="whoever reads this may take what follows for another header",
    )


_LINE_ENDS = r"\x00-\x08\n-\x1f\x7f\x85\u2028\u2029"
_NAME = "[!-9;-~]+"


@cache
def _line_end() -> re.Pattern[str]:
    return re.compile(f"[{_LINE_ENDS}]+")


@cache
def _line_end_in_address() -> re.Pattern[str]:
    return re.compile(f"[{_LINE_ENDS}]+|(?:%0[AaDd])+")


@cache
def _header_name() -> re.Pattern[str]:
    return re.compile(_NAME)


@cache
def _sound_header() -> re.Pattern[str]:
    """All lines of a header at one look: each has a name, and its value no end of a line but where it is folded."""
    line = rf"{_NAME}:[^{_LINE_ENDS}]*(?:\r\n[ \t][^{_LINE_ENDS}]*)*"
    return re.compile(rf"(?:{line}(?:\r\n{line})*)?")
