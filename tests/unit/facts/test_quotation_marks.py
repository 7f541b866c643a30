"""Quotation marks around a quote section are those of the newsletter's language, in HTML and in plain text."""

import pytest

from composer.facts.quotation_marks import quotation_marks_of
from tests import healthy
from tests.newsrooms import NewsroomFolder
from tests.visible import soup_of


@pytest.mark.parametrize(
    ("language", "marks"),
    {
        "en": "“”",
        "en-GB": "“”",
        "de": "„“",
        "de-AT": "„“",
        "fr": ("«\u202f", "\u202f»"),
        "fr-CA": ("«\u202f", "\u202f»"),
        "fr-CH": "«»",
        "es": "“”",
        "it": "«»",
        "pt": "“”",
        "pt-PT": "«»",
        "pt-BR": "“”",
        "nl": "‘’",
        "pl": "„”",
        "ru": "«»",
        "sv": "””",
        "zh": "“”",
        "zh-Hans-SG": "“”",
        "zh-Hant": "「」",
        "zh_TW": "「」",
        "zh-Hant-HK": "「」",
        "ja-JP": "「」",
        "ko": "“”",
        "ar": "”“",
        "he": "””",
        "tlh": "“”",
        "DE": "„“",
    }.items(),
)
def test_the_marks_of_a_language(language: str, marks: str | tuple[str, str]) -> None:
    assert quotation_marks_of(language) == tuple(marks)


@pytest.mark.parametrize(("language", "opening", "closing"), [("en", "“", "”"), ("de", "„", "“"), ("fr", "«\u202f", "\u202f»"), ("ja", "「", "」")])
def test_a_quote_section_in_html_and_text(own_newsroom: NewsroomFolder, language: str, opening: str, closing: str) -> None:
    own_newsroom.change("templates/the-download/newsletter.yaml", "language: en", f"language: {language}")
    draft = healthy.the_download()
    quoted = next(section for section in draft.values() if isinstance(section, dict) and "attribution" in section)
    quoted["quote"] = "We asked for *one* bridge."
    proof = own_newsroom.proof(draft)
    assert [said.get_text() for said in soup_of(proof.html).find_all(class_="quote")][-1:] == [f"{opening}We asked for one bridge.{closing}"]
    assert f"\n{opening}We asked for one bridge.{closing}\n" in proof.text
