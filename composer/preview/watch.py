"""What stands on disk, told from what stood there a moment ago by sizes and times of files, not by their contents."""

import os
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path


def state_of(paths: Iterable[Path]) -> str:
    """A name for files and folders as they are now: it changes with every file that is written, added, renamed or taken away.

    What is hidden does not count, since editors keep there what is not yet saved. A folder that links lead to counts once.
    """
    digest = sha256()
    for path in paths:
        for file in _files(path):
            try:
                found = file.stat()
            except OSError:
                # taken away while it was looked for, or a link that leads nowhere
                continue
            digest.update(os.fsencode(file) + f"\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:16]


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    linked: set[str] = set()
    for folder, folders, files in os.walk(path, followlinks=True):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and _is_new(os.path.join(folder, name), linked))  # noqa: PTH118 - as os.walk names it
        yield from (Path(folder, name) for name in sorted(files) if not name.startswith("."))


def _is_new(folder: str, linked: set[str]) -> bool:
    """Whether a folder is to be looked into: a link may lead back to a folder around it."""
    if not os.path.islink(folder):  # noqa: PTH114 - hundreds of folders, three times a second
        return True
    target = os.path.realpath(folder)
    is_new = target not in linked
    linked.add(target)
    return is_new
