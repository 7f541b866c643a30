"""The sign-off: the closing words to readers, a question and where to answer it."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import ClassVar

from pydantic import Field

from composer.prose.markdown import Prose
from composer.sections.section import Section, SectionOptions
from composer.yaml_source.field_types import Address, Line

# A quote or an asterisk in front of an address is the sentence's, not the address's; behind an @ stands a handle, `@name@mastodon.social`.
_MAIL_ADDRESS = re.compile(
    r"(?<![A-Za-z0-9_@])(?<![A-Za-z0-9_][.-])[A-Za-z0-9_][A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{0,63}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}"
)


class SignOffOptions(SectionOptions):
    """How the reply button reads."""

    button: Line = Field(default="Reply by mail", description="The words on the reply button.", examples=["Reply to Wen"])


class SignOff(Section):
    """The closing question and the invitation to answer it."""

    options = SignOffOptions
    headed: ClassVar[bool] = False

    question: Prose | None = Field(default=None, description="What you ask readers; it ends in a question mark.", examples=["Do you think the ban will hold?"])
    invitation: Prose | None = Field(
        default=None,
        description="The sentence that invites an answer, with the reply address in it.",
        examples=["Let me know your thoughts at name@newsroom.example."],
    )
    reply_to: Address | None = Field(default=None, description="Where answers go, if the invitation does not say it.", examples=["name@newsroom.example"])

    @cached_property
    def address(self) -> str | None:
        """The reply address typed here: `reply_to`, else the first address in the invitation or the question."""
        if self.reply_to:
            return str(self.reply_to)
        found = (address for text in self._texts for words in _words_with_addresses(text) for address in mail_addresses(words))
        return next((address[0] for address in found), None)

    @property
    def _texts(self) -> tuple[Prose, ...]:
        return tuple(text for text in (self.invitation, self.question) if text)

    def shows(self, address: str) -> bool:
        """Whether readers see this very address among the words."""
        return _is_among(address, (text.visible for text in self._texts))

    def writes_out(self, address: str) -> bool:
        """Whether this very address stands in the words as plain text has them: there, a link's address follows its words."""
        return _is_among(address, (words for text in self._texts for words in _words_with_addresses(text)))


def _is_among(address: str, words: Iterable[str]) -> bool:
    return any(found[0].lower() == address.lower() for each in words for found in mail_addresses(each))


def mail_addresses(text: str) -> Iterator[re.Match[str]]:
    """The mail addresses in a text, in reading order."""
    # Nearly all that a reader is told holds none, and each of its words might begin one.
    return _MAIL_ADDRESS.finditer(text) if "@" in text else iter(())


def _words_with_addresses(text: Prose) -> Iterator[str]:
    """What readers see, in which no Markdown mark can pass for a part of an address, and then the targets of links."""
    yield text.visible
    yield from (link.href for link in text.links if link.href.startswith("mailto:"))
