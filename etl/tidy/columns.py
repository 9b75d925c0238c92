"""The columns of the tidy table: order, types, vocabulary, and what may stand in each.

The order and the words are fixed from outside (docs/decisions.md): programs read them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, get_args

from etl.model import Flag, Span, Status, Unit

Type = Literal["string", "date", "number", "integer"]


class Problem(NamedTuple):
    """What is wrong with one column of a row: its name, why in words, and the finding's code."""

    column: str
    why: str
    code: str = "row-unreadable"


class RowError(ValueError):
    """A row that cannot be taken, with everything that is wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(problem.why for problem in self.problems))


class Problems(list[Problem]):
    """What is wrong with a row, gathered: as a context it keeps the problems that are raised."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        if isinstance(error, RowError):
            self.extend(error.problems)
        return isinstance(error, RowError)


# What a number and a whole number may look like: at most as many digits as a figure can have,
# so that no text makes a number of a thousand digits.
NUMBER = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,15})?")
WHOLE = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True)
class Column:
    """A column: its name, its Frictionless type, what it holds, and what may stand in it.

    `required`: never empty. `allowed` are its only words, `pattern` the form of all of them
    and `like` an example for messages. `free` text may be anything, so a spreadsheet must be
    kept from running it (`spreadsheets.neutral`). `code` is the finding's where it is wrong,
    `wide` its width in a workbook, in characters.
    """

    name: str
    type: Type
    description: str
    allowed: tuple[str, ...] = ()
    required: bool = True
    pattern: str = ""
    like: str = ""
    free: bool = False
    code: str = "row-unreadable"
    wide: int = 14

    def problem(self, text: str) -> Problem | None:
        """What is wrong with a text in this column; None where nothing is."""
        why = self._why(text)
        return Problem(self.name, why, self.code) if why else None

    def _why(self, text: str) -> str:
        if not text:
            return f"{self.name} is missing" if self.required else ""
        if self.allowed and text not in self.allowed:
            return f"{self.name} {text!r} is none of {', '.join(self.allowed)}"
        if self.pattern and not re.fullmatch(self.pattern, text):
            return f"{self.name} {text!r} is not like {self.like}"
        if self.type == "date" and not _is_date(text):
            return f"{self.name} {text!r} is not like 2021-07-31"
        if self.type == "number" and not NUMBER.fullmatch(text):
            return f"{self.name} {text!r} is not a number"
        if self.type == "integer" and not WHOLE.fullmatch(text):
            return f"{text!r} is not a whole number"
        return ""


def _is_date(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text)) and len(text) == len("2021-07-31")
    except ValueError:
        return False


def _period(name: str, description: str) -> Column:
    return Column(name, "date", description, code="period-unreadable")


def _text(name: str, description: str, wide: int = 14) -> Column:
    return Column(name, "string", description, required=False, free=True, wide=wide)


FIELDS = (
    Column(
        "authority",
        "string",
        "ONS code of the area the figure is about",
        pattern="[A-Z][0-9]{8}",
        like="E92000001",
    ),
    Column("measure", "string", "Which measure; its definition is in the registry", wide=40),
    Column("cohort", "string", "Which children: all, ehcp (with an EHC plan), lac (looked after)"),
    Column("span", "string", "What kind of period the figure covers", get_args(Span)),
    _period("period_start", "First day of the period"),
    _period("period_end", "Last day of the period"),
    Column(
        "value",
        "number",
        "The figure; percent as 0 to 100; empty where there is none",
        required=False,
        code="cell-unreadable",
    ),
    Column("unit", "string", "Unit of the value", get_args(Unit)),
    Column("status", "string", "Whether there is a figure, and if not, why", get_args(Status)),
    Column(
        "sample_size",
        "integer",
        "Number of cases that the printed cell itself names",
        required=False,
    ),
    _text("note", "What the cell prints beyond value, unit and sample size", wide=16),
    Column(
        "published",
        "date",
        "Date of the meeting or release that published it",
        code="period-unreadable",
    ),
    _text("source", "The publication", wide=40),
    Column(
        "table",
        "string",
        "Which kind of table it stood in, or a layout's id",
        pattern="[a-z][a-z0-9_-]{0,60}",
        like="appendix_1",
    ),
    _text("locator", "Where in the source it stands", wide=36),
    _text("raw", "The cell as printed", wide=24),
)
"""What a figure itself says."""
COLUMNS = (
    *FIELDS,
    Column(
        "flag",
        "string",
        "Whether the figure is in doubt: open (not looked into yet), misprint (judged to be one) "
        "or unexplained; empty where nothing speaks against it",
        get_args(Flag),
        required=False,
    ),
)
"""All of a row: last the flag that the record's checks put on the figure."""
NAMES = tuple(column.name for column in COLUMNS)
TEXT = tuple(column.name for column in COLUMNS if column.free)
"""The columns of free text."""
KEY = ("authority", "measure", "cohort", "span", "period_end", "published", "table")
"""What no two rows of a table have alike."""
