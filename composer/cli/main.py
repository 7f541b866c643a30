"""The `composer` command: gathers the commands and turns every way they can end into an exit status."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from composer.cli.memory import keep_memory

if TYPE_CHECKING:
    import typer

FAILED = 2
# In the order of the help: each is a function in a file of its name.
_COMMANDS = ("init", "new", "check", "build", "preview", "send", "approve", "rules", "schema")

_EPILOG = "Exit status: 0 nothing wrong, 1 errors found, 2 the command could not run. Nothing leaves your machine but what `composer send` sends, the links that `check --network` looks up and the pictures that `preview --remote-pictures` loads."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line and return its exit status: 0 clean, 1 findings, 2 the command itself could not run."""
    keep_memory()
    from composer.cli.terminal import complain, speak_unicode
    from composer.errors import ComposerError

    speak_unicode()
    try:
        return _run(arguments)
    except ComposerError as error:
        complain(error.message, error.help)
    except BrokenPipeError:
        # Whoever read the output has had enough; the interpreter must not fail again when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        complain(": ".join(str(part) for part in (error.filename, error.strerror or error) if part), "check that the file is there and may be read and written")
    except Exception:  # noqa: BLE001 - the last resort: whatever fails, the status is 2 and the trace is kept
        import traceback

        traceback.print_exc()
        complain(
            "Composer failed in a way it should not have; this is a fault of Composer, not of your draft",
            "please report it with the lines above: CONTRIBUTING.md says where",
        )
    return FAILED


def run() -> None:
    """The command itself: runs, and leaves at once.

    Taking a finished interpreter apart, object by object, costs a quarter of a short command and serves nobody.
    """
    status = main()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(status)


def _run(arguments: Sequence[str] | None) -> int:
    # Rich draws boxes around help and errors, and costs more to import than a check takes.
    os.environ.setdefault("TYPER_USE_RICH", "0")
    # Whatever else is installed has no business in a newsroom's models.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        typed = list(sys.argv[1:] if arguments is None else arguments)
        status: Any = application(typed[0] if typed else None)(args=typed, prog_name="composer")
    except SystemExit as stop:
        status = stop.code
    sys.stdout.flush()
    return status if isinstance(status, int) else 0 if status is None else FAILED


def application(named: str | None = None) -> "typer.Typer":
    """The Typer app with every command, or with the one that is named: a cold start need not make the others ready."""
    import typer

    app = typer.Typer(
        no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False, context_settings={"help_option_names": ["-h", "--help"]}, epilog=_EPILOG
    )

    @app.callback()
    def composer(
        version: bool = typer.Option(False, "--version", callback=_print_version, is_eager=True, help="Print the version and stop."),
    ) -> None:
        """Newsletters from YAML drafts: checked, then rendered as mail."""

    for command in (named,) if named in _COMMANDS else _COMMANDS:
        app.command()(getattr(import_module(f"composer.cli.{command}"), command))
    return app


def _print_version(wanted: bool) -> None:
    if wanted:
        import typer

        from composer.cli.terminal import say
        from composer.version import __version__

        say(f"composer {__version__}")
        raise typer.Exit
