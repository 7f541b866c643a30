"""The simulated clients: what each takes out of a mail, piece by piece."""

import pytest

from composer.errors import UnknownName
from composer.proof.client_view.conditions import is_true, resolved
from composer.proof.client_view.view import as_seen_by, shows_dark

STYLED = """<!doctype html><html><head>
<style>.a { color: red } .a:hover { color: blue } body .b { margin: 0 }</style>
<style>@media (max-width: 480px) { .a { color: green } } @media (prefers-color-scheme: dark) { .a { color: white } }</style>
<style media="screen and (min-width:480px)">.wide { width: 50% }</style>
</head><body style="background: #eeeeee"><div style="border-radius: 4px; padding: 8px; color: black">Words <b>in bold</b> here.</div>
<table style="max-width: 600px; padding: 2px"><tr><td style="padding: 1px 2px; display: flex">Cell</td></tr></table></body></html>"""

CONDITIONAL = """<p>a</p><!--[if mso | IE]><p>word</p><![endif]--><!--[if !mso]><!--><p>others</p><!--<![endif]--><!--[if lte mso 11]><p>old</p><![endif]--><!-- note --><p>z</p>"""


def test_the_gmail_app_with_a_foreign_account_has_no_style_blocks() -> None:
    seen = as_seen_by("gmail-foreign-account", STYLED)
    assert "<style" not in seen
    assert "color: black" in seen
    assert "<style" in as_seen_by("gmail-android", STYLED)


def test_outlook_has_neither_round_corners_nor_media_queries() -> None:
    seen = as_seen_by("outlook-windows", STYLED)
    assert "border-radius" not in seen
    assert "@media" not in seen
    assert ".wide" not in seen
    assert "display: flex" not in seen
    assert "color: black" in seen
    assert "border-radius" in as_seen_by("outlook-com", STYLED)


def test_outlook_pads_cells_only_and_bounds_the_width_of_tables_only() -> None:
    seen = as_seen_by("outlook-windows", STYLED)
    assert "padding: 1px 2px" in seen
    assert "padding: 8px" not in seen
    assert "padding: 2px" not in seen
    assert "max-width: 600px" in seen
    assert "padding: 8px" in as_seen_by("gmail-ios", STYLED)


def test_outlook_knows_no_display_but_none() -> None:
    html = "<html><body><div style='display: inline-block; color: black'>a</div><div style='display: none'>b</div></body></html>"
    assert '<div style="color: black">a</div><div style="display: none">b</div>' in as_seen_by("outlook-windows", html)
    assert "inline-block" in as_seen_by("outlook-com", html)


@pytest.mark.parametrize(
    ("client", "kept"),
    [
        ("apple-mail-ios", {"max-width: 480px", "prefers-color-scheme", ":hover", "body .b"}),
        ("gmail-desktop-webmail", {"max-width: 480px", ":hover"}),
        ("yahoo-desktop-webmail", {"max-width: 480px", ":hover"}),
        ("outlook-windows", {"body .b"}),
        ("thunderbird-macos", {":hover", "body .b"}),
    ],
)
def test_a_style_block_keeps_what_the_client_reads(client: str, kept: set[str]) -> None:
    seen = as_seen_by(client, STYLED)
    assert {words for words in ("max-width: 480px", "prefers-color-scheme", ":hover", "body .b") if words in seen} == kept
    assert ".a { color: red }" in seen


@pytest.mark.parametrize(
    "fault", ["@media screen { @media print { p { color: red } } }", ".b { color: red ", ".b { no colon }", "} .b { color: red }", ".x { color: red }" * 1000]
)
def test_gmail_throws_away_a_block_that_it_cannot_read_and_keeps_the_others(fault: str) -> None:
    html = f"<html><head><style>.a {{ color: blue }}</style><style>.c {{ color: green }} {fault}</style></head><body><p>Words</p></body></html>"
    assert ".a { color: blue }" in as_seen_by("gmail-desktop-webmail", html)
    assert ".c" not in as_seen_by("gmail-desktop-webmail", html)
    assert ".c" in as_seen_by("apple-mail-macos", html)


def test_style_blocks_in_the_body_are_not_for_gmail() -> None:
    html = "<html><head></head><body><style>.a { color: red }</style><p>Words</p></body></html>"
    assert "<style" not in as_seen_by("gmail-desktop-webmail", html)
    assert "<style" in as_seen_by("apple-mail-macos", html)


def test_webmail_makes_a_division_of_the_body() -> None:
    assert '<body><div style="background: #eeeeee">' in as_seen_by("gmail-desktop-webmail", STYLED)
    assert '<body style="background: #eeeeee">' in as_seen_by("apple-mail-macos", STYLED)
    assert "#eeeeee" not in as_seen_by("yahoo-ios", STYLED)


def test_conditions_are_resolved() -> None:
    assert as_seen_by("outlook-windows", CONDITIONAL).count("<p>") == 3
    assert "<p>a</p><p>word</p><p>z</p>" in as_seen_by("outlook-windows", CONDITIONAL)
    assert "<p>a</p><p>others</p><p>z</p>" in as_seen_by("gmail-ios", CONDITIONAL)
    assert "<!--" not in as_seen_by("gmail-ios", CONDITIONAL)


def test_a_condition_shown_to_word_may_hold_half_of_a_table() -> None:
    html = "<!--[if mso]><table><tr><td><![endif]--><div>Words</div><!--[if mso]></td></tr></table><![endif]-->"
    assert resolved(html, for_word=True) == "<table><tr><td><div>Words</div></td></tr></table>"
    assert resolved(html, for_word=False) == "<div>Words</div>"


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("mso", True),
        ("!mso", False),
        ("IE", False),
        ("!IE", True),
        ("mso | IE", True),
        ("(mso)|(IE)", True),
        ("(mso) & (IE)", False),
        ("gte mso 9", True),
        ("gt mso 16", False),
        ("lte mso 11", False),
        ("mso 16", True),
        ("mso 12", False),
        ("!(mso 12)", True),
        ("true", True),
    ],
)
def test_conditions_as_word_reads_them(condition: str, holds: bool) -> None:
    assert is_true(condition) == holds


def test_words_in_an_element_taken_out_stay_in_their_place() -> None:
    html = "<html><body><p>one <abbr>two</abbr> three <wbr>four <abbr><i>five</i> six</abbr> seven</p></body></html>"
    seen = as_seen_by("outlook-windows", html)
    assert "<p>one two three four <i>five</i> six seven</p>" in seen


def test_what_clients_take_out_with_its_contents() -> None:
    html = "<html><body><p onclick='x()'>a<script>b</script>c<svg><text>d</text></svg>e</p></body></html>"
    assert "<p>ace</p>" in as_seen_by("gmail-ios", html)
    assert "<svg>" in as_seen_by("samsung-email-android", html)


def test_word_hides_what_is_told_to_be_hidden_in_its_own_words() -> None:
    html = "<html><body><div style='max-height:0;overflow:hidden;mso-hide:all'>Preview</div></body></html>"
    assert "display: none !important" in as_seen_by("outlook-windows", html)
    assert "max-height: 0" in as_seen_by("gmail-ios", html)


def test_who_shows_dark_colours() -> None:
    clients = (
        "apple-mail-macos",
        "apple-mail-ios",
        "samsung-email-android",
        "outlook-com",
        "gmail-ios",
        "outlook-windows",
        "yahoo-ios",
        "gmail-foreign-account",
    )
    assert [client for client in clients if shows_dark(client)] == ["apple-mail-macos", "apple-mail-ios", "samsung-email-android", "outlook-com"]


def test_the_new_outlook_is_outlook_com() -> None:
    assert as_seen_by("outlook-new", STYLED) == as_seen_by("outlook-com", STYLED)


def test_an_unknown_client_is_named() -> None:
    with pytest.raises(UnknownName) as told:
        as_seen_by("outlok-windows", STYLED)
    assert "did you mean `outlook-windows`?" in told.value.help


def test_the_same_mail_gives_the_same_page() -> None:
    assert as_seen_by("yahoo-ios", STYLED) == as_seen_by("yahoo-ios", STYLED)
