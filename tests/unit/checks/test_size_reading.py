import email
from email.policy import SMTP

import pytest

from composer.checks.rule import rules
from composer.checks.size_reading import GMAIL_CUTS_AT, cut_offset, encoded_size, place_in_draft, size_at_most
from composer.press import findings_of, proof_of
from tests.cases.newsroom import NEWSLETTERS, ORDINARY, draft_of, healthy, own_project

SIZE_RULES = [rule for rule in rules().values() if rule.area == "size"]


@pytest.mark.parametrize("newsletter", NEWSLETTERS)
def test_the_size_is_the_mails_own_to_a_thousandth(newsletter):
    proof = proof_of(draft_of(healthy(newsletter), own_project(), newsletter), own_project())
    message = email.message_from_bytes(proof.message, policy=SMTP)
    part = next(part for part in message.walk() if part.get_content_type() == "text/html")
    on_its_way = len(part.get_payload().replace("\r\n", "\n").replace("\n", "\r\n"))
    assert encoded_size(proof.html) == pytest.approx(on_its_way, rel=0.002)


@pytest.mark.parametrize("text", ["", "a" * 1000, "=" * 1000, "é" * 500, "汉字 " * 300, "😀" * 200, "a \n" * 400, " \r\n=\n" * 99, "<p>a</p>\n" * 200])
def test_the_quick_size_is_never_too_small(text):
    assert size_at_most(text) >= encoded_size(text)


def test_what_fits_is_what_is_shown():
    html = "<p>é=</p>\n" * 500
    offset = cut_offset(html, 3000)
    assert encoded_size(html[:offset]) <= 3000 < encoded_size(html[: offset + 1])
    assert cut_offset(html, 10**9) == len(html)


def test_a_mail_that_is_too_long_is_cut_where_it_says():
    text = healthy("china-report").replace("It asked everything else. ", "")
    long = "Another letter came, and it was answered like the others before it. " * 1300
    draft = draft_of(text.replace("    ## A voice made of paraffin", f"    {long}\n\n    ## A voice made of paraffin"), own_project())
    found = {finding.rule: finding for finding in findings_of(draft, own_project(), SIZE_RULES, ORDINARY)}
    assert set(found) == {"size/gmail-clip", "size/unsubscribe-cut"}
    assert found["size/gmail-clip"].section == "essay"
    assert found["size/gmail-clip"].level == "error"
    assert found["size/gmail-clip"].place == found["size/unsubscribe-cut"].place
    proof = proof_of(draft, own_project())
    assert place_in_draft(draft, proof, cut_offset(proof.html, GMAIL_CUTS_AT)) == found["size/gmail-clip"].place
