"""Every row of acts.md: what is told before an act is published, and what stands after it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest

from etl import checks, pipeline, template
from etl.appendix import rows as appendix_rows
from etl.draft import contents as drafted
from etl.draft import correcting
from etl.draft.contents import Contents, cell_key
from etl.draft.review import Reviews
from etl.model import MeasureRef, Refused
from etl.pipeline import Prepared
from etl.store import Store
from etl.store.drafts import StoredDraft
from tests.etl.checks.test_examples import NAMES

ACTS = Path(__file__).with_name("acts.md")
DAYS = {"M": date(2022, 3, 18), "Y": date(2022, 5, 20), "J": date(2022, 7, 15)}
MONTH, PRINTED = date(2021, 12, 31), "Dec-21"
ANY = ("pack", "csv", "correct", "workbook")
TOLD = {
    "part-above-whole",
    "share-against-counts",
    "average-of-none",
    "group-average",
    "tables-differ",
    "total-against-parts",
    "correction-undone",
}
UNITS = {"days": " days", "apdays": " days"}


class Figure(NamedTuple):
    """A figure as a row of the table writes it: `cme/all=495`, `days/all=226[outturn]`."""

    ref: MeasureRef
    printed: str
    table: str


class Act(NamedTuple):
    door: str
    day: date
    figures: tuple[Figure, ...]


def table() -> Iterator[tuple[str, str, str, str]]:
    """(why and door, acts with `any` replaced by each door, told, stands)."""
    for line in ACTS.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|") or cells[0] in ("why", "---"):
            continue
        why, acts, told, stands = cells
        for door in ANY if "any " in acts else ("",):
            yield f"{why} {door}".strip(), acts.replace("any ", f"{door} "), told, stands


def read(text: str) -> Act:
    door, *rest = text.split()
    if door == "withdraw":
        return Act(door, DAYS["M"], ())
    found = [re.fullmatch(r"(\S+)/(\w+)=([^\[]+)(?:\[(\w+)\])?", one) for one in rest[1:]]
    figures = tuple(
        Figure(MeasureRef(NAMES[one[1]], one[2]), one[3] + UNITS.get(one[1], ""), one[4] or "")
        for one in found
        if one
    )
    assert len(figures) == len(rest) - 1, text
    return Act(door, DAYS[rest[0]], figures)


def prepared(store: Store, act: Act, folder: Path) -> Prepared:
    """An act as it comes in by its door, compared with what is held."""
    if act.door in ("grid", "correct"):
        return drafted_by(store, act)
    path = {"pack": pack, "csv": tidy, "workbook": workbook}[act.door](store, act, folder)
    return pipeline.prepare([path], store, act.day)


def drafted_by(store: Store, act: Act) -> Prepared:
    contents = Contents(meeting=act.day)
    if act.door == "grid":
        typed = {cell_key(one.ref, MONTH): one.printed for one in act.figures}
        contents = replace(contents, typed=typed)
    else:
        for one in act.figures:
            row = f"officer|{one.ref.measure}/{one.ref.cohort}|month"
            form = {"row": row, "month": PRINTED, "value": one.printed, "reason": "a slip"}
            contents, wrong = correcting.correction(form, contents, store.record())
            assert not wrong
    draft = StoredDraft(0, "sam", "Draft", drafted.packed(contents), 0, "", "open", "", "")
    return Reviews(store).compared(draft).prepared


def pack(store: Store, act: Act, folder: Path) -> Path:
    """Appendix 1 as a pack prints it."""
    labels = {row.ref: (row.serial, row.label) for row in appendix_rows(store.registry)}
    path = folder / "pack.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["No.", "Measure Description", PRINTED])
        writer.writerows([*labels[one.ref], one.printed] for one in act.figures)
    return path


def tidy(store: Store, act: Act, folder: Path) -> Path:
    path = folder / "figures.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["measure", "cohort", "period", "value", "table"])
        writer.writerows(
            [*one.ref, "2021-12", one.printed, one.table or "officer"] for one in act.figures
        )
    return path


def workbook(store: Store, act: Act, folder: Path) -> Path:
    path = folder / "workbook.xlsx"
    template.write(store.record(), path, today=act.day)
    book = openpyxl.load_workbook(path)
    for one in act.figures:
        key = (f"{one.ref.measure}/{one.ref.cohort}", PRINTED)
        lines = book["Revisions"].iter_rows(min_row=2)
        line = next(cells for cells in lines if (cells[0].value, cells[5].value) == key)
        line[8].value, line[9].value = one.printed, "a slip"
    book.save(path)
    return path


def told(findings: Iterable[checks.Finding]) -> list[str]:
    marks = {"error": "!", "warning": "", "note": "?"}
    return sorted(f.code + marks[f.severity] for f in findings if f.code in TOLD)


@pytest.mark.parametrize(
    ("why", "acts", "before", "after"), list(table()), ids=[r[0] for r in table()]
)
def test_act(store: Store, tmp_path: Path, why: str, acts: str, before: str, after: str) -> None:
    *earlier, last = [read(text) for text in acts.split(";")]
    for act in earlier:
        publish(store, act, tmp_path)
    if last.door == "withdraw":
        publish(store, last, tmp_path)
    else:
        made = prepared(store, last, tmp_path)
        open_ = [j.finding for j in made.judged if j.open]
        assert told(open_) == sorted(before.split()), [f.message for f in open_]
        if made.errors:
            with pytest.raises(Refused):
                pipeline.publish(store, made, "sam", accept_reason="seen")
            return
        pipeline.publish(store, made, "sam", accept_reason="seen")
    assert told(checks.run(store.record())) == sorted(after.split())


def publish(store: Store, act: Act, folder: Path) -> None:
    if act.door == "withdraw":
        number = max(release.number for release in store.releases())
        store.withdraw(number, "sam", "not so")
        return
    made = prepared(store, act, folder)
    assert pipeline.publish(store, made, "sam", accept_reason="seen").numbers
