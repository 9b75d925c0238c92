"""The sheets of the officer's workbook that hold figures: published ones locked, the rest open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from etl import appendix, periods
from etl import officers_workbook as form
from etl.model import MeasureRef, Observation, SeriesKey, Span, TableName, Unit
from etl.record import Record
from etl.workbook import PALE, dress, header, mark_table, put, put_figure

_ODD = {"font": Font(color="942514", bold=True), "fill": PatternFill("solid", end_color="FBE9E7")}
HOW: dict[Unit, str] = {
    "count": "a whole number, such as 521",
    "percent": "a percentage, such as 62 or 62% in time (266 LAC in calc); not 0.62",
    "days": "days, such as 208.4, or 208.4 days 29.8 weeks",
    "weeks": "weeks, such as 29.8",
    "rate_per_100": "a rate per 100, such as 4.1",
    "rate_per_1000": "a rate per 1,000, such as 12.3",
    "rate_per_10000": "a rate per 10,000, such as 52.6",
    "rate_per_100000": "a rate per 100,000, such as 175",
    "pounds": "pounds, such as 12345.67",
}
# A formula that is true of what can be no figure in the cell {c}.
_WRONG: dict[Unit, str] = {
    "count": "OR(AND(ISNUMBER({c}),OR({c}<0,{c}<>INT({c}))),{t})",
    "percent": "OR(AND(ISNUMBER({c}),OR({c}<0,{c}>100)),{t})",
    "days": "OR(AND(ISNUMBER({c}),{c}<0),{t})",
    "weeks": "OR(AND(ISNUMBER({c}),{c}<0),{t})",
    "rate_per_100": "OR(AND(ISNUMBER({c}),{c}<0),{t})",
    "rate_per_1000": "OR(AND(ISNUMBER({c}),{c}<0),{t})",
    "rate_per_10000": "OR(AND(ISNUMBER({c}),{c}<0),{t})",
    "rate_per_100000": "OR(AND(ISNUMBER({c}),{c}<0),{t})",
    "pounds": "OR(AND(ISNUMBER({c}),{c}<0),{t})",
}
_WRONG_TEXT = 'AND(ISTEXT({c}),ISERROR(SEARCH(LEFT({c},1),"0123456789(nN-xX")))'


def lock(sheet: Any) -> None:
    """Locks what is not open; no password, since it guards against slips, not people."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.protection.autoFilter = False


def offer(sheet: Any, reference: str, unit: Unit | None) -> None:
    """The drop-down of nil and NA. Numbers are typed over it: it offers and does not refuse."""
    found = DataValidation("list", formula1='"nil,NA"', allow_blank=True)
    found.showErrorMessage, found.showInputMessage = False, True
    found.promptTitle = "Figure"
    found.prompt = f"{HOW[unit] if unit else 'a figure'}; nil or NA where there is none"[:255]
    found.add(reference)
    sheet.add_data_validation(found)


def _months(first: date, last: date) -> Iterator[date]:
    """The last days of the months from that of `first` to that of `last`."""
    day = first.replace(day=1)
    while day <= last:
        end = periods.month(day.year, day.month)[1]
        yield end
        day = end + timedelta(days=1)


def figures(made: Any, record: Record, today: date) -> None:
    table = appendix.grid(record)
    ends = [
        max(month for month, figure in zip(table.months, figures, strict=True) if figure)
        for _, figures in table.rows
        if any(figures)
    ]
    opening = min(ends) + timedelta(days=1) if ends else today
    months = sorted({*table.months, *_months(opening, today)})
    sheet = made.create_sheet(form.FIGURES)
    names = (form.SERIAL, form.LABEL, form.KEY, *map(appendix.heading, months))
    header(sheet, names, (8, 60, 16, *[12] * len(months)))
    sheet.freeze_panes = "D2"
    last = get_column_letter(3 + len(months))
    for number, (row, figures) in enumerate(table.rows, 2):
        held = dict(zip(table.months, figures, strict=True))
        put(sheet.cell(number, 1), row.serial or "-")
        put(sheet.cell(number, 2), row.label)
        put(sheet.cell(number, 3), form.key(row.ref), grey=True, size=8)
        for column, month in enumerate(months, 4):
            _cell(sheet.cell(number, column), held.get(month), row.ref.cohort)
        offer(sheet, f"D{number}:{last}{number}", row.unit)
        _warn(sheet, row.unit, f"D{number}:{last}{number}")
    mark_table(sheet, "appendix_1")
    lock(sheet)


def _cell(cell: Any, figure: Observation | None, cohort: str) -> None:
    """A published figure, locked, or an open cell."""
    if figure is not None:
        put_figure(cell, _text(figure, cohort), fill=PALE, boxed=True)
    else:
        dress(cell, right=True, open_=True, boxed=True)


def _text(figure: Observation, cohort: str) -> str:
    return appendix.printed(figure.reading, "LAC" if cohort == "lac" else "cases")


def _warn(sheet: Any, unit: Unit, reference: str) -> None:
    """Marks what can be no figure of the row as it is typed; the import says the same in words."""
    cell = reference.partition(":")[0]
    formula = _WRONG[unit].format(c=cell, t=_WRONG_TEXT.format(c=cell))
    sheet.conditional_formatting.add(reference, FormulaRule([formula], **_ODD))


def _held(
    record: Record, measure: str, cohort: str, span: Span, table: TableName
) -> dict[date, Observation]:
    """The newest figures of a series that one kind of table published, by the period's end."""
    authority = record.registry.council.authority
    series = record.series.get(SeriesKey(authority, measure, cohort, span))
    return {
        found[-1].period.end: found[-1]
        for point in (series.points if series else ())
        if (found := [v for v in point.versions if v.table == table])
    }


def outturn(made: Any, record: Record, today: date) -> None:
    columns = form.outturn_columns(record.registry)
    held = [_held(record, *column.ref, column.span, "outturn") for column in columns]
    published = {month for figures in held for month in figures}
    months = list(_months(min(published, default=today.replace(month=1)), today))
    sheet = made.create_sheet(form.OUTTURN)
    header(sheet, (form.MONTH, *(c.heading for c in columns)), (10, *[16] * len(columns)))
    sheet.freeze_panes = "B2"
    for number, month in enumerate(months, 2):
        put(sheet.cell(number, 1), appendix.heading(month), bold=True)
        for at, (column, figures) in enumerate(zip(columns, held, strict=True), 2):
            cell = sheet.cell(number, at)
            if column.period(month) is None:
                put(cell, "-", right=True, fill=PALE, boxed=True)
            else:
                _cell(cell, figures.get(month), "all")
    for at, column in enumerate(columns, 2):
        reference = f"{get_column_letter(at)}2:{get_column_letter(at)}{len(months) + 1}"
        offer(sheet, reference, column.measure.unit)
        _warn(sheet, column.measure.unit, reference)
    mark_table(sheet, "outturn")
    lock(sheet)


def _published(record: Record) -> Iterator[tuple[str, str, str, Observation]]:
    """What may be revised: serial, title, kind of table and the figure."""
    for row, figures in appendix.grid(record).rows:
        for figure in filter(None, figures):
            yield row.serial or "-", row.title, "appendix_1", figure
    for column in form.outturn_columns(record.registry):
        for figure in _held(record, *column.ref, column.span, "outturn").values():
            yield "-", column.heading, "outturn", figure


def revisions(made: Any, record: Record) -> None:
    sheet = made.create_sheet(form.REVISIONS)
    header(sheet, form.REVISION_COLUMNS, (16, 10, 12, 8, 50, 10, 22, 13, 18, 50))
    sheet.freeze_panes = "A2"
    newest = sorted(_published(record), key=lambda one: one[3].period.end, reverse=True)
    for number, (serial, title, table, figure) in enumerate(newest, 2):
        ref = MeasureRef(figure.measure, figure.cohort)
        texts = (
            form.key(ref),
            figure.period.span,
            table,
            serial,
            title,
            appendix.heading(figure.period.end),
        )
        for column, text in enumerate(texts, 1):
            put(sheet.cell(number, column), text, grey=column < 4, size=8 if column < 4 else 11)
        put_figure(sheet.cell(number, 7), _text(figure, figure.cohort), fill=PALE, boxed=True)
        put(sheet.cell(number, 8), figure.published.isoformat(), fill=PALE)
        dress(sheet.cell(number, 9), right=True, open_=True, boxed=True)
        dress(sheet.cell(number, 10), open_=True, boxed=True)
    offer(sheet, f"I2:I{len(newest) + 2}", None)
    mark_table(sheet, "revisions", filters=True)
    lock(sheet)
