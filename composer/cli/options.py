"""Options and arguments that several commands share, described once."""

from pathlib import Path
from typing import Annotated, Literal

import typer

Paths = Annotated[
    list[Path] | None,
    typer.Argument(metavar="PATH", help="Drafts or folders; all of issues/ where left out. `-` reads one draft from standard input.", show_default=False),
]
ProjectFolder = Annotated[
    Path | None,
    typer.Option("--project", metavar="DIR", help="The newsroom's folder; the nearest one upwards with newsroom.yaml where left out.", show_default=False),
]
StdinFilename = Annotated[
    Path | None,
    typer.Option("--stdin-filename", metavar="PATH", help="With `-`: the file that standard input stands for.", show_default=False),
]
ColorChoice = Literal["auto", "always", "never"]
Color = Annotated[ColorChoice, typer.Option("--color", help="Color the findings; `auto` does so on a terminal, unless NO_COLOR is set.")]
