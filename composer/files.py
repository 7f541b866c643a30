"""Files written whole or not at all, and the files that Composer itself ships."""

import os
import tempfile
from collections.abc import Callable, Iterable
from errno import EISDIR
from functools import cache
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write beside the target, then rename: a reader sees the old file or the new one, never a part.

    Raises OSError when the folder cannot be written; the target is then as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:80]}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        Path(beside).chmod(mode)
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def write_together(contents: dict[Path, bytes]) -> None:
    """Write several files, all of them or none: each is first written whole beside its target.

    Raises OSError when one of them cannot be written; no target has then been touched.
    """
    staged: list[tuple[Path, Path]] = []
    try:
        for path, content in contents.items():
            if path.is_dir():
                raise IsADirectoryError(EISDIR, "a folder stands where the file was to be written", str(path))
            beside = path.with_name(f".{path.name[:80]}.{os.getpid()}.new")
            _stage(beside, content, path)
            staged.append((beside, path))
        for beside, path in staged:
            Path(beside).replace(path)
    except BaseException:
        for beside, _ in staged:
            beside.unlink(missing_ok=True)
        raise


def _stage(beside: Path, content: bytes, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        write_whole(beside, content)
    except OSError as error:
        # Whoever reads this knows the file they wanted, not the one that was to stand beside it for a moment.
        raise OSError(error.errno, error.strerror, str(path)) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def located(path: Path, followed: Callable[[str], str] = os.path.realpath) -> Path:
    """Where a file stands: links among its folders followed, its own name kept.

    A draft that is a link is the draft of its own name; the pictures beside it are its own, too. `followed` follows the
    links of a path, for whoever remembers where they led.
    """
    # As texts: pathlib takes a path apart and puts it together anew for each of these steps.
    folder, name = os.path.split(path)
    return Path(followed(str(path))) if name in ("", "..") else Path(os.path.join(followed(folder), name))  # noqa: PTH118


def located_all(paths: Iterable[Path]) -> dict[Path, Path]:
    """As `located` of each path; the links of a folder that hundreds of them share are followed once."""
    followed = cache(os.path.realpath)
    return {path: located(path, followed) for path in paths}


def inside(whole: Path, folder: Path) -> str | None:
    """A path as it is spelled from a folder around it, with forward slashes; None where it lies elsewhere. Both as `located` has them.

    Compared as texts: pathlib takes both apart for it, which counts for hundreds of drafts.
    """
    path, around = whole.as_posix(), f"{folder.as_posix().rstrip('/')}/"
    if f"{path}/" == around:
        return "."
    return path.removeprefix(around) if path.startswith(around) else None


def spelled(name: str) -> str:
    """A file's name as text: bytes that are no UTF-8, as in names from old archives, by their numbers."""
    return name if name.isascii() else os.fsencode(name).decode(errors="backslashreplace")


def shipped() -> Path:
    """The folder with the templates, samples and settings that come with Composer.

    In an installed wheel it lies inside the package; in a checkout it is the checkout.
    """
    package = Path(__file__).parent
    inside = package / "_shipped"
    return inside if inside.is_dir() else package.parent
