"""The page: everything a template may speak of while an issue is rendered."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from composer.blocks.figure import Figure
from composer.issue.issue import Issue
from composer.issue.pictures import Picture
from composer.project.icons import WIDTH, file_name, icon_of
from composer.project.newsletter import Newsletter, SocialLink
from composer.project.newsroom import Newsroom, Publisher
from composer.project.people import Person
from composer.project.project import Project
from composer.proof.opaque_pictures import opaque_picture
from composer.proof.templates import Templates
from composer.prose.merge_fields import protected
from composer.sections.section import Section, SectionOptions
from composer.sections.sign_off import SignOff

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# what a figure of unknown size is taken for; the container is 640 wide, its text 560
TEXT_WIDTH = 560


class Placed(NamedTuple):
    """A section in its place: its key, type, standing heading, options and content."""

    key: str
    type: str
    heading: str | None
    options: SectionOptions
    content: Section


class Byline(NamedTuple):
    """A name with what newsletter.yaml knows of its bearer; a guest has nothing behind the name."""

    name: str
    person: Person | None


class Page:
    """An issue in its newsletter's clothes."""

    def __init__(self, issue: Issue, project: Project, templates: Templates, *, marked: bool) -> None:
        self.issue = issue
        self.newsletter: Newsletter = issue.of
        self.newsroom: Newsroom | None = project.newsroom
        self.theme = templates.theme.tokens
        self.head_styles = templates.theme.head
        self._folders = templates.folders
        self.marked = marked
        self.words = self.newsletter.words
        # The words printed for pictures, and the names that they stand for.
        self.opaque_pictures: dict[str, str] = {}

    @property
    def publisher(self) -> Publisher | None:
        """Who publishes the newsletter."""
        return self.newsletter.publisher or (self.newsroom.publisher if self.newsroom is not None else None)

    @property
    def legal_footer(self) -> str | None:
        """Further words the law asks for."""
        return self.newsletter.legal_footer or (self.newsroom.legal_footer if self.newsroom is not None else None)

    @cached_property
    def sections(self) -> list[Placed]:
        """The sections the issue has, in order."""
        return [self._placed(key, section) for key, section in self.issue.sections.items()]

    def _placed(self, key: str, section: Section) -> Placed:
        entry = self.newsletter.section(key)
        options = self.issue.options.get(key) or type(section).options()
        return Placed(key, section.type, entry.heading if entry is not None else None, options, section)

    @property
    def title(self) -> str:
        """The issue's headline where no section gives one."""
        return str(self.issue.subject or self.newsletter.name)

    @property
    def brings_headline(self) -> bool:
        """Whether a section brings the issue's headline, so that the layout need not."""
        return self._leading is not None

    def leads(self, placed: Placed) -> bool:
        """Whether a section is the one whose headline is the issue's: its only h1."""
        return placed.key == self._leading

    @cached_property
    def _leading(self) -> str | None:
        return next((key for key, section in self.issue.sections.items() if section.leads), None)

    @property
    def start(self) -> str:
        """The side where lines begin, for the many attributes that know only left and right."""
        return "right" if self.newsletter.direction == "rtl" else "left"

    @property
    def end(self) -> str:
        """The side where lines end."""
        return "left" if self.newsletter.direction == "rtl" else "right"

    @property
    def date_text(self) -> str:
        """The issue's day, as in "Tuesday, March 12, 2030"; as numbers where the newsletter is not in English."""
        return day_text(self.issue.date, self.newsletter.language, weekday=True)

    @cached_property
    def view_online(self) -> str | None:
        """The issue's address on the web."""
        pattern = self.newsletter.view_online
        if not pattern:
            return None
        filled = pattern.replace("[newsletter]", self.newsletter.slug).replace("[date]", self.issue.date.isoformat())
        return protected(filled.replace("[slug]", self.issue.web_slug))

    @property
    def unsubscribe_url(self) -> str | None:
        """Where readers leave."""
        return protected(self.newsletter.unsubscribe.url) if self.newsletter.unsubscribe is not None else None

    @property
    def manage_url(self) -> str | None:
        """Where readers choose their newsletters."""
        unsubscribe = self.newsletter.unsubscribe
        return protected(unsubscribe.manage_url) if unsubscribe is not None and unsubscribe.manage_url else None

    def bylines(self, names: list[str] | None) -> list[Byline]:
        """Names with what is known of their bearers."""
        return [Byline(str(name), self.newsletter.people.get(name)) for name in names or []]

    def names_text(self, names: list[str] | None) -> str:
        """Names as a reader reads them: "A", "A and B", "A, B and C"."""
        listed = [str(name) for name in names or []]
        if len(listed) < 2:
            return "".join(listed)
        return f"{', '.join(listed[:-1])} {self.words.and_} {listed[-1]}"

    def reply_address(self, sign_off: SignOff) -> str | None:
        """Where readers answer: the sign-off's own address, else the byline's first person with one."""
        if sign_off.address:
            return sign_off.address
        people = (byline.person for byline in self.bylines(self.issue.byline))
        return next((str(person.email) for person in people if person is not None and person.email), None)

    @property
    def reply_subject(self) -> str:
        """The subject of an answer, ready for a mailto link (RFC 6068 asks for percent-encoding)."""
        return quote(protected(f"Re: {self.issue.subject or self.newsletter.name}"), safe="")

    def picture(self, figure: Figure) -> Picture | None:
        """The file of a figure whose picture lies beside the draft."""
        return self.issue.pictures.find(figure.image) if figure.is_local else None

    def picture_url(self, figure: Figure) -> str:
        """Where a figure's picture is found: its own address, the newsroom's picture host, or opaque until the end."""
        if not figure.is_local:
            # A space ends an address in some mail programs; those in a merge field are its own.
            return "".join(quote(c) if c.isspace() else c for c in protected(figure.image))
        hosted = self.newsroom.pictures_url if self.newsroom is not None else None
        if hosted:
            return f"{hosted.rstrip('/')}/{self.newsletter.slug}/{self.issue.stem}/{quote(figure.image)}"
        return self._opaque(str(figure.image))

    @property
    def icon_width(self) -> int:
        """Width and height at which icons are shown, in pixels."""
        return WIDTH

    def icon_url(self, profile: SocialLink) -> str | None:
        """Where a profile's icon is found: at the newsroom's picture host, or opaque until the end; None without one."""
        icon = icon_of(profile, self._folders)
        if icon is None:
            return None
        hosted = self.newsroom.pictures_url if self.newsroom is not None else None
        return f"{hosted.rstrip('/')}/icons/{icon.name}" if hosted else self._opaque(file_name(icon))

    def picture_files(self, figures: list[Figure]) -> Iterator[tuple[str, Path]]:
        """The files of these figures and of the icons, each behind where it is found, as `picture_url` and `icon_url` say that."""
        for figure in figures:
            picture = self.picture(figure)
            if picture is not None:
                yield self.picture_url(figure), picture.path
        for profile in self.newsletter.social:
            icon, address = icon_of(profile, self._folders), self.icon_url(profile)
            if icon is not None and address is not None:
                yield address, icon

    def _opaque(self, name: str) -> str:
        word = opaque_picture(name)
        self.opaque_pictures[word] = name
        return word

    def picture_size(self, figure: Figure) -> tuple[int, int] | None:
        """Width and height in pixels, measured or typed."""
        measured = self.picture(figure)
        if measured is not None:
            return measured.width, measured.height
        return (figure.width, figure.height) if figure.width and figure.height else None


def day_text(day: date, language: str, *, weekday: bool) -> str:
    """A day in words, in American English; in other languages the ISO date, which all of them read."""
    if not language.lower().startswith("en"):
        return day.isoformat()
    words = f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"
    return f"{_DAYS[day.weekday()]}, {words}" if weekday else words
