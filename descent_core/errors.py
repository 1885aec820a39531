"""What can go wrong, said for people: what was asked, what was found, what to do next."""

from __future__ import annotations


class DescentError(Exception):
    """Any fault that the user of this package can mend. Its text is the whole message."""


class RunError(DescentError, ValueError):
    """A run was asked for that cannot be made: a vector loss, a start of the wrong shape."""


class RecordingError(DescentError):
    """A file is not a recording of ours, or not a whole one. The file is left as it is."""


class UnknownLabel(DescentError, KeyError):
    """A run, landscape or listing that nobody named; the message offers the near ones."""

    def __str__(self) -> str:
        return str(self.args[0])  # KeyError would show the repr, with its quotes


class UsageError(DescentError):
    """What was asked for cannot be: a file that is not there, a start of the wrong length."""


class UserCodeError(RunError):
    """Code that a user handed us raised; the message shows where in their file, and nothing of ours."""
