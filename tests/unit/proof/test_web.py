"""The web edition: the same issue as a page of HTML5."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from composer.draft.load import load_draft
from composer.press import proof_of
from composer.proof.proof import Proof
from tests.cases.newsroom import draft_of, healthy, own_project, replaced

SAMPLES = sorted((Path(__file__).parents[3] / "issues").glob("*/*.yaml"))
NOT_IN_A_PAGE = ("<!--", "mso-", "xmlns", "cellpadding", "bgcolor", "valign", "data-ogs", "X-UA-Compatible", "aria-roledescription")


def sample(path: Path) -> Proof:
    return proof_of(load_draft(path, own_project()), own_project())


def words(html: str, *, without: str = "") -> str:
    soup = BeautifulSoup(html, "lxml")
    for hidden in soup.select("style, title, [style*='max-height:0']"):
        hidden.decompose()
    text = soup.get_text(" ")
    return " ".join((text.replace(without, " ") if without else text).split())


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_it_says_what_the_mail_says(path: Path) -> None:
    proof = sample(path)
    assert words(proof.web) == words(proof.html, without="View in browser")
    mail, page = BeautifulSoup(proof.html, "lxml"), BeautifulSoup(proof.web, "lxml")
    in_mail = [a["href"] for a in mail.select("a[href]")]
    in_page = [a["href"] for a in page.select("a[href]")]
    itself = [link["href"] for link in page.select("link[rel=canonical]")]
    assert in_page == [href for href in in_mail if href not in itself]
    assert len(in_page) == len(in_mail) - len(itself)
    assert bool(itself) == (proof.newsletter.view_online is not None)
    assert [(i["src"], i["alt"]) for i in page.select("img")] == [(i["src"], i["alt"]) for i in mail.select("img")]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_it_is_a_page_and_no_mail(path: Path) -> None:
    proof = sample(path)
    assert proof.web.startswith('<!doctype html>\n<html lang="en" dir="ltr">')
    for sign in NOT_IN_A_PAGE:
        assert sign in proof.html
        assert sign not in proof.web, sign
    page = BeautifulSoup(proof.web, "lxml")
    assert page.select_one("meta[name=description]")["content"] == str(proof.issue.preheader)
    assert page.select_one("meta[charset=utf-8]") is not None
    assert len(page.select("h1")) == 1
    assert "prefers-color-scheme" in proof.web
    assert "max-width: 480px" in proof.web


def test_readers_of_a_page_have_no_name_and_no_subscription() -> None:
    text = replaced(
        healthy("china-report"),
        [
            {"replace": "  question: Which machine", "with": "  question: Dear {{ reader.first_name | friend }}, which machine"},
            {"replace": "](https://harborreview.example/crane)", "with": "](https://harborreview.example/{{ reader.id | 0 }})"},
        ],
    )
    web = proof_of(draft_of(text, own_project()), own_project()).web
    assert "Dear friend, which machine" in web
    assert "{{" not in web
    page = BeautifulSoup(web, "lxml")
    assert "A port crane was taught to wave" in page.get_text()
    assert not [a for a in page.select("a[href]") if "port crane" in a.get_text()]


def test_two_pages_of_one_draft_are_the_same() -> None:
    assert sample(SAMPLES[0]).web == sample(SAMPLES[0]).web


def test_a_mail_that_could_not_be_made_is_no_page() -> None:
    from composer.proof.web import web_of

    assert web_of("", address=None, description="") == ""
