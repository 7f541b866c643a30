"""The preview as its reader uses it: a real browser, the real command, and a draft that changes on disk."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.axe import SCHEMES, rules_broken
from tests.browser.chromium import Chromium, Visit
from tests.browser.nu import messages_on
from tests.newsrooms import DAY, NewsroomFolder
from tests.previewing import previewing, write_draft_with_a_picture

if TYPE_CHECKING:
    from playwright.sync_api import FrameLocator, Page, Route

pytestmark = pytest.mark.judge

STEM = f"{DAY}-port"
DRAFT = f"issues/china-report/{STEM}.yaml"
# Before it by name, behind it in the list.
OTHER = "issues/china-report/2020-01-07-another.yaml"
WORDS = "Third paragraph, behind a picture."
WIDTH, HEIGHT = 1440, 900


@pytest.fixture
def newsroom(own_newsroom: NewsroomFolder) -> NewsroomFolder:
    """A newsroom with one draft, which has a picture beside it and another from the web."""
    write_draft_with_a_picture(own_newsroom, DRAFT)
    return own_newsroom


@contextmanager
def _shown(chromium: Chromium, newsroom: NewsroomFolder, wishes: str = "", scheme: str = "light", width: int = WIDTH, height: int = HEIGHT) -> Iterator[Visit]:
    """The page of a running preview, once the mail is there."""
    with previewing("--no-browser", "--port", "0", newsroom=newsroom.root) as preview, chromium.visiting(preview.address, width, height, scheme) as visit:
        visit.page.goto(f"{preview.address}#{wishes}")
        visit.page.wait_for_selector("#findings li, #summary:not(:empty)")
        yield visit


def _mail(page: "Page") -> "FrameLocator":
    return page.frame_locator("#stage > .frame iframe:not(.coming)")


def _wait_for_frames(page: "Page", wish: str = "") -> None:
    """Until every frame is there, and one with that wish in its address."""
    if wish:
        page.locator(f"#stage iframe:not(.coming)[src*='{wish}']").first.wait_for()
    page.locator("iframe.coming").first.wait_for(state="detached")


def _ground(page: "Page") -> int:
    """How light the mail's paper is, from 0 to 255."""
    color = _mail(page).locator(".paper").first.evaluate("element => getComputedStyle(element).backgroundColor")
    red, green, blue = (int(part) for part in str(color).removeprefix("rgb(").rstrip(")").split(",")[:3])
    return (red + green + blue) // 3


def test_the_mail_is_shown_and_nobody_else_is_asked(chromium: Chromium, newsroom: NewsroomFolder) -> None:
    with _shown(chromium, newsroom) as visit:
        _mail(visit.page).get_by_text(WORDS).wait_for()
        assert _mail(visit.page).get_by_alt_text("A crane.", exact=True).evaluate("image => image.naturalWidth") == 1120
        assert visit.page.locator("#subject").inner_text() == "The port that learned to wait"
        assert visit.elsewhere == []
        # The picture that the mail has from the web is not asked for; the browser says why.
        assert all("https://pictures.example/a.png" in complaint and "Content Security Policy" in complaint for complaint in visit.complaints)
        assert len(visit.complaints) == 1


def test_what_is_saved_is_shown_where_one_was_reading(chromium: Chromium, newsroom: NewsroomFolder) -> None:
    with _shown(chromium, newsroom) as visit:
        words = _mail(visit.page).get_by_text("Fourth and last paragraph.")
        words.scroll_into_view_if_needed()
        before = words.evaluate("element => element.ownerDocument.defaultView.scrollY")
        assert before > 0
        newsroom.change(DRAFT, WORDS, "Another third paragraph.")
        anew = _mail(visit.page).get_by_text("Another third paragraph.")
        anew.wait_for()
        assert anew.evaluate("element => element.ownerDocument.defaultView.scrollY") == before
        assert words.is_visible()
        newsroom.change(DRAFT, "subject: The port that learned to wait", "subject: Another subject")
        visit.page.locator("#subject", has_text="Another subject").wait_for()


def test_a_slip_is_told_and_the_mail_stays(chromium: Chromium, newsroom: NewsroomFolder) -> None:
    with _shown(chromium, newsroom) as visit:
        newsroom.change(DRAFT, "newsletter: china-report\n", "{newsletter: china-report\n")
        visit.page.locator("#findings .rule", has_text="schema/syntax").wait_for()
        assert "cannot be shown" in visit.page.locator("#notice").inner_text()
        _mail(visit.page).get_by_text(WORDS).wait_for()
        newsroom.change(DRAFT, "{newsletter: china-report\n", "newsletter: china-report\n")
        visit.page.locator("#notice").wait_for(state="hidden")


def test_a_draft_that_is_taken_away_comes_back(chromium: Chromium, newsroom: NewsroomFolder) -> None:
    """Some editors take a draft away to save it; what is shown meanwhile does not stay."""
    text = (newsroom.root / DRAFT).read_text(encoding="utf-8")
    newsroom.write(OTHER, text.replace("subject: The port that learned to wait", "subject: Another issue"))
    with _shown(chromium, newsroom, f"draft={DRAFT}") as visit:
        subject = visit.page.locator("#subject")
        assert subject.inner_text() == "The port that learned to wait"
        (newsroom.root / DRAFT).unlink()
        subject.filter(has_text="Another issue").wait_for()
        (newsroom.root / DRAFT).write_text(text, encoding="utf-8")
        subject.filter(has_text="The port that learned to wait").wait_for()


def test_another_draft_is_shown_from_its_top_and_keeps_the_keyboard(chromium: Chromium, newsroom: NewsroomFolder) -> None:
    newsroom.write(OTHER, (newsroom.root / DRAFT).read_text(encoding="utf-8").replace(WORDS, "Paragraph of another issue."))
    with _shown(chromium, newsroom, f"draft={DRAFT}") as visit:
        _mail(visit.page).get_by_text("Fourth and last paragraph.").scroll_into_view_if_needed()
        visit.page.get_by_role("button", name="another").focus()
        visit.page.keyboard.press("Enter")
        words = _mail(visit.page).get_by_text("Paragraph of another issue.")
        words.wait_for()
        assert words.evaluate("element => element.ownerDocument.defaultView.scrollY") == 0
        assert str(visit.page.evaluate("document.activeElement.innerText")).startswith("another")
        newsroom.change(OTHER, "Paragraph of another issue.", "Paragraph of a changed issue.")
        _mail(visit.page).get_by_text("Paragraph of a changed issue.").wait_for()
        assert str(visit.page.evaluate("document.activeElement.innerText")).startswith("another")


def test_a_text_that_comes_late_is_not_shown(chromium: Chromium, newsroom: NewsroomFolder) -> None:
    newsroom.write(OTHER, (newsroom.root / DRAFT).read_text(encoding="utf-8").replace(WORDS, "Paragraph of another issue."))
    with _shown(chromium, newsroom, f"draft={DRAFT}") as visit:
        number = visit.page.evaluate("current().number")
        late: list[Route] = []

        def keep(route: "Route") -> None:
            late.append(route)

        visit.page.route(f"**/{number}/mail.txt", keep)
        visit.page.get_by_role("button", name="Plain text").click()
        visit.page.get_by_role("button", name="another").click()
        text = visit.page.locator("#stage pre")
        text.filter(has_text="Paragraph of another issue.").wait_for()
        with visit.page.expect_response(f"**/{number}/mail.txt"):
            late[0].continue_()
        visit.page.wait_for_timeout(300)
        assert "Paragraph of another issue." in text.inner_text()


def test_what_is_said_instead_of_a_mail_leaves_the_last_one_there(chromium: Chromium, newsroom: NewsroomFolder) -> None:
    with _shown(chromium, newsroom) as visit:
        _mail(visit.page).get_by_text(WORDS).wait_for()
        visit.page.evaluate("shown.clients.push({ name: 'gmail-andriod', title: '', dark: true, wide: false }); choose({ client: 'gmail-andriod' })")
        visit.page.locator("#notice", has_text="did you mean").wait_for()
        assert _mail(visit.page).get_by_text(WORDS).is_visible()
        assert visit.page.locator("#stage iframe").count() == 1


def test_the_address_may_be_changed_while_the_page_is_open(chromium: Chromium, newsroom: NewsroomFolder) -> None:
    with _shown(chromium, newsroom, "view=nonsense&width=wide") as visit:
        _mail(visit.page).get_by_text(WORDS).wait_for()
        visit.page.evaluate("location.hash = 'view=inbox'")
        visit.page.locator(".row.phone").wait_for()


def test_the_page_follows_the_next_preview_at_its_address(chromium: Chromium, newsroom: NewsroomFolder) -> None:
    """The next one gives the drafts numbers of its own, though no file has changed."""
    with previewing("--no-browser", "--port", "0", newsroom=newsroom.root) as first, chromium.visiting(first.address, WIDTH, HEIGHT, "light") as visit:
        visit.page.goto(first.address)
        _mail(visit.page).get_by_text(WORDS).wait_for()
        text = (newsroom.root / DRAFT).read_text(encoding="utf-8")
        newsroom.write(OTHER, text.replace(WORDS, "Paragraph of another issue."))
        visit.page.get_by_role("button", name="another").wait_for()
        first.process.kill()
        first.process.wait()
        visit.page.locator("#live.ended").wait_for()
        port = first.address.rstrip("/").rpartition(":")[2]
        with previewing("--no-browser", "--port", port, newsroom=newsroom.root):
            visit.page.locator("#live.following").wait_for()
            visit.page.get_by_role("button", name="Plain text").click()
            visit.page.locator("pre", has_text=WORDS).wait_for()


def test_a_page_that_nobody_looks_at_takes_up_no_connection(chromium: Chromium, newsroom: NewsroomFolder) -> None:
    with _shown(chromium, newsroom) as visit:
        for hidden in ("true", "false"):
            visit.page.evaluate(
                f"Object.defineProperty(document, 'hidden', {{ value: {hidden}, configurable: true }}); document.dispatchEvent(new Event('visibilitychange'))"
            )
            assert visit.page.evaluate("events.readyState === EventSource.CLOSED") == (hidden == "true")
            if hidden == "true":
                newsroom.change(DRAFT, "subject: The", "subject: Not the")
        visit.page.locator("#subject", has_text="Not the").wait_for()


def test_a_click_leads_to_the_line_and_follows_no_link(chromium: Chromium, newsroom: NewsroomFolder) -> None:
    lines = (newsroom.root / DRAFT).read_text(encoding="utf-8").split("\n")
    line = next(number for number, text in enumerate(lines, 1) if WORDS in text)
    with _shown(chromium, newsroom) as visit:
        _mail(visit.page).get_by_text(WORDS).click()
        assert visit.page.locator("#where").inner_text().startswith(f"{DRAFT}:{line}:")
        assert WORDS in visit.page.locator("#source .here").inner_text()
        assert visit.page.locator("#leads").is_hidden()
        _mail(visit.page).get_by_role("link", name="One of them").click()
        assert visit.page.locator("#leads a").get_attribute("href") == "https://a.example/one"
        _mail(visit.page).get_by_role("link", name="One of them").click(button="middle")
        # as long as a browser takes to open another page
        visit.page.wait_for_timeout(1000)
        _mail(visit.page).get_by_text(WORDS).wait_for()
        assert visit.elsewhere == []
        assert len(visit.page.context.pages) == 1


@pytest.mark.parametrize("view", ["mail", "text"])
def test_a_finding_leads_to_its_words(chromium: Chromium, newsroom: NewsroomFolder, view: str) -> None:
    newsroom.change(DRAFT, WORDS, "Third paragraph, TK.")
    with _shown(chromium, newsroom, f"view={view}") as visit:
        visit.page.locator("#findings button", has_text="editorial/placeholder").click()
        outlined = _mail(visit.page).locator("[data-outlined]")
        assert outlined.inner_text() == "Third paragraph, TK."
        assert outlined.evaluate("element => { const box = element.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight }")
        assert "Third paragraph, TK." in visit.page.locator("#source .here").inner_text()
        assert visit.page.locator("#source mark").inner_text() == "TK"


def test_every_client_shows_every_word(chromium: Chromium, newsroom: NewsroomFolder) -> None:
    with _shown(chromium, newsroom, "view=clients") as visit:
        cards = visit.page.locator(".clients li")
        cards.first.wait_for()
        _wait_for_frames(visit.page)
        titles = [cards.nth(number).get_by_role("button").inner_text() for number in range(cards.count())]
        assert "Outlook (Windows)" in titles
        assert len(set(titles)) == len(titles)
        for number in range(cards.count()):
            frame = cards.nth(number).frame_locator("iframe")
            for words in ("The port that learned to run itself", WORDS, "What counts as skill now?"):
                assert frame.get_by_text(words, exact=False).first.is_visible(), (titles[number], words)
        pictures = {cards.nth(number).locator(".frame").screenshot() for number in range(cards.count())}
        assert len(pictures) > 2, "all clients look the same"
        cards.nth(titles.index("Outlook (Windows)")).get_by_role("button").click()
        assert visit.page.locator("#client").input_value() == "outlook-windows"
        # Word knows no round corners.
        assert _mail(visit.page).locator(".btn a").first.evaluate("link => getComputedStyle(link).borderRadius") == "0px"


@pytest.mark.parametrize("own", ["light", "dark"])
def test_the_reader_chooses_light_or_dark_whatever_the_machine_is_set_to(chromium: Chromium, newsroom: NewsroomFolder, own: str) -> None:
    with _shown(chromium, newsroom, scheme=own) as visit:
        assert _ground(visit.page) > 250
        visit.page.get_by_role("button", name="Dark").click()
        _wait_for_frames(visit.page, "scheme=dark")
        assert _ground(visit.page) < 60
        visit.page.locator("#client").select_option("gmail-ios")
        visit.page.locator("#notice", has_text="dark").wait_for()
        _wait_for_frames(visit.page, "gmail-ios")
        assert _ground(visit.page) > 250


def test_without_pictures_their_words_stand_in(chromium: Chromium, newsroom: NewsroomFolder) -> None:
    with _shown(chromium, newsroom, "pictures=off") as visit:
        picture = _mail(visit.page).get_by_alt_text("A crane.", exact=True)
        picture.wait_for()
        assert picture.evaluate("image => image.naturalWidth") == 0


def test_a_phone_is_as_wide_as_a_phone(chromium: Chromium, newsroom: NewsroomFolder) -> None:
    for wishes, width in (("width=375", 375), ("width=700", 700), ("width=375&client=outlook-windows", 700)):
        with _shown(chromium, newsroom, wishes) as visit:
            _mail(visit.page).get_by_text(WORDS).wait_for()
            assert abs(_mail(visit.page).locator("html").evaluate("html => html.ownerDocument.defaultView.innerWidth") - width) <= 2


def test_the_text_and_the_inbox(chromium: Chromium, newsroom: NewsroomFolder) -> None:
    with _shown(chromium, newsroom) as visit:
        visit.page.get_by_role("button", name="Plain text").click()
        visit.page.locator("pre", has_text="THE PORT THAT LEARNED TO RUN ITSELF").wait_for()
        visit.page.get_by_role("button", name="Inbox").click()
        phone = visit.page.locator(".row.phone")
        assert [line for line in phone.inner_text().split("\n") if line] == [
            "China Report",
            "The port that learned to wait",
            "What patience costs when a crane has to learn it",
        ]


def test_no_script_of_a_template_runs(chromium: Chromium, newsroom: NewsroomFolder) -> None:
    script = '<script>top.document.title = "run"; document.documentElement.dataset.ran = "1"</script><img src="picture/9" alt="" onerror="top.document.title = \'run\'">'
    newsroom.change("templates/_shared/nameplate.j2", "{{ t.text(page.newsletter.name) }}", f"{{{{ t.text(page.newsletter.name) }}}}{script}")
    with _shown(chromium, newsroom) as visit:
        _mail(visit.page).get_by_text(WORDS).wait_for()
        assert _mail(visit.page).locator("script").count() > 0, "the script is not there to be run"
        assert visit.page.title() == "The port that learned to wait – preview"
        assert _mail(visit.page).locator("html").get_attribute("data-ran") is None


def test_the_page_is_valid_html(tmp_path: Path) -> None:
    page = files("composer.preview").joinpath("page", "page.html").read_text(encoding="utf-8")
    assert messages_on({"preview": page}, tmp_path) == []


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("view", ["mail", "clients", "text", "inbox"])
def test_axe_finds_nothing_on_the_page(chromium: Chromium, newsroom: NewsroomFolder, view: str, scheme: str) -> None:
    newsroom.change(DRAFT, WORDS, "Third paragraph, TK.")
    for width in (375, WIDTH):
        with _shown(chromium, newsroom, f"view={view}", scheme, width, height=3000) as visit:
            visit.page.locator("#findings button").first.click()
            visit.page.locator("#stage > *").first.wait_for()
            _wait_for_frames(visit.page)
            assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"wider than {width} px"
            assert rules_broken(visit.page) == {}
