"""Which field a writer meant by a key that is none: a slip of the keys, or another word for the same thing."""

from collections.abc import Iterable

from composer.discovery import did_you_mean, nearest

# What other systems and other newsrooms call our fields.
_SAME_THING = (
    ("url", "link", "href", "address"),
    ("dek", "deck", "subtitle", "standfirst", "summary"),
    ("headline", "title"),
    ("byline", "author", "authors", "writer", "by"),
    ("preheader", "preview", "preview_text", "snippet"),
    ("body", "text", "content", "copy"),
    ("more", "related", "follow_ups", "see_also"),
    ("image", "picture", "photo", "src"),
    ("alt", "alt_text", "description"),
    ("attribution", "speaker", "said_by"),
)


def field_meant(key: str, fields: Iterable[str]) -> str | None:
    """The field that a key was probably meant to be; None where none is near in spelling and none, or several, in meaning."""
    known = list(fields)
    near = nearest(key, known)
    if near is not None:
        return near
    plain = key.lower().replace("-", "_").replace(" ", "_")
    alike = {field for words in _SAME_THING if plain in words for field in known if field in words}
    return alike.pop() if len(alike) == 1 else None


def did_you_mean_field(key: str, fields: Iterable[str]) -> str:
    """A help line that names the field that was probably meant, or lists all of them."""
    known = list(fields)
    meant = field_meant(key, known)
    return f"did you mean `{meant}`?" if meant is not None else did_you_mean(key, known)
