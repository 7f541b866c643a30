"""Every way a command can fail to run at all: exit status 2, one sentence, one help line.

Faults in what a writer typed are never raised; they are findings (composer/finding.py).
"""


class ComposerError(Exception):
    """The command could not run; `message` says why and `help` what to do instead."""

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.help = help


class ProjectNotFound(ComposerError):
    """No newsroom.yaml in this folder or any folder above it."""


class ProjectUnreadable(ComposerError):
    """newsroom.yaml or a newsletter.yaml cannot be used as it stands."""


class PathNotFound(ComposerError):
    """A path does not exist, or may not be read."""


class UnknownName(ComposerError):
    """A newsletter, rule or format that is not known, with the nearest that is."""


class SpamAssassinFailed(ComposerError):
    """SpamAssassin is absent, or did not answer."""


class NotSent(ComposerError):
    """A mail was not sent: nobody has got it."""


class PerhapsSent(ComposerError):
    """The line broke when the mail was handed over: it may have arrived, and is not sent again."""


class WouldOverwrite(ComposerError):
    """A file stands where a new one was to be written; nothing was touched."""
