"""Thunderbird opens the samples' .eml files and shows them from the headline to the last section."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.browser.samples import NEWSLETTERS, Sample
from tests.browser.thunderbird import assert_shows, picture_of

pytestmark = pytest.mark.judge


@pytest.mark.parametrize("newsletter", NEWSLETTERS)
def test_thunderbird_shows_the_whole_mail(built_samples: dict[str, Sample], tmp_path: Path, newsletter: str) -> None:
    sample = built_samples[newsletter]
    assert_shows(picture_of(sample.eml, tmp_path), [sample.headline, *sample.headings, "Unsubscribe"], tmp_path)


def test_a_blank_mail_is_seen(built_samples: dict[str, Sample], tmp_path: Path) -> None:
    """The same headers, subject included, and the same canvas, but nothing on it."""
    sample = built_samples[NEWSLETTERS[0]]
    message = message_from_bytes(sample.eml.read_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    html = message.get_body(("html",))
    assert isinstance(html, EmailMessage)
    html.set_content(
        '<!doctype html><body style="margin:0;background:#F1EFEA"><div style="margin:0 auto;width:640px;height:3000px;background:#FFF"></div>', subtype="html"
    )
    blank = tmp_path / "blank.eml"
    blank.write_bytes(message.as_bytes())
    assert re.search(rb"^Subject: The nine strokes", blank.read_bytes(), re.MULTILINE)
    with pytest.raises(AssertionError, match="does not show"):
        assert_shows(picture_of(blank, tmp_path), [sample.headline], tmp_path)
