"""The kinds of text a field may hold. Each keeps the writer's characters and its place in the file."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from composer.yaml_source.values import Scalar


def wrong(message: str, help: str = "") -> PydanticCustomError:
    """A value of the wrong kind: what is expected, and what to type instead."""
    return PydanticCustomError("wrong_value", "{message}", {"message": message, "help": help})


def _text(value: Any, what: str) -> str:
    if not isinstance(value, str):
        kind = "a list" if isinstance(value, list) else "a mapping" if isinstance(value, dict) else f"{value!r}"
        raise wrong(f"{what} is expected here, not {kind}", "write it as one text; put it in quotes if it holds `: ` or starts with a bracket")
    if not value or value.isspace():
        raise PydanticCustomError("empty_text", "empty")
    if not value.endswith("\n"):
        return value
    return value.without_end("\n") if isinstance(value, Scalar) else value.rstrip("\n")


def line(value: Any) -> str:
    """One line of plain text."""
    text = _text(value, "a line of text")
    # None of these characters is printable, and nearly every line is.
    if not text.isprintable() and re.search(r"[\n\r\x85\u2028\u2029\x0b\x0c]", text):
        raise wrong("this text must stand on one line", "remove the line break; in a block text (`|`) only the first line may be filled")
    return text


def plain(value: Any) -> str:
    """Plain text whose line breaks are kept."""
    return _text(value, "a text")


def _matching(pattern: str, message: str, help: str) -> Callable[[Any], str]:
    compiled: list[re.Pattern[str]] = []

    def check(value: Any) -> str:
        text = line(value)
        if not compiled:
            compiled.append(re.compile(pattern))
        if not compiled[0].fullmatch(text):
            raise wrong(message, help)
        return text

    return check


def _day(value: Any) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    text = line(value)
    try:
        if len(text) != 10:
            raise ValueError
        day = date.fromisoformat(text)
    except ValueError:
        raise wrong(f"“{text}” is not a day of the calendar", "write it as year-month-day, such as 2026-11-24") from None
    if day.year < 1900:
        raise wrong(f"{text} is too long ago; programs write such a day where they have none", "write the day that is meant, such as 2026-11-24")
    return day


def _moment(value: Any) -> datetime:
    text = value.isoformat() if isinstance(value, datetime) else line(value)
    try:
        moment = datetime.fromisoformat(text)
        if "T" not in text and " " not in text:
            raise ValueError
    except ValueError:
        raise wrong(f"“{text}” is not a date and time", "write it as 2026-11-24T06:00, with a time zone (+01:00) where it is not the newsletter's") from None
    return moment


# a merge field may have spaces in it, as in `{{ reader.key | none }}`
_MERGE_FIELD = r"\{\{[^\S\n\r]*reader\.[^{}<>\"`\n\r]*\}\}"
_CHARACTER_FORBIDDEN = r"\s\x00-\x1f\x7f<>\"`"

Line = Annotated[str, PlainValidator(line), WithJsonSchema({"type": "string", "minLength": 1})]
PlainText = Annotated[str, PlainValidator(plain), WithJsonSchema({"type": "string", "minLength": 1})]
Slug = Annotated[
    str,
    PlainValidator(_matching(r"[a-z0-9]+(?:-[a-z0-9]+)*", "a slug is expected here: small letters, digits and hyphens", "such as `quiet-chips`")),
    WithJsonSchema({"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}),
]
Url = Annotated[
    str,
    PlainValidator(
        _matching(rf"(?:{_MERGE_FIELD}|[^{_CHARACTER_FORBIDDEN}])++", "a web address is expected here, without spaces", "such as https://example.org/story")
    ),
    WithJsonSchema({"type": "string", "format": "uri-reference"}),
]
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_DOMAIN = r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+"
Address = Annotated[
    str,
    PlainValidator(
        _matching(
            rf"(?=[^@]{{1,64}}@)(?=.{{1,254}}$){_ATOM}(?:\.{_ATOM})*@{_DOMAIN}",
            "a mail address is expected here",
            "such as name@newsroom.example; a domain with other letters than a to z is written in its xn-- form",
        )
    ),
    WithJsonSchema({"type": "string", "format": "email"}),
]
DomainName = Annotated[
    str,
    PlainValidator(_matching(_DOMAIN, "a name of your own domain is expected here: letters, digits, hyphens and dots", "such as letter.newsroom.example")),
    WithJsonSchema({"type": "string", "format": "hostname"}),
]
Day = Annotated[date, PlainValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Moment = Annotated[datetime, PlainValidator(_moment), WithJsonSchema({"type": "string", "format": "date-time"})]
