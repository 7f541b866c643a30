"""The way back: what stands at an offset of the HTML was typed on this line of the draft."""

import re
from pathlib import Path

import pytest

from composer.draft.load import Draft, load_draft, load_draft_text
from composer.place import Place
from composer.press import proof_of
from composer.project.project import Project
from composer.proof import inline
from composer.proof.proof import Proof
from tests import healthy
from tests.newsrooms import NewsroomFolder, yaml_of

ROOT = Path(__file__).parents[3]
SAMPLES = sorted((ROOT / "issues").glob("*/*.yaml"))
WORDS = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ,’—]{23,}[A-Za-z0-9]")
# the first lines hold what stands outside the body: subject, preheader, and the words of pictures
NOT_SHOWN = re.compile(r"\s*(?:- )?(?:#|subject:|preheader:|alt:|byline:|newsletter:|image:|publication:|reply_to:|url:|date:|link:)")
# these stand inside an element that leads to their item's own line, or to that of its address
PART_OF_ITEM = re.compile(r"\s*(?:- )?(?:headline|credit|author|handle|label|date):")


def place_of(proof: Proof, words: str) -> Place | None:
    """Where the words were typed that stand once in the HTML's body."""
    html = proof.html
    body = html.index("<body")
    assert html.count(words, body) == 1, words
    return proof.place_in_html(html.index(words, body))


def check_every_line(draft: Draft, proof: Proof) -> None:
    """Each line of a draft that holds a run of plain words is found again from where the words stand."""
    html = proof.html
    body = html.index("<body")
    looked_up = 0
    for number, line in enumerate(draft.source.text.split("\n"), 1):
        if NOT_SHOWN.match(line):
            continue
        for words in WORDS.findall(re.sub(r"\]\([^)]*\)|https?://\S+|\S+@\S+", "|", line)):
            if html.count(words, body) != 1 or draft.source.text.count(words) != 1:
                continue
            place = proof.place_in_html(html.index(words, body))
            assert place is not None, words
            assert place.path == draft.path
            if PART_OF_ITEM.match(line):
                assert abs(place.line - number) <= 4, words
                assert draft.section_at(place.line) == draft.section_at(number)
            else:
                assert place.line == number, words
            looked_up += 1
    assert looked_up > 25


def check_every_link(draft: Draft, proof: Proof) -> None:
    """Each link leads back to the very characters of its address."""
    text, html = draft.source.text, proof.html
    looked_up = 0
    for match in re.finditer(r"(?:\]\(|\burl: |\blink: )(https?://[^\s)]+)", text):
        address = match[1]
        attribute = f'href="{address.replace("&", "&amp;")}"'
        if html.count(attribute) != 1 or text.count(address) != 1:
            continue
        place = proof.place_in_html(html.index(attribute))
        assert place is not None
        line, column = draft.source.line_and_column(match.start(1))
        assert place.line == line, address
        if match[0].startswith("]"):
            assert place[1:] == (line, column, line, column + len(address)), address
        looked_up += 1
    assert looked_up > 4


@pytest.mark.parametrize("engine", ["premailer", "css-inline"])
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_line_of_a_sample_is_found_again(path: Path, engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if engine == "premailer":
        # css-inline sorts attributes and premailer does not: a mark may stand before or behind an address
        monkeypatch.setattr(inline, "_css_inline", lambda: None)
    project = Project(ROOT)
    draft = load_draft(path, project)
    proof = proof_of(draft, project)
    check_every_line(draft, proof)
    check_every_link(draft, proof)


def test_every_line_of_a_real_edition_is_found_again(corpus: Path, newsroom: NewsroomFolder) -> None:
    for path in sorted((corpus / "drafts").glob("*/*.yaml")):
        draft = load_draft(path, newsroom.project)
        check_every_line(draft, proof_of(draft, newsroom.project, marked=True))


SENTENCES = [f"Paragraph number {n} speaks of patience and of 港口 😀 as well." for n in range(1, 12)]
STYLES = {
    "literal": "|\n" + "\n\n".join(f"    {s}" for s in SENTENCES),
    "literal with an indentation of its own": "|2\n" + "\n\n".join(f"    {s}" for s in SENTENCES),
    "literal, no end": "|-\n" + "\n\n".join(f"    {s}" for s in SENTENCES),
    "folded": ">\n" + "\n\n\n".join(f"    {s}" for s in SENTENCES),
    "folded over lines": ">\n" + "\n\n\n".join("    " + s.replace(" and ", "\n    and ") for s in SENTENCES),
    "plain": "\n\n\n".join(s if n == 0 else f"    {s}" for n, s in enumerate(SENTENCES)),
    "single": "'" + "\n\n\n".join(s if n == 0 else f"    {s}" for n, s in enumerate(SENTENCES)) + "'",
    "double": '"' + "\n\n\n".join(s if n == 0 else f"    {s}" for n, s in enumerate(SENTENCES)) + '"',
    "double on one line": '"' + "\\n\\n".join(SENTENCES) + '"',
}


@pytest.mark.parametrize("windows", [False, True])
@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES.keys())
def test_the_ninth_paragraph_is_found_in_every_style(newsroom: NewsroomFolder, style: str, windows: bool) -> None:
    draft = healthy.china_report()
    del draft["essay"]
    text = f"{yaml_of(draft)}essay:\n  headline: Words\n  body: {style}\n"
    file = text.replace("\n", "\r\n") if windows else text
    made = newsroom.draft(file)
    assert made.problems == ()
    proof = proof_of(made, newsroom.project)
    for number in (1, 5, 9, 11):
        words = f"Paragraph number {number} speaks"
        line = next(n for n, typed in enumerate(text.split("\n"), 1) if words in typed)
        column = text.split("\n")[line - 1].index(words) + 1
        place = place_of(proof, words)
        assert place is not None
        assert (place.line, place.column) == (line, column)


def test_each_kind_of_block_is_found(newsroom: NewsroomFolder) -> None:
    text = yaml_of(healthy.china_report())
    made = newsroom.draft(text)
    proof = proof_of(made, newsroom.project)
    lines = text.split("\n")
    for words in (
        "The port that learned to run itself",
        "The cranes no longer need drivers.",
        "Third paragraph, behind a picture.",
        "The menu is back.",
        "The robots were the easy part.",
        "who ship things",
        "What counts as skill now?",
        "and say so.",
        "trade wind power.",
        "last year.",
        "Correction",
        "lost its menu",
    ):
        place = place_of(proof, words) if words != "Correction" else proof.place_in_html(proof.html.index("40 megawatts"))
        assert place is not None, words
        expected = next(n for n, line in enumerate(lines, 1) if words in line)
        assert place.line == expected, words
    image = proof.html.index('src="https://pictures.example/a.png"')
    figure = proof.place_in_html(image)
    assert figure is not None
    assert made.section_at(figure.line) == "essay"
    assert "figure" in lines[figure.line - 2] or "image" in lines[figure.line - 1]


def test_the_templates_own_words_come_from_no_line(newsroom: NewsroomFolder) -> None:
    proof = newsroom.proof(healthy.china_report())
    assert proof.place_in_html(0) is None
    assert proof.place_in_html(proof.html.index("<body")) is None


@pytest.mark.parametrize("slug", list(healthy.DRAFTS))
def test_no_mark_is_left(newsroom: NewsroomFolder, slug: str) -> None:
    proof = newsroom.proof(healthy.DRAFTS[slug]())
    assert "data-at" in proof.mjml
    for made in (proof.html, proof.message.decode(), proof.text):
        assert "data-at" not in made
        assert not re.search(r'class="\s*"|\bat-\d', made)
        assert "zmf" not in made
        assert "zpic" not in made


def test_places_are_the_same_from_standard_input(newsroom: NewsroomFolder) -> None:
    content = yaml_of(healthy.china_report()).encode()
    draft = load_draft_text(content, Path("issues/china-report/piped.yaml"), newsroom.project)
    place = place_of(proof_of(draft, newsroom.project), "The cranes no longer need drivers.")
    assert place is not None
    assert place.path == "issues/china-report/piped.yaml"
