"""A newsroom to try rules in: the project's own, or a copy with a few words changed."""

import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from composer.approval import fingerprint
from composer.archive.archive import Archive
from composer.checks.occasion import Occasion
from composer.delivery.service import service_called
from composer.draft.load import Draft, load_draft_text
from composer.finding import Finding
from composer.issue.issue import Issue
from composer.lookups.links import LinkAnswer
from composer.lookups.spamassassin import Reason, SpamVerdict
from composer.press import findings_of
from composer.project.project import Project
from composer.proof.jinja import COMPILED
from composer.proof.proof import Proof

ROOT = Path(__file__).parents[2]
DRAFTS = Path(__file__).parent / "drafts"
# Two days before the healthy drafts go out.
TODAY = date(2026, 11, 22)
ORDINARY = Occasion(today=TODAY)
NEWSLETTERS = ("china-report", "the-download")

Replacements = Sequence[Mapping[str, str]]


@cache
def own_project() -> Project:
    """The newsroom of this repository."""
    return Project(ROOT)


def copied_project(folder: Path, changes: Mapping[str, Replacements]) -> Project:
    """A copy of the newsroom under `folder`, with replacements in the files named by their paths."""
    shutil.copytree(ROOT / "templates", folder / "templates")
    shutil.copy(ROOT / "newsroom.yaml", folder)
    _share_compiled_templates(folder)
    for path, replacements in changes.items():
        file = folder / path
        old = file.read_text(encoding="utf-8") if file.exists() else ""
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(replaced(old, replacements), encoding="utf-8")
    return Project(folder)


def _share_compiled_templates(folder: Path) -> None:
    """Templates are compiled by content: a copy need not compile again what has not changed."""
    compiled = own_project().cache / COMPILED
    compiled.mkdir(parents=True, exist_ok=True)
    (folder / ".composer").mkdir()
    (folder / ".composer" / COMPILED).symlink_to(compiled)


def healthy(newsletter: str) -> str:
    """The text of a complete draft in which no rule finds anything."""
    return (DRAFTS / f"{newsletter}.yaml").read_text(encoding="utf-8")


def replaced(text: str, replacements: Replacements) -> str:
    """The text after each replacement in turn; every text to replace must stand there exactly once.

    With `up_to`, what is replaced goes on up to these words behind it; to the end of the text where they are empty.
    """
    for replacement in replacements:
        old = replacement["replace"]
        if old:
            assert text.count(old) == 1, f"{text.count(old)} times in the text: {old!r}"
            start = text.index(old)
            end = start + len(old)
            if "up_to" in replacement:
                end = text.index(replacement["up_to"], end) if replacement["up_to"] else len(text)
            text = text[:start] + replacement["with"] + text[end:]
        else:
            text = replacement["with"]
    return text


def approved(text: str, case: Mapping[str, Any], project: Project, newsletter: str) -> str:
    """The text with the draft's fingerprint in FINGERPRINT's place, and then what a case's `then` changes."""
    if "FINGERPRINT" in text:
        text = text.replace("FINGERPRINT", fingerprint(draft_of(text, project, newsletter)))
    return replaced(text, case.get("then", ()))


def occasion_of(case: Mapping[str, Any]) -> Occasion:
    """The occasion that a sheet's case asks for: `today`, `send_gate`, `answers` of web servers by address, and `for` a sending service."""
    answers = {address: LinkAnswer(**answer) for address, answer in case["answers"].items()} if "answers" in case else None
    today = date.fromisoformat(case["today"]) if "today" in case else TODAY
    service = service_called(case["for"]) if "for" in case else None
    return ORDINARY._replace(
        today=today, at_send_gate=case.get("send_gate", False), link_answers=answers, ask_spamassassin=spam_verdict_of(case), service=service
    )


def archive_of(case: Mapping[str, Any], newsletter: str) -> Archive | None:
    """The archive of a case's `earlier` issues: each by its file's name, a whole text or edits of the healthy draft."""
    if "earlier" not in case:
        return None
    with tempfile.TemporaryDirectory() as folder:
        for stem, content in case["earlier"].items():
            path = Path(folder, newsletter, f"{stem}.yaml") if "/" not in stem else Path(folder, f"{stem}.yaml")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content if isinstance(content, str) else replaced(healthy(newsletter), content), encoding="utf-8")
        return Archive(Path(folder))


def draft_of(content: str | bytes, project: Project, newsletter: str = "china-report", stem: str = "2026-11-24-case") -> Draft:
    """A draft as if it lay in issues/<newsletter>/."""
    content = content.encode() if isinstance(content, str) else content
    return load_draft_text(content, project.issues / newsletter / f"{stem}.yaml", project)


def findings_in_draft(draft: Draft, project: Project, occasion: Occasion = ORDINARY, message_edits: Replacements = ()) -> list[Finding]:
    """What all rules say of a draft; of its message, as changed after it was built."""
    from composer.checks.rule import rules

    proof = ChangedProof(draft.issue, project, message_edits) if message_edits and draft.issue is not None else None
    return findings_of(draft, project, list(rules().values()), occasion, proof)


class ChangedProof(Proof):
    """A proof whose message somebody changed after Composer had built it."""

    def __init__(self, issue: Issue, project: Project, message_edits: Replacements) -> None:
        super().__init__(issue, project)
        self._message_edits = message_edits

    @cached_property
    def message(self) -> bytes:
        """The message with the replacements made in its bytes."""
        return replaced(super().message.decode("latin-1"), self._message_edits).encode("latin-1")


def spam_verdict_of(case: Mapping[str, Any]) -> Callable[[bytes], SpamVerdict | None] | None:
    """What answers in SpamAssassin's place: the verdict under a case's `spam`; nobody where it has none."""
    if "spam" not in case:
        return None
    reasons = tuple(Reason(rule, float(points), words) for rule, points, words in case["spam"].get("reasons", ()))
    return lambda _: SpamVerdict(float(case["spam"]["score"]), reasons)
