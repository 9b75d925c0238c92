"""Headings that part a month, and words above a table that only speak of something else."""

from __future__ import annotations

import pytest

from etl import recognise, registry
from etl.model import Source
from etl.readers import text

ROWS = "1a\tNumber of children out of education - ALL CME\t{}\n"
HEAD = "Serial\tMeasure Description\t{}\n"


@pytest.mark.parametrize(
    ("why", "printed", "figures"),
    [
        (
            "short words",
            HEAD.format("Apr-22\t\tMay-22\t")
            + "\t\tT\tA\tT\tA\n"
            + ROWS.format("400\t480\t401\t470"),
            [],
        ),
        (
            "years",
            HEAD.format("Apr-22\t\tMay-22\t")
            + "\t\t2021\t2022\t2021\t2022\n"
            + ROWS.format("400\t480\t401\t470"),
            [],
        ),
        (
            "other areas",
            HEAD.format("Apr-22\t\tMay-22\t")
            + "\t\tNat\tLoc\tNat\tLoc\n"
            + ROWS.format("400\t480\t401\t470"),
            [],
        ),
        (
            "known words",
            HEAD.format("Apr-22\t\tMay-22\t")
            + "\t\tTarget\tActual\tTarget\tActual\n"
            + ROWS.format("400\t480\t401\t470"),
            ["480", "470"],
        ),
        (
            "one month is a target",
            HEAD.format("Feb-22\tMar-22\tApr-22 (target)") + ROWS.format("480\t470\t400"),
            ["480", "470"],
        ),
        (
            "one month is a forecast",
            HEAD.format("Apr-22\tMay-22 (forecast)") + ROWS.format("480\t470"),
            ["480"],
        ),
        (
            "one month says actual",
            HEAD.format("Apr-22\tMay-22 (actual)") + ROWS.format("480\t470"),
            ["470"],
        ),
        (
            "set out elsewhere",
            "Targets are set out in section 4.\n"
            + HEAD.format("Apr-22\tMay-22")
            + ROWS.format("480\t470"),
            ["480", "470"],
        ),
        (
            "in another part",
            "Forecasts are in section 3\n"
            + HEAD.format("Apr-22\tMay-22")
            + ROWS.format("480\t470"),
            ["480", "470"],
        ),
        (
            "a caption",
            "Targets for 2022\n" + HEAD.format("Apr-22\tMay-22") + ROWS.format("480\t470"),
            [],
        ),
        (
            "the rest",
            "Rest of England\n" + HEAD.format("Apr-22\tMay-22") + ROWS.format("480\t470"),
            [],
        ),
    ],
)
def test_what_is_read(why: str, printed: str, figures: list[str]) -> None:
    lines = list(enumerate(printed.splitlines(), 1))
    document = text.document(lines, Source("a.txt", "0", "text"))
    recognised = recognise.recognise(document, registry.load())
    assert [one.reading.raw for one in recognised.observations] == figures, why
    assert recognised.findings or len(figures) == printed.splitlines()[-1].count("\t") - 1
