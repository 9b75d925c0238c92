"""The officer's workbook: what is published, locked, and room for what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from etl import appendix, set_time
from etl import officers_workbook as form
from etl.model import Measure, MeasureRef, Registry
from etl.record import Record
from etl.template_figures import HOW, figures, lock, offer, outturn, revisions
from etl.workbook import content, dress, header, mark_table, new, prose, put, save

_STATED_ROWS = 40


def write(record: Record, path: Path, *, today: date | None = None) -> None:
    """The workbook for the figures published in `record`, open to the month of `today`.

    Raises UserError where the file cannot be written.
    """
    save(book(record, today or set_time.today()), path)


def workbook(record: Record, *, today: date | None = None) -> bytes:
    """The same as the bytes of a file."""
    return content(book(record, today or set_time.today()))


def book(record: Record, today: date) -> Any:
    """The workbook, not yet written."""
    made = new()
    _start(made, record)
    figures(made, record, today)
    outturn(made, record, today)
    revisions(made, record)
    _stated(made)
    _rows(made, record.registry)
    _lists(made, record.registry)
    return made


def _start(made: Any, record: Record) -> None:
    latest = max((o.published for o in record.observations if o.table != "dfe"), default=None)
    sheet = prose(
        made,
        form.START,
        (
            (form.MARK,),
            (form.MEETING, ""),
            (form.COUNCIL, form.council(record.registry)),
            (f"Published so far: the reports up to {latest or 'now (none)'}.",),
            (
                f"{form.FIGURES}: grey cells are published and locked. Type new months into the "
                "white cells: a number, nil (counted, and there were none) or NA (does not apply).",
            ),
            (
                f"{form.OUTTURN}: the yearly table of plans issued, month by month, by quarter and "
                "added up.",
            ),
            (
                f"{form.REVISIONS}: every published figure. To correct one, type the revised value "
                "and the reason beside it.",
            ),
            (
                f"{form.STATED}: figures that a report or minutes give only in a sentence, with "
                "the place of the sentence.",
            ),
            (f"{form.ROWS}: what each row counts and how to type it.",),
            (
                "Leave a cell empty where there is no figure yet. Put no names of children, dates "
                "of birth or pupil numbers in this workbook: it would be refused.",
            ),
            (
                "When it is filled in, save it and upload it on the officers' page, or run: "
                "python -m etl import FILE",
            ),
        ),
    )
    cell = dress(sheet["B2"], open_=True, boxed=True, code="yyyy-mm-dd")
    sheet.column_dimensions["B"].width = 16
    dated = DataValidation("date", "greaterThan", "36526", allow_blank=True)
    dated.promptTitle, dated.prompt = (
        "Date of meeting",
        "The day on which these figures are published",
    )
    dated.error = "Type a date, such as 18/03/2022"
    sheet.add_data_validation(dated)
    dated.add(cell)
    lock(sheet)


def _stated(made: Any) -> None:
    sheet = made.create_sheet(form.STATED)
    header(sheet, form.STATED_COLUMNS, (60, 10, 12, 14, 60))
    sheet.freeze_panes = "A2"
    measures = DataValidation("list", formula1="=stated_measures", allow_blank=True)
    cohorts = DataValidation("list", formula1='"all,ehcp,lac"', allow_blank=True)
    period = DataValidation("textLength", "between", "4", "20", allow_blank=True)
    period.showErrorMessage, period.showInputMessage = False, True
    period.promptTitle = "Period"
    period.prompt = "A month, such as Dec-22; 2021-22 for a whole financial year; 2021 for a year"
    place = DataValidation("textLength", "greaterThan", "3", allow_blank=True)
    place.showInputMessage, place.promptTitle = True, "Place"
    place.prompt = (
        "Where the sentence stands, such as: minutes of 6 February 2023, page 8, item 6.2"
    )
    entries = {"A": measures, "B": cohorts, "C": period, "E": place}
    last = _STATED_ROWS + 1
    for row in range(2, last + 1):
        for column in range(1, 6):
            # As text, so that no program turns "Dec-22" into a day.
            code = "@" if column in (3, 5) else "General"
            dress(sheet.cell(row, column), right=column == 4, open_=True, boxed=True, code=code)
    for letter, entry in entries.items():
        entry.add(f"{letter}2:{letter}{last}")
        sheet.add_data_validation(entry)
    offer(sheet, f"D2:D{last}", None)
    mark_table(sheet, "given_in_words")
    lock(sheet)


def _explained(registry: Registry) -> Iterator[tuple[str, Measure, str]]:
    """Each row's serial, measure and cohort: Appendix 1 first, then the outturn table."""
    for row in appendix.rows(registry):
        yield row.serial or "-", registry.measures[row.ref.measure], row.ref.cohort
    seen = {row.ref for row in appendix.rows(registry)}
    for column in form.outturn_columns(registry):
        if column.ref not in seen:
            seen.add(column.ref)
            yield "-", column.measure, column.ref.cohort


def _rows(made: Any, registry: Registry) -> None:
    sheet = made.create_sheet(form.ROWS)
    names = (form.SERIAL, "Row", form.KEY, "What it counts", "How to type it", "Cautions")
    header(sheet, names, (8, 40, 16, 60, 36, 60))
    sheet.freeze_panes = "C2"
    for number, (serial, measure, cohort) in enumerate(_explained(registry), 2):
        ref = MeasureRef(measure.id, cohort)
        for column, text in enumerate(
            (
                serial,
                measure.cohorts[cohort].title,
                form.key(ref),
                measure.counts,
                f"{HOW[measure.unit]}; nil; NA",
                " ".join(measure.cautions) or "None",
            ),
            1,
        ):
            put(sheet.cell(number, column), text)
    mark_table(sheet, "what_the_rows_mean")
    lock(sheet)


def _lists(made: Any, registry: Registry) -> None:
    """The measures as the drop-down offers them: by title, where only one has it."""
    sheet = made.create_sheet(form.LISTS)
    header(sheet, ("Measures that can be chosen",), (90,))
    titles = [measure.title for measure in registry.measures.values()]
    offered = [m.title if titles.count(m.title) == 1 else m.id for m in registry.measures.values()]
    for row, text in enumerate(sorted(offered), 2):
        put(sheet.cell(row, 1), text)
    reference = f"'{form.LISTS}'!$A$2:$A${len(offered) + 1}"
    made.defined_names["stated_measures"] = DefinedName("stated_measures", attr_text=reference)
    mark_table(sheet, "measures")
    lock(sheet)
