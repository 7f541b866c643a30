"""The framed mail: the mail's own words, with places, in the scheme that was chosen."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from composer.errors import UnknownName
from composer.preview.frame import frame_of, picture_file
from composer.proof.proof import Proof
from tests import healthy
from tests.newsrooms import DAY, NewsroomFolder, yaml_of
from tests.visible import soup_of


def _proof(newsroom: NewsroomFolder, **replaced: object) -> Proof:
    return newsroom.proof({**healthy.DRAFTS["china-report"](), **replaced})


def _frame(proof: Proof, client: str | None = None, scheme: str = "light") -> BeautifulSoup:
    return soup_of(frame_of(proof, proof.issue.origin.source.path, client, scheme))  # type: ignore[arg-type, union-attr]


def test_the_words_are_those_of_the_mail(newsroom: NewsroomFolder) -> None:
    proof = _proof(newsroom)
    assert _frame(proof).body.get_text(" ", strip=True) == soup_of(proof.html).body.get_text(" ", strip=True)  # type: ignore[union-attr]


def test_every_paragraph_names_the_line_it_was_typed_in(newsroom: NewsroomFolder) -> None:
    text = yaml_of(healthy.DRAFTS["china-report"]())
    proof = _proof(newsroom)
    lines = text.split("\n")
    placed = [element for element in _frame(proof).select("p[data-place]") if not element.has_attr("data-path")]
    assert len(placed) > 5
    for element in placed:
        line = int(str(element["data-place"]).split(":")[0])
        first_word = element.get_text().split()[0].strip("“”’‘")
        around = "\n".join(lines[line - 1 : line + 1]).replace("''", "'")
        assert first_word[:4] in around, f"{first_word!r} is not on line {line}: {around!r}"


def test_what_stands_in_the_settings_names_their_file(newsroom: NewsroomFolder) -> None:
    paths = {str(element["data-path"]) for element in _frame(_proof(newsroom)).select("[data-path]")}
    assert all(path.endswith(("newsletter.yaml", "newsroom.yaml")) for path in paths)


def test_the_proof_itself_stays_as_it_was(newsroom: NewsroomFolder) -> None:
    proof = _proof(newsroom)
    before = proof.html
    _frame(proof, "outlook-windows", "dark")
    assert proof.html == before
    assert proof.tree is not None
    assert not any("data-place" in element.attrib for element in proof.tree.elements())


@pytest.mark.parametrize("client", [None, "apple-mail-ios", "outlook-com"])
def test_the_reader_chooses_the_scheme_not_the_browser(newsroom: NewsroomFolder, client: str | None) -> None:
    proof = _proof(newsroom)
    light, dark = (str(_frame(proof, client, scheme)) for scheme in ("light", "dark"))
    for frame in (light, dark):
        assert "prefers-color-scheme" not in frame
    assert "@media (max-width: 0)" in light
    assert "@media (min-width: 0)" in dark
    assert "color-scheme: light !important" in light
    assert "color-scheme: dark !important" in dark


def test_a_client_that_shows_no_dark_colors_shows_light_ones(newsroom: NewsroomFolder) -> None:
    proof = _proof(newsroom)
    assert str(_frame(proof, "gmail-android", "dark")) == str(_frame(proof, "gmail-android", "light"))


def test_a_client_shows_what_it_supports(newsroom: NewsroomFolder) -> None:
    proof = _proof(newsroom)
    assert _frame(proof).find_all("style")
    # only the margin and the scheme, which are the preview's own
    assert len(_frame(proof, "gmail-foreign-account").find_all("style")) == 2
    with pytest.raises(UnknownName) as unknown:
        _frame(proof, "gmail-andriod")
    assert "gmail-android" in unknown.value.help


@pytest.mark.parametrize("hosted", [False, True])
def test_pictures_beside_the_draft_are_shown_from_there(own_newsroom: NewsroomFolder, hosted: bool, tmp_path: Path) -> None:
    if hosted:
        settings = (own_newsroom.root / "newsroom.yaml").read_text(encoding="utf-8")
        own_newsroom.write("newsroom.yaml", f"{settings}\npictures_url: https://pictures.example/letters\n")
    folder = own_newsroom.root / "issues/china-report" / f"{DAY}-draft"
    folder.mkdir(parents=True)
    Image.new("RGB", (1120, 630), "#884422").save(folder / "the crane & co.png")
    content = healthy.DRAFTS["china-report"]()
    content["essay"]["body"].append({"figure": {"image": "the crane & co.png", "alt": "A crane lifts a box."}})
    proof = own_newsroom.proof(content)
    (image,) = (image for image in _frame(proof).find_all("img") if image["alt"] == "A crane lifts a box.")
    asked, _, number = str(image["src"]).partition("/")
    assert asked == "picture"
    assert picture_file(proof, int(number)) == folder / "the crane & co.png"
    assert picture_file(proof, 99) is None
