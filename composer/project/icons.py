"""Icons of profiles elsewhere: PNG files in the folder icons/ of the templates, a newsletter's own before the shared ones.

None is registered: a file there is the icon of every profile whose name, in small letters and without spaces, is its own.
"""

import re
from pathlib import Path

from composer.discovery import did_you_mean
from composer.finding import Problem
from composer.project.newsletter import Newsletter, SocialLink
from composer.yaml_source.values import Scalar

# Pixels of the page; the files are twice as wide, for fine screens.
WIDTH = 20
_OTHER = "other"
_ALSO_CALLED = {"twitter": "x", "feed": "rss", "atom": "rss"}


def icon_of(profile: SocialLink, folders: tuple[Path, ...]) -> Path | None:
    """The icon of a profile: what it names, else what its name says, else a neutral one; None where there is no such file."""
    named = (_in(folders, name) for name in _names(str(profile.icon or profile.name)))
    return next((path for path in named if path is not None), None) or _in(folders, _OTHER)


def icon_problems(newsletter: Newsletter, folders: tuple[Path, ...]) -> tuple[Problem, ...]:
    """What newsletter.yaml says of icons that are not there: readers would see the neutral one."""
    named = [profile.icon for profile in newsletter.social if isinstance(profile.icon, Scalar)]
    missing = [icon for icon in named if all(_in(folders, name) is None for name in _names(str(icon)))]
    if not missing:
        return ()
    known = sorted({file.stem for folder in folders for file in (folder / "icons").glob("*.png")})
    return tuple(Problem("wrong-type", icon.place, f"no icon is called `{icon}`", _help(str(icon), known), label="no such file") for icon in missing)


def _help(icon: str, known: list[str]) -> str:
    file = f"`icons/{icon.lower().removesuffix('.png')}.png`"
    return f"{did_you_mean(icon.lower(), known)} An icon of your own is {file} in the newsletter's folder"


def file_name(icon: Path) -> str:
    """What an icon is called beside an issue's own pictures, where no picture of a draft is called so by chance."""
    return f"icon-{icon.stem}{icon.suffix}"


def _names(words: str) -> list[str]:
    """What a profile's icon may be called: all of its words in one, then each."""
    parts = re.findall(r"[^\W_]+", words.lower())
    names = ["".join(parts), *parts]
    return [_ALSO_CALLED.get(name, name) for name in names if name]


def _in(folders: tuple[Path, ...], name: str) -> Path | None:
    return next((path for folder in folders if (path := folder / "icons" / f"{name}.png").is_file()), None)
