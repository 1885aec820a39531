"""Errors for users. Their messages say what was asked, what was found, and what to do next."""

from __future__ import annotations


class DescentError(Exception):
    """An error that the user can do something about. Its text is the whole message."""


class RunError(DescentError, ValueError):
    """A run cannot be made: the loss is a vector, or the start is of the wrong shape."""


class RecordingError(DescentError):
    """A file is not a recording, or not a whole one. The file is left as it is."""


class UnknownLabel(DescentError, KeyError):
    """No run, landscape or listing has that label; the message offers similar ones."""

    def __str__(self) -> str:
        return str(self.args[0])  # KeyError would show the repr, with its quotes


class UsageError(DescentError):
    """A command or an argument is wrong: a file that is not there, a start of the wrong length."""


class UserCodeError(RunError):
    """A user's own code raised; the message shows where in their file."""
