"""The engines under strain: what makes MJML panic or overflow becomes a problem, and the inliners damage nothing."""

import re
import subprocess
import sys
from collections.abc import Iterator

import mjml
import pytest
from bs4 import BeautifulSoup, Tag

from composer.place import Place
from composer.press import proof_of
from composer.proof.inline import inlined
from composer.proof.mjml import MAX_BYTES, MAX_DEPTH, MjmlRefused, html_of
from tests import healthy
from tests.newsrooms import NewsroomFolder

ENGINES = ["premailer", "css-inline"]


def mail(content: str) -> str:
    return f"<mjml><mj-body><mj-section><mj-column><mj-text>{content}</mj-text></mj-column></mj-section></mj-body></mjml>"


def test_the_engine_does_panic_at_a_bare_bracket() -> None:
    """If a later version no longer does, the guard may go."""
    with pytest.raises(BaseException) as caught:
        mjml.mjml2html(mail("é > b"))
    assert not isinstance(caught.value, Exception)


def test_a_panic_is_not_left_to_write_on_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(MjmlRefused):
        html_of(mail("é > b"))
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    "source",
    [
        mail("a > b é"),
        mail('<p title="é &gt; b">x</p>'),
        mail("<!-- é > b -->"),
        mail("é<!--[if mso]> a <![endif]--> — <!--[if !mso]><!--> é <!--<![endif]--> b"),
        mail("x").replace("<mj-body>", "<mj-head><mj-style>/* é */ .a > b{}</mj-style></mj-head><mj-body>"),
    ],
)
def test_a_bracket_that_does_no_harm_is_let_pass(source: str) -> None:
    assert html_of(source)


@pytest.mark.parametrize("style", [".é > b{}", ".a-“x” > b{}", "/* — */.—> b{}", ".中> b{}"])
@pytest.mark.parametrize("tag", ["mj-style", "style"])
def test_a_bracket_at_which_a_style_stops_the_engine_is_a_problem_at_its_place(style: str, tag: str, capfd: pytest.CaptureFixture[str]) -> None:
    sheet = f"<{tag}>{style}</{tag}>"
    source = mail("x").replace("<mj-body>", f"<mj-head>{sheet if tag == 'mj-style' else f'<mj-raw>{sheet}</mj-raw>'}</mj-head><mj-body>")
    with pytest.raises(BaseException) as panicked:
        mjml.mjml2html(source)
    assert not isinstance(panicked.value, Exception)
    capfd.readouterr()
    with pytest.raises(MjmlRefused) as caught:
        html_of(source)
    assert "two spaces" in caught.value.message
    assert source[caught.value.offset :].startswith("> b{}")
    assert html_of(source.replace("> b{}", "  > b{}"))
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    "words",
    [
        *("é > b", "— > b", "<p>中 > b</p>", '<p title="é">— > b</p>'),
        *("<!--[if mso]>é > b<![endif]-->", "<!--[if !mso]><!--> é > b<!--<![endif]-->"),
    ],
)
def test_a_bare_bracket_is_a_problem_at_its_place(words: str) -> None:
    source = mail(words)
    with pytest.raises(MjmlRefused) as caught:
        html_of(source)
    assert "&gt;" in caught.value.message
    assert caught.value.offset is not None
    assert source[caught.value.offset :].startswith("> b")


def test_an_escaped_bracket_is_fine() -> None:
    assert "é &gt; b" in html_of(mail("é &gt; b"))


def test_deep_nesting_is_refused_before_it_ends_the_process() -> None:
    script = (
        "from composer.proof.mjml import MjmlRefused, html_of\n"
        f"source = {mail('@')!r}.replace('@', '<div>' * 10_000 + 'x' + '</div>' * 10_000)\n"
        "try: html_of(source)\nexcept MjmlRefused as refused: print(refused.message, source[refused.offset:][:5])"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip() == f"elements are nested deeper than {MAX_DEPTH} levels <div>"


def test_nesting_at_the_limit_is_rendered() -> None:
    levels = MAX_DEPTH - 5
    assert "deepest" in html_of(mail("<div>" * levels + "deepest" + "</div>" * levels))


def test_a_document_over_the_limit_is_refused() -> None:
    with pytest.raises(MjmlRefused, match="KiB"):
        html_of(mail("x" * (MAX_BYTES + 1)))


@pytest.mark.parametrize("broken", ["<p>unclosed", "<br></br", "</p>", "<mj-nothing", "<p a=>x"])
def test_what_mjml_cannot_read_is_a_problem(broken: str) -> None:
    with pytest.raises(MjmlRefused):
        html_of(mail(broken))


@pytest.mark.parametrize("font", ["Roboto", "Open Sans", "Lato", "Ubuntu", "Droid Sans"])
def test_a_font_that_mjml_knows_is_not_fetched_by_whoever_reads(font: str) -> None:
    source = mail("x").replace("<mj-text>", f'<mj-text font-family="{font}, sans-serif">')
    assert "googleapis" in mjml.mjml2html(source), "MJML no longer adds fonts by itself; the option may go"
    html = html_of(source)
    assert font in html
    assert not re.search(r"googleapis|<link|@import|https:", html)


@pytest.mark.parametrize("path", ["/etc/passwd", "nowhere.mjml", "http://127.0.0.1:1/x.mjml"])
def test_nothing_is_included_from_elsewhere(path: str) -> None:
    source = f'<mjml><mj-body><mj-include path="{path}" /></mj-body></mjml>'
    with pytest.raises(MjmlRefused) as caught:
        html_of(source)
    assert caught.value.offset is not None
    assert abs(caught.value.offset - source.index("<mj-include")) <= 2


def test_nothing_but_mjml_is_accepted() -> None:
    for source in ("", "words", "<html></html>", "<mjml>"):
        with pytest.raises(MjmlRefused):
            html_of(source)


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
def test_a_writer_who_interrupts_is_obeyed(monkeypatch: pytest.MonkeyPatch, error: type[BaseException]) -> None:
    def interrupted(source: str, **options: object) -> str:
        raise error

    monkeypatch.setattr(mjml, "mjml2html", interrupted)
    with pytest.raises(error):
        html_of(mail("x"))


def test_a_panic_while_an_issue_is_built_names_the_drafts_line(own_newsroom: NewsroomFolder) -> None:
    own_newsroom.write(
        "templates/china-report/sections/kicker.j2",
        "{% macro mjml(placed, page, t) %}\n<mj-section><mj-column><mj-text>{{ t.prose(placed.content.body.prose[0]) }} é > b</mj-text></mj-column></mj-section>\n{% endmacro %}\n"
        "{% macro text(placed, page, t) %}x{% endmacro %}\n",
    )
    draft = own_newsroom.draft(healthy.china_report())
    proof = proof_of(draft, own_newsroom.project)
    (problem,) = proof.problems
    assert (proof.html, proof.message) == ("", b"")
    assert draft.section_at(problem.place.line) == "one_more_thing"
    assert isinstance(problem.place, Place)
    assert problem.help


HTML = (
    "<!doctype html><html><head>"
    "<style>@media (max-width:480px){.p{color:red !important}} @media screen{@media (min-width:1px){.p{color:blue!important}}}</style>"
    "<!--[if mso]><style>td{color:green !important}</style><![endif]-->"
    '</head><body><!--[if mso | IE]><table width="600"><tr><td><![endif]-->'
    '<table width="150" align="center" bgcolor="#ffffff"><tr><td class="p" valign="top" style="padding:1px">a&nbsp;b é &gt; 中 😀</td></tr></table>'
    '<a class="p" href="https://x.example/?a=1&amp;b=zmf7bzmf">x</a><img src="cid:a@b" width="150" height="20" alt="a &quot;b&quot;" />'
    "<!--[if mso | IE]></td></tr></table><![endif]--></body></html>"
)
CSS = ".p { margin: 0; color: #123456 }"


@pytest.mark.parametrize("engine", ENGINES)
def test_an_inliner_does_its_one_job_and_nothing_else(engine: str) -> None:
    html = inlined(HTML, CSS, engine=engine)
    assert html.encode()[:15] == b"<!doctype html>"
    assert html.lower().count("<!doctype") == 1
    soup = BeautifulSoup(html, "lxml")
    cell, link, table, image = soup.select_one("td.p"), soup.select_one("a.p"), soup.find("table"), soup.find("img")
    assert cell is not None
    assert link is not None
    for tag in (cell, link):
        assert declarations(str(tag["style"]))["color"] == "#123456"
    assert declarations(str(cell["style"]))["padding"] == "1px"
    assert (table["width"], table["align"], table["bgcolor"]) == ("150", "center", "#ffffff")  # type: ignore[index]
    assert (image["width"], image["height"], image["alt"]) == ("150", "20", 'a "b"')  # type: ignore[index]
    assert "width" not in str(table.get("style", ""))  # type: ignore[union-attr]
    assert link["href"] == "https://x.example/?a=1&b=zmf7bzmf"
    assert html.count("!important") == HTML.count("!important")
    assert conditionals(html) == conditionals(HTML)
    assert "é" in html
    assert "中 😀" in html
    assert cell.get_text() == "a\u00a0b é > 中 😀"
    assert "@media screen" in html
    assert "data-premailer" not in html


def declarations(style: str) -> dict[str, str]:
    pairs = (part.partition(":")[::2] for part in style.split(";") if part.strip())
    return {name.strip(): re.sub(r"\b0\.", ".", " ".join(value.replace("'", '"').split()).lower()) for name, value in pairs}


def elements(soup: BeautifulSoup) -> list[Tag]:
    """The elements in order; tbody apart, which a parser adds where it was left out."""
    return [tag for tag in soup.find_all(True) if tag.name != "tbody"]


def conditionals(html: str) -> list[str]:
    return re.findall(r"<!--\[if [^\]]*\]>|<!\[endif\]-->", html)


def issues(newsroom: NewsroomFolder) -> Iterator[tuple[str, str]]:
    for make in healthy.DRAFTS.values():
        proof = newsroom.proof(make())
        yield proof.rendered, proof._templates.theme.inlined


@pytest.mark.parametrize("engine", ENGINES)
def test_nothing_is_lost_while_an_issue_is_inlined(newsroom: NewsroomFolder, engine: str) -> None:
    for rendered, css in issues(newsroom):
        html = inlined(rendered, css, engine=engine)
        assert html.encode()[:15] == b"<!doctype html>"
        assert html.count("!important") == rendered.count("!important") > 5
        assert conditionals(html) == conditionals(rendered)
        opened, closed = len(re.findall(r"<!--\[if", html)), html.count("<![endif]-->")
        assert opened == closed > 10
        before, after = BeautifulSoup(rendered, "lxml"), BeautifulSoup(html, "lxml")
        assert [tag.name for tag in elements(before)] == [tag.name for tag in elements(after)]
        assert " ".join(before.get_text(" ").split()) == " ".join(after.get_text(" ").split())
        for one, other in zip(elements(before), elements(after), strict=True):
            assert {k: v for k, v in one.attrs.items() if k != "style"} == {k: v for k, v in other.attrs.items() if k != "style"}


def test_both_inliners_agree(newsroom: NewsroomFolder) -> None:
    for rendered, css in issues(newsroom):
        one, other = (BeautifulSoup(inlined(rendered, css, engine=engine), "lxml") for engine in ENGINES)
        for first, second in zip(elements(one), elements(other), strict=True):
            assert declarations(str(first.get("style", ""))) == declarations(str(second.get("style", "")))


def test_a_sheet_read_once_inlines_as_one_read_anew() -> None:
    """The second issue of a process must look like the first, and another theme like itself."""
    html = "<html><body><p class='a'>x</p><p class='b'>y</p></body></html>"
    first, second = ".a{color:red}.b{margin:0}", ".a{color:blue}"
    once = [inlined(html, css, engine="premailer") for css in (first, second, first)]
    assert once[0] == once[2]
    assert 'style="color:red"' in once[0]
    assert 'style="margin:0"' in once[0]
    assert 'style="color:blue"' in once[1]
    assert "margin" not in once[1]
