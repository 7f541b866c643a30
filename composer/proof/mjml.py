"""MJML to HTML by mjml-python (MRML), guarded against what stops it.

Measured with 1.4.2: a bare `>` behind some non-ASCII characters panics, an error no `except Exception` sees;
nesting of 10,000 ends the process. Both become findings here, with the place MRML names where it names one.
"""

import re

import mjml

MAX_BYTES = 2 << 20
MAX_DEPTH = 200

_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+>")
VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
# MRML reads what stands in a conditional comment; comments and styles it only copies.
_CONDITION = r"<!--\[if[^\]]*\]>(?:<!-->)?|<!--<!\[endif\]-->|<!\[endif\]-->"
_NOT_TEXT = re.compile(rf"{_CONDITION}|<!--(?!\[if).*?-->|<(mj-style|style)\b.*?</\1>", re.DOTALL)
_BEHIND_NOT_ASCII = re.compile(r"[^\x00-\x7f][^>]*>")
_BARE = "MJML stops at a bare `>`; write it as `&gt;`"
_BARE_IN_STYLE = "MJML stops at a `>` that stands so near to a character that is not ASCII; put two spaces between them"
_SPAN = re.compile(r"(?:position|span|at) (\d+)(?:(?:\.\.|:)(\d+))?")


class MjmlRefused(Exception):
    """The MJML cannot be turned into HTML. `offset` is a code-point offset into it where one is known."""

    def __init__(self, message: str, offset: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


def html_of(source: str) -> str:
    """The HTML of an MJML document. Raises MjmlRefused."""
    # A character is four bytes of UTF-8 at most.
    if len(source) * 4 > MAX_BYTES and (size := len(source.encode())) > MAX_BYTES:
        raise MjmlRefused(f"the MJML is {size // 1024:,} KiB; over {MAX_BYTES // 1024:,} KiB it is not rendered")
    too_deep = _first_too_deep(source)
    if too_deep is not None:
        raise MjmlRefused(f"elements are nested deeper than {MAX_DEPTH} levels", too_deep)
    if _may_hold_bare_bracket(source):
        # Refused before the panic, which would write its own report to the terminal.
        for words, find in ((_BARE, _bare_bracket), (_BARE_IN_STYLE, _bare_in_style)):
            bare = find(source)
            if bare is not None:
                raise MjmlRefused(words, bare)
    try:
        # Without `fonts`, MRML links a sheet of Google's for every font it knows, and a mail must not tell who reads it.
        return str(mjml.mjml2html(source, fonts={}))
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # noqa: BLE001 - a Rust panic derives from BaseException
        if type(error).__name__ == "PanicException":
            raise MjmlRefused(_BARE, _bare_bracket(source)) from None
        raise MjmlRefused(f"MJML does not accept this: {error}", _offset(source, str(error))) from None


def _may_hold_bare_bracket(source: str) -> bool:
    """Whether a `>` follows another, no `<` between them but something that is not ASCII."""
    return not source.isascii() and any("<" not in between and not between.isascii() for between in source.split(">")[1:-1])


def _first_too_deep(source: str) -> int | None:
    """Where the first element begins that is nested too deep.

    Nothing nests deeper than there are tags to open it. With every tag on the way that opens nothing, what is yet to
    come nests one level less; as soon as that cannot be too deep, it need not be read.
    """
    deepest = source.count("<") - source.count("</")
    depth = 0
    for match in _TAG.finditer(source) if deepest > MAX_DEPTH else ():
        if match[1]:
            depth -= 1
        elif source[match.end() - 2] != "/" and match[2].lower() not in VOID:
            depth += 1
            if depth > MAX_DEPTH:
                return match.start()
            continue
        deepest -= 1
        if deepest <= MAX_DEPTH:
            return None
    return None


def _offset(source: str, message: str) -> int | None:
    """MRML speaks of UTF-8 bytes, where it says a position at all."""
    found = _SPAN.search(message)
    return len(source.encode()[: int(found[1])].decode(errors="ignore")) if found else None


def _bare_in_style(source: str) -> int | None:
    """A `>` of a style sheet at which MRML looks two bytes back, for `]]>`, and into the middle of a character."""
    for style in re.finditer(r"<(mj-style|style)\b[^>]*>(.*?)</\1>", source, re.DOTALL):
        found = re.search(r"(?:[^\x00-\x7f][\x00-\x7f]|[^\x00-\u07ff])>", style[2])
        if found:
            return style.start(2) + found.end() - 1
    return None


def _bare_bracket(source: str) -> int | None:
    """A `>` that closes no tag and follows a character that is not ASCII; comments and styles may hold what they like."""
    text = _NOT_TEXT.sub(lambda m: " " * len(m[0]), source)
    end = 0
    for match in _TAG.finditer(text):
        found = _BEHIND_NOT_ASCII.search(text, end, match.start())
        if found:
            return found.end() - 1
        end = match.end()
    return None
