"""MJML held against its reference: each document of tests/cases/mjml, and what MRML makes of it."""

import time

import pytest

from composer.proof.mjml import MjmlRefused, html_of
from composer.proof.mjml_check import faults_in, faults_in_source
from composer.proof.mjml_scan import scan_of
from composer.proof.mjml_tags import GAP
from tests.cases.mjml_documents import Document, documents

each = pytest.mark.parametrize("document", documents(), ids=lambda document: document.name)


def test_there_are_enough_of_both_kinds() -> None:
    found = documents()
    assert len(found) >= 100
    assert len([document for document in found if not document.faults]) >= 40
    assert len({document.name for document in found}) == len(found)


@each
def test_a_document(document: Document) -> None:
    found = [(fault.kind, document.mjml[fault.start : fault.end]) for fault in faults_in(document.mjml)]
    assert found == document.faults
    assert all(fault.message and fault.help for fault in faults_in(document.mjml))


@each
def test_what_mrml_refuses_has_a_place_of_ours(document: Document) -> None:
    """Whatever the engine makes nothing of is explained by a fault of form or place."""
    try:
        html_of(document.mjml)
    except MjmlRefused:
        assert any(fault.fatal or fault.kind in ("wrong-nesting", "unknown-tag") for fault in faults_in(document.mjml))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<",
        "<<<",
        "</",
        "<a",
        '<a b="',
        "<!--",
        "<!-- -- ",
        "<mjml",
        "<mjml></mj-body>",
        "\0",
        "<mj-style>",
        "<style>",
        "<mj-text><![CDATA[",
        "a" * 9,
        "<a/" * 50,
    ],
    ids=repr,
)
def test_no_text_is_too_broken_to_be_read(text: str) -> None:
    for fault in faults_in(text):
        assert 0 <= fault.start <= fault.end <= len(text) + 1


@pytest.mark.parametrize("piece", ["<mj-text>", "</p>", '<a b="', "<p", "<!--", "<mj-text align='", "< ", "<b x=1 y=2 "])
def test_reading_takes_time_by_length_only(piece: str) -> None:
    """Twice the text, twice the time: no expression tries the same characters again and again."""
    started = time.perf_counter()
    scan_of(piece * 4000)
    assert time.perf_counter() - started < 3


@pytest.mark.parametrize(
    "branch", [f"<mj-{GAP}>", f'<mj-text color="{GAP}">', f'<mj-text {GAP} color="#FFF" {GAP}>', f'<mj-text padding="{GAP}px">', f"<h{GAP} colour=x>"]
)
def test_a_gap_is_never_wrong(branch: str) -> None:
    assert faults_in_source(branch) == []


def test_a_source_is_read_without_its_document() -> None:
    (fault,) = faults_in_source(f'{GAP}\n<mj-text align="{GAP}" colour="x">')
    assert (fault.kind, fault.start) == ("unknown-attribute", 21)
