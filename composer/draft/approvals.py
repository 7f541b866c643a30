"""Writes an editor's sign-off into a draft's text, and leaves every other character as it was."""

import json
from datetime import datetime

from composer.draft.load import Draft
from composer.finding import Edit
from composer.yaml_source.values import Mapping, Scalar

KEY = "approvals"


def approval_edit(draft: Draft, role: str, by: str, at: datetime, fingerprint: str) -> Edit:
    """The replacement in the draft's text that puts the sign-off of `role` under `approvals`."""
    text = draft.source.text
    line_break = "\r\n" if "\r\n" in text else "\n"
    words = f"{{by: {_quoted(by)}, at: {_quoted(at.isoformat())}, fingerprint: {_quoted(fingerprint)}}}"
    given = draft.value(KEY)
    if given is None:
        lead = "" if text.endswith(("\n", "\r")) or not text else line_break
        return Edit(len(text), len(text), f"{lead}{KEY}:{line_break}  {role}: {words}{line_break}")
    if not isinstance(given, Mapping) or not given:
        # `approvals:` with nothing behind it, or `approvals: {}`
        start, end = (
            (given.start, given.end) if isinstance(given, Mapping) or not isinstance(given, Scalar) or given else (_behind_key(draft), _behind_key(draft))
        )
        return Edit(start, end, f"{'' if start != end else ' '}{{{role}: {words}}}")
    if role in given:
        old = given[role]
        end = old.end
        while end > old.start and text[end - 1] in " \t\r\n":
            end -= 1
        return Edit(old.start, end, words)
    if text[given.start] == "{":
        return Edit(given.start + 1, given.start + 1, f"{role}: {words}, ")
    end = given.end
    while end > given.start and text[end - 1] in " \t\r\n":
        end -= 1
    line, _ = draft.source.line_and_column(end)
    line_end = draft.source.line_starts[line - 1] + len(draft.source.line(line))
    _, column = draft.source.line_and_column(given.start)
    return Edit(line_end, line_end, f"{line_break}{' ' * (column - 1)}{role}: {words}")


def _behind_key(draft: Draft) -> int:
    assert draft.root is not None
    key = draft.root.key_scalars[KEY]
    return draft.source.text.index(":", key.end) + 1


def _quoted(words: str) -> str:
    """As YAML's double quotes spell it, which JSON's are part of."""
    return json.dumps(words, ensure_ascii=False)
