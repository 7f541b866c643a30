"""SpamAssassin's local rules say nothing against the samples' mails."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.browser import samples

pytestmark = pytest.mark.judge

LIMIT = 1.0


def score_of(message: bytes) -> tuple[float, str]:
    """The score without network tests and without what a machine has learnt, and the rules that made it."""
    assert shutil.which("spamassassin"), "spamassassin is absent: apt-get install spamassassin"
    ran = subprocess.run(["spamassassin", "-L", "-t", "--cf=use_bayes 0"], input=message, capture_output=True, check=True)
    report = ran.stdout.decode(errors="replace")
    found = re.search(r"Content analysis details:\s+\((-?[\d.]+) points", report)
    assert found, "SpamAssassin gives no report"
    return float(found[1]), report[found.start() :][:1500]


@pytest.mark.parametrize("draft", samples.drafts(), ids=lambda path: path.stem)
def test_a_sample_is_not_taken_for_spam(tmp_path: Path, draft: Path) -> None:
    score, report = score_of(samples.built(draft, tmp_path).eml.read_bytes())
    assert score < LIMIT, report


def test_the_judge_knows_spam(tmp_path: Path) -> None:
    """An issue whose hidden text is long and whose words sell must not pass."""
    mail = samples.built(samples.drafts()[0], tmp_path).eml.read_bytes()
    gtube = b"XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X"
    assert score_of(mail.replace(b"CHINA REPORT", gtube, 1))[0] > 100
