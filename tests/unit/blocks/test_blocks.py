"""Blocks: both ways to type a body, a brief and a post."""

from pathlib import Path

import pytest

import composer.blocks
from composer.blocks.block import models_in, texts_in
from composer.blocks.body import Body, block_types
from composer.blocks.figure import Figure
from composer.blocks.post import Post
from composer.prose.markdown import Prose

POST = {"text": "words", "author": "A", "date": "2026-11-20", "url": "https://x.com/a/1"}


def test_a_body_may_be_one_text_or_a_list() -> None:
    for typed in ("words", ["words"]):
        assert list(Body.model_validate(typed).parts) == [Prose("words")]


def test_texts_and_blocks_keep_their_order() -> None:
    body = Body.model_validate(["one", {"post": POST}, "two", {"pull_quote": {"quote": "q"}}, {"figure": {"image": "a.png"}}])
    assert [part.markdown if isinstance(part, Prose) else part.type for part in body.parts] == ["one", "post", "two", "pull_quote", "figure"]
    assert [prose.markdown for prose in body.prose] == ["one", "two"]
    assert [text if isinstance(text, str) else text.markdown for text in texts_in(body)][:3] == ["one", "words", "A"]
    assert sum(isinstance(model, Post) for model in models_in(body)) == 1


def test_every_file_of_the_folder_is_a_block() -> None:
    files = {path.stem for path in Path(composer.blocks.__file__).parent.glob("*.py")}
    assert set(block_types()) == files - {"__init__", "block", "body"} >= {"brief", "figure"}


@pytest.mark.parametrize(("typed", "read"), [("@a", "a"), ("a", "a"), ("＠a", "a"), ("@@a", "a")])
def test_a_handle_may_be_typed_with_its_sign(typed: str, read: str) -> None:
    assert Post.model_validate({**POST, "handle": typed}).handle == read


@pytest.mark.parametrize(
    ("url", "network"),
    [
        ("https://x.com/a", "X"),
        ("https://www.X.com/a", "X"),
        ("https://bsky.app/p", "Bluesky"),
        ("https://weibo.com/1", "Weibo"),
        ("https://social.example/@a", "social.example"),
    ],
)
def test_a_posts_network_is_read_from_its_address(url: str, network: str) -> None:
    assert Post.model_validate({**POST, "url": url}).network == network


@pytest.mark.parametrize(
    ("image", "local"), [("a.png", True), ("sub/a b.png", True), ("https://a.example/a.png", False), ("//a.example/a.png", False), ("data:x", False)]
)
def test_a_picture_is_a_file_or_an_address(image: str, local: bool) -> None:
    assert Figure.model_validate({"image": image}).is_local is local
