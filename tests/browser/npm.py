"""Where the judges that npm installs are: `.judges/node_modules`, as `make judges` fills it."""

from json import loads
from pathlib import Path

from tests.browser.samples import ROOT

MODULES = ROOT / ".judges" / "node_modules"


def installed(package: str, path: str) -> Path:
    """A file of an installed package. Raises AssertionError where it is absent."""
    file = MODULES / package / path
    assert file.is_file(), f"{file} is absent: make judges installs it"
    return file


def version_of(package: str) -> str:
    """The version that is installed."""
    return str(loads(installed(package, "package.json").read_text(encoding="utf-8"))["version"])
