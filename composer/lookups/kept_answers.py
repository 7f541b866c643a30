"""Answers kept between runs, so that a draft that is checked ten times an evening asks each server once."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from composer.files import write_whole
from composer.lookups.links import LinkAnswer

# A page that was there this morning is there tonight; one that was not may be back in an hour.
_GOOD_FOR = timedelta(hours=24)
_BAD_FOR = timedelta(hours=1)
_MOST = 5000
_VERSION = 1


class KeptAnswers:
    """The answers in a file. One that cannot be read is as good as empty; one that cannot be written costs time only."""

    def __init__(self, path: Path, now: datetime) -> None:
        self._path, self._now = path, now
        self._kept = _read(path)

    def fresh(self) -> dict[str, LinkAnswer]:
        """The answers that are young enough to stand."""
        now = self._now.timestamp()
        return {address: answer for address, (when, answer) in self._kept.items() if 0 <= now - when < _lifetime(answer)}

    def keep(self, answers: Mapping[str, LinkAnswer]) -> None:
        """Add what was just answered, and forget what is too old to be used."""
        now = self._now.timestamp()
        together = {**{address: (when, answer) for address, (when, answer) in self._kept.items() if 0 <= now - when < _lifetime(answer)}}
        together.update({address: (now, answer) for address, answer in answers.items()})
        newest = sorted(together.items(), key=lambda item: -item[1][0])[:_MOST]
        rows = {address: [when, *answer] for address, (when, answer) in sorted(newest)}
        try:
            write_whole(self._path, json.dumps({"version": _VERSION, "answers": rows}, ensure_ascii=False, indent=0).encode())
        except OSError:
            return


def _lifetime(answer: LinkAnswer) -> float:
    good = answer.status is not None and answer.status < 400
    return (_GOOD_FOR if good else _BAD_FOR).total_seconds()


def _read(path: Path) -> dict[str, tuple[float, LinkAnswer]]:
    try:
        whole = json.loads(path.read_bytes())
        if whole["version"] != _VERSION:
            return {}
        return {str(address): (float(row[0]), LinkAnswer(*row[1:])) for address, row in whole["answers"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, IndexError):
        return {}
