"""Free text that a spreadsheet shows and never runs, and the text that it was."""

from __future__ import annotations

import re

# What a spreadsheet would run when a cell begins with it (OWASP, "CSV Injection"), also
# behind blanks and in the full-width forms that East Asian versions take for the same.
_RUNS = re.compile("'*[ \u00a0]*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20|%]")


def neutral(text: str) -> str:
    """Text that a spreadsheet shows and never runs: an apostrophe before what it would run."""
    return f"'{text}" if _RUNS.match(text) else text


def plain(text: str) -> str:
    """The text that `neutral` was given; its inverse. Other text is left alone."""
    return text[1:] if text.startswith("'") and _RUNS.match(text) else text
