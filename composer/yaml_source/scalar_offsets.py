"""Where each character of a scalar's text stands in the file.

YAML folds lines, drops indentation and resolves escapes; these functions walk the text and the file's
spelling of it side by side. Visible characters always stand in the file in the same order, so only white
space and escapes need care. Source of the rules: YAML 1.1 chapters 5.7 (escapes), 9.1 to 9.3 (styles).
"""

import re

_SPACE = " \t\r\n\x85\u2028\u2029"
_ESCAPE_LENGTH = {"x": 4, "u": 6, "U": 10}
_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")


def source_offsets(text: str, raw: str, style: str) -> list[int]:
    """Offsets into `raw`, the scalar as spelled in the file, for each character of `text` and for its end."""
    if text and raw == text:
        return list(range(len(text) + 1))
    if style == '"' and raw[1:-1] == text:
        return list(range(1, len(text) + 2))
    if style == '"':
        return _double_quoted(text, raw)
    if style == "|":
        return _literal(text, raw)
    start = _content_start(raw, style)
    return _aligned(text, raw, start, quote_doubled=style == "'")


def spelled_length(text: str, offset: int, style: str) -> int:
    """How many characters of the file spell the one character of a scalar that begins at `offset`."""
    if style == '"' and text[offset : offset + 1] == "\\":
        return _ESCAPE_LENGTH.get(text[offset + 1 : offset + 2], 2)
    return 2 if style == "'" and text[offset : offset + 2] == "''" else 1


def _content_start(raw: str, style: str) -> int:
    if style in ("|", ">"):
        found = _BREAK.search(raw)
        return found.end() if found else len(raw)
    return 1 if style == "'" else 0


def _literal(text: str, raw: str) -> list[int]:
    """Lines of a `|` text pair with lines of the file; each has lost its indentation and nothing else."""
    offsets: list[int] = []
    position = _content_start(raw, "|")
    for line in _lines(text):
        found = _BREAK.search(raw, position)
        end = found.start() if found else len(raw)
        shown = line.rstrip("\n\u2028\u2029")
        offsets += range(end - len(shown), end)
        if shown != line:
            offsets.append(end)
        position = found.end() if found else len(raw)
    end = min(offsets[-1] + 1, len(raw)) if offsets and not text.endswith("\n") else position
    return [*offsets, end]


def _lines(text: str) -> list[str]:
    """Lines with their breaks, as YAML leaves them: it turns CR, CRLF and NEL into LF."""
    return re.findall("[^\n\u2028\u2029]*[\n\u2028\u2029]|[^\n\u2028\u2029]+", text)


def _aligned(text: str, raw: str, position: int, *, quote_doubled: bool) -> list[int]:
    offsets: list[int] = []
    index = 0
    while index < len(text):
        if text[index] not in _SPACE:
            while position < len(raw) - 1 and raw[position] != text[index]:
                position += 1
            offsets.append(position)
            position += 2 if quote_doubled and text[index] == "'" else 1
            index += 1
            continue
        after = index
        while after < len(text) and text[after] in _SPACE:
            after += 1
        space_end = position
        while space_end < len(raw) and raw[space_end] in _SPACE:
            space_end += 1
        offsets += _space(text[index:after], raw, position, space_end)
        position = space_end if after < len(text) else min(position + after - index, space_end)
        index = after
    offsets.append(min(position, len(raw)))
    return offsets


def _space(wanted: str, raw: str, start: int, end: int) -> list[int]:
    """Offsets for a run of white space: line breaks pair with line breaks, indentation with the line's end."""
    spelled = raw[start:end]
    if spelled == wanted or not spelled:
        return [min(start + i, max(start, end - 1)) for i in range(len(wanted))]
    breaks = [start + m.start() for m in _BREAK.finditer(spelled)]
    lead = len(wanted) - len(wanted.lstrip(" \t"))
    tail = 0 if lead == len(wanted) else len(wanted) - len(wanted.rstrip(" \t"))
    result = [min(start + i, end - 1) for i in range(lead)]
    middle = wanted[lead : len(wanted) - tail]
    result += [breaks[min(position, len(breaks) - 1)] if breaks else min(start + lead + position, end - 1) for position in range(len(middle))]
    result += [max(start, end - tail + i) for i in range(tail)]
    return result


def _double_quoted(text: str, raw: str) -> list[int]:
    offsets: list[int] = []
    position = 1
    while len(offsets) < len(text) and position < len(raw):
        character = raw[position]
        if character == "\\" and raw[position + 1 : position + 2] in "\r\n":
            position = _after_space(raw, position + 1)
        elif character == "\\":
            offsets.append(position)
            position += _ESCAPE_LENGTH.get(raw[position + 1], 2)
        elif character in _SPACE:
            end = _after_space(raw, position)
            run = _unescaped_space_run(text, len(offsets))
            # Escaped white space that follows in the file is not part of this run.
            folded = raw[position:end]
            if "\n" in folded or "\r" in folded:
                run = run[: max(1, len(re.findall(r"\r\n|\r|\n", folded)) - 1)]
            else:
                run = run[: end - position]
            offsets += _space(run, raw, position, end)
            position = end
        else:
            offsets.append(position)
            position += 1
    offsets += [position] * (len(text) + 1 - len(offsets))
    return offsets


def _after_space(raw: str, position: int) -> int:
    while position < len(raw) and raw[position] in _SPACE:
        position += 1
    return position


def _unescaped_space_run(text: str, index: int) -> str:
    end = index
    while end < len(text) and text[end] in _SPACE:
        end += 1
    return text[index:end]
