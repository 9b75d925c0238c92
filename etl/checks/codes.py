"""Every code a finding can have from the checks: its title, severity and meaning, once."""

from __future__ import annotations

from typing import NamedTuple

from etl.model import Severity


class Code(NamedTuple):
    """What a code is called, how severe it is by itself, and what it means to a reader."""

    title: str
    severity: Severity
    sentence: str


CODES: dict[str, Code] = {
    "below-zero": Code(
        "A figure below zero",
        "error",
        "A number of children, plans, days or complaints cannot be below zero.",
    ),
    "before-its-month": Code(
        "A figure for a month still to come",
        "error",
        "A publication cannot know the figure of a month that has not begun.",
    ),
    "month-twice": Code(
        "One month printed twice",
        "error",
        "One table prints two different values for the same row and month.",
    ),
    "part-above-whole": Code(
        "A part above its whole",
        "error",
        "A group is printed as larger than the group that it is part of. Where the part may "
        "lawfully come later than the whole, as decisions on complaints do, it is a warning.",
    ),
    "answer-stale": Code(
        "An answer to a figure that is gone",
        "error",
        "An answer was given to a finding about a figure which is no longer printed there.",
    ),
    "correction-changes-nothing": Code(
        "A correction that changes nothing",
        "error",
        "A correction gives what is published already, or of a time when nothing was.",
    ),
    "percent-out-of-range": Code(
        "A percentage below 0 or above 100",
        "error",
        "A share of a group lies between 0% and 100%.",
    ),
    "share-as-fraction": Code(
        "A percentage given as a fraction",
        "warning",
        "A figure below one stands in a row of percentages that are far above it: 0.66 for 66%.",
    ),
    "not-whole": Code(
        "A count that is not a whole number",
        "warning",
        "Children, plans and complaints are counted in whole numbers.",
    ),
    "share-against-counts": Code(
        "A share that its counts contradict",
        "warning",
        "The printed share is not what the printed counts give, even with rounding.",
    ),
    "share-outside-parts": Code(
        "A share or average outside those it is made of",
        "warning",
        "A quarter's or a year's share lies between those of the months that it is made of.",
    ),
    "no-whole-numbers": Code(
        "A share that no whole numbers give",
        "warning",
        "With the exceptions left out, no whole number of plans could give the printed share.",
    ),
    "no-whole-numbers-together": Code(
        "Shares that no whole numbers give together",
        "warning",
        "No whole numbers of plans could give both the month's share and those of the quarter "
        "and the year to date.",
    ),
    "bases-apart": Code(
        "Two bases suddenly far apart",
        "warning",
        "The share that leaves out exceptions and the share that counts them usually differ by "
        "a few points; here they differ by far more. Being below is lawful, jumping is unusual.",
    ),
    "average-of-none": Code(
        "An average of no cases",
        "warning",
        "An average is printed although the number of cases it rests on is none.",
    ),
    "average-not-possible": Code(
        "An average that its cases cannot give",
        "warning",
        "No whole number of days, shared among the printed number of cases, gives the average. "
        "Where the number stands in a row of its own it is a note.",
    ),
    "group-average": Code(
        "A group's average that the average of all does not allow",
        "warning",
        "The cases of a group are among all cases, so together they cannot take longer than all "
        "do; where the group is everybody, both averages are the same.",
    ),
    "weeks-against-days": Code(
        "Weeks that do not match the days",
        "warning",
        "One cell prints a time in days and in weeks, and the two are not the same time.",
    ),
    "total-falls": Code(
        "A running total that falls",
        "warning",
        "A total that adds up from the start of a year cannot fall within that year.",
    ),
    "total-against-parts": Code(
        "A total that its months do not add up to",
        "warning",
        "A quarter's or a year's total is not the sum of its months.",
    ),
    "tables-differ": Code(
        "Two tables that differ",
        "warning",
        "The same quantity stands in two tables of one publication with different values.",
    ),
    "correction-undone": Code(
        "A corrected figure that has come back",
        "warning",
        "A figure is again what it was before it was corrected.",
    ),
    "contradicted": Code(
        "A month that a later publication contradicts",
        "warning",
        "A later publication prints another value for the same month, and the change is too "
        "large or of the wrong kind to be an ordinary revision.",
    ),
    "summary-label": Code(
        "A summary table under the wrong month",
        "warning",
        "The figures of a summary table are those of another month than its heading says.",
    ),
    "summary-differs": Code(
        "A summary table that differs",
        "warning",
        "A summary table prints another figure than the full table does for the same month.",
    ),
    "year-row-differs": Code(
        "A yearly row that differs",
        "warning",
        "The table's row for the year is not what its months add up to.",
    ),
    "target-not-in-force": Code(
        "A target that was not in force",
        "warning",
        "A target is printed beside a year in which another one was in force.",
    ),
    "target-scale": Code(
        "A target in another scale",
        "warning",
        "A target's level lies so far from the row's figures that it is likely a slip, such as "
        "0.9 for 90%.",
    ),
    "target-not-held": Code(
        "A target on a row that holds none",
        "warning",
        "A target is set for a row whose figures are not held against a target here.",
    ),
    "target-contradicts": Code(
        "Two targets that contradict each other",
        "warning",
        "Two targets that are in force for one row at one time cannot both be meant.",
    ),
    "target-far-ahead": Code(
        "A target for years far ahead",
        "warning",
        "The target begins many years after the newest figure, so its year is likely a slip.",
    ),
    "meeting-date": Code(
        "A date of a meeting that may be mistyped",
        "warning",
        "The meeting lies more than a year ahead, or before there were such reports.",
    ),
    "unusual": Code(
        "A figure far from its usual range",
        "warning",
        "The figure lies far outside everything printed for the row before.",
    ),
    "cases-unusual": Code(
        "A number of cases far from its usual range",
        "warning",
        "The cell names far more or fewer cases than the row's other cells do.",
    ),
    "share-not-possible": Code(
        "A share that its cases cannot give",
        "warning",
        "No whole number of the cases that the cell names gives the printed share.",
    ),
    "rows-exchanged": Code(
        "Two rows that have changed places",
        "warning",
        "Each of two rows under one label prints what the other one usually does.",
    ),
    "column-repeated": Code(
        "A column that repeats another month",
        "warning",
        "Most of a month's figures are those of another month, so it was likely pasted twice.",
    ),
    "claim-differs": Code(
        "A sentence that differs",
        "note",
        "A sentence of a report states another figure than the tables held, or another limit "
        "than the law's.",
    ),
    "elsewhere-differs": Code(
        "Another publisher's figure differs",
        "note",
        "DfE's figure for the same year and basis is not the council's own. A small difference "
        "is usual, because DfE collects later; a large one is a warning.",
    ),
    "revised": Code(
        "A revised figure",
        "note",
        "A later publication prints a slightly different value for the same month.",
    ),
    "dated-back": Code(
        "Figures that a newer publication gives as well",
        "note",
        "What is dated before the figure's newest publication changes only what was shown then.",
    ),
    "count-with-decimals": Code(
        "A count printed with decimals",
        "note",
        "A whole number is printed with decimals, unlike the rest of its row.",
    ),
    "unit-left-off": Code(
        "A unit left off",
        "note",
        "The cell prints a bare number where the rest of its row prints a unit.",
    ),
    "dated-elsewhere": Code(
        "A figure dated outside its month",
        "note",
        "The cell names a date that does not lie in the month of its column.",
    ),
    "small-group-shown": Code(
        "A small group shown after all",
        "note",
        "The row gives no figure where few cases were counted, but gives one for as few elsewhere.",
    ),
    "heading-of-another-meeting": Code(
        "A heading of another meeting",
        "note",
        "The heading above the table names the month of another meeting.",
    ),
    "months-skipped": Code(
        "Months that a table skips",
        "note",
        "The table has no column for some of the months between its first and its last.",
    ),
    "row-has-gap": Code(
        "A month missing within a row",
        "note",
        "A row has no figure for a month between two for which it has one.",
    ),
    "row-ends-early": Code(
        "Rows that end before the others",
        "note",
        "Some rows have no figure for the newest months of their table.",
    ),
}
