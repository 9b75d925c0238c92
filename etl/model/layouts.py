"""How tables lie and what their words mean: files of layouts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from etl.model.vocabulary import Span

FacetName = Literal["measure", "area", "period", "role"]


@dataclass(frozen=True)
class Layout:
    """How a kind of table lies: what its row headings and its column headings name.

    `rows` and `columns` name what every such heading says (of rows: their first columns
    together), `may` what columns may say besides.
    `title` is a pattern that its caption, title or sheet's name must match. `measure` or
    `period` is "caption" where the caption alone says it. `spans` are words over a group of
    columns that say what each figure covers; `totals` a pattern of rows that repeat the others'
    sum and are kept as statements; `cells` the forms of its cells beside the usual ones.
    `continues`: a table without a heading that follows it, as wide and of known rows, is its rest.
    `summary`: its figures repeat those of other tables, so they are kept as statements.
    `origin` is the file and line it stands at; docs/layouts.md explains each key.
    """

    layout: str
    rows: FacetName | tuple[FacetName, ...]
    columns: tuple[FacetName, ...] = ()
    may: tuple[FacetName, ...] = ()
    table: str = ""
    title: str = ""
    measure: Literal["", "caption"] = ""
    period: Literal["", "caption"] = ""
    spans: Mapping[str, Span] = field(default_factory=dict)
    totals: str = ""
    cells: tuple[str, ...] = ()
    year: Literal["", "financial", "academic", "calendar"] = ""
    continues: bool = False
    summary: bool = False
    origin: str = ""

    @property
    def id(self) -> str:
        """What its figures' table is called."""
        return self.table or self.layout

    @property
    def row_facets(self) -> tuple[FacetName, ...]:
        return (self.rows,) if isinstance(self.rows, str) else self.rows


@dataclass(frozen=True)
class PrintedLabel:
    """What a row, a column or a caption of one council's papers stands for."""

    measure: str
    cohort: str = "all"
    span: Span | Literal[""] = ""


@dataclass(frozen=True)
class HeadingWords:
    """What words of a heading, section or caption say in one council's papers."""

    role: str = ""
    area: Literal["", "own", "part"] = ""
    span: Span | Literal[""] = ""
    year: Literal["", "financial", "academic", "calendar"] = ""


@dataclass(frozen=True)
class Paper:
    """How one council's papers print their tables: its `layouts.yaml`.

    `labels` are rows as printed ("group | row" where the row alone does not say it), `words`
    what other printed words mean, `areas` the council's own names and those of its parts,
    `sections` headings among the rows that change nothing, `periods` forms of a period beside
    the usual ones, `no_value` what stands where there is no figure, `card` the form of a line
    that prints a KPI's figures ("Latest: {actual} Target: {target}"), `card_period` that of the
    words above which say its period ("Quarter {quarter} {split_year}").
    """

    layouts: tuple[Layout, ...] = ()
    labels: Mapping[str, str | PrintedLabel | tuple[str | PrintedLabel, ...]] = field(
        default_factory=dict
    )
    words: Mapping[str, HeadingWords] = field(default_factory=dict)
    areas: Mapping[Literal["own", "part"], tuple[str, ...]] = field(default_factory=dict)
    sections: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    numerators: tuple[str, ...] = ()
    denominators: tuple[str, ...] = ()
    no_value: tuple[str, ...] = ()
    card: str = ""
    card_period: str = ""

    def labelled(self, label: str) -> tuple[PrintedLabel, ...]:
        """What a label stands for; "measure/cohort" is short for a PrintedLabel."""
        said = self.labels[label]
        return tuple(
            PrintedLabel(*one.split("/", 1)[:2]) if isinstance(one, str) else one  # type: ignore[arg-type]
            for one in (said if isinstance(said, tuple) else (said,))
        )
