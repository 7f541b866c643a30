"""What the preview's page asks for, as JSON: which drafts there are, and what is to be said of one."""

from collections.abc import Sequence
from typing import Any

from composer.checks.clients_reading import clients_of
from composer.checks.reports.report import Sources, Summary, shown_text
from composer.checks.size_reading import GMAIL_CUTS_AT, encoded_size, kilobytes
from composer.facts.client_support import DEFAULT_CLIENTS, client_support
from composer.finding import Finding
from composer.preview.desk import Seen
from composer.proof.client_view.view import FOREIGN_GMAIL, shows_dark

# How much of a line stands before and behind what is at fault; an essay in quotes may be one line.
_AROUND = 48
_MOST_MARKED = 160
# Programs whose windows are never as narrow as a phone.
_ON_DESKS = ("-windows", "-windows-mail", "-macos")


def drafts_answer(drafts: dict[int, str], latest: int | None, state: str) -> dict[str, Any]:
    """The drafts, the newest of each folder first, and which was written to last."""
    listed = []
    for number, path in drafts.items():
        folder, _, name = path.rpartition("/")
        listed.append({"number": number, "path": path, "folder": folder.rpartition("/")[2], "name": name.rpartition(".")[0]})
    listed.sort(key=lambda draft: str(draft["name"]), reverse=True)
    listed.sort(key=lambda draft: str(draft["folder"]))
    return {"state": state, "latest": latest, "drafts": listed}


def draft_answer(seen: Seen, sources: Sources) -> dict[str, Any]:
    """A draft's inbox line, findings, size and the clients it may be shown as."""
    return {
        "path": seen.draft.path,
        "shown": "nothing" if seen.proof is None else "earlier" if seen.is_earlier else "now",
        "inbox": _inbox(seen),
        "size": _size(seen),
        "summary": Summary.of(seen.findings, 1).words,
        "findings": [_finding(finding, sources) for finding in seen.findings],
        "clients": _clients(seen),
    }


def _inbox(seen: Seen) -> dict[str, str]:
    if seen.proof is None:
        return {}
    issue, newsletter = seen.proof.issue, seen.proof.newsletter
    return {
        "newsletter": str(newsletter.name),
        "from": str(newsletter.sender.name or newsletter.name),
        "subject": str(issue.subject or ""),
        "preheader": str(issue.preheader or ""),
        "date": issue.date.isoformat(),
    }


def _size(seen: Seen) -> dict[str, Any]:
    if seen.proof is None:
        return {}
    size = encoded_size(seen.proof.html)
    return {"words": kilobytes(size), "share": round(size / GMAIL_CUTS_AT, 3), "limit": kilobytes(GMAIL_CUTS_AT)}


def _clients(seen: Seen) -> list[dict[str, Any]]:
    newsletter = seen.draft.newsletter or (seen.proof.newsletter if seen.proof is not None else None)
    names = clients_of(newsletter) if newsletter is not None else DEFAULT_CLIENTS
    clients = [(name, client_support().clients[name]) for name in names]
    if any(name.startswith("gmail-") for name in names):
        clients.append((FOREIGN_GMAIL, "Gmail (app, another provider’s mail box)"))
    return [{"name": name, "title": title, "dark": shows_dark(name), "wide": name.endswith(_ON_DESKS)} for name, title in clients]


def _finding(finding: Finding, sources: Sources) -> dict[str, Any]:
    place = finding.place
    return {
        "rule": finding.rule,
        "level": finding.level,
        "message": shown_text(finding.message),
        "help": "\n".join(map(shown_text, finding.help.split("\n"))),
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "fixable": finding.fixable,
        "excerpt": _excerpt(finding, sources),
    }


def _excerpt(finding: Finding, sources: Sources) -> Sequence[str]:
    """The line at fault in three parts, the middle one marked; what is too long is cut."""
    place = finding.place
    line = sources(place.path).line(place.line)
    start = min(place.column - 1, len(line))
    end = max(start, min(place.end_column - 1 if place.end_line == place.line else len(line), len(line)))
    before, marked, behind = line[:start].lstrip(), line[start:end], line[end:]
    if len(before) > _AROUND:
        before = f"… {before[-_AROUND:].partition(' ')[2]}"
    if len(marked) > _MOST_MARKED:
        marked, behind = f"{marked[:_MOST_MARKED]}…", ""
    if len(behind) > _AROUND:
        behind = f"{behind[:_AROUND].rpartition(' ')[0]} …"
    return [shown_text(part) for part in (before, marked, behind)]
