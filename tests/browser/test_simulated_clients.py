"""What readers get in each client: nothing that the mail says is lost where a client leaves styles and elements out.

Each issue is opened in Chromium as the client shows it (composer/proof/client_view) and held against the mail as it was
built: the same words in the same order, the same links and picture texts, the way to leave, and contrast.
"""

from collections.abc import Callable
from functools import cache

import pytest

from composer.draft.load import load_draft
from composer.press import proof_of
from composer.proof.client_view.view import as_seen_by, shows_dark
from composer.proof.proof import Proof
from tests.browser import layout
from tests.browser.chromium import Chromium, Sheet
from tests.browser.samples import drafts
from tests.cases.newsroom import NEWSLETTERS, draft_of, healthy, own_project

pytestmark = pytest.mark.judge

CLIENTS = (
    "gmail-desktop-webmail",
    "gmail-ios",
    "gmail-foreign-account",
    "outlook-windows",
    "outlook-com",
    "yahoo-desktop-webmail",
    "apple-mail-macos",
    "apple-mail-ios",
    "samsung-email-android",
    "thunderbird-macos",
)
WIDTHS = (375, 640)
ISSUES = [*(path.stem for path in drafts()), *(f"healthy-{newsletter}" for newsletter in NEWSLETTERS)]


@cache
def _proof(issue: str) -> Proof:
    project = own_project()
    if issue.startswith("healthy-"):
        newsletter = issue.removeprefix("healthy-")
        draft = draft_of(healthy(newsletter), project, newsletter)
    else:
        draft = load_draft(next(path for path in drafts() if path.stem == issue), project)
    proof = proof_of(draft, project)
    assert proof.problems == []
    return proof


def said(sheet: Sheet) -> str:
    """The words a reader sees, in their order."""
    return " ".join(" ".join(words["text"] for words in sheet.words).split())


def assert_nothing_lost(seen: Sheet, built: Sheet, unsubscribe: str) -> None:
    """A reader of one page has what a reader of the other has."""
    assert said(seen) == said(built)
    assert seen.links == built.links
    assert [alt["text"] for alt in seen.alts] == [alt["text"] for alt in built.alts]
    assert unsubscribe in seen.links


@pytest.fixture(scope="session")
def as_built(chromium: Chromium) -> Callable[[str], Sheet]:
    """The page of an issue as it was built, in a wide window."""
    return cache(lambda issue: chromium.sheet(_proof(issue).html, 640, pictured=False))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("issue", ISSUES)
@pytest.mark.parametrize("client", CLIENTS)
def test_nothing_is_lost(chromium: Chromium, as_built: Callable[[str], Sheet], client: str, issue: str, width: int) -> None:
    proof = _proof(issue)
    assert proof.newsletter.unsubscribe is not None
    page = as_seen_by(client, proof.html)
    for scheme in ("light", "dark") if shows_dark(client) else ("light",):
        seen = chromium.sheet(page, width, scheme, pictured=False)
        assert_nothing_lost(seen, as_built(issue), str(proof.newsletter.unsubscribe.url))
        layout.assert_contrast(seen)
        layout.assert_no_overlap(seen)
        layout.assert_no_small_text(seen)
        layout.assert_links_underlined(seen)


@pytest.mark.parametrize("client", ["apple-mail-ios", "samsung-email-android", "outlook-com"])
def test_dark_is_another_page(chromium: Chromium, client: str) -> None:
    """A simulation that lost the dark rules would pass every test of contrast."""
    page = as_seen_by(client, _proof(ISSUES[0]).html)
    light, dark = (chromium.sheet(page, 375, scheme, pictured=False) for scheme in ("light", "dark"))
    assert [words["background"] for words in light.words] != [words["background"] for words in dark.words]


LINK = "https://harborreview.example/leave"
FOOT = f'<p>You get this because you asked. <a href="{LINK}">Leave</a></p>'
# A template each that is well in a browser and loses something in the client.
UNWELL = {
    "words that a style block makes legible": (
        "gmail-foreign-account",
        f"<head><style>.night {{ background: #111111 }}</style></head><body><p class=night style='color: #ffffff'>The ferry is late.</p>{FOOT}",
    ),
    "a second wording that display:none in a style block keeps from sight": (
        "gmail-foreign-account",
        f"<head><style>.phone {{ display: none }}</style></head><body><p>Wide words.</p><p class=phone>Words for phones.</p>{FOOT}",
    ),
    "a style block that Gmail throws away": (
        "gmail-desktop-webmail",
        f"<head><style>.phone {{ display: none }} @media screen {{ @media print {{ p {{ color: red }} }} }}</style></head><body><p class=phone>Hidden.</p>{FOOT}",
    ),
    "words on a picture behind them": (
        "outlook-windows",
        f"<body><div style='background-image: linear-gradient(#111111, #111111)'><p style='color: #ffffff; background-color: rgba(0,0,0,.9)'>Dark.</p></div>{FOOT}",
    ),
    "words hidden by their height alone": (
        "outlook-windows",
        f"<body><div style='max-height: 0; overflow: hidden'>A preview that Outlook shows.</div><p>Words.</p>{FOOT}",
    ),
    "words that `hidden` keeps from sight": ("yahoo-desktop-webmail", f"<body><p hidden>Not for readers.</p><p>Words.</p>{FOOT}"),
    "words that only other clients are shown": ("outlook-windows", f"<body><!--[if !mso]><!--><p>Not for Word.</p><!--<![endif]-->{FOOT}"),
    "words that only Outlook is shown": ("outlook-windows", f"<body><!--[if mso]><p>For Word.</p><![endif]-->{FOOT}"),
    "a link that Outlook does not get": (
        "outlook-windows",
        f"<body>{FOOT}<!--[if !mso]><!--><a href='https://harborreview.example/more'>.</a><!--<![endif]-->",
    ),
    "a picture in an element that Gmail takes out": ("gmail-ios", f"<body><svg><image></image></svg><object><img alt='A crane' src='x:'></object>{FOOT}"),
    "the way to leave in a drawing": ("gmail-desktop-webmail", f"<body><p>Words.</p><svg><a href='{LINK}'><text>Leave</text></a></svg><p>End.</p>"),
}


@pytest.mark.parametrize("case", UNWELL)
def test_a_template_that_relies_on_what_a_client_lacks_fails(chromium: Chromium, case: str) -> None:
    client, html = UNWELL[case]
    html = f"<!doctype html><html>{html}</body></html>"
    seen, built = (chromium.sheet(page, 640, pictured=False) for page in (as_seen_by(client, html), html))

    def judge(page: Sheet) -> None:
        assert_nothing_lost(page, built, LINK)
        layout.assert_contrast(page)

    judge(built)
    with pytest.raises(AssertionError):
        judge(seen)


def test_a_plain_mail_is_well_everywhere(chromium: Chromium) -> None:
    html = f"<!doctype html><html><body><p style='color:#111111'>Words.</p>{FOOT}</body></html>"
    for client in CLIENTS:
        assert_nothing_lost(chromium.sheet(as_seen_by(client, html), 375, pictured=False), chromium.sheet(html, 640, pictured=False), LINK)
