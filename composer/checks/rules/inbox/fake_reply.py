"""inbox/fake-reply."""

import re
from collections.abc import Iterator
from functools import cache

from composer.checks.inbox_reading import inbox_line
from composer.checks.rule import Defect, error
from composer.checks.schema_reading import fits_the_file
from composer.draft.load import Draft
from composer.finding import Edit
from composer.yaml_source.values import Scalar


@error
def fake_reply(draft: Draft) -> Iterator[Defect]:
    """The subject pretends to be an answer or to be passed on.

    What it checks:
        Whether the subject begins like an answer or a forwarded mail, in any of the languages whose mail programs
        have a sign of their own: Re:, Fwd:, AW:, WG:, TR:, SV:, Antw:, RE：, 回复：, 转发：. A name that only looks like
        one, such as re:Invent or re:publica, has no space behind its colon.

    Why it matters:
        Readers feel deceived, spam filters count it, and the law forbids subjects that mislead.

    Example:
        subject: "Re: your port"

    Instead:
        subject: The port that learned to run itself

    Source: CAN-SPAM Act, 15 U.S.C. 7704(a)(2); Wikipedia, "List of email subject abbreviations" (read 2026-11-22).
    """
    subject = inbox_line(draft, "subject")
    match = _pretence().match(subject) if subject is not None else None
    if subject is None or match is None:
        return
    start, end = match.start("sign"), match.end()
    yield Defect(
        subject.place_of(start, len(subject[:end].rstrip())),
        f"the subject pretends to be {'an answer' if match['answer'] else 'a forwarded mail'}: `{subject[start:end].rstrip()}`",
        "begin with the subject itself",
        label="pretends",
        edits=_edits(draft, subject, start, end),
    )


def _edits(draft: Draft, subject: Scalar, start: int, end: int) -> tuple[Edit, ...]:
    if not fits_the_file(draft) or not subject[end:].strip():
        return ()
    return (Edit(subject.offsets()[start], subject.offsets()[end], ""),)


@cache
def _pretence() -> re.Pattern[str]:
    answer = "re|aw|antw|sv|vs|ref|res|odp|ynt|回复|回覆|答复|答覆|返信|回信"
    forwarded = "fwd?|wg|tr|rv|enc|vb|vl|pd|doorst|i̇lt|ilt|转发|轉寄|轉發|転送"
    sign = rf"(?:(?P<answer>{answer})|{forwarded})[ \u00a0]?(?:\[\d+\]|\(\d+\)|\^\d+)?[ \u00a0]?"
    again = rf"(?:(?:{answer}|{forwarded})[ \u00a0]?(?::\s|：)\s*)*"
    return re.compile(rf"\s*(?P<sign>{sign}(?::(?:\s+|$)|：\s*)){again}", re.IGNORECASE)
