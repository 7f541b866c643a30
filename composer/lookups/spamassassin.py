"""What SpamAssassin says of a message; asked only with --spam and at the send gate."""

import os
import re
import shutil
import subprocess
from typing import NamedTuple

from composer.errors import SpamAssassinFailed

# A mail takes a second, on a slow machine a few.
SECONDS = 60
_INSTEAD = "or leave the question out: --ignore delivery/spam-score"


class Reason(NamedTuple):
    """A rule of SpamAssassin that a message met, with its points and what it says."""

    rule: str
    points: float
    words: str


class SpamVerdict(NamedTuple):
    """The points of a message, and the rules that gave them."""

    score: float
    reasons: tuple[Reason, ...] = ()


def is_installed() -> bool:
    """Whether SpamAssassin can be asked on this machine."""
    return shutil.which("spamassassin") is not None or shutil.which("spamc") is not None


def verdict_on(message: bytes, *, seconds: float = SECONDS) -> SpamVerdict:
    """SpamAssassin's verdict: by its daemon on this machine where one answers (spamd), else by the program itself.

    The program uses its local rules alone: no look-ups in the network, nothing it has learnt. The daemon does what it
    is set to do. Raises SpamAssassinFailed.
    """
    report = _of_daemon(message, seconds) or _of_program(message, seconds)
    verdict = verdict_in(report)
    if verdict is None:
        raise SpamAssassinFailed("SpamAssassin ran, but gave no points", f"see what it says: spamassassin -L -t < the built .eml; {_INSTEAD}")
    return verdict


def _of_daemon(message: bytes, seconds: float) -> str:
    """The report of a spamd on this machine; empty where there is none, or it has no time."""
    if shutil.which("spamc") is None:
        return ""
    # `-F` keeps a spamc.conf from naming another machine: the mail stays on this one.
    command = ["spamc", "-F", os.devnull, "-d", "127.0.0.1", "-x", "-R", "--connect-retries=1", "-t", str(int(seconds) or 1)]
    try:
        ran = subprocess.run(command, input=message, capture_output=True, timeout=seconds, check=False, env=_plain_language())  # noqa: S603 - a fixed command
    except (subprocess.TimeoutExpired, OSError):
        return ""
    return ran.stdout.decode(errors="replace") if ran.returncode in (0, 1) else ""


def _of_program(message: bytes, seconds: float) -> str:
    command = ["spamassassin", "-L", "-t", "-x", "--cf=use_bayes 0"]
    try:
        ran = subprocess.run(command, input=message, capture_output=True, timeout=seconds, check=False, env=_plain_language())  # noqa: S603 - a fixed command
    except FileNotFoundError:
        raise not_installed() from None
    except subprocess.TimeoutExpired:
        raise SpamAssassinFailed(f"SpamAssassin did not answer within {seconds:g} seconds", f"try again when the machine is less busy, {_INSTEAD}") from None
    except OSError as error:
        raise SpamAssassinFailed(f"SpamAssassin cannot be run: {error.strerror}", f"see whether `spamassassin --version` answers, {_INSTEAD}") from None
    if ran.returncode != 0:
        said = ran.stderr.decode(errors="replace").strip().splitlines()
        raise SpamAssassinFailed(f"SpamAssassin failed: {said[-1] if said else f'status {ran.returncode}'}", f"sa-update fetches its rules; {_INSTEAD}")
    return ran.stdout.decode(errors="replace")


def not_installed() -> SpamAssassinFailed:
    """That SpamAssassin was asked for and is not there."""
    return SpamAssassinFailed(
        "SpamAssassin is not installed on this machine", "install it (Debian and Ubuntu: apt-get install spamassassin), or check without --spam"
    )


def verdict_in(report: str) -> SpamVerdict | None:
    """The verdict in SpamAssassin's own report, which stands last: a mail may quote another."""
    reports = list(re.finditer(r"^Content analysis details:\s+\((-?\d+(?:\.\d+)?) points", report, re.MULTILINE))
    if not reports:
        return None
    found = reports[-1]
    reasons: list[Reason] = []
    for line in report[found.end() :].splitlines():
        row = re.match(r"\s*(-?\d+(?:\.\d+)?)\s+([A-Z][A-Z0-9_]+)(?:\s+(.*))?$", line)
        if row:
            reasons.append(Reason(row[2], float(row[1]), (row[3] or "").strip()))
        elif reasons and re.match(r"\s{20,}\S", line):
            reasons[-1] = reasons[-1]._replace(words=f"{reasons[-1].words} {line.strip()}".strip())
    return SpamVerdict(float(found[1]), tuple(reasons))


def _plain_language() -> dict[str, str]:
    """The environment with English reports: SpamAssassin translates them."""
    return {**os.environ, "LC_ALL": "C", "LANGUAGE": "C"}
