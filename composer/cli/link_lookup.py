"""--network: asks for the links of all drafts at once, and counts them on a terminal."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from composer.cli.reading import Stdin

if TYPE_CHECKING:
    from composer.lookups.links import LinkAnswer
    from composer.lookups.public_hosts import HostAndPort
    from composer.project.project import Project

# Hosts that may be asked though they are private. Empty: only Composer's own tests put their server in.
ALLOWED: frozenset["HostAndPort"] = frozenset()


def link_answers_for(paths: Iterable[Path], project: "Project", stdin: Stdin | None) -> dict[str, "LinkAnswer"]:
    """What servers say of every address in the drafts, from this run or, where it is fresh, an earlier one. Raises OSError."""
    from composer.checks.lookup_reading import asked_of
    from composer.cli import terminal
    from composer.cli.checking import draft_at
    from composer.cli.clock import now_in
    from composer.lookups.kept_answers import KeptAnswers
    from composer.lookups.links import Manners, look_up

    wanted = list(dict.fromkeys(asked.address for path in paths for asked in asked_of(draft_at(path, project, stdin))))
    kept = KeptAnswers(project.cache / "links.json", now_in(None))
    known = kept.fresh()
    new = [address for address in wanted if address not in known]
    with terminal.counting(len(new), "links") as count:
        answers = look_up(new, manners=Manners(), allowed=ALLOWED, answered=count)
    if answers:
        kept.keep(answers)
    if len(answers) < len(new):
        terminal.note(f"note: {len(new) - len(answers):,} of {len(new):,} links were not looked up: there are too many, or their servers are too slow.")
    return {**known, **answers}
