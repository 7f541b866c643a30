"""Editors' sign-offs: what an approval was given for, and whether it still holds.

An approval is bound to a fingerprint of the issue's content and of its stets. Layout, quoting, the order of keys,
comments, `send_at` and the approvals themselves are not part of it.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime
from hashlib import sha256
from typing import Any, NamedTuple

from composer.blocks.figure import Figure
from composer.draft.load import Draft
from composer.issue.issue import Approval, Issue
from composer.prose.markdown import Prose
from composer.yaml_source.typed import Typed

# The way a fingerprint is made; a new way makes every approval stale, and says so by another first letter.
_MADE = "a"
_NOT_CONTENT = frozenset({"approvals", "send_at"})
# What a reader sees of inline Markdown, and what marks it up.
_SOFT = {"softbreak": " "}


class Standing(NamedTuple):
    """Where the sign-off of one role stands: not given, given for other content, or valid."""

    role: str
    approval: Approval | None
    is_stale: bool

    @property
    def is_valid(self) -> bool:
        """Whether this role has approved what the draft says now."""
        return self.approval is not None and not self.is_stale


def standings(draft: Draft) -> list[Standing]:
    """The sign-offs that the newsletter asks for, in its order. A draft that cannot be typed has none to ask for."""
    if draft.issue is None or draft.newsletter is None or not draft.newsletter.approvals:
        return []
    given = draft.issue.approvals
    now = fingerprint(draft) if given else ""
    return [Standing(role, given.get(role), role in given and given[role].fingerprint != now) for role in draft.newsletter.approvals]


def fingerprint(draft: Draft) -> str:
    """The fingerprint of a draft's content. Raises ValueError for a draft that could not be typed."""
    if draft.issue is None or draft.newsletter is None:
        raise ValueError("a draft without an issue has no content to approve")
    # What was approved for the readers of one newsletter was not for another's, also where only the folder names it.
    content = {
        "issue": {**_of_issue(draft.issue), "newsletter": draft.newsletter.slug},
        "pictures": dict(_pictures(draft.issue)),
        "stets": sorted(_stets(draft)),
    }
    spelled = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return _MADE + sha256(spelled.encode()).hexdigest()[:19]


def _of_issue(issue: Issue) -> dict[str, Any]:
    return {name: _content(getattr(issue, name)) for name in type(issue).model_fields if name not in _NOT_CONTENT and getattr(issue, name) is not None}


def _content(value: Any) -> Any:
    """A value as JSON can spell it: the same for every layout of the same words."""
    if isinstance(value, Prose):
        return _markdown(value)
    if isinstance(value, Typed):
        fields = {name: getattr(value, name) for name in type(value).model_fields}
        return {name: _content(field) for name, field in fields.items() if field is not None}
    if isinstance(value, (list, tuple)):
        return [_content(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _content(item) for key, item in value.items()}
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return value if isinstance(value, (bool, int, float)) else str(value)


def _markdown(prose: Prose) -> list[Any]:
    """Markdown as its blocks and runs: where a paragraph's lines break is layout."""
    spelled: list[Any] = []
    for token in prose.tokens:
        if token.type != "inline":
            spelled.append([token.type, token.attrs.get("start"), token.tag])
            continue
        run: list[Any] = []
        for child in token.children or ():
            words = _SOFT.get(child.type) or (child.content if child.type in ("text", "code_inline") else None)
            if words is not None and child.type != "code_inline" and run and isinstance(run[-1], str):
                run[-1] += words
            elif words is not None and child.type != "code_inline":
                run.append(words)
            else:
                run.append([child.type, words, child.attrs.get("href"), child.attrs.get("title")])
        spelled.append(run)
    return spelled


def _pictures(issue: Issue) -> Iterator[tuple[str, str | None]]:
    """The pictures beside the draft: another picture under the same name is other content."""
    for _, model in issue.models():
        if isinstance(model, Figure) and model.is_local:
            found = issue.pictures.find(model.image)
            yield str(model.image), sha256(found.path.read_bytes()).hexdigest() if found is not None else None


def _stets(draft: Draft) -> Iterator[list[str]]:
    for comment in draft.comments:
        section = draft.section_at(comment.covers[0]) if comment.covers is not None else None
        yield [comment.kind, comment.rule, comment.reason, section or ""]
