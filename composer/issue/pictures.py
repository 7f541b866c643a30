"""Pictures that lie beside a draft, in the folder named like it: found and measured."""

import warnings
from functools import cached_property, lru_cache
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple


class Picture(NamedTuple):
    """A picture file: its size in pixels, its media type and whether it moves."""

    path: Path
    width: int
    height: int
    media_type: str
    is_animated: bool = False


class Pictures:
    """The pictures of one draft; `folder` is None where the draft has no place on disk."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._found: dict[str, Picture | None] = {}

    @cached_property
    def names(self) -> list[str]:
        """The names of the files in the folder."""
        return sorted(p.name for p in self.folder.iterdir() if p.is_file()) if self.folder is not None and self.folder.is_dir() else []

    @cached_property
    def _folder_located(self) -> Path | None:
        return self.folder.resolve() if self.folder is not None else None

    def find(self, name: str) -> Picture | None:
        """The picture of that name; None where it is missing or cannot be read as one."""
        if name not in self._found:
            self._found[name] = self._measured(name)
        return self._found[name]

    def _measured(self, name: str) -> Picture | None:
        if self.folder is None:
            return None
        try:
            path = self._within(self.folder, name)
        except (OSError, ValueError):
            # a name that is too long
            return None
        return picture_at(path) if path is not None else None

    def _within(self, folder: Path, name: str) -> Path | None:
        """The file of that name where it lies in the folder; `../../secret.png` does not, nor what a link leads to elsewhere."""
        path = folder / name
        if path.name == name and S_ISREG(path.lstat().st_mode):
            # A bare name of a file that is no link leads nowhere else.
            return path
        located = path.resolve()
        return located if self._folder_located in located.parents and located.is_file() else None


def picture_at(path: Path) -> Picture | None:
    """The picture in a file; None where it cannot be read as one."""
    try:
        as_it_is = path.stat()
        return _measured(path, (as_it_is.st_dev, as_it_is.st_ino, as_it_is.st_size, as_it_is.st_mtime_ns, as_it_is.st_ctime_ns))
    except (OSError, ValueError):
        # a file that may not be read, a picture that is none
        return None


@lru_cache(maxsize=256)
def _measured(path: Path, _file_as_it_is: tuple[int, ...]) -> Picture | None:
    """The picture in a file, measured once for as long as nobody writes to the file: a preview shows it with every key that is typed."""
    from PIL import Image

    with warnings.catch_warnings():
        # A large picture is only measured here, never unpacked.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            with Image.open(path) as image:
                media_type = Image.MIME.get(image.format or "", "application/octet-stream")
                return Picture(path, image.width, image.height, media_type, bool(getattr(image, "is_animated", False)))
        except Image.DecompressionBombError:
            return None
