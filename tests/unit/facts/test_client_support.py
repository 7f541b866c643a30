"""What clients support: the table, how it is made of caniemail's data, and the names that newsletters use."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from composer.checks.rule import rules
from composer.facts.client_support import DEFAULT_CLIENTS, client_support, graceful
from composer.facts.installed_fonts import GENERIC, installed_fonts
from composer.finding import Finding
from tests.cases.newsroom import copied_project, draft_of, findings_in_draft, healthy
from tools.client_support import table_of, uses_of

ROOT = Path(__file__).parents[3]


def test_the_table_is_whole_and_says_where_it_comes_from() -> None:
    table = json.loads((ROOT / "composer/facts/client_support.json").read_text(encoding="utf-8"))
    assert len(table["clients"]) == 48
    assert len(table["features"]) == 307
    assert all(len(row[3]) == 48 and set(row[3]) <= set("ynau") for row in table["features"].values())
    assert "caniemail 2.0.2" in table["source"]
    assert table["data_date"] == "2026-05-13"
    assert "Copyright (c) 2019 Rémi Parmentier" in table["licence"]
    assert "Permission is hereby granted" in table["licence"]


@pytest.mark.parametrize(
    ("client", "slug", "support"),
    [
        ("outlook-windows", "css-border-radius", "n"),
        ("outlook-windows", "css-max-width", "a"),
        ("apple-mail-ios", "css-display-grid", "y"),
        ("gmail-ios", "html-style", "a"),
        ("orange-desktop-webmail", "css-align-items", "n"),
        ("rainloop-desktop-webmail", "css-align-items", "u"),
    ],
)
def test_what_is_said_of_a_client(client: str, slug: str, support: str) -> None:
    assert client_support().of(client, slug) == support


def test_notes_are_those_of_the_clients_asked_about() -> None:
    (note,) = client_support().notes("css-max-width", ["outlook-windows"])
    assert note == "Only works on `<table>` elements."
    assert client_support().notes("css-max-width", ["gmail-ios"]) == []


def test_clients_are_told_by_their_makers() -> None:
    shown = client_support().shown(["gmail-desktop-webmail", "outlook-windows", "gmail-ios", "outlook-com", "thunderbird-macos"])
    assert shown == "Gmail (web, iOS), Outlook (Windows), Outlook.com, Thunderbird (macOS)"


def test_other_names_of_a_client() -> None:
    assert client_support().named("outlook-new") == client_support().named("outlook-outlook-com") == "outlook-com"
    assert client_support().named("lotus-notes") is None
    assert set(DEFAULT_CLIENTS) <= set(client_support().clients)


def test_what_degrades_gracefully_is_known_and_has_a_reason() -> None:
    assert set(graceful()) <= set(client_support().features)
    assert all(len(reason.split()) >= 2 for reason in graceful().values())
    lines = (ROOT / "composer/facts/graceful.txt").read_text(encoding="utf-8").splitlines()
    assert len([line for line in lines if line and not line.startswith("#")]) == len(graceful()), "no feature twice"


def test_what_would_break_a_mail_is_not_graceful() -> None:
    breaking = {"css-display-flex", "css-display-grid", "css-position", "css-float", "css-background-image", "css-variables", "css-unit-rem", "html-hidden"}
    assert not breaking & set(graceful())


def test_fonts() -> None:
    assert {"georgia", "helvetica neue", "pingfang sc", "roboto"} <= installed_fonts()
    assert not GENERIC & installed_fonts()


FEATURE: dict[str, Any] = {
    "slug": "css-float",
    "title": "float",
    "category": "css",
    "last_test_date": "2024-05-17",
    "stats": {
        "gmail": {"ios": {"2019-02": "n", "2024-05": "a #1"}, "desktop-webmail": {"9": "n", "10": "y"}},
        "outlook": {"windows": {"2016": "y", "2010": "n #2"}, "outlook-com": {}},
    },
    "notes_by_num": {"1": "Partial. Not for `center`. (See [bug 1](https://bugs.example/1))", "2": "Buggy."},
}
NAMES = {"family": {"gmail": "Gmail", "outlook": "Outlook"}, "platform": {"ios": "iOS", "desktop-webmail": "Desktop Webmail", "windows": "Windows"}}


def test_a_clients_last_version_is_the_one_listed_last() -> None:
    """Sorted as texts or as numbers, one of these would be another."""
    names = {**NAMES, "platform": {**NAMES["platform"], "outlook-com": "Outlook.com"}}
    table = table_of({"data": [FEATURE], "nicenames": names, "last_update_date": "2026-05-13 14:45:41 +0000"}, "2.0.2")
    assert list(table["clients"]) == ["gmail-ios", "gmail-desktop-webmail", "outlook-windows", "outlook-com"]
    assert table["clients"]["outlook-com"] == "Outlook.com"
    title, category, tested, letters, uses, notes = table["features"]["css-float"]
    assert (title, category, tested, uses) == ("float", "css", "2024-05", ["float"])
    assert letters == "aynu"
    assert notes == {"Not for `center`.": ["gmail-ios"]}
    assert table["data_date"] == "2026-05-13"


@pytest.mark.parametrize(
    ("slug", "category", "title", "uses"),
    [
        ("css-x", "css", "display:flex", ["display:flex"]),
        ("css-x", "css", "flex-wrap: wrap", ["flex-wrap:wrap"]),
        ("css-x", "css", "gap, column-gap, row-gap", ["gap", "column-gap", "row-gap"]),
        ("css-x", "css", "CSS calc() function", ["calc()"]),
        ("css-x", "css", ":has()", [":has"]),
        ("css-x", "css", "rem unit", ["1rem"]),
        ("css-x", "css", "@media (orientation)", ["@media (orientation)"]),
        ("css-x", "css", "max-height property", ["max-height"]),
        ("html-x", "html", '<input type="text"> element', ["<input type=text>"]),
        ("html-x", "html", "aria-hidden attribute", ["[aria-hidden]"]),
        ("html-x", "html", "Embedded <svg> image", ["<svg>"]),
        ("image-x", "image", "webP image format", []),
    ],
)
def test_a_features_title_says_what_it_is_about(slug: str, category: str, title: str, uses: list[str]) -> None:
    assert list(uses_of({"slug": slug, "category": category, "title": title})) == uses


def test_every_feature_of_styles_and_elements_can_be_found_in_a_mail() -> None:
    silent = {slug for slug, feature in client_support().features.items() if feature.category in ("css", "html") and not feature.uses}
    assert silent == {"css-background", "css-comments", "css-font-weight", "html-comments", "html-doctype", "html-mailto-links"}


def _findings(tmp_path: Path, clients: str) -> list[Finding]:
    project = copied_project(
        tmp_path, {"templates/china-report/newsletter.yaml": [{"replace": "language: en\n", "with": f"language: en\nclients: {clients}\n"}]}
    )
    return findings_in_draft(draft_of(healthy("china-report"), project), project)


def test_a_misspelt_client_is_named_with_the_one_that_was_meant(tmp_path: Path) -> None:
    (finding,) = _findings(tmp_path, "[gmail-ios, outlok-windows]")
    assert (finding.rule, finding.level) == ("schema/unknown-field", "error")
    assert "no mail client is called `outlok-windows`" in finding.message
    assert finding.help == "did you mean `outlook-windows`?"
    assert (finding.place.line, finding.place.column, finding.place.end_column) == (5, 22, 36)


@pytest.mark.parametrize("clients", ["[]", "[outlook-new, outlook-com]", "[gmail-ios, thunderbird-windows]"])
def test_known_clients_are_no_finding(tmp_path: Path, clients: str) -> None:
    assert _findings(tmp_path, clients) == []


@pytest.mark.parametrize("client", list(client_support().clients))
def test_the_shipped_templates_have_no_finding_for_any_client(tmp_path: Path, client: str) -> None:
    """What the templates use on purpose degrades gracefully everywhere, or the list of reasons is not whole."""
    assert _findings(tmp_path, f"[{client}]") == []


def test_nothing_is_read_before_somebody_asks() -> None:
    modules = [rule.module for rule in rules().values() if rule.area == "clients"]
    code = f"""
import sys
from importlib import import_module
from composer.facts.client_support import client_support, graceful
for module in {modules!r}: import_module(module)
assert not client_support.cache_info().currsize and not graceful.cache_info().currsize
print(*sys.modules)
"""
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout.split()
    assert not {"tinycss2", "lxml"} & set(loaded)
