"""The tables of this folder as values: a record, sentences and the claims expected in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from etl import periods, registry
from etl.judge import CHECKS
from etl.model import Cell, Document, Observation, Place, Reading, Source, Statement
from etl.record import Record, assemble

HERE = Path(__file__).parent
PUBLISHED = date(2022, 3, 18)
SHORT = {
    "cme": "children_missing_education",
    "cme%": "children_missing_education_share",
    "apd": "alternative_provision_days",
    "app": "alternative_provision_pupils",
    "days": "ehc_plan_days",
    "rev": "ehc_review_on_time",
    "cl": "complaints_local",
    "clu": "complaints_local_upheld",
    "co": "complaints_ombudsman",
    "cou": "complaints_ombudsman_upheld",
    "issued": "ehc_plans_issued",
    "ontime": "ehc_plans_on_time",
    "in": "ehc_plans_on_time_share_including_exceptions",
    "ex": "ehc_plans_on_time_share_excluding_exceptions",
    "pop": "school_population",
    "pop%": "school_population_share",
    "sap": "statutory_age_population",
    "sap%": "statutory_age_population_share",
}
SHARE = (SHORT["in"], SHORT["ex"])


def tables(name: str) -> list[list[list[str]]]:
    """The Markdown tables of a file, each as rows of cells without the header."""
    found: list[list[list[str]]] = []
    for block in re.findall(
        r"(?:^\|.*\n)+", (HERE / name).read_text(encoding="utf-8"), re.MULTILINE
    ):
        rows = [
            [cell.strip() for cell in line.strip().strip("|").split("|")]
            for line in block.splitlines()
        ]
        found.append([rows[0], *rows[2:]])
    return found


def record() -> Record:
    """The record of figures.md."""
    known = registry.load()
    months, outturn, dfe = tables("figures.md")
    made: list[Observation] = []

    def add(
        area: str, measure: str, cohort: str, span: str, day: date, text: str, published: date
    ) -> None:
        if text == "-":
            return
        unit = known.measures[measure].unit
        made.append(
            Observation(
                area,
                measure,
                cohort,
                periods.for_span(span, day.year, day.month),  # type: ignore[arg-type]
                Reading(Decimal(text), unit, raw=text),
                published,
                "test",
                "appendix_1",
                "",
            )
        )

    header, *rows = months
    for measure, cohort, *cells in rows:
        for name, text in zip(header[2:], cells, strict=True):
            parsed = periods.parse(name)
            assert parsed
            add(
                "E10000020",
                measure,
                cohort,
                known.measures[measure].span,
                parsed[1],
                text,
                PUBLISHED,
            )
    four = ("issued", "ontime", "in", "ex")
    for period, *cells in outturn[1:]:
        span, day = span_of(period)
        for name, text in zip(four, cells, strict=True):
            add("E10000020", SHORT[name], "all", span, day, text, PUBLISHED)
    for area, period, *cells in dfe[1:]:
        for name, text in zip(four, cells, strict=True):
            day = date(int(period), 12, 31)
            add(area, SHORT[name], "all", "calendar_year", day, text, date(day.year + 1, 5, 12))
    observations, series = assemble((1, one) for one in made)
    return Record(known, series, observations, targets=known.targets, judge=CHECKS)


def span_of(text: str) -> tuple[str, date]:
    """ "2021-12", "2021-Q3", "2021", "ytd:2021-07", "fy:2022-01" -> span and last day."""
    if text.startswith("ytd:"):
        return "calendar_year_to_date", _day(text[4:])
    if text.startswith("fy:"):
        return "financial_year_to_date", _day(text[3:])
    if "Q" in text:
        year, quarter = text.split("-Q")
        return "quarter", periods.month(int(year), 3 * int(quarter))[1]
    if "-" not in text:
        return "calendar_year", date(int(text), 12, 31)
    return "month", _day(text)


def _day(text: str) -> date:
    year, month = text.split("-")
    return periods.month(int(year), int(month))[1]


def document(*paragraphs: str, published: date | None = PUBLISHED) -> Document:
    cells = tuple(Cell(text, Place(line=number)) for number, text in enumerate(paragraphs, 1))
    return Document(Source("report.txt", "", "text", published), paragraphs=cells)


@dataclass(frozen=True)
class Expected:
    """A claim as the tables write it."""

    value: Decimal
    measures: tuple[str, ...]
    cohort: str
    period: str
    verdict: str

    @staticmethod
    def parse(text: str) -> Expected:
        parts = text.split()
        series = next(part for part in parts if "/" in part)
        at = parts.index(series)
        value = Decimal(re.sub(r"[^0-9.]", "", parts[0].replace(",", "")))
        short, cohort = series.split("/")
        measures = SHARE if short == "share" else (SHORT[short],)
        return Expected(value, measures, cohort, parts[at + 1], parts[at + 2])

    def found_in(self, statement: Statement) -> bool:
        """Whether a statement is this claim, its verdict aside."""
        series = [
            (statement.measure, statement.cohort),
            *((r.measure, r.cohort) for r in statement.others),
        ]
        if not any((measure, self.cohort) in series for measure in self.measures):
            return False
        assert statement.value is not None
        if abs(statement.value) != self.value and 100 - statement.value != self.value:
            return False
        return self._when(statement)

    def _when(self, statement: Statement) -> bool:
        period = self.period
        if period == "limit":
            return statement.about == "limit"
        if period.startswith("target:"):
            end = statement.period and statement.period.end
            return statement.about == "target" and bool(end) and end.year == int(period[7:])
        if period in ("-", "ytd"):
            return True
        if statement.period is None:
            return False
        if ">" in period:
            since, until = period.split(">")
            return (
                statement.about == "change"
                and statement.since is not None
                and statement.since.end == span_of(since)[1]
                and statement.period.end == span_of(until)[1]
            )
        if period.startswith("rate:"):
            return statement.about == "rate" and statement.period.end == _day(period[5:])
        if period.startswith("+"):
            return statement.period.end == _day(period[1:].split("..")[-1])
        if re.fullmatch(r"\d{4}-\d\d", period) and int(period[5:]) > 12:
            return statement.period.end == date(int(period[:4]) + 1, 3, 31)
        return statement.period.end == span_of(period)[1]
