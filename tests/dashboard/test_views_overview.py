"""The overview of the real record: figures held against the packs by eye."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from dashboard.views.measure import measure as measure_of
from dashboard.views.overview import SENTENCES, chosen, meetings, overview
from dashboard.views.rows import stopped
from dashboard.views.types import Overview, Row
from etl.analysis.book import book
from etl.model import MeasureRef, Target
from etl.record import Record
from etl.store import Store
from tests.etl.records import figure, record

MARCH = date(2022, 3, 18)


@pytest.fixture(scope="module")
def march(real_store: Store) -> Record:
    """The record as reported at 18 March 2022."""
    return real_store.record(MARCH)


def row(view: Overview, name: str) -> Row:
    return next(r for group in view.groups for r in group.rows if r.id == name)


def test_the_finding_and_its_sentences(march: Record) -> None:
    view = overview(march)
    assert view.headline == (
        "Plans within 20 weeks: 6.7 points short of the agreed target of 60% by the end of 2021"
    )
    texts = [sentence.text for sentence in view.sentences]
    assert texts[0] == (
        "53.3% of EHC plans were issued within 20 weeks in 2021 (546 of 1,025, counting those with "
        "permitted exceptions), 6.7 points short of the agreed target of 60% by the end of 2021."
    )
    assert (
        "495 children were missing education in December 2021, 100 fewer than in December 2020 "
        "(595)." in texts
    )
    assert (
        "104 complaints were received from April 2021 to January 2022, 21 more than in the same "
        "months a year before (83)." in texts
    )
    assert len(texts) <= SENTENCES


def test_no_sentence_speaks_of_a_flagged_figure(march: Record) -> None:
    found = book(march)
    assert all(not found.doubts(value.point.shown) for value in chosen(march))


@pytest.mark.parametrize(
    ("name", "serial", "number", "when", "before", "since"),
    [
        (
            "children_missing_education.all",
            "1a",
            "495",
            "Dec 2021",
            ("−100", "595 in Dec 2020"),
            ("+108", "387 in Jul 2021"),
        ),
        (
            "children_missing_education.ehcp",
            "1b",
            "60",
            "Dec 2021",
            ("−5", "65 in Dec 2020"),
            ("+11", "49 in Jul 2021"),
        ),
        (
            "alternative_provision_days.all",
            "2a",
            "25.6 days",
            "Dec 2021",
            ("+2.8 days", "22.8 in Dec 2020"),
            ("+7.1 days", "18.5 in Jul 2021"),
        ),
        (
            "alternative_provision_days.ehcp",
            "2b",
            "43.0 days",
            "Dec 2021",
            ("−1.5 days", "44.5 in Dec 2020, from 4 pupils"),
            ("+18.7 days", "24.3 in Jul 2021, from 6 pupils"),
        ),
        (
            "ehc_review_on_time.all",
            "4",
            "62%",
            "Jan 2022",
            ("+8 points", "54% in Jan 2021"),
            ("−1 point", "63% in Jul 2021"),
        ),
        (
            "complaints_local.all",
            "5a",
            "104",
            "Jan 2022",
            ("+21", "83 by Jan 2021"),
            ("", "a running total only rises"),
        ),
        (
            "ehc_plans_on_time_share_including_exceptions.all",
            "",
            "53.3%",
            "year 2021",
            ("", ""),
            ("", ""),
        ),
    ],
)
def test_rows(
    march: Record,
    name: str,
    serial: str,
    number: str,
    when: str,
    before: tuple[str, str],
    since: tuple[str, str],
) -> None:
    found = row(overview(march), name)
    assert found.figure is not None
    assert (found.serial, found.figure.text, found.figure.period) == (serial, number, when)
    assert (found.year_before.number, found.year_before.versus) == before
    assert (found.last_report.number, found.last_report.versus) == since


def test_a_flagged_figure_stands_with_its_flag_and_without_changes(march: Record) -> None:
    found = row(overview(march), "children_missing_education_share.lac")
    assert found.figure is not None
    assert found.figure.text == "7.0%"
    assert [flag.text for flag in found.flags] == ["as printed; 12 of 495 is 2.4%"]
    assert found.year_before.why_not == found.last_report.why_not == "Left out: it is flagged"
    assert found.flags[0].url.startswith("/quality#")


@pytest.mark.parametrize(
    ("name", "words", "detail", "shape"),
    [
        (
            "ehc_plans_on_time_share_including_exceptions.all",
            "6.7 points short",
            "60% by the end of 2021, agreed; the same on both bases",
            "short",
        ),
        (
            "ehc_plan_days.all",
            "On average 68 days longer",
            "than the law normally allows a plan",
            "",
        ),
        ("children_missing_education.all", "No target is set", "", ""),
        (
            "ehc_review_on_time.all",
            "The papers do not say which of the law's time limits is meant",
            "",
            "",
        ),
    ],
)
def test_standings(march: Record, name: str, words: str, detail: str, shape: str) -> None:
    found = row(overview(march), name).standing
    assert (found.words, found.detail, found.shape) == (words, detail, shape)


@pytest.mark.parametrize(
    ("measure", "form", "detail"),
    [
        ("children_missing_education", "limit", "400 in each case"),
        ("children_missing_education", "monthly", "400 each month"),
        ("children_missing_education", "by_date", "400 by the end of 2022"),
        ("complaints_local", "annual", "400 in 2022"),
        ("alternative_provision_pupils", "annual", "400 in 2022"),
    ],
)
@pytest.mark.parametrize("held", ["figures", "none"])
def test_a_row_with_a_target_of_its_own_does_not_say_that_none_is_set(
    march: Record, measure: str, form: Any, detail: str, held: str
) -> None:
    one = Target(
        "made-up",
        (MeasureRef(measure, "all"),),
        Decimal(400),
        "count",
        "agreed",
        form,
        "not_applicable",
        date(2022, 1, 1),
        date(2022, 12, 31),
        "Agreed: below 400",
        "Cabinet",
        "Minutes",
    )
    known = replace(march, targets=(*march.targets, one))
    if held == "none":
        known = replace(
            known, series={k: s for k, s in march.series.items() if k.measure != measure}
        )
    view = overview(known)
    standing = row(view, f"{measure}.all").standing
    assert (standing.words, standing.detail) == ("Not held against its target", detail)
    page = measure_of(known, measure, "all")
    assert page is not None
    said = str(page)
    assert "Agreed: below 400" in said
    for wrong in ("No target is set", "has no target"):
        assert wrong not in said


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("alternative_provision_days.all", "Too few months in a row to say"),
        ("alternative_provision_days.ehcp", "4 pupils: read with care"),
        ("children_missing_education.all", "Not tested: a count at one date"),
        ("complaints_local.all", "A running total is not tested"),
    ],
)
def test_on_the_real_packs_no_row_has_a_verdict_and_each_says_why(
    march: Record, name: str, words: str
) -> None:
    assert row(overview(march), name).variation.words == words


def test_rows_stand_in_the_appendix_order_under_the_ombudsmans_questions(march: Record) -> None:
    view = overview(march)
    serials = {group.id: [r.serial for r in group.rows] for group in view.groups}
    assert serials["missing"] == ["1a", "1b", "1c", "1d", "1e"]
    assert serials["plans"] == ["3", "", "4", "3a", "4a"]
    assert serials["complaints"] == ["5a", "5a", "5b", "5b"]
    assert [group.id for group in view.groups][-1] == "context"


def test_small_lines_leave_gaps_for_months_without_a_figure(march: Record) -> None:
    points = row(overview(march), "children_missing_education.all").spark.points
    held = [day.isoformat()[:7] for day, value in points if value is not None]
    missing = [day.isoformat()[:7] for day, value in points if value is None]
    assert held[0] == "2020-07"
    assert held[-1] == "2021-12"
    assert missing == ["2020-08", "2020-09", "2020-10", "2021-02", "2021-04", "2021-06"]


def test_the_meetings_are_those_whose_reports_are_held(real_record: Record) -> None:
    assert [(c.value, c.label) for c in meetings(real_record)] == [
        ("", "Latest: everything held"),
        ("2022-03-18", "18 March 2022"),
        ("2021-09-17", "17 September 2021"),
    ]


def test_as_reported_in_september_2021_nothing_later_shows(real_store: Store) -> None:
    view = overview(real_store.record(date(2021, 9, 17)))
    found = row(view, "children_missing_education.all")
    assert found.figure is not None
    assert (found.figure.text, found.figure.period) == ("387", "Jul 2021")
    assert found.last_report.why_not == "No earlier report held"
    assert not any("share_including" in r.id for group in view.groups for r in group.rows)


def test_today_a_series_that_has_stopped_says_so(real_record: Record) -> None:
    view = overview(real_record, date(2026, 11, 22))
    assert view.past_lead == "The committee's table ends with January 2022. The last figures:"
    assert [s.text[:35] for s in view.sentences] == ["59.0% of EHC plans were issued withi"[:35]]
    assert len(view.past) == 5
    assert row(view, "children_missing_education.all").stopped == "No figure since December 2021"
    assert view.headline == (
        "59.0% of EHC plans were issued within 20 weeks in 2025, against 45.5% in England"
    )


@pytest.mark.parametrize(
    ("today", "said"),
    [(date(2022, 3, 18), ""), (date(2022, 12, 1), "No figure since December 2021")],
)
def test_a_series_has_not_stopped_while_a_figure_may_still_be_due(today: date, said: str) -> None:
    held = book(record([figure("children_missing_education", "2021-12", "495")]))
    assert stopped(held.latest("children_missing_education", "all"), today) == said


def test_without_any_figure_the_page_says_what_to_do() -> None:
    view = overview(record([]))
    assert view.headline == "No figures are held yet"
    assert view.empty
    assert not view.groups


def test_a_baseline_under_other_rules_is_said_beside_the_sentences(real_store: Store) -> None:
    """July 2020 lies in the months of relaxed timescales (SI 2020/471); December 2020 does not."""
    relaxed = "relaxed under conditions from 1 May to 25 September 2020"
    september = overview(real_store.record(date(2021, 9, 17))).notes
    assert sum(relaxed in note for note in september) == 1
    assert not any(relaxed in note for note in overview(real_store.record(MARCH)).notes)


@pytest.mark.parametrize(
    ("name", "as_at", "detail"),
    [
        ("children_missing_education.all", MARCH, ""),
        ("complaints_local.all", MARCH, "added up from April 2021"),
        ("ehc_plans_on_time_share_including_exceptions.all", MARCH, "year to date"),
        # Since then only DfE has given this share: its year 2025.
        ("ehc_plans_on_time_share_including_exceptions.all", None, "calendar year, from DfE"),
    ],
)
def test_a_row_says_what_kind_of_period_it_covers(
    real_store: Store, name: str, as_at: date | None, detail: str
) -> None:
    assert row(overview(real_store.record(as_at)), name).detail == detail


def test_measures_of_dfe_alone_stand_on_their_own_pages(real_record: Record) -> None:
    """Theirs, and any area's, not among the rows that the committee is given."""
    shown = {row.id.split("/")[0] for group in overview(real_record).groups for row in group.rows}
    alone = {"ehc_requests", "send_appeals", "ehc_plans_in_force"}
    assert shown.isdisjoint({*alone, "children_missing_education_census"})
    assert all(
        real_record.of(name, "all", "calendar_year") for name in alone - {"ehc_plans_in_force"}
    )
    assert not any(
        row.figure == "No figure" for group in overview(real_record).groups for row in group.rows
    )
