"""Icons of profiles elsewhere: which one a profile gets, and that it travels with the mail."""

from email import message_from_bytes, policy
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from composer.press import editions_of
from composer.project.icons import WIDTH, icon_of
from composer.project.newsletter import SocialLink
from composer.proof.proof import Proof
from tests import healthy
from tests.cases.newsroom import copied_project
from tests.newsrooms import NewsroomFolder
from tools import social_icons

SHIPPED = social_icons.FOLDER
SETTINGS = "templates/china-report/newsletter.yaml"
PROFILES = """\
social:
  - {name: Mastodon, url: "https://social.harborreview.example/@china"}
  - {name: Harbor Board, url: "https://board.harborreview.example/china"}
  - {name: Port Board, url: "https://board.harborreview.example/port"}
"""


def with_profiles(newsroom: NewsroomFolder, profiles: str = PROFILES) -> Proof:
    newsroom.change(SETTINGS, "imprint:\n", f"{profiles}imprint:\n")
    return newsroom.proof(healthy.CHINA_REPORT)


def social_links(html: str) -> list[tuple[str, str]]:
    """The words of each profile's link, and the address of the picture in it."""
    links = BeautifulSoup(html, "lxml").select("a.social")
    return [(link.get_text(), str(link.img["src"]) if link.img is not None else "") for link in links]


@pytest.mark.parametrize(
    ("icon", "help"),
    [("mastodn", "did you mean `mastodon`?"), ("harbor", "`icons/harbor.png` in the newsletter's folder"), ("港口", "known here: `bluesky`")],
)
def test_an_icon_that_is_not_there_is_a_finding(tmp_path: Path, icon: str, help: str) -> None:
    profiles = PROFILES.replace("name: Harbor Board,", f"name: Harbor Board, icon: {icon},")
    settings = copied_project(tmp_path, {SETTINGS: [{"replace": "imprint:\n", "with": f"{profiles}imprint:\n"}]}).newsletter_settings("china-report")
    (problem,) = settings.problems
    assert (problem.kind, problem.message) == ("wrong-type", f"no icon is called `{icon}`")
    assert help in problem.help
    line = (tmp_path / SETTINGS).read_text(encoding="utf-8").splitlines()[problem.place.line - 1]
    assert line[problem.place.column - 1 : problem.place.end_column - 1] == icon


def test_icons_that_are_there_are_no_findings(tmp_path: Path) -> None:
    profiles = PROFILES.replace("name: Harbor Board,", "name: Harbor Board, icon: harbor,").replace(
        "name: Port Board,", "name: Port Board, icon: Mastodon.png,"
    )
    project = copied_project(tmp_path, {SETTINGS: [{"replace": "imprint:\n", "with": f"{profiles}imprint:\n"}]})
    icons = tmp_path / "templates/china-report/icons"
    icons.mkdir()
    (icons / "harbor.png").write_bytes((SHIPPED / "mastodon.png").read_bytes())
    assert project.newsletter_settings("china-report").problems == ()


@pytest.mark.parametrize(
    ("name", "icon", "file"),
    [
        ("Mastodon", None, "mastodon"),
        ("mastodon", None, "mastodon"),
        ("You Tube", None, "youtube"),
        ("Linked-In", None, "linkedin"),
        ("X", None, "x"),
        ("Twitter", None, "x"),
        ("X (Twitter)", None, "x"),
        ("Our RSS feed", None, "rss"),
        ("Threads", None, "threads"),
        ("Blue sky thinking", None, "other"),
        ("Xing", None, "other"),
        ("港口", None, "other"),
        ("Our board", "mastodon", "mastodon"),
        ("Mastodon", "other", "other"),
        ("Mastodon", "../../secret", "other"),
    ],
)
def test_the_icon_of_a_profile(name: str, icon: str | None, file: str) -> None:
    found = icon_of(SocialLink(name=name, url="https://harborreview.example", icon=icon), (SHIPPED.parent,))
    assert found is not None
    assert found.name == f"{file}.png"


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.png")), ids=lambda path: path.stem)
def test_an_icon_is_small_and_stands_out_on_light_and_dark(path: Path) -> None:
    assert path.stat().st_size <= 1024
    with Image.open(path) as picture:
        assert picture.size == (2 * WIDTH, 2 * WIDTH)
        pixels = picture.convert("RGBA")
    assert pixels.getpixel((0, 0))[3] < 32  # type: ignore[index]
    disc = pixels.getpixel((WIDTH, 3))
    assert isinstance(disc, tuple)
    assert disc[3] >= 250
    for other in ((0xF1, 0xEF, 0xEA), (0x12, 0x12, 0x11), (255, 255, 255)):
        assert _contrast(disc[:3], other) >= 3


def _contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """WCAG 2.2's contrast of two colours."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: tuple[float, ...]) -> float:
    parts = [value / 255 / 12.92 if value / 255 <= 0.04045 else ((value / 255 + 0.055) / 1.055) ** 2.4 for value in color]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def test_every_icon_is_drawn_by_the_script() -> None:
    assert sorted(path.stem for path in SHIPPED.glob("*.png")) == sorted(drawing.__name__ for drawing in social_icons.DRAWINGS)


def test_icons_lie_beside_the_html_and_inside_the_mail(own_newsroom: NewsroomFolder) -> None:
    proof = with_profiles(own_newsroom)
    stem = proof.issue.stem
    assert social_links(proof.html) == [
        ("Mastodon", f"{stem}/icon-mastodon.png"),
        ("Harbor Board", f"{stem}/icon-other.png"),
        ("Port Board", f"{stem}/icon-other.png"),
    ]
    editions = editions_of(proof, own_newsroom.root / "dist")
    for _, file in social_links(proof.html):
        assert editions[own_newsroom.root / "dist/china-report" / file] == (SHIPPED / file.rpartition("icon-")[2]).read_bytes()
    message = message_from_bytes(proof.message, policy=policy.default)
    parts = {part["Content-ID"]: part for part in message.walk() if part.get_content_maintype() == "image"}
    assert len(parts) == 2
    html = next(part for part in message.walk() if part.get_content_type() == "text/html").get_content()
    assert {f"<{address.removeprefix('cid:')}>" for _, address in social_links(html)} == set(parts)
    assert {part.get_filename() for part in parts.values()} == {"mastodon.png", "other.png"}
    assert "Mastodon: https://social.harborreview.example/@china\n" in proof.text


def test_a_link_is_large_enough_for_a_thumb_and_its_picture_is_read_once(own_newsroom: NewsroomFolder) -> None:
    page = BeautifulSoup(with_profiles(own_newsroom).html, "lxml")
    for link in page.select("a.social"):
        style = str(link["style"]).replace(" ", "")
        # 12 above and below a line of 20; 20 for the icon, 6 and 14 beside it, and the words
        assert "display:inline-block" in style
        assert "padding:12px14px12px0" in style
        picture = link.img
        assert picture is not None
        assert (picture["width"], picture["height"], picture["alt"]) == ("20", "20", "")
        assert link.get_text().strip()


def test_a_newsroom_that_hosts_its_pictures_hosts_the_icons_once(own_newsroom: NewsroomFolder) -> None:
    own_newsroom.change("newsroom.yaml", "publisher:\n", "pictures_url: https://pictures.harborreview.example/\npublisher:\n")
    proof = with_profiles(own_newsroom)
    assert social_links(proof.html)[0] == ("Mastodon", "https://pictures.harborreview.example/icons/mastodon.png")
    assert proof.pictures == {}
    assert b"cid:" not in proof.message


def test_a_newsletters_own_icon_comes_first(own_newsroom: NewsroomFolder) -> None:
    own_newsroom.write("templates/china-report/icons/mastodon.png", (SHIPPED / "rss.png").read_bytes())
    own_newsroom.write("templates/china-report/icons/harbor.png", (SHIPPED / "x.png").read_bytes())
    proof = with_profiles(own_newsroom, PROFILES.replace("Harbor Board,", "Harbor Board, icon: harbor,"))
    assert proof.pictures["icon-mastodon.png"].path.read_bytes() == (SHIPPED / "rss.png").read_bytes()
    assert social_links(proof.html)[1] == ("Harbor Board", f"{proof.issue.stem}/icon-harbor.png")


def test_a_picture_of_the_draft_keeps_its_own_name(own_newsroom: NewsroomFolder) -> None:
    picture = (SHIPPED / "youtube.png").read_bytes()
    own_newsroom.write("issues/china-report/2026-11-24-draft/mastodon.png", picture)
    own_newsroom.change(SETTINGS, "imprint:\n", f"{PROFILES}imprint:\n")
    draft = {**healthy.CHINA_REPORT, "one_more_thing": {"body": [{"figure": {"image": "mastodon.png", "alt": "An animal of the ice age."}}]}}
    proof = own_newsroom.proof(draft)
    assert proof.pictures["mastodon.png"].path.read_bytes() == picture
    assert proof.pictures["icon-mastodon.png"].path.read_bytes() != picture


def test_an_imprint_that_prints_no_icons_carries_none(own_newsroom: NewsroomFolder) -> None:
    template = "{% macro mjml(page, t) %}<mj-section><mj-column><mj-text>Small print</mj-text></mj-column></mj-section>{% endmacro %}\n{% macro text(page, t) %}Small print{% endmacro %}\n"
    own_newsroom.write("templates/china-report/imprint.j2", template)
    assert with_profiles(own_newsroom).pictures == {}
