"""newsletter.yaml: what one newsletter is: its identity, sender, sections and house style."""

import re
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, PrivateAttr, WithJsonSchema

from composer.project.newsroom import Publisher, TimeZone
from composer.project.people import Person
from composer.project.words import StandingWords
from composer.yaml_source.field_types import Address, DomainName, Line, PlainText, Slug, Url, wrong
from composer.yaml_source.typed import Typed
from composer.yaml_source.values import is_empty

if TYPE_CHECKING:
    from composer.facts.quotation_marks import QuotationMarks

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


_FILLED_IN = ("newsletter", "date", "slug")


def _lower_list(value: Any) -> Any:
    values = value if isinstance(value, (list, tuple)) else [value]
    return [v.lower() if isinstance(v, str) else v for v in values]


def _nothing_more(person: Any) -> Any:
    """A name with nothing behind it is a person as well."""
    return {} if is_empty(person) else person


class Sender(Typed):
    """Who the mail is from."""

    name: Line | None = Field(default=None, description="The name in the From header; the newsletter's own where left out.", examples=["China Report"])
    address: Address = Field(alias="from", description="The address in the From header.", examples=["china@newsroom.example"])
    reply_to: Address | None = Field(default=None, description="Where answers go; the From address where left out.", examples=["china@newsroom.example"])
    list_id: DomainName = Field(description="The List-Id of RFC 2919, a name of your own domain.", examples=["china-report.newsroom.example"])


class Unsubscribe(Typed):
    """How readers leave."""

    url: Url = Field(
        description="The https address that both the visible link and the one-click header (RFC 8058) use; merge fields may stand in it.",
        examples=["https://newsroom.example/unsubscribe/china-report"],
    )
    mailto: Address | None = Field(default=None, description="An address that unsubscribes whoever writes to it.", examples=["leave-china@newsroom.example"])
    manage_url: Url | None = Field(default=None, description="Where readers choose their newsletters.", examples=["https://newsroom.example/newsletters"])


class Imprint(Typed):
    """The small print at the foot of every mail."""

    reason: Line = Field(description="Why the reader gets this.", examples=["You’re getting China Report because you signed up at newsroom.example."])
    credits: Line | None = Field(default=None, description="Who made it.", examples=["Written by Wen Castellan and edited by Noor Hale."])


class SocialLink(Typed):
    """A profile of the newsletter elsewhere."""

    name: Line = Field(description="The network's name.", examples=["Mastodon"])
    url: Url = Field(description="The profile's address.", examples=["https://social.newsroom.example/@china"])
    icon: Line | None = Field(
        default=None, description="Its icon: the name of a file under icons/ of the templates; as the name says where left out.", examples=["mastodon"]
    )


def _any_value(value: Any) -> Any:
    return value


RawValue = Annotated[Any, BeforeValidator(_any_value), WithJsonSchema({})]


def _section_key(key: str) -> str:
    if not key.replace("_", "a").isalnum() or not key.isascii() or key != key.lower():
        raise wrong("a section's key is small letters and underscores", "such as one_more_thing")
    return key


def _fewest_first(words: list[int]) -> list[int]:
    if words[0] > words[1]:
        raise wrong("the fewest words stand first", f"write [{words[1]}, {words[0]}]")
    return words


class SectionEntry(Typed):
    """One section of the newsletter: where it stands in the order, of what type it is, and its bounds."""

    key: Annotated[Line, AfterValidator(_section_key)] = Field(description="The section's key in a draft.", examples=["catch_up"])
    type: Line = Field(description="The section type: a file of composer/sections and of templates/_shared/sections.", examples=["briefs"])
    heading: Line | None = Field(default=None, description="Its standing heading.", examples=["Catch up with China"])
    required: bool = Field(default=True, description="Whether an issue may be sent without it.", examples=[True])
    min: int | None = Field(default=None, ge=0, description="The fewest items.", examples=[5])
    max: int | None = Field(default=None, ge=1, description="The most items.", examples=[7])
    words: Annotated[list[int], Field(min_length=2, max_length=2), AfterValidator(_fewest_first)] | None = Field(
        default=None, description="The fewest and most words it usually has.", examples=[[600, 1100]]
    )
    standing: RawValue = Field(default=None, description="What stands there when a draft does not say it: the same fields as in a draft.")
    replaces: Line | None = Field(
        default=None, description="The key of a section whose place this one may take, where it carries a reply address.", examples=["sign_off"]
    )
    options: RawValue = Field(default=None, description="The options of the section's type.")


class HouseStyle(Typed):
    """Which rules run and how strict they are."""

    rules: dict[str, RawValue] = Field(
        default_factory=dict, description="For a rule's name: `off`, a level (error, warning, info), or its limits.", examples=[{"inbox/long-subject": "off"}]
    )


class HouseWord(Typed):
    """What to type in a word's place; a word without it is banned."""

    shorthand: ClassVar[str | None] = "use"
    use: Line | None = Field(default=None, description="The word or words to type instead.", examples=["email"])
    reason: Line | None = Field(default=None, description="Why, for whoever reads the finding.", examples=["Readers do not know what it means."])


def _host(host: str) -> str:
    if "/" in host or ":" in host:
        raise wrong("a host is expected here, not an address", f"write {host.rpartition('//')[2].partition('/')[0].partition(':')[0] or 'newsroom.example'}")
    return host


class LinkTagging(Typed):
    """The utm tags that links to the publisher's own sites carry."""

    hosts: list[Annotated[Line, AfterValidator(_host)]] = Field(description="The hosts whose links are tagged.", examples=[["newsroom.example"]])
    source: Line = Field(description="The value of utm_source.", examples=["newsletter"])
    medium: Line = Field(default="email", description="The value of utm_medium.", examples=["email"])


def _filled_in(address: str) -> str:
    """Raises where brackets hold a name that nothing is known for; readers would find the brackets in the address."""
    unknown = next((name for name in re.findall(r"\[([A-Za-z_]+)\]", address) if name not in _FILLED_IN), None)
    if unknown is not None:
        raise wrong(f"nothing is filled in for `[{unknown}]`", f"known here: {', '.join(f'`[{name}]`' for name in _FILLED_IN)}")
    return address


class Newsletter(Typed):
    """A newsletter: everything about it that is not in a draft."""

    name: Line = Field(description="The newsletter's name, as in the nameplate.", examples=["China Report"])
    tagline: Line | None = Field(default=None, description="The line beneath the name.", examples=["Technology in China, every week."])
    nameplate: Literal["bar", "band"] = Field(
        default="bar", description="The title banner: a thin bar above the name, or the name on a solid band.", examples=["band"]
    )
    url: Url | None = Field(default=None, description="The newsletter's page.", examples=["https://newsroom.example/china-report"])
    language: Line = Field(default="en", description="The language of the text (BCP 47).", examples=["en"])
    direction: Literal["ltr", "rtl"] = Field(default="ltr", description="The direction of the text.", examples=["ltr"])
    time_zone: TimeZone | None = Field(default=None, description="Its time zone; the newsroom's where left out.", examples=["America/New_York"])
    weekdays: Annotated[list[Weekday], BeforeValidator(_lower_list)] = Field(
        default=list(WEEKDAYS), min_length=1, description="The days it goes out.", examples=[["tuesday"]]
    )
    sender: Sender = Field(description="Who the mail is from.")
    unsubscribe: Unsubscribe | None = Field(default=None, description="How readers leave.")
    view_online: Annotated[Url, AfterValidator(_filled_in)] | None = Field(
        default=None,
        description="The issue's address on the web; `[newsletter]`, `[date]` and `[slug]` are filled in.",
        examples=["https://newsroom.example/[newsletter]/[date]-[slug]"],
    )
    publisher: Publisher | None = Field(default=None, description="The publisher, where it is not the newsroom's.")
    imprint: Imprint = Field(description="The small print.")
    legal_footer: PlainText | None = Field(
        default=None, description="Further words that this newsletter must carry.", examples=["Registered in Port Amity, No. 12."]
    )
    people: dict[str, Annotated[Person, BeforeValidator(_nothing_more)]] = Field(
        default_factory=dict,
        description="Who writes for it: name, then title, email and url.",
        examples=[{"Wen Castellan": {"title": "China reporter", "email": "wen@newsroom.example"}}],
    )
    social: list[SocialLink] = Field(default_factory=list, description="Profiles elsewhere.")
    words: StandingWords = Field(default_factory=StandingWords, description="The words that templates say themselves, in the newsletter's language.")
    byline: Literal["required", "optional"] = Field(default="optional", description="Whether every issue needs a byline.", examples=["required"])
    sections: list[SectionEntry] = Field(min_length=1, description="The sections in their order.")
    house_style: HouseStyle = Field(default_factory=HouseStyle, description="Which rules run and how strict they are.")
    clients: list[Slug] = Field(
        default_factory=list, description="The mail clients that must look right.", examples=[["gmail-desktop-webmail", "outlook-windows", "apple-mail-ios"]]
    )
    approvals: list[Slug] = Field(default_factory=list, description="The roles whose sign-off an issue needs before it is sent.", examples=[["editor"]])
    link_tagging: LinkTagging | None = Field(default=None, description="The utm tags of links.")
    publications: dict[str, Literal["free", "paywall", "either"]] = Field(
        default_factory=dict,
        description="The sources that its briefs name, and whether they ask for a subscription: never, always, or for some articles.",
        examples=[{"Harbor Wire": "either", "Tidewater Times": "paywall", "Low Water Journal": "free"}],
    )

    house_words: dict[str, HouseWord] = Field(
        default_factory=dict,
        description="Words that it spells otherwise or does without: the word, and what to type instead, a reason, or both.",
        examples=[{"e-mail": "email", "leverage": {"use": "use", "reason": "Say what is done."}, "synergy": {"reason": "Nobody knows what it means."}}],
    )

    _slug: str = PrivateAttr(default="")

    @property
    def slug(self) -> str:
        """Its name in paths and drafts: the folder under templates/."""
        return self._slug

    @property
    def quotation_marks(self) -> "QuotationMarks":
        """What its language puts around a quotation."""
        from composer.facts.quotation_marks import quotation_marks_of

        return quotation_marks_of(self.language)

    def called(self, slug: str) -> Self:
        """The newsletter, told its slug by the project that found its folder."""
        self._slug = slug
        return self

    def section(self, key: str) -> SectionEntry | None:
        """The entry of a section by its key."""
        return next((entry for entry in self.sections if entry.key == key), None)
