"""What the Nu HTML checker says of pages, and which of it is explained: tests/browser/nu_explained.yaml says why."""

import json
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import yaml

from composer.proof.client_view.conditions import resolved
from tests.browser.npm import installed

LIST = Path(__file__).with_name("nu_explained.yaml")


class Message(NamedTuple):
    """One thing that the checker says: of which page, what, where, and the lines it means."""

    page: str
    says: str
    line: int
    extract: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}: {self.says} {self.extract!r}"


class Explanation(NamedTuple):
    """A pattern for the whole of a message, and a person's reason why such messages may stand."""

    says: str
    because: str

    def fits(self, message: Message) -> bool:
        """Whether the whole message is of this pattern."""
        return re.fullmatch(self.says, message.says) is not None


def explanations() -> list[Explanation]:
    """The list as it stands."""
    return [Explanation(**entry) for entry in yaml.safe_load(LIST.read_text(encoding="utf-8"))]


def messages_on(pages: Mapping[str, str], folder: Path) -> list[Message]:
    """Every message of the checker about pages of HTML, by their names. It starts once, and asks nothing of the network."""
    assert shutil.which("java"), "java is absent: apt-get install default-jre-headless"
    for name, html in pages.items():
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    command = ["java", "-jar", str(installed("vnu-jar", "build/dist/vnu.jar")), "--format", "json", "--exit-zero-always", "--stdout"]
    ran = subprocess.run([*command, *(str(folder / f"{name}.html") for name in pages)], capture_output=True, text=True, check=True)
    said = json.loads(ran.stdout)["messages"]
    assert not [one for one in said if one["type"] == "non-document-error"], said
    return [Message(_page(one["url"]), one["message"].translate(_QUOTES), one["lastLine"], one.get("extract", "")) for one in said]


def as_word_reads(html: str) -> str:
    """The HTML with what stands in Outlook's conditional comments, but for Office's settings, which are no HTML."""
    return re.sub(r"<noscript>\s*<xml>.*?</xml>\s*</noscript>", "", resolved(html, for_word=True), flags=re.DOTALL)


def unexplained(messages: Sequence[Message], explained: Sequence[Explanation]) -> list[Message]:
    """The messages that no entry of the list is about."""
    return [message for message in messages if not any(entry.fits(message) for entry in explained)]


def stale(messages: Sequence[Message], explained: Sequence[Explanation]) -> list[Explanation]:
    """The entries of the list that are about no message any more."""
    return [entry for entry in explained if not any(entry.fits(message) for message in messages)]


_QUOTES = {ord("“"): '"', ord("”"): '"'}


def _page(url: str) -> str:
    return Path(unquote(urlsplit(url).path)).stem
