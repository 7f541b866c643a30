"""New drafts: every section of the newsletter in order with TKs to fill in, or an earlier draft carried forward."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from textwrap import wrap
from typing import NamedTuple

from composer.draft.load import Draft, newsletter_slug
from composer.draft.schema import Schema, schema_of, shape_of
from composer.errors import ComposerError
from composer.issue.catalogue import Catalogue
from composer.project.newsletter import WEEKDAYS, Newsletter
from composer.project.project import Project
from composer.sections.sign_off import SignOff
from composer.sections.stories import Story
from composer.yaml_source.needs_quotes import quoted
from composer.yaml_source.reader import read_file, read_text
from composer.yaml_source.values import Mapping, Scalar, Sequence, Value, is_empty

TK = "TK"
_COMMENT_COLUMNS = 100

# Optional to the reader, but a rule asks for them, so a new draft has them in place.
_ALSO_NEEDED = {SignOff.__name__: ("question", "invitation"), Story.__name__: ("byline",)}

# What belongs to one issue only and is not carried into the next.
_NOT_CARRIED = ("slug", "send_at", "approvals", "corrections")


class Earlier(NamedTuple):
    """What an earlier draft says of itself."""

    day: date
    number: int | None
    byline: list[str]


def earlier_issues(project: Project, slug: str) -> list[Earlier]:
    """The newsletter's dated drafts under issues/, oldest first; what cannot be read is passed over. Raises PathNotFound."""
    found = []
    for path in project.drafts([]):
        try:
            root = read_file(path, path.name).root
        except OSError:
            continue
        if not isinstance(root, Mapping) or newsletter_slug(root, project.located(path).parent, project) != slug:
            continue
        day = _day(root.get("date"))
        if day is not None:
            found.append(Earlier(day, _number(root.get("number")), _names(root.get("byline"))))
    return sorted(found, key=lambda issue: (issue.day, issue.number or 0))


def next_day(newsletter: Newsletter, today: date, earlier: list[Earlier]) -> date:
    """The first of the newsletter's weekdays after today and after its newest issue. Raises ComposerError at the end of the calendar."""
    day = max(today, *(issue.day for issue in earlier)) if earlier else today
    while day < date.max:
        day += timedelta(days=1)
        if is_its_weekday(newsletter, day):
            return day
    raise ComposerError(f"no day comes after {day}, the newest issue's", "correct that issue's date, or give the new one a --date")


def is_its_weekday(newsletter: Newsletter, day: date) -> bool:
    """Whether the newsletter goes out on this day of the week."""
    return WEEKDAYS[day.weekday()] in newsletter.weekdays


def next_number(earlier: list[Earlier]) -> int | None:
    """One more than the newest issue's number; None where issues carry none."""
    newest = next((issue.number for issue in reversed(earlier) if issue.number is not None), None)
    return newest + 1 if newest is not None else None


def slug_of(title: str | None) -> str:
    """The title as a part of a file name, cut at a word; `draft` where it has no letter that can stand there."""
    letters = unicodedata.normalize("NFKD", title or "").encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", letters))
    while len("-".join(words)) > 60 and len(words) > 1:
        words.pop()
    return "-".join(words)[:60] or "draft"


def one_line(title: str) -> str:
    """A title as a line of YAML can hold it: white space folded, characters that nobody sees left out."""
    return "".join(c for c in " ".join(title.split()) if c.isprintable())


def scaffold(catalogue: Catalogue, day: date, number: int | None, title: str | None, earlier: list[Earlier]) -> str:
    """A new draft: the schema line, the fields of every issue, then every section with what it needs at the least."""
    newsletter = catalogue.newsletter
    schema = schema_of(catalogue)
    byline = earlier[-1].byline if earlier and earlier[-1].byline else list(newsletter.people)[:1] or [TK]
    known = {"newsletter": newsletter.slug, "date": day.isoformat(), "number": number, "subject": title or TK, "preheader": TK}
    lines = [schema_line(newsletter)]
    for key, value in known.items():
        if value is None:
            continue
        if value == TK:
            lines += _comment(schema["properties"][key]["description"], 0)
        lines.append(f"{key}: {_typed(str(value))}")
    if newsletter.byline == "required":
        lines.append(f"byline: {_typed(byline[0])}" if len(byline) == 1 else f"byline: [{', '.join(map(_typed, byline))}]")
    words = _Placeholders(schema["$defs"], newsletter, day)
    for entry in newsletter.sections:
        field = schema["properties"].get(entry.key)
        if field is not None:
            lines += ["", *words.section(entry.key, field, required=entry.required and entry.standing is None, standing=entry.standing is not None)]
    return "\n".join(lines) + "\n"


def schema_line(newsletter: Newsletter) -> str:
    """The first line of a draft, which tells an editor where its schema is."""
    return f"# yaml-language-server: $schema=../../schemas/{newsletter.slug}.json"


def carried_forward(draft: Draft, day: date, number: int | None, title: str | None) -> str | None:
    """An earlier draft's text with the new date, number and title; None where it has no date to replace.

    Its slug, sending time, approvals and corrections stay behind; every other line is kept. None as well where all of it stands in braces.
    """
    root, text = draft.root, draft.source.text
    # In braces, a line may hold more than one field.
    if root is None or not isinstance(root.get("date"), Scalar) or text[root.start : root.start + 1] == "{":
        return None
    news = {"date": day.isoformat(), "number": str(number) if number is not None else None, "subject": _typed(title) if title else None}
    edits: list[tuple[int, int, str]] = []
    for key, value in root.items():
        new = news.get(key)
        if key in _NOT_CARRIED:
            edits.append((text.rfind("\n", 0, root.key_scalars[key].start) + 1, _end_of_lines(value, text), ""))
        elif new is not None and is_empty(value):
            behind = text.index(":", root.key_scalars[key].end) + 1
            edits.append((behind, behind, f" {new}"))
        elif new is not None and isinstance(value, Scalar):
            edits.append((value.start, value.end, new if value.style not in ("|", ">") else f"{new}\n"))
    lacking = "".join(f"{key}: {new}\n" for key, new in news.items() if new is not None and key not in root)
    behind_date = _end_of_lines(root["date"], text)
    edits.append((behind_date, behind_date, lacking if text[behind_date - 1] == "\n" else f"\n{lacking}"))
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


class _Placeholders:
    """Writes TKs for whatever a schema asks for."""

    def __init__(self, definitions: Schema, newsletter: Newsletter, day: date) -> None:
        self._definitions = definitions
        self._day = day
        self._address = newsletter.sender.reply_to or newsletter.sender.address

    def section(self, key: str, field: Schema, *, required: bool, standing: bool) -> Iterator[str]:
        """A section's lines; one that may be left out is a comment."""
        if not required:
            left_out = "the standing words are used where it is left out" if standing else "optional"
            yield from _comment(f"{key}: {left_out}. {field['description']}", 0)
            return
        fewest, most = field.get("minItems"), field.get("maxItems")
        yield from _comment(f"{field['description'].rstrip('.')}{_bounds(fewest, most)}.", 0)
        yield from self._field(key, field, 0, commented=True)

    def _field(self, key: str, field: Schema, indent: int, *, commented: bool) -> Iterator[str]:
        name, shape = self._shape(field)
        margin = " " * indent
        if shape.get("type") == "array" or "array" in shape.get("type", ()):
            yield f"{margin}{key}:"
            for index in range(max(1, field.get("minItems", 1))):
                yield from self._item(shape["items"], indent + 2, commented=commented and index == 0)
        elif "properties" in shape:
            yield f"{margin}{key}:"
            yield from self._fields(name, shape, indent + 2, commented=commented)
        elif name == "Body":
            yield f"{margin}{key}: |"
            yield f"{margin}  {TK}"
        else:
            yield f"{margin}{key}: " + (f'"{TK}. ({TK})"' if name == "Brief" else self._word(field, shape))

    def _item(self, item: Schema, indent: int, *, commented: bool) -> Iterator[str]:
        name, shape = self._shape(item)
        margin = " " * indent
        if "properties" in shape:
            lines = list(self._fields(name, shape, indent + 2, commented=commented))
            # The dash stands before the first field, and comments on it stand above the dash.
            first = next(i for i, line in enumerate(lines) if not line.lstrip().startswith("#"))
            lines[first] = f"{margin}- {lines[first].lstrip()}"
            yield from (line if i >= first else f"{margin}{line.lstrip()}" for i, line in enumerate(lines))
        else:
            if commented and shape.get("examples"):
                yield f"{margin}# such as: {shape['examples'][0]}"
            yield f"{margin}- " + (f'"[{TK}]({TK}) {TK}. ({TK})"' if name == "Brief" else TK)

    def _fields(self, name: str, shape: Schema, indent: int, *, commented: bool) -> Iterator[str]:
        needed = (*shape.get("required", ()), *_ALSO_NEEDED.get(name, ()))
        for key, field in shape["properties"].items():
            if key in needed:
                if commented and field.get("description"):
                    yield from _comment(field["description"], indent)
                yield from (self._sign_off(key, indent) if name == SignOff.__name__ else self._field(key, field, indent, commented=False))
            elif commented:
                yield from _comment(f"{key}: optional. {field.get('description', '')}", indent)

    def _word(self, field: Schema, shape: Schema) -> str:
        """TK where any words may stand; else the day of the issue, or the field's own example."""
        if shape.get("format") == "date":
            return self._day.isoformat()
        if "string" in shape.get("type", ()) and "pattern" not in shape and shape.get("format") != "email":
            return TK
        example = next(iter([*field.get("examples", ()), *shape.get("examples", ()), *shape.get("enum", ())]), TK)
        return str(example).lower() if isinstance(example, bool) else _typed(str(example))

    def _sign_off(self, key: str, indent: int) -> Iterator[str]:
        words = f"{TK}?" if key == "question" else f"{TK} Write to {self._address}."
        yield f"{' ' * indent}{key}: {_typed(words)}"

    def _shape(self, field: Schema) -> tuple[str, Schema]:
        """The name of the model behind a field and its shortest form."""
        return shape_of(field, self._definitions, lambda choices: choices[0])


def _bounds(fewest: int | None, most: int | None) -> str:
    if most is None:
        return "" if fewest is None else f" (at least {fewest})"
    return f" ({most} items)" if fewest == most else f" ({fewest or 0} to {most} items)"


def _comment(words: str, indent: int) -> Iterator[str]:
    return (f"{' ' * indent}# {line}" for line in wrap(" ".join(words.split()), _COMMENT_COLUMNS - indent))


def _typed(words: str) -> str:
    """A line of text as YAML, in quotes only where it needs them."""
    document = read_text(f"key: {words}\n", "")
    plain = isinstance(document.root, Mapping) and not document.problems and document.root.get("key") == words
    return words if plain and not words.startswith(("'", '"')) else quoted(words)


def _day(value: Value | None) -> date | None:
    try:
        return date.fromisoformat(value.strip()) if isinstance(value, Scalar) else None
    except ValueError:
        return None


def _number(value: Value | None) -> int | None:
    return int(value) if isinstance(value, Scalar) and value.isascii() and value.isdigit() and len(value) < 10 else None


def _names(value: Value | None) -> list[str]:
    names = value if isinstance(value, Sequence) else [value]
    return [str(name).strip() for name in names if isinstance(name, Scalar) and name.strip()]


def _end_of_lines(value: Value, text: str) -> int:
    """The offset behind the last line that a value fills; comments beneath it belong to what follows."""
    last = _last_offset(value)
    while last > value.start and text[last - 1] in " \t\r\n":
        last -= 1
    newline = text.find("\n", last)
    return len(text) if newline < 0 else newline + 1


def _last_offset(value: Value) -> int:
    if isinstance(value, Scalar):
        return value.end
    last = value.start
    waiting: list[Value] = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Scalar):
            last = max(last, item.end)
        else:
            waiting += item.values() if isinstance(item, Mapping) else item
            flow = item.source.text[item.start : item.start + 1] in ("[", "{")
            last = max(last, item.end) if flow else last
    return last
