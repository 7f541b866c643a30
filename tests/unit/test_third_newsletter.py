"""A third newsletter in a folder of its own, without a line of Python: built, and its faults found."""

from typing import Any

import pytest
from bs4 import BeautifulSoup

from composer.checks.rule import rules
from composer.press import editions_of, findings_of, proof_of
from tests.cases.newsroom import ORDINARY
from tests.newsrooms import NewsroomFolder
from tests.visible import visible_words

RTL = """\
name: رسالة الميناء
tagline: كل أسبوع من الرصيف
language: ar
direction: rtl
time_zone: Asia/Beirut
weekdays: [friday]
nameplate: band
sender:
  from: harbor@harborreview.example
  list_id: harbor.harborreview.example
unsubscribe:
  url: https://harborreview.example/harbor/leave
imprint:
  reason: وصلتك هذه الرسالة لأنك اشتركت بها.
words:
  view_online: اقرأ في المتصفح
  by: بقلم
  and: و
  links: روابط
  image: صورة
  unsubscribe: إلغاء الاشتراك
social:
  - {name: Mastodon, url: https://social.harborreview.example/@harbor}
sections:
  - {key: greeting, type: note}
  - key: three_links
    type: bullets
    heading: ثلاثة روابط
    min: 3
    max: 3
  - {key: sentence, type: quote, heading: جملة, required: false}
  - {key: goodbye, type: sign_off, options: {button: اكتب لنا}}
house_style:
  rules:
    inbox/missing-preheader: off
"""
THEME = """\
:root {
  --accent: #0B6E4F; --button: #0B6E4F; --band: #0B6E4F;
  --text-font: Tahoma, Arial, sans-serif; --mso-font: Tahoma, sans-serif;
  --text-size: 18px; --text-line: 30px; --phone-text-size: 17px; --phone-text-line: 28px;
  --brief-line: 28px; --numeral: 36px; --phone-numeral: 32px;
}
@media (prefers-color-scheme: dark) { :root { --accent: #7FD6B4; --button: #14805E; --band: #14805E; } }
"""
DRAFT: dict[str, Any] = {
    "newsletter": "harbor-letter",
    "date": "2026-11-27",
    "subject": "الرافعة التي تعلمت الانتظار",
    "greeting": "أهلاً بكم على الرصيف.",
    "three_links": [
        "[الأول](https://harborreview.example/1) هنا.",
        "[الثاني](https://harborreview.example/2) هناك.",
        "[الثالث](https://harborreview.example/3) بعيد.",
    ],
    "sentence": {"quote": "الصبر مفتاح", "attribution": "مثل قديم"},
    "goodbye": {"question": "ما رأيك؟", "invitation": "اكتب إلى harbor@harborreview.example."},
}
CHINESE = (
    RTL.replace("رسالة الميناء", "港口周报")
    .replace("language: ar", "language: zh-Hans")
    .replace("direction: rtl", "direction: ltr")
    .replace("إلغاء الاشتراك", "退订")
    .replace("ثلاثة روابط", "三条链接")
    .replace("روابط", "链接")
)


@pytest.fixture
def harbor(own_newsroom: NewsroomFolder) -> NewsroomFolder:
    own_newsroom.write("templates/harbor-letter/newsletter.yaml", RTL)
    own_newsroom.write("templates/harbor-letter/theme.css", THEME)
    return own_newsroom


def test_it_is_known_like_the_others(harbor: NewsroomFolder) -> None:
    assert harbor.project.newsletter_slugs == ["china-report", "harbor-letter", "the-download"]
    assert harbor.project.newsletter_settings("harbor-letter").problems == ()


def test_it_is_built_in_its_own_language_and_direction(harbor: NewsroomFolder) -> None:
    proof = harbor.proof(DRAFT)
    html = BeautifulSoup(proof.html, "lxml").find("html")
    assert (html["lang"], html["dir"]) == ("ar", "rtl")  # type: ignore[index]
    words = visible_words(proof.html)
    position = 0
    for expected in (
        "رسالة الميناء",
        "الرافعة التي تعلمت الانتظار",
        "أهلاً بكم",
        "ثلاثة روابط",
        "الأول",
        "الثاني",
        "الثالث",
        "جملة",
        "الصبر مفتاح",
        "ما رأيك؟",
        "اكتب لنا",
        "إلغاء الاشتراك",
    ):
        position = words.index(expected, position)
    assert "#0B6E4F" in proof.html.upper()
    assert "Unsubscribe" not in words
    assert "2026-11-27" in words
    for expected in ("رسالة الميناء", "روابط", "[1] https://harborreview.example/1", "إلغاء الاشتراك: https://harborreview.example/harbor/leave"):
        assert expected in proof.text
    assert b"List-Id: <harbor.harborreview.example>" in proof.message


def test_its_words_in_chinese_are_marked_and_kept(own_newsroom: NewsroomFolder) -> None:
    own_newsroom.write("templates/harbor-letter/newsletter.yaml", CHINESE)
    own_newsroom.write("templates/harbor-letter/theme.css", THEME)
    proof = own_newsroom.proof(
        {**DRAFT, "three_links": ["[一](https://harborreview.example/1)。", "[二](https://harborreview.example/2)。", "[三](https://harborreview.example/3)。"]}
    )
    assert "港口周报" in visible_words(proof.html)
    assert "三条链接" in proof.text
    assert "退订: https://harborreview.example/harbor/leave" in proof.text


def test_its_editions_lie_in_its_own_folder(harbor: NewsroomFolder) -> None:
    names = [path.as_posix() for path in editions_of(harbor.proof(DRAFT), harbor.root / "dist")]
    assert all("/dist/harbor-letter/2026-11-24-draft" in name for name in names)
    assert [name.rsplit("/", 1)[1] for name in names if "-draft/" in name] == ["icon-mastodon.png"]


def findings(newsroom: NewsroomFolder, draft: dict[str, Any]) -> list[tuple[str, str | None]]:
    made = newsroom.draft(draft)
    return [(finding.rule, finding.section) for finding in findings_of(made, newsroom.project, list(rules().values()), ORDINARY) if finding.level == "error"]


def test_a_healthy_draft_of_it_has_no_error(harbor: NewsroomFolder) -> None:
    assert findings(harbor, DRAFT) == []


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"three_links": DRAFT["three_links"][:2]}, "structure/too-few-items"),
        ({"three_links": DRAFT["three_links"] * 2}, "structure/too-many-items"),
        ({"three_links": None}, "structure/empty-section"),
        ({"gretting": "x"}, "schema/unknown-field"),
        ({"catch_up": ["x"]}, "schema/unknown-field"),
        ({"goodbye": {"question": "ما رأيك", "invitation": "اكتب إلى a@b.example"}}, "sign-off/missing-question"),
    ],
)
def test_its_faults_are_found_by_its_own_keys(harbor: NewsroomFolder, change: dict[str, Any], rule: str) -> None:
    assert rule in [name for name, _ in findings(harbor, {**DRAFT, **change})]


def test_a_section_of_its_own_look_needs_only_a_template(harbor: NewsroomFolder) -> None:
    harbor.write(
        "templates/harbor-letter/sections/quote.j2",
        "{% macro mjml(placed, page, t) %}<mj-section><mj-column><mj-text>» {{ t.inline(placed.content.quote) }} «</mj-text></mj-column></mj-section>{% endmacro %}\n"
        "{% macro text(placed, page, t) %}» {{ t.inline(placed.content.quote) }} «{% endmacro %}\n",
    )
    proof = proof_of(harbor.draft(DRAFT), harbor.project)
    assert proof.problems == []
    assert "» الصبر مفتاح «" in visible_words(proof.html)
    assert "» الصبر مفتاح «" in proof.text
