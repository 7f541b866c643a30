"""Pictures beside a draft: found, measured, or refused without a word."""

import os
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from composer.issue.pictures import Pictures
from composer.press import editions_of, proof_of
from tests import healthy
from tests.newsrooms import NewsroomFolder

FOLDER = "issues/china-report/2026-11-24-draft"


def picture(width: int, height: int, kind: str = "PNG") -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (width, height), (20, 90, 160)).save(buffer, kind)
    return buffer.getvalue()


def draft_with(name: str, **fields: Any) -> dict[str, Any]:
    draft = healthy.with_text(healthy.china_report(), ("essay", "body", 1, "figure", "image"), name)
    figure = draft["essay"]["body"][1]["figure"]
    for key in ("width", "height"):
        figure.pop(key)
    figure.update(fields)
    return draft


@pytest.mark.parametrize(("kind", "media_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("GIF", "image/gif"), ("WEBP", "image/webp")])
def test_a_picture_is_found_and_measured(tmp_path: Path, kind: str, media_type: str) -> None:
    (tmp_path / "a.png").write_bytes(picture(1120, 630, kind))
    found = Pictures(tmp_path).find("a.png")
    assert found is not None
    assert (found.width, found.height, found.media_type) == (1120, 630, media_type)


def test_a_picture_is_measured_once_and_again_when_its_file_is_written(tmp_path: Path) -> None:
    path = tmp_path / "a.bmp"
    path.write_bytes(picture(30, 20, "BMP"))
    first, before = Pictures(tmp_path).find("a.bmp"), path.stat()
    assert Pictures(tmp_path).find("a.bmp") is first
    # As many bytes, as old, under the same name: only the file's own record tells that it was written.
    path.write_bytes(picture(20, 30, "BMP").ljust(before.st_size, b"\0")[: before.st_size])
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    second = Pictures(tmp_path).find("a.bmp")
    assert first is not None
    assert second is not None
    assert path.stat().st_size == before.st_size
    assert [(p.width, p.height) for p in (first, second)] == [(30, 20), (20, 30)]


def test_a_missing_picture_is_none_and_its_neighbors_are_named(tmp_path: Path) -> None:
    (tmp_path / "b.png").write_bytes(picture(1, 1))
    (tmp_path / "a.png").write_bytes(picture(1, 1))
    pictures = Pictures(tmp_path)
    assert pictures.find("c.png") is None
    assert pictures.names == ["a.png", "b.png"]
    assert Pictures(tmp_path / "nowhere").names == []
    assert Pictures(None).find("a.png") is None


@pytest.mark.parametrize(
    "name", ["../outside.png", "../beside/../outside.png", "sub/../../outside.png", ".", "..", "", "/etc/passwd", "a\x00.png", "x" * 300 + ".png"]
)
def test_nothing_outside_the_folder_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "outside.png").write_bytes(picture(1, 1))
    folder = tmp_path / "beside"
    folder.mkdir()
    assert Pictures(folder).find(name) is None


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside.png").write_bytes(picture(1, 1))
    folder = tmp_path / "beside"
    folder.mkdir()
    (folder / "in.png").symlink_to(tmp_path / "outside.png")
    assert Pictures(folder).find("in.png") is None


def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(picture(3, 2))
    (tmp_path / "sub").mkdir()
    (tmp_path / "b.png").symlink_to("a.png")
    (tmp_path / "sub" / "c.png").symlink_to("../a.png")
    pictures = Pictures(tmp_path)
    for name in ("a.png", "b.png", "sub/c.png", "./a.png", "sub/../a.png"):
        found = pictures.find(name)
        assert found is not None, name
        assert (found.width, found.height) == (3, 2)


def test_a_folder_may_itself_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "outside.png").write_bytes(picture(1, 1))
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.png").write_bytes(picture(3, 2))
    (tmp_path / "real" / "b.png").symlink_to("../outside.png")
    (tmp_path / "link").symlink_to("real")
    pictures = Pictures(tmp_path / "link")
    assert pictures.find("a.png") is not None
    assert pictures.find("b.png") is None
    assert pictures.find("../outside.png") is None
    assert pictures.find("../link/a.png") is not None


@pytest.mark.parametrize(
    "content", [b"", b"not a picture", picture(50, 50)[:20], b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50]
)
def test_what_is_no_picture_is_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.png").write_bytes(content)
    assert Pictures(tmp_path).find("a.png") is None


def test_a_decompression_bomb_is_none(tmp_path: Path) -> None:
    from struct import pack
    from zlib import crc32

    header = b"IHDR" + pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)
    chunk = pack(">I", 13) + header + pack(">I", crc32(header))
    (tmp_path / "bomb.png").write_bytes(b"\x89PNG\r\n\x1a\n" + chunk + pack(">I", 0) + b"IDAT" + pack(">I", crc32(b"IDAT")))
    assert Pictures(tmp_path).find("bomb.png") is None


def test_a_picture_too_large_to_trust_warns_nobody(tmp_path: Path) -> None:
    """Between Pillow's warning and its error: measured, not unpacked, and no warning reaches the terminal."""
    import warnings
    from struct import pack
    from zlib import crc32

    header = b"IHDR" + pack(">IIBBBBB", 11000, 11000, 8, 2, 0, 0, 0)
    chunk = pack(">I", 13) + header + pack(">I", crc32(header))
    (tmp_path / "large.png").write_bytes(b"\x89PNG\r\n\x1a\n" + chunk + pack(">I", 0) + b"IDAT" + pack(">I", crc32(b"IDAT")))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        Pictures(tmp_path).find("large.png")


def images(html: str) -> list[Any]:
    return BeautifulSoup(html, "lxml").find_all("img")


def test_a_picture_beside_the_draft_is_written_beside_the_html(own_newsroom: NewsroomFolder) -> None:
    content = picture(1120, 630)
    own_newsroom.write(f"{FOLDER}/crane one.png", content)
    proof = own_newsroom.proof(draft_with("crane one.png"))
    (image,) = images(proof.html)
    assert image["src"] == "2026-11-24-draft/crane%20one.png"
    assert image["width"] == "560"
    written = editions_of(proof, Path("dist"))
    assert written[Path("dist/china-report/2026-11-24-draft/crane one.png")] == content
    assert sorted(path.suffix for path in written) == [".eml", ".html", ".png", ".txt"]


def test_a_small_picture_is_not_blown_up(own_newsroom: NewsroomFolder) -> None:
    own_newsroom.write(f"{FOLDER}/a.png", picture(150, 100))
    (image,) = images(own_newsroom.proof(draft_with("a.png")).html)
    assert image["width"] == "150"


def test_the_newsrooms_picture_host_is_used(own_newsroom: NewsroomFolder) -> None:
    own_newsroom.change("newsroom.yaml", "time_zone:", "pictures_url: https://pictures.example/here/\ntime_zone:")
    own_newsroom.write(f"{FOLDER}/a b.png", picture(1120, 630))
    proof = own_newsroom.proof(draft_with("a b.png"))
    (image,) = images(proof.html)
    assert image["src"] == "https://pictures.example/here/china-report/2026-11-24-draft/a%20b.png"
    assert image["width"] == "560"
    assert b"cid:" not in proof.message
    assert sorted(path.suffix for path in editions_of(proof, Path("dist"))) == [".eml", ".html", ".txt"]


def test_a_missing_picture_still_builds_with_its_words(own_newsroom: NewsroomFolder) -> None:
    draft = own_newsroom.draft(draft_with("missing.png"))
    assert draft.problems == ()
    proof = proof_of(draft, own_newsroom.project)
    assert proof.problems == []
    assert proof.pictures == {}
    (image,) = images(proof.html)
    assert image["alt"] == "An automated crane"
    assert "[Image: An automated crane]" in proof.text


@pytest.mark.parametrize("name", ["../../../newsroom.yaml", "../outside.png"])
def test_no_file_outside_the_folder_travels_with_the_issue(own_newsroom: NewsroomFolder, name: str) -> None:
    own_newsroom.write("issues/china-report/outside.png", picture(10, 10))
    proof = proof_of(own_newsroom.draft(draft_with(name)), own_newsroom.project)
    assert proof.pictures == {}
    assert all(path.suffix in (".html", ".txt", ".eml") for path in editions_of(proof, Path("dist")))
