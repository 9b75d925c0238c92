"""A row of one of DfE's files: which area, year and children it is about, what a cell says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from etl.model import Cell, Measure, Reading, Status
from etl.readers.dfe import is_total
from etl.readers.dfe_files import plain

# DfE's codes, with and without its own full names for them (data guidance of each release).
_CODES: Mapping[str, Status] = {
    "z": "not_applicable",
    "x": "not_available",
    ":": "not_available",
    "no data": "not_available",
    "c": "withheld",
    "low": "withheld",
}
# No longer than a figure can be: DfE's longest have two digits and twelve decimals.
_NUMBER = re.compile(r"-?([0-9]{1,9}|[0-9]{1,3}(,[0-9]{3}){1,2})(\.[0-9]{1,15})?%?")
_ONS_CODE = re.compile(r"[EKNSW][0-9]{8}")
_YEAR = re.compile(r"(19|20)[0-9]{2}")


def number(text: str) -> Decimal | None:
    """The number that a cell of DfE's is; None where it is none."""
    if not _NUMBER.fullmatch(text):
        return None
    return Decimal(text.replace(",", "").rstrip("%"))


class Row:
    """A row by column name, and the area and year that it is about."""

    def __init__(self, cells: tuple[Cell, ...], columns: Mapping[str, int]) -> None:
        self.cells, self.columns = cells, columns

    def text(self, *names: str) -> str:
        """The first of the columns that is there and filled."""
        found = (self.cells[self.columns[name]].text for name in names if name in self.columns)
        return next((text for text in found if text), "")

    @property
    def area(self) -> tuple[str, str]:
        """ONS code (empty where there is none) and name of the area."""
        level = self.text("geographiclevel").casefold()
        if level.startswith("nat"):
            codes, name = ("countrycode",), self.text("countryname")
        elif level.startswith("reg"):
            codes, name = ("regioncode",), self.text("regionname")
        else:
            # In some releases the two columns have changed places: DfE's own codes are
            # three digits, so the code is told by its form.
            codes, name = ("newlacode", "oldlacode", "lacode"), self.text("laname")  # type: ignore[assignment]
        texts = (self.text(code) for code in codes)
        return next((code for code in texts if _ONS_CODE.fullmatch(code)), ""), name

    @property
    def year(self) -> int | None:
        """The calendar year; None where the row covers another kind of period."""
        text, kind = self.text("timeperiod"), self.text("timeidentifier").casefold()
        return int(text) if _YEAR.fullmatch(text) and kind in ("", "calendar year") else None

    def cohort(self, groups: Sequence[int], header: Sequence[Cell]) -> str:
        """`all` for the total, else a name made of the breakdown (only where asked for).

        `groups` are the columns that tell: a filter without a name of its own for the
        groups (`Boys`) is named before them.
        """
        named = []
        for n in groups:
            name, text = plain(header[n].text), self.cells[n].text
            if text and not is_total(text):
                named += [text] if name.startswith("breakdown") else [header[n].text, text]
        words = [re.sub(r"\W+", "_", text).strip("_").casefold() for text in named]
        return "_".join(words) or "all"


def reading(text: str, measure: Measure) -> Reading | None:
    """A cell of DfE's as a reading; None where it is neither a number nor one of its codes."""
    code = _CODES.get(text.casefold())
    if code:
        return Reading(None, measure.unit, code, raw=text)
    value = number(text)
    return None if value is None else Reading(value, measure.unit, raw=text)
