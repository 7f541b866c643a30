"""The message: what a real SMTP server received, header by header and part by part."""

import os
import re
import smtplib
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from bs4 import BeautifulSoup
from hypothesis import example, given, settings, strategies as st

from composer.press import proof_of
from tests import healthy
from tests.flowed_text import as_if_fixed
from tests.newsrooms import NewsroomFolder

ROOT = Path(__file__).parents[3]


class Mailbox:
    """Keeps what arrives."""

    def __init__(self) -> None:
        self.received: list[bytes] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        assert isinstance(envelope.content, bytes)
        self.received.append(envelope.content)
        return "250 OK"


class Post:
    """A real server, and the way to send to it."""

    def __init__(self) -> None:
        self.mailbox = Mailbox()
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.controller = Controller(self.mailbox, hostname="127.0.0.1", port=self.port, data_size_limit=0)

    def send(self, message: bytes) -> bytes:
        """The bytes that came out at the other end."""
        with smtplib.SMTP("127.0.0.1", self.port, local_hostname="test.example") as client:
            client.sendmail("china@harborreview.example", ["reader@x.example"], message)
        return self.mailbox.received.pop()


@pytest.fixture(scope="module")
def post() -> Iterator[Post]:
    made = Post()
    made.controller.start()
    yield made
    made.controller.stop()


def parsed(message: bytes) -> EmailMessage:
    found = BytesParser(policy=policy.default).parsebytes(message)
    assert isinstance(found, EmailMessage)
    return found


def raw_headers(message: bytes) -> list[tuple[str, str]]:
    """Names and values as they stand on the wire, unfolded by nobody."""
    head = message.partition(b"\r\n\r\n")[0].decode("ascii")
    lines = head.split("\r\n")
    joined: list[str] = []
    for line in lines:
        if line[:1] in " \t":
            joined[-1] += "\r\n" + line
        else:
            joined.append(line)
    return [(name, value.strip()) for name, _, value in (line.partition(":") for line in joined)]


HEADERS = [
    "From",
    "Reply-To",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "List-Id",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "Archived-At",
    "MIME-Version",
    "Content-Type",
]


@pytest.mark.parametrize("slug", list(healthy.DRAFTS))
def test_a_server_receives_every_byte(newsroom: NewsroomFolder, post: Post, slug: str) -> None:
    message = newsroom.proof(healthy.DRAFTS[slug]()).message
    assert post.send(message) == message
    assert sorted(name for name, _ in raw_headers(message)) == sorted(HEADERS)


def test_lines_that_begin_with_a_full_stop_arrive_whole(newsroom: NewsroomFolder, post: Post) -> None:
    draft = healthy.china_report()
    draft["one_more_thing"]["body"] = ".\n\n. dot\n\n.. dots\n\n" + "\n\n".join("word " * n + ".end" for n in range(10, 20))
    message = newsroom.proof(draft).message
    received = post.send(message)
    assert received == message
    assert ".. dots" in parsed(received).get_body(("plain",)).get_content()  # type: ignore[union-attr]


@pytest.mark.parametrize("slug", list(healthy.DRAFTS))
def test_the_message_holds_text_and_html_in_this_order(newsroom: NewsroomFolder, post: Post, slug: str) -> None:
    proof = newsroom.proof(healthy.DRAFTS[slug]())
    message = parsed(post.send(proof.message))
    assert message.get_content_type() == "multipart/alternative"
    text, html = message.iter_parts()
    assert (text.get_content_type(), text.get_content_charset()) == ("text/plain", "utf-8")
    assert (html.get_content_type(), html.get_content_charset()) == ("text/html", "utf-8")
    assert text["Content-Type"].params["format"] == "flowed"
    assert as_if_fixed(text.get_content().replace("\r\n", "\n")) == proof.text
    assert html.get_content().replace("\r\n", "\n").rstrip("\n") == proof.html.rstrip("\n")
    assert message.defects == []
    assert [part["Content-Transfer-Encoding"] for part in (text, html)] == ["quoted-printable"] * 2


def test_no_encoded_line_is_longer_than_quoted_printable_allows(newsroom: NewsroomFolder) -> None:
    draft = healthy.china_report()
    draft["one_more_thing"]["body"] = "é = 中 " * 60 + "end\n\n" + "word" * 400
    message = newsroom.proof(draft).message
    encoded = [part.get_payload(decode=False) for part in message_from_bytes(message).walk() if not part.is_multipart()]
    lines = [line for part in encoded for line in str(part).splitlines()]
    assert max(map(len, lines)) == 76
    assert not any(line.endswith((" ", "\t")) for line in lines)


def test_the_headers_say_who_when_and_how_to_leave(newsroom: NewsroomFolder, post: Post) -> None:
    message = parsed(post.send(newsroom.proof(healthy.china_report()).message))
    assert message["From"] == "China Report <china@harborreview.example>"
    assert message["Reply-To"] == "China Report <china@harborreview.example>"
    assert message["Subject"] == "The port that learned to wait"
    assert parsedate_to_datetime(message["Date"]).astimezone(UTC) == datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
    assert re.fullmatch(r"<20261124\.[0-9a-f]{24}@harborreview\.example>", message["Message-ID"])
    assert message["List-Id"] == '"China Report" <china-report.harborreview.example>'
    assert message["List-Unsubscribe"] == "<https://harborreview.example/china-report/unsubscribe>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Archived-At"] == "<https://harborreview.example/china-report/2026-11-24-the-port>"


def test_send_at_dates_the_message(newsroom: NewsroomFolder) -> None:
    for typed, expected in (
        ("2026-11-24T09:30", datetime(2026, 11, 24, 14, 30, tzinfo=UTC)),
        ("2026-11-24T09:30+01:00", datetime(2026, 11, 24, 8, 30, tzinfo=UTC)),
    ):
        message = parsed(newsroom.proof({**healthy.china_report(), "send_at": typed}).message)
        assert parsedate_to_datetime(message["Date"]).astimezone(UTC) == expected


def sound_on_the_wire(message: bytes) -> None:
    assert b"\r" not in message.replace(b"\r\n", b"")
    assert b"\n" not in message.replace(b"\r\n", b"")
    assert max(len(line) for line in message.split(b"\r\n")) <= 998
    assert message.isascii()
    head = message.partition(b"\r\n\r\n")[0]
    for word in re.findall(rb"=\?[^?]+\?[BbQq]\?[^?]*\?=", head):
        assert len(word) <= 75
    for line in head.split(b"\r\n"):
        assert line.strip()
        if b"=?" in line:
            assert len(line) <= 76


SUBJECTS = [
    "Plain words",
    "😀 The port 港口 👩🏽‍🚀",
    "港口" * 100,
    "a" * 200,
    "word " * 39 + "words",
    "é" * 200,
    "The Download:",
    "The Download: a, and b",
    "Re=?x?= =?utf-8?q?x?=",
    "=?utf-8?b?eA==?=",
    '“quotes” — and (brackets) <angles> "q" \\ %',
    "a@b.example, c@d.example;",
    "x" * 70 + " é " + "y" * 70,
    "Café " + "z" * 90,
    "two  spaces",
    "tab\there",
]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_subject_arrives_as_it_was_typed(newsroom: NewsroomFolder, post: Post, subject: str) -> None:
    message = post.send(newsroom.proof({**healthy.china_report(), "subject": subject}).message)
    sound_on_the_wire(message)
    assert parsed(message)["Subject"] == " ".join(subject.split("\t")) or parsed(message)["Subject"] == subject


def test_a_subject_of_control_characters_is_an_empty_one(newsroom: NewsroomFolder) -> None:
    """YAML's escapes can bring them; a rule speaks of them, and the message is made all the same."""
    message = newsroom.proof({**healthy.china_report(), "subject": "\0\x01"}).message
    sound_on_the_wire(message)
    assert parsed(message)["Subject"].strip() == ""


def decoded(words: str) -> str:
    """Encoded words resolved, by Python's older and simpler decoder."""
    return "".join(part.decode(charset or "ascii") if isinstance(part, bytes) else part for part, charset in decode_header(words))


visible = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn"), exclude_characters="\ufeff\ufffe\uffff")


@settings(max_examples=60, deadline=None)
@given(st.text(visible, min_size=1, max_size=200).filter(lambda text: text.strip() != ""))
@example(" a ")
@example("\u00a0x\u3000")
@example("\u2003")
def test_any_subject_comes_back(newsroom: NewsroomFolder, subject: str) -> None:
    draft = newsroom.draft({**healthy.china_report(), "subject": subject})
    assert draft.issue is not None
    if draft.issue.subject is None:
        return
    message = proof_of(draft, newsroom.project).message
    sound_on_the_wire(message)
    found = message_from_bytes(message, policy=policy.compat32)["Subject"]
    assert decoded(re.sub(r"\r?\n", "", found)) == subject.strip()
    assert parsed(message)["Subject"].strip() == subject.strip()


def test_addresses_in_angle_brackets_are_never_folded_or_encoded(own_newsroom: NewsroomFolder, post: Post) -> None:
    path = "templates/china-report/newsletter.yaml"
    long = "https://harborreview.example/leave?" + "&".join(f"part{n}=value{n}" for n in range(40))
    assert len(long) > 500
    own_newsroom.change(path, "url: https://harborreview.example/china-report/unsubscribe", f"url: {long}\n  mailto: leave-china-report@harborreview.example")
    message = post.send(own_newsroom.proof({**healthy.china_report(), "slug": "-".join(["very-long-slug"] * 12)}).message)
    headers = dict(raw_headers(message))
    assert headers["List-Unsubscribe"] == f"<{long}>, <mailto:leave-china-report@harborreview.example>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for name in ("List-Id", "Message-ID", "Archived-At", "List-Unsubscribe"):
        assert "\r\n" not in headers[name]
        assert "=?" not in headers[name]
    sound_on_the_wire(message)


def test_merge_fields_in_the_unsubscribe_address_arrive_whole(own_newsroom: NewsroomFolder) -> None:
    field = "{{ reader.unsubscribe_url }}"
    own_newsroom.change(
        "templates/china-report/newsletter.yaml",
        "url: https://harborreview.example/china-report/unsubscribe",
        'url: "https://harborreview.example/u/{{reader.token}}"',
    )
    proof = own_newsroom.proof({**healthy.china_report(), "subject": f"Hi {field.replace('unsubscribe_url', 'first_name | there')}"})
    message = parsed(proof.message)
    assert message["List-Unsubscribe"] == "<https://harborreview.example/u/{{reader.token}}>"
    assert message["Subject"] == "Hi {{ reader.first_name | there }}"
    assert 'href="https://harborreview.example/u/{{reader.token}}"' in proof.html
    assert "https://harborreview.example/u/{{reader.token}}" in proof.text


def test_a_merge_field_with_spaces_is_an_address_like_any_other(own_newsroom: NewsroomFolder) -> None:
    url = "https://harborreview.example/u?r={{ reader.key | no key }}&l=1"
    own_newsroom.change(
        "templates/china-report/newsletter.yaml",
        "url: https://harborreview.example/china-report/unsubscribe",
        f'url: "{url}"',
    )
    proof = own_newsroom.proof(healthy.china_report())
    assert parsed(proof.message)["List-Unsubscribe"] == f"<{url}>"
    assert f'href="{url.replace("&", "&amp;")}"' in proof.html
    assert url in proof.text


def test_a_merge_field_of_the_subject_is_filled_in_the_answers_subject_too(newsroom: NewsroomFolder) -> None:
    html = newsroom.proof({**healthy.china_report(), "subject": "{{ reader.first_name | You }} & the crane"}).html
    assert "?subject=Re%3A%20{{ reader.first_name | You }}%20%26%20the%20crane" in html


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        (
            "https://harborreview.example/größe/退订?r={{ reader.key | ö 0 }}",
            "https://harborreview.example/gr%C3%B6%C3%9Fe/%E9%80%80%E8%AE%A2?r={{ reader.key | %C3%B6 0 }}",
        ),
        ("https://münchen.example/{{reader.key}}/ab", "https://xn--mnchen-3ya.example/{{reader.key}}/ab"),
    ],
)
def test_other_letters_than_ascii_reach_the_headers_encoded(own_newsroom: NewsroomFolder, typed: str, sent: str) -> None:
    path = "templates/china-report/newsletter.yaml"
    own_newsroom.change(path, "url: https://harborreview.example/china-report/unsubscribe", f'url: "{typed}"')
    own_newsroom.change(path, "view_online: https://harborreview.example/", "view_online: https://münchen.example/größe/")
    message = parsed(own_newsroom.proof(healthy.china_report()).message)
    assert message["List-Unsubscribe"] == f"<{sent}>"
    assert message["Archived-At"].startswith("<https://xn--mnchen-3ya.example/gr%C3%B6%C3%9Fe/china-report/2026-11-24-")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("from: china@", "from: chïna@"),
        ("from: china@", "from: china..report@"),
        ("from: china@", f"from: {'c' * 65}@"),
        ("from: china@harborreview.example", "from: china@häfen.example"),
        ("list_id: china-report.", "list_id: chïna-report."),
        ("list_id: china-report.", "list_id: china report <"),
    ],
)
def test_a_sender_that_no_header_can_carry_is_a_problem_of_the_settings(own_newsroom: NewsroomFolder, old: str, new: str) -> None:
    path = "templates/china-report/newsletter.yaml"
    own_newsroom.change(path, old, new)
    (problem,) = own_newsroom.draft(healthy.china_report()).problems
    line = (own_newsroom.root / path).read_text(encoding="utf-8").split("\n")[problem.place.line - 1]
    assert (problem.kind, new in line) == ("wrong-type", True)


@pytest.mark.parametrize("name", ["中国报告", "Ñandú, “Review”", 'The "Q" \\ Report', "A" * 120, "Ä" * 120, "Report (weekly), vol. 2", "a@b.example"])
def test_any_newsletters_name_stands_in_its_headers(own_newsroom: NewsroomFolder, post: Post, name: str) -> None:
    own_newsroom.change("templates/china-report/newsletter.yaml", "name: China Report\n", f"name: '{name}'\n")
    message = post.send(own_newsroom.proof(healthy.china_report()).message)
    sound_on_the_wire(message)
    found = parsed(message)
    for header in ("From", "Reply-To"):
        (address,) = found[header].addresses
        assert address.addr_spec == "china@harborreview.example"
        # Python 3.11 reads two encoded words in a name as two words; RFC 2047 (6.2) drops the space between them
        phrase = re.sub(r"\r\n", "", dict(raw_headers(message))[header]).rpartition(" <")[0]
        assert (address.display_name if "=?" not in phrase else decoded(phrase)) == name
    assert found["List-Id"].endswith("<china-report.harborreview.example>")
    assert dict(raw_headers(message))["List-Id"].isascii()


def picture_of(width: int, height: int) -> bytes:
    from io import BytesIO

    from PIL import Image

    buffer = BytesIO()
    Image.new("RGB", (width, height), (200, 60, 40)).save(buffer, "PNG")
    return buffer.getvalue()


def with_picture(name: str) -> dict[str, Any]:
    draft = healthy.with_text(healthy.china_report(), ("essay", "body", 1, "figure", "image"), name)
    figure = draft["essay"]["body"][1]["figure"]
    del figure["width"], figure["height"]
    return draft


@pytest.mark.parametrize("name", ["crane.png", "a crane & more (1).png", "吊车.png"])
def test_a_picture_beside_the_draft_travels_inside(own_newsroom: NewsroomFolder, post: Post, name: str) -> None:
    content = picture_of(1120, 630)
    own_newsroom.write(f"issues/china-report/2026-11-24-draft/{name}", content)
    proof = own_newsroom.proof(with_picture(name))
    sent = proof.message
    received = post.send(sent)
    assert received == sent
    sound_on_the_wire(received)
    message = parsed(received)
    assert message.get_content_type() == "multipart/alternative"
    html = message.get_body(("html",))
    assert html is not None
    (source,) = (str(img["src"]) for img in BeautifulSoup(html.get_content(), "lxml").find_all("img"))
    assert source.startswith("cid:")
    (inside,) = (part for part in message.walk() if part["Content-ID"] == f"<{source.removeprefix('cid:')}>")
    assert inside.get_content() == content
    assert inside.get_content_type() == "image/png"
    assert inside.get_filename() == name


BUILD = """
import sys
from hashlib import sha256
from pathlib import Path
from composer.draft.load import load_draft
from composer.press import editions_of, proof_of
from composer.project.project import Project
root = Path(sys.argv[1])
project = Project(root)
for path in sorted((root / "issues").glob("*/*.yaml")):
    for name, content in editions_of(proof_of(load_draft(path, project), project), Path("out"), keep_mjml=True).items():
        print(name.as_posix(), sha256(content).hexdigest())
"""


def test_two_builds_are_the_same_to_the_byte_in_any_process() -> None:
    def built(seed: str, zone: str) -> str:
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT), "LC_ALL": "C" if seed == "1" else "C.UTF-8"}
        return subprocess.run([sys.executable, "-c", BUILD, str(ROOT)], env=environment, capture_output=True, text=True, check=True).stdout

    first = built("1", "UTC")
    assert first.count(".eml") >= 4
    assert first == built("77", "Asia/Shanghai")


def test_another_word_makes_another_message(newsroom: NewsroomFolder) -> None:
    one = parsed(newsroom.proof(healthy.china_report()).message)
    other = parsed(newsroom.proof({**healthy.china_report(), "preheader": "Other words"}).message)
    assert one["Message-ID"] != other["Message-ID"]


def test_a_proof_says_so_in_its_subject(newsroom: NewsroomFolder) -> None:
    message = parsed(newsroom.proof(healthy.china_report(), marked=True).message)
    assert message["Subject"].startswith("PROOF – not for sending: ")
