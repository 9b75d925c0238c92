"""One file of a DfE release, as text in a frame -> its figures, row by row, and what is odd."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from etl.dfe import number, period, plain, reading
from etl.model import Document, Finding, Measure, Observation, TextFrame
from etl.periods import label
from etl.readers.dfe import filters
from etl.recognise.dfe_rows import AREA_COLUMNS, PERIOD_COLUMNS, area, cohort

if TYPE_CHECKING:
    import pandas as pd

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


@dataclass
class File:
    """One of a release's files while it is read."""

    frame: TextFrame
    document: Document
    published: date
    ours: frozenset[str]  # the council, and the areas that it is compared with
    observations: list[Observation] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    # What does not belong, gathered so that a file gives one finding a kind, not one a row.
    odd: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def title(self) -> str:
        return self.frame.title

    @property
    def data(self) -> pd.DataFrame:
        return self.frame.data

    def places(self, *names: str) -> dict[str, int]:
        """The place of each of these columns that is there; of two with one name the first."""
        there = [plain(name) for name in self.frame.names]
        return {name: there.index(name) for name in names if name in there}

    def each(self, places: Mapping[K, int], ask: Callable[[Mapping[K, str]], T]) -> list[T]:
        """What `ask` says of each row's texts in some columns; asked once of equal ones."""
        texts = [self.data[place] for place in places.values()]
        rows = list(zip(*texts, strict=True)) if texts else [()] * len(self.data)
        known = {row: ask(dict(zip(places, row, strict=True))) for row in dict.fromkeys(rows)}
        return [known[row] for row in rows]


def named_twice(file: File, measures: dict[int, Measure]) -> Iterator[Finding]:
    """A measure whose column's name stands twice over different figures is not read."""
    names = [plain(name) for name in file.frame.names]
    for at in list(measures):
        same = [n for n, name in enumerate(names) if name == names[at]]
        if any((file.data[n] != file.data[at]).any() for n in same):
            printed = file.frame.names[at]
            yield Finding(
                "dfe-columns",
                "warning",
                f"{file.title}: the column “{printed}” stands twice, with different "
                f"figures; neither is read.",
                (f"{file.title}, {printed}",),
            )
            del measures[at]


def rows_of(file: File) -> pd.DataFrame:
    """What each row is about: `area` and its `name` (the code where it has none), `period` and
    `when` in words, `cohort` and `who` in words; with its `line` in the file."""
    import pandas as pd

    names = file.frame.names
    groups = filters([name.casefold() for name in names], file.data)
    areas = file.each(file.places(*AREA_COLUMNS), area)
    periods = file.each(
        file.places(*PERIOD_COLUMNS),
        lambda texts: period(*(texts.get(name, "") for name in PERIOD_COLUMNS)),
    )
    cohorts = file.each(
        {n: n for n in groups}, lambda texts: cohort([(names[n], t) for n, t in texts.items()])
    )
    return pd.DataFrame(
        {
            "line": file.data.index,
            "area": [code for code, _ in areas],
            "name": [name or code for code, name in areas],
            "period": periods,
            "when": [label(one) if one else "" for one in periods],
            "cohort": cohorts,
            "who": ["" if name == "all" else f", {name}" for name in cohorts],
        },
        dtype=object,
    )


# What makes two cells of a file the same figure.
_FIGURE = ["area", "column", "cohort", "when"]


def figures(
    file: File, rows: pd.DataFrame, measures: Mapping[int, Measure]
) -> tuple[list[Observation], list[Finding]]:
    """The figures of the rows, row by row; and what cannot be read, or stands twice.

    Of rows that stand twice with equal figures one is kept; of differing ones none.
    """
    texts = file.data[sorted(measures)].reset_index(drop=True).loc[rows.index]
    long = texts.melt(var_name="column", value_name="text", ignore_index=False)
    long = long[long["text"] != ""].rename_axis("row").sort_values(["row", "column"])
    long = long.join(rows, on="row").reset_index(drop=True)
    readings = {
        (column, text): reading(text, measures[column].unit)
        for column, text in long[["column", "text"]].drop_duplicates().itertuples(index=False)
    }
    long["reading"] = [readings[key] for key in zip(long["column"], long["text"], strict=True)]
    findings = [
        Finding(
            "cell-unreadable",
            "warning",
            f"“{cell.text[:60]}” is neither a number nor one of DfE's codes.",
            (f"{_locator(file, cell)} (line {cell.line})",),
        )
        for cell in long[long["reading"].isna()].itertuples()
    ]
    long = long[long["reading"].notna()]
    for _, alike in long[long.duplicated(_FIGURE, keep=False)].groupby(_FIGURE, sort=False):
        if len({(one.value, one.status) for one in alike["reading"]}) > 1:
            printed = " and ".join(alike["text"].unique())
            message = f"The file gives this figure more than once, as {printed}; none is taken."
            place = _locator(file, next(alike.itertuples()))
            findings.append(Finding("dfe-twice", "warning", message, (place,)))
            long = long.drop(alike.index)
    cells = long.drop_duplicates(_FIGURE).itertuples()
    return [_observation(file, cell, measures) for cell in cells], findings


def _locator(file: File, cell: Any) -> str:
    return f"{file.title}, {cell.name}, {cell.when}{cell.who}, {file.frame.names[cell.column]}"


def _observation(file: File, cell: Any, measures: Mapping[int, Measure]) -> Observation:
    """The figure of a row of the long table."""
    return Observation(
        authority=cell.area,
        measure=measures[cell.column].id,
        cohort=cell.cohort,
        period=cell.period,
        reading=cell.reading,
        published=file.published,
        source=file.document.source.title,
        table="dfe",
        locator=_locator(file, cell),
    )


def _impossible(file: File, place: int) -> dict[str, str]:
    """The texts of a column that can be no figure, and why: below 0, or shares over 100%."""
    name = file.frame.names[place]
    share = name.casefold().startswith("pc_")
    why = {}
    for text in file.data[place].unique():
        value = number(text) if share or text.startswith("-") else None
        if value is not None and value < 0:
            why[text] = f"“{name}” is less than 0"
        elif value is not None and value > 100 and share:
            why[text] = f"“{name}” is over 100%"
    return why


def note_odd(file: File, rows: pd.DataFrame, measures: Mapping[int, Measure]) -> None:
    """Notes what does not belong, row by row: rows without an area or a period, and numbers that
    cannot be, in columns that no measure takes: worth knowing of a release.

    Of an area that nothing here is compared with a number is counted, not named.
    """
    odd: list[tuple[int, int, tuple[str, str], str]] = []  # row, column, what, where
    placed = (rows["area"] != "") & (rows["when"] != "")
    for row in rows[~placed].itertuples():
        what = ("dfe-period", "not about a year or a term")
        what = what if row.area else ("dfe-area", "without the code of an area")
        odd.append((row.Index, -1, what, f"line {row.line}"))
    for place in set(file.data.columns) - measures.keys():
        why, texts = _impossible(file, place), file.data[place].reset_index(drop=True)
        for row in rows.assign(text=texts)[placed & texts.isin(list(why))].itertuples():
            where = f"{row.name} {row.when}{row.who} ({row.text})" if row.area in file.ours else ""
            odd.append((row.Index, place, ("dfe-impossible", why[row.text]), where))
    for _, _, what, where in sorted(odd):
        file.odd[what].append(where)
