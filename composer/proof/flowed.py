"""Plain text that a narrow screen may set anew: text/plain; format=flowed (RFC 3676).

Only what was set in lines by us, without an indent, flows: an essay's paragraphs, a dek, the small print's sentences. What
hangs behind a number or a sign, a heading's rule, notes, addresses and Chinese, which is broken without spaces, stay
as they are (docs/adr/0009-flowed-text.md).
"""

# Stands at the end of a line that is broken only because it was full. A noncharacter: no text may hold it.
SOFT = "\ufdd0"
_SIGNATURE = "--"
_STUFFED = (" ", ">", "From ")


def flowed(text: str) -> str:
    """The text for a message whose text part says format=flowed; soft ends become a space, awkward beginnings get one."""
    return "\n".join([_line(line) if line.startswith(_STUFFED) or SOFT in line or line.endswith(" ") else line for line in text.split("\n")])


def unmarked(text: str) -> str:
    """The text as it is read where nothing flows."""
    return text.replace(SOFT, "") if SOFT in text else text


def _line(line: str) -> str:
    words = unmarked(line).rstrip(" ")
    # Two dashes and a space are a signature's beginning, whatever stands in front of them (RFC 3676, 4.3).
    soft = line.endswith(SOFT) and words not in ("", _SIGNATURE)
    return f"{' ' if words.startswith(_STUFFED) else ''}{words}{' ' if soft else ''}"
