"""The one family of errors that a user can mend."""

from __future__ import annotations


class UserError(Exception):
    """What a user can mend: one or two plain lines that name the file and the place.

    `exit_code` is the command's answer: 1 refused, 2 wrong usage or a file that
    cannot be opened, 3 read to the end without a performance table.
    """

    exit_code = 2

    @property
    def in_full(self) -> str:
        """The message for a command and the log, which may name what a page must not."""
        return str(self)


class Refused(UserError):
    """An import that was read but not accepted; nothing is stored."""

    exit_code = 1


class NoDate(UserError):
    """A file that could be read but for the date of its publication, which it does not say."""


class NoTable(UserError):
    """A file that was read to the end and holds no performance table."""

    exit_code = 3
