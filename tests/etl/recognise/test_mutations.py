"""Cells of the real rows deleted, doubled and swapped, one at a time.

No figure may land in another month or row unnoticed: a row whose cells do not add up is a
finding and gives nothing; all other rows are read as before.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from etl import readers, registry
from etl.model import Document, Observation, Source
from etl.readers import text
from etl.recognise import Recognised, recognise
from tests.folders import PACKS

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[3]
Mutation = Callable[[list[str], int], list[str]]


def deleted(cells: list[str], at: int) -> list[str]:
    return cells[:at] + cells[at + 1 :]


def doubled(cells: list[str], at: int) -> list[str]:
    return [*cells[: at + 1], *cells[at:]]


def swapped(cells: list[str], at: int) -> list[str]:
    after = (at + 1) % len(cells)
    found = list(cells)
    found[at], found[after] = cells[after], cells[at]
    return found


def figures(found: Recognised) -> set[tuple[object, ...]]:
    def said(o: Observation) -> tuple[object, ...]:
        return (o.measure, o.cohort, o.period, o.reading.raw, o.value, o.status)

    return {said(o) for o in found.observations if o.table == "appendix_1"}


def recognised(lines: list[str]) -> Recognised:
    source = Source("pack.txt", "", "text")
    document: Document = text.document(list(enumerate(lines, 1)), source)
    return recognise(document, registry.load())


# --- tabs ---------------------------------------------------------------------------

TABBED = (
    (ROOT / "data/councils/norfolk/packs/2022-03-18/appendix_1.txt")
    .read_text(encoding="utf-8")
    .splitlines()
)
TAB_ROWS = [at for at, line in enumerate(TABBED) if "\t" in line and "Jul-20" not in line]


@pytest.mark.parametrize("at", TAB_ROWS)
@pytest.mark.parametrize("change", [deleted, doubled])
def test_a_tabbed_row_of_other_length_gives_nothing_and_spares_the_rest(
    at: int, change: Mutation
) -> None:
    whole = figures(recognised(TABBED))
    cells = TABBED[at].split("\t")
    without = figures(recognised(TABBED[:at] + TABBED[at + 1 :]))
    for place in range(2, len(cells)):
        lines = [*TABBED[:at], "\t".join(change(cells, place)), *TABBED[at + 1 :]]
        found = recognised(lines)
        assert figures(found) == without < whole
        assert [finding.code for finding in found.findings] == ["row-width"]
        assert f"line {at + 1}" in found.findings[0].places


@pytest.mark.parametrize("at", TAB_ROWS)
def test_swapped_cells_of_a_tabbed_row_stay_under_their_headings(at: int) -> None:
    whole = recognised(TABBED)
    cells = TABBED[at].split("\t")
    others = {o.locator for o in whole.observations if not o.locator.startswith(f"line {at + 1},")}
    for place in range(2, len(cells) - 1):
        lines = [*TABBED[:at], "\t".join(swapped(cells, place)), *TABBED[at + 1 :]]
        found = recognised(lines)
        assert {o.locator for o in found.observations} >= others
        printed = dict(zip(TABBED[0].split("\t")[2:], swapped(cells, place)[2:], strict=True))
        for o in found.observations:
            if o.locator.startswith(f"line {at + 1},"):
                raw = re.sub("<[^>]*>", "", printed[o.locator.rsplit(", ", 1)[1]])
                assert o.reading.raw == raw


# --- wrapped ------------------------------------------------------------------------

WRAPPED = (
    (ROOT / "data/councils/norfolk/packs/2021-09-17/appendix_1.txt")
    .read_text(encoding="utf-8")
    .splitlines()
)
FIRST = 1623


def wrapped_rows() -> Iterator[tuple[int, int, list[str], tuple[str, str]]]:
    """Each row's first and last line in the excerpt, its cells, and its measure and cohort.

    From the transcription: the cells are the last words of the row's lines.
    """
    starts = [at for at, line in enumerate(WRAPPED) if re.match(r" ?(-|\d[a-e]?) [A-Z]", line)]
    with (ROOT / "tests/packs/2021-09-17/expected.csv").open(encoding="utf-8") as file:
        expected = list(csv.DictReader(file))
    for start, end in zip(starts, [*starts[1:], len(WRAPPED)], strict=True):
        lines = range(FIRST + start, FIRST + end)
        raws = {
            line["period_end"]: line
            for line in expected
            if int(line["locator"].split(",")[0].removeprefix("line ")) in lines
        }
        if raws:
            months = ("2020-07-31", "2020-11-30", "2020-12-31", "2021-01-31", "2021-03-31")
            months += ("2021-05-31", "2021-07-31")
            cells = [raws[month]["raw"] if month in raws else "-" for month in months]
            one = next(iter(raws.values()))
            yield start, end, cells, (one["measure"], one["cohort"])


ROWS = list(wrapped_rows())


def rewritten(start: int, end: int, cells: list[str], change: Mutation, place: int) -> list[str]:
    """The row's lines with the change made to its words, line ends kept where they can be."""
    tokens = [re.split(r"(\s+)", line) for line in WRAPPED[start:end]]
    spots = [(n, m) for n, line in enumerate(tokens) for m, word in enumerate(line) if word.strip()]
    count = sum(len(cell.split()) for cell in cells)
    spots = spots[-count:]
    assert [tokens[n][m] for n, m in spots] == " ".join(cells).split()
    ends = [sum(len(c.split()) for c in cells[: k + 1]) for k in range(len(cells))]
    owned = [spots[a:b] for a, b in zip([0, *ends], ends, strict=False)]
    if change is deleted:
        for n, m in owned[place]:
            tokens[n][m] = ""
    elif change is doubled:
        n, m = owned[place][-1]
        tokens[n][m] += " " + cells[place]
    else:
        after = (place + 1) % len(cells)
        for mine, text_of in ((place, cells[after]), (after, cells[place])):
            for n, m in owned[mine]:
                tokens[n][m] = ""
            n, m = owned[mine][0]
            tokens[n][m] = text_of
    return ["".join(line) for line in tokens]


def test_the_transcription_has_every_row_of_the_wrapped_table() -> None:
    assert len(ROWS) == 23


@pytest.mark.parametrize("start,end,cells,ref", ROWS, ids=[f"{r[3]}" for r in ROWS])  # noqa: PT006
@pytest.mark.parametrize("change", [deleted, doubled])
def test_a_wrapped_row_of_other_length_gives_nothing_and_spares_the_rest(
    start: int, end: int, cells: list[str], ref: tuple[str, str], change: Mutation
) -> None:
    whole = figures(recognised(WRAPPED))
    without = {figure for figure in whole if figure[:2] != ref}
    for place in range(len(cells)):
        row = rewritten(start, end, cells, change, place)
        found = recognised([*WRAPPED[:start], *row, *WRAPPED[end:]])
        assert figures(found) == without, (place, row)
        assert [finding.code for finding in found.findings] == ["row-unreadable"]
        assert f"line {start + 1}" in found.findings[0].places


@pytest.mark.parametrize("start,end,cells,ref", ROWS, ids=[f"{r[3]}" for r in ROWS])  # noqa: PT006
def test_swapped_cells_of_a_wrapped_row_are_read_in_the_order_printed(
    start: int, end: int, cells: list[str], ref: tuple[str, str]
) -> None:
    whole = figures(recognised(WRAPPED))
    others = {figure for figure in whole if figure[:2] != ref}
    for place in range(len(cells)):
        row = rewritten(start, end, cells, swapped, place)
        found = recognised([*WRAPPED[:start], *row, *WRAPPED[end:]])
        got = figures(found)
        assert got >= others
        raws = [o for o in found.observations if (o.measure, o.cohort) == ref]
        printed = [cell for cell in swapped(cells, place) if cell != "-"]
        if found.findings:
            assert raws == []
        else:
            in_order = sorted(raws, key=lambda o: o.period.end)
            assert [o.reading.raw for o in in_order] == printed


def values(found: Recognised) -> set[tuple[object, ...]]:
    return {(o.measure, o.cohort, o.period, o.value, o.status) for o in found.observations}


@pytest.mark.parametrize("at", range(1, len(WRAPPED)))
def test_a_wrapped_line_that_is_lost_moves_nothing_and_hides_nothing(at: int) -> None:
    whole = values(recognised(WRAPPED))
    found = recognised(WRAPPED[:at] + WRAPPED[at + 1 :])
    assert values(found) <= whole
    # A row that stood on that one line leaves no trace.
    alone = any(start == at and line_of(start).endswith(" ".join(c)) for start, _, c, _ in ROWS)
    assert values(found) == whole or found.findings or alone
    assert values(found) == whole or WRAPPED[at].strip()


def line_of(at: int) -> str:
    return WRAPPED[at].rstrip()


@pytest.mark.parametrize("at", range(2, len(WRAPPED), 3))
def test_a_pack_cut_off_in_the_table_moves_nothing(at: int) -> None:
    assert values(recognised(WRAPPED[:at])) <= values(recognised(WRAPPED))


def test_reading_the_folder_and_its_excerpt_agree() -> None:
    folder = PACKS / "2021-09-17"
    found = recognise(readers.read(folder), registry.load())
    assert figures(found) == figures(recognised(WRAPPED))
