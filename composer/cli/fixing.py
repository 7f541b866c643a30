"""Fixes tried on a draft in memory, and kept only where every rule agrees that the draft is better for them.

A fix is kept where afterwards fewer findings are left, none of them is new, and the issue can still be read. So the
rounds come to an end, and fixing twice is fixing once.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from composer.checks.occasion import Occasion
    from composer.checks.rule import Rule
    from composer.cli.reading import Stdin
    from composer.draft.load import Draft
    from composer.finding import Finding, Level
    from composer.project.project import Project

# Trying fixes one by one costs a check each; a draft with more than this many tries is left for the next --fix.
_MOST_CHECKS = 400


class Fixes(NamedTuple):
    """What fixing made of a draft: its file before and after, how many findings it mended, and which rules kept it from more."""

    before: bytes
    after: bytes
    fixed: int = 0
    held_back: tuple[tuple[str, str], ...] = ()


class _Tried(NamedTuple):
    """A draft's file, the draft in it, and what all rules say of it."""

    content: bytes
    draft: "Draft"
    findings: "list[Finding]"


class Fixer:
    """Mends drafts of a project: what `chosen` rules offer, held to what all rules say."""

    def __init__(self, project: "Project", chosen: "list[Rule]", occasion: "Occasion") -> None:
        self._project = project
        self._chosen = {rule.name: rule for rule in chosen}
        # What asks a program or the network is not asked again for every try.
        self._occasion = occasion._replace(ask_spamassassin=None)

    def fixes_of(self, content: bytes, path: Path, shown_as: str) -> Fixes:
        """What fixing makes of a draft's file. Nothing is written here."""
        from composer.draft.load import load_draft_text

        checks, fixed = 0, 0

        def tried(content: bytes) -> _Tried:
            nonlocal checks
            checks += 1
            draft = load_draft_text(content, path, self._project, shown_as)
            return _Tried(content, draft, self._findings(draft))

        now = tried(content)
        held_back: list[tuple[Finding, _Tried]] = []
        while checks < _MOST_CHECKS:
            kept, after, refused = _round(now, self._offers(now, [finding for finding, _ in held_back]), tried)
            if not kept and not refused:
                break
            # What was refused for this text may be right for the next.
            held_back = [] if kept else [*held_back, *refused]
            fixed, now = fixed + len(kept), after
        reasons = ((finding.rule, rule) for finding, result in held_back for rule in _new_rules(now, result))
        return Fixes(content, now.content, fixed, tuple(dict.fromkeys(reasons)))

    def _findings(self, draft: "Draft") -> "list[Finding]":
        from composer.checks.rule import rules
        from composer.press import findings_of

        return findings_of(draft, self._project, list({**rules(), **self._chosen}.values()), self._occasion)

    def _offers(self, now: _Tried, refused: "list[Finding]") -> "list[Finding]":
        """The findings to mend in this round: offered by a chosen rule, not refused for this text, out of each other's way."""
        from composer.draft.edit import DraftText, fit_together, fixable

        text = DraftText.of(now.content)
        if text is None:
            return []
        offered = fixable(now.findings, now.draft, text)
        return fit_together(f for f in offered if f.rule in self._chosen and f not in refused)


def _round(now: _Tried, offers: "list[Finding]", tried: Callable[[bytes], _Tried]) -> "tuple[list[Finding], _Tried, list[tuple[Finding, _Tried]]]":
    """The offers that may all be kept, the draft with them, and those refused, found by halving what does not go well together."""
    from composer.draft.edit import DraftText

    text = DraftText.of(now.content)
    kept: list[Finding] = []
    refused: list[tuple[Finding, _Tried]] = []
    after, waiting = now, [offers]
    while waiting:
        group = waiting.pop()
        if not group or text is None:
            continue
        result = tried(text.edited(edit for finding in (*kept, *group) for edit in finding.edits))
        if _is_better(after, result, len(group)):
            kept, after = [*kept, *group], result
        elif len(group) == 1:
            refused.append((group[0], result))
        else:
            middle = len(group) // 2
            waiting += [group[middle:], group[:middle]]
    return kept, after, refused


def _is_better(before: _Tried, after: _Tried, fixes: int) -> bool:
    """Whether each of the fixes left one finding fewer and brought none, and the issue can still be read."""
    if after.draft.issue is None and before.draft.issue is not None:
        return False
    if after.draft.issue is not None and before.draft.issue is None:
        # Of a draft that could not be read the other rules could say nothing; what they say now was true before.
        return True
    return len(after.findings) <= len(before.findings) - fixes and not _more(before, after)


def _more(before: _Tried, after: _Tried) -> "Counter[tuple[str, Level]]":
    """The findings that are more than they were, by rule and level."""
    was, now = (Counter((f.rule, f.level) for f in tried.findings) for tried in (before, after))
    return now - was


def _new_rules(before: _Tried, after: _Tried) -> list[str]:
    return sorted({rule for rule, _ in _more(before, after)})


def _written(path: Path, fixes: Fixes) -> str:
    """Put the mended draft in the old one's place. Returns why it was left as it is; empty where it was written."""
    from composer.files import write_whole

    # A draft that is a link stays one: what it leads to is mended.
    target = path.resolve()
    if not os.access(target, os.W_OK):
        return "the file may not be written"
    try:
        if target.read_bytes() != fixes.before:
            return "somebody else changed it in the meantime; run the command again"
        write_whole(target, fixes.after)
    except OSError as error:
        return error.strerror or str(error)
    return ""


def difference(before: bytes, after: bytes, name: str) -> bytes:
    """A unified diff of two texts, as patch and git read it; empty where they are the same."""
    from difflib import unified_diff

    old, new = (_lines(content.decode("utf-8", "surrogateescape")) for content in (before, after))
    lines = unified_diff(old, new, name, name)
    whole = "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
    return whole.encode("utf-8", "surrogateescape")


def _lines(text: str) -> list[str]:
    """The lines with their ends. Only a line feed ends one, as patch counts them."""
    *lines, last = text.split("\n")
    return [*(f"{line}\n" for line in lines), *([last] if last else [])]


def fixing_asked_for(
    project: "Project", chosen: "list[Rule]", occasion: "Occasion", drafts: list[Path], stdin: "Stdin | None", *, fix: bool, diff: bool
) -> "Fixing | None":
    """The fixes of a run; None where neither --fix nor --diff was given. Raises ComposerError where they make no sense."""
    from composer.errors import ComposerError
    from composer.yaml_source.reader import MAX_BYTES

    if fix and diff:
        raise ComposerError("--fix changes drafts and --diff does not", "take one of the two; --diff shows what --fix would do")
    if fix and stdin is not None and len(drafts) > 1:
        raise ComposerError("with --fix, `-` stands alone: the mended draft goes to standard output", "name the other drafts in a command of their own")
    if fix and stdin is not None and len(stdin.content) > MAX_BYTES:
        raise ComposerError("standard input is too large for a draft", f"a draft is text, and no longer than {MAX_BYTES // 1024:,} KiB")
    return Fixing(project, chosen, occasion, stdin, write=fix) if fix or diff else None


class Fixing:
    """The fixes of a run: made in the files (`write`) or only shown; what came by standard input is handed on."""

    def __init__(self, project: "Project", chosen: "list[Rule]", occasion: "Occasion", stdin: "Stdin | None", *, write: bool) -> None:
        self._fixer = Fixer(project, chosen, occasion)
        self._project, self._chosen, self._occasion = project, chosen, occasion
        self._write = write
        self.stdin = stdin
        self.fixed = 0
        self.drafts = 0
        self.differences: list[bytes] = []
        self.notes: list[str] = []
        self.failed = False

    def findings(self, paths: list[Path], found: "Iterable[list[Finding]]") -> "Iterator[list[Finding]]":
        """What is left of each draft's findings once its fixes are made; where they are only shown, all of them."""
        for path, findings in zip(paths, found, strict=True):
            yield self._left(path, findings) if any(finding.fixable for finding in findings) else findings

    def _left(self, path: Path, findings: "list[Finding]") -> "list[Finding]":
        from composer.cli.reading import STDIN

        of_stdin = self.stdin if path == STDIN else None
        name = of_stdin.name if of_stdin is not None else path
        shown_as = name.as_posix() if of_stdin is not None else self._project.shown(path)
        fixes = self._fixer.fixes_of(of_stdin.content if of_stdin is not None else path.read_bytes(), name, shown_as)
        self.notes += [f"{shown_as}: {rule} is left as it is, because {other} would have something to say of the fix" for rule, other in fixes.held_back]
        if not fixes.fixed:
            return findings
        if self._write and of_stdin is None:
            problem = _written(path, fixes)
            if problem:
                self.failed = True
                self.notes.append(f"{shown_as} was not fixed: {problem}")
                return findings
        self.fixed += fixes.fixed
        self.drafts += 1
        if not self._write:
            self.differences.append(difference(fixes.before, fixes.after, shown_as))
            return findings
        if of_stdin is not None:
            self.stdin = of_stdin._replace(content=fixes.after)
        return self._findings_of(fixes.after, name, shown_as)

    def _findings_of(self, content: bytes, name: Path, shown_as: str) -> "list[Finding]":
        from composer.draft.load import load_draft_text
        from composer.press import findings_of

        return findings_of(load_draft_text(content, name, self._project, shown_as), self._project, self._chosen, self._occasion)

    @property
    def words(self) -> str:
        """What --diff says beneath what it shows."""
        if not self.fixed:
            return "Nothing to fix."
        findings, drafts = (f"{number:,} {word}{'s' * (number != 1)}" for number, word in ((self.fixed, "finding"), (self.drafts, "draft")))
        return f"{findings} in {drafts} would be fixed: composer check --fix"
