"""One publication against what is held, judged by figures alone."""

from __future__ import annotations

from datetime import date

import pytest

from etl.compare import compare, repeated
from etl.model import CORRECTION, Observation
from tests.etl.made_up import MARCH, MAY, SEPTEMBER, figure


def told(published: date, *observations: Observation, **more: object) -> dict[str, list[str]]:
    """The comparison in short: what each kind holds, as printed."""
    found = compare(observations, published, **more)  # type: ignore[arg-type]
    return {
        "new": [o.reading.raw for o in found.new],
        "revised": [f"{r.old.reading.raw} -> {r.new.reading.raw}" for r in found.revised],
        "unchanged": [o.reading.raw for o in found.unchanged],
        "held": [o.reading.raw for o in found.held],
        "gone": [o.reading.raw for o in found.gone],
    }


def only(**kinds: list[str]) -> dict[str, list[str]]:
    return {"new": [], "revised": [], "unchanged": [], "held": [], "gone": []} | kinds


HELD = [(1, figure("521")), (1, figure("431", "2021-05"))]


def test_a_figure_never_seen_is_new() -> None:
    assert told(SEPTEMBER, figure("521"), held=[]) == only(new=["521"])


def test_the_same_figure_at_a_later_meeting_is_unchanged_and_stored_again() -> None:
    again = figure("521", published=MARCH, locator="line 99", raw="521.0")
    assert told(MARCH, again, held=HELD) == only(unchanged=["521.0"])
    assert compare([again], MARCH, HELD).to_store


def test_values_are_compared_as_decimals_never_as_texts() -> None:
    again = figure("59.00", published=MARCH, raw="59.00")
    held = [(1, figure("59.0", raw="59.0"))]
    assert told(MARCH, again, held=held) == only(unchanged=["59.00"])


def test_the_same_publication_again_is_held_already() -> None:
    again = [figure("521", locator="page 3"), figure("431", "2021-05")]
    assert told(SEPTEMBER, *again, held=HELD) == only(held=["521", "431"])
    assert not compare(again, SEPTEMBER, HELD).to_store


@pytest.mark.parametrize(
    "changed",
    [
        figure("522", published=MARCH),
        figure(None, published=MARCH),
        figure("521", published=MARCH, unit="days", raw="521 days"),
        figure("521", published=MARCH, sample_size=3, raw="521 (3)"),
        figure("521", published=MARCH, note="provisional", raw="521 provisional"),
    ],
    ids=lambda o: o.reading.raw,
)
def test_value_status_unit_sample_and_note_make_a_revision(changed: Observation) -> None:
    assert told(MARCH, changed, held=HELD) == only(revised=[f"521 -> {changed.reading.raw}"])


def test_a_correction_of_the_same_publication_is_a_revision_of_it() -> None:
    assert told(SEPTEMBER, figure("522"), figure("431", "2021-05"), held=HELD) == only(
        revised=["521 -> 522"], held=["431"]
    )


def test_the_newest_earlier_publication_is_what_counts() -> None:
    held = [*HELD, (2, figure("500", published=MARCH))]
    assert told(MAY, figure("521", published=MAY), held=held) == only(revised=["500 -> 521"])


def test_of_two_releases_of_one_date_the_later_counts() -> None:
    held = [(2, figure("522")), (1, figure("521"))]
    assert told(MARCH, figure("522", published=MARCH), held=held) == only(unchanged=["522"])
    assert told(SEPTEMBER, figure("522"), held=held) == only(held=["522"])


def test_an_older_publication_read_later_is_compared_with_those_before_it() -> None:
    held = [(1, figure("500", published=MARCH))]
    assert told(SEPTEMBER, figure("521"), held=held) == only(new=["521"])


def test_other_tables_other_areas_and_other_spans_are_other_figures() -> None:
    assert told(MARCH, figure("521", published=MARCH, table="outturn"), held=HELD) == only(
        new=["521"]
    )
    assert told(MARCH, figure("521", published=MARCH, authority="E92000001"), held=HELD) == only(
        new=["521"]
    )


def test_an_officers_entry_revises_appendix_1_and_is_revised_by_it() -> None:
    typed = figure("520", table="officer")
    assert told(SEPTEMBER, typed, held=HELD) == only(revised=["521 -> 520"])
    again = figure("521", table="officer")
    assert told(SEPTEMBER, again, held=HELD) == only(held=["521"])
    held = [*HELD, (2, typed)]
    pack = [figure("521"), figure("431", "2021-05")]
    assert told(SEPTEMBER, *pack, held=held) == only(held=["521", "431"])  # the pack again
    assert told(SEPTEMBER, again, held=held) == only(revised=["520 -> 521"])
    assert repeated([figure("521"), typed]) == ()
    assert told(MARCH, figure("521", published=MARCH), held=held) == only(revised=["520 -> 521"])


def test_what_is_no_longer_printed_is_told_for_the_months_printed() -> None:
    held = [
        (1, figure("1", "2021-03")),
        (1, figure("2", "2021-05")),
        (1, figure("3", "2021-07", cohort="lac")),
        (1, figure("4", "2021-07")),
    ]
    # March's column has gone; July's looked-after children should be in it.
    new = [figure("2", "2021-05", MARCH), figure("4", "2021-07", MARCH)]
    assert told(MARCH, *new, held=held) == only(unchanged=["2", "4"], gone=["3"])


def test_an_officers_few_cells_take_nothing_back() -> None:
    """They stand for themselves: what a month holds besides is still printed."""
    held = [(1, figure("4")), (1, figure("3", cohort="lac"))]
    typed = figure("5", published=MARCH, table="officer")
    assert told(MARCH, typed, held=held) == only(revised=["4 -> 5"])


def test_what_went_two_publications_ago_is_not_told_again() -> None:
    held = [(1, figure("3", cohort="lac")), (1, figure("4")), (2, figure("4", published=MARCH))]
    assert told(MAY, figure("4", published=MAY), held=held) == only(unchanged=["4"])


def test_the_withdrawn_release_that_says_the_same_is_named() -> None:
    withdrawn = [(3, figure("521")), (3, figure("431", "2021-05"))]
    whole = [figure("521"), figure("431", "2021-05")]
    assert compare(whole, SEPTEMBER, [], withdrawn).withdrawn == 3
    mended = [figure("520"), figure("431", "2021-05")]
    assert compare(mended, SEPTEMBER, [], withdrawn).withdrawn is None
    assert compare(whole, MARCH, [], withdrawn).withdrawn is None


def test_figures_printed_twice_are_grouped() -> None:
    one, two = figure("521"), figure("522", locator="line 2")
    assert repeated([one, figure("1", cohort="lac"), two]) == ((one, two),)


def test_one_corrected_cell_prints_no_column_again() -> None:
    held = [(1, figure("521")), (1, figure("48", cohort="ehcp"))]
    column = figure("522", published=MARCH)
    assert told(MARCH, column, held=held) == only(revised=["521 -> 522"], gone=["48"])
    cell = figure("522", published=MARCH, locator=f"{CORRECTION} (row 1a)")
    assert told(MARCH, cell, held=held) == only(revised=["521 -> 522"])
