"""Figures as published: kept exactly, shown by date, taken back, published from a set time."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.exc import DBAPIError

from etl.model import (
    COUNCIL,
    EDITORS,
    Answer,
    Finding,
    Observation,
    Place,
    SeriesKey,
    Statement,
)
from etl.record import Record
from etl.store import Outdated, Store, StoreError
from tests.etl.made_up import MARCH, MAY, SEPTEMBER, figure, month, release

KEY = SeriesKey("E10000020", "children_missing_education", "all", "month")


def shown(record: Record, when: str = "2021-07") -> Decimal | None:
    points = {point.period: point for point in record.series[KEY].points}
    return points[month(when)].value


ODD = [
    figure("521"),
    figure("41.0", "2021-06", raw="41.0"),
    figure("9.4", measure="children_missing_education_share", cohort="ehcp", unit="percent"),
    figure(None, cohort="lac", sample_size=0, raw="NA (No LAC in calcs)", unit=None),
    figure("0", "2021-03", status="nil", raw="nil"),
    figure(None, "2021-04", status="not_available", raw="x"),
    figure("263.3", "2021-05", unit="days", note="37.6 weeks", raw="263.3 days 37.6 weeks"),
    figure("0.00000000000000000000001", "2021-02", raw="=1+1 'quoted' \u2013 \u00e9\n"),
]


@pytest.mark.parametrize("observation", ODD, ids=lambda o: o.reading.raw)
def test_a_figure_comes_back_as_it_was_stored(any_store: Store, observation: Observation) -> None:
    any_store.publish([release(observation)], "test")
    assert any_store.record().observations == (observation,)
    kept = any_store.record().observations[0].value
    if kept is not None:
        assert kept.as_tuple() == Decimal(str(observation.value)).normalize().as_tuple() or (
            kept == observation.value
        )


def test_statements_and_findings_come_back_as_they_were_stored(any_store: Store) -> None:
    held = figure("521")
    statement = Statement(
        "bullet",
        Decimal("58"),
        "percent",
        Place(line=12, paragraph="2.3"),
        "children_missing_education",
        "all",
        month("2021-07"),
        raw="58%",
        published=SEPTEMBER,
    )
    finding = Finding("unreadable", "warning", "Not readable: '5?1'", ("line 3",), (held,))
    any_store.publish([release(held, statements=(statement,), findings=(finding,))], "test")
    record = any_store.record()
    assert record.statements == (statement,)
    assert finding in [judged.finding for judged in record.judged]


def test_the_newest_publication_is_shown_and_each_is_kept(any_store: Store) -> None:
    any_store.publish([release(figure("500", published=MARCH))], "test")
    any_store.publish([release(figure("521", published=SEPTEMBER))], "test")
    assert shown(any_store.record()) == 500
    assert shown(any_store.record(as_at=SEPTEMBER)) == 521
    assert shown(any_store.record(as_at=date(2022, 3, 17))) == 521
    assert shown(any_store.record(as_at=MARCH)) == 500
    assert any_store.record(as_at=date(2021, 9, 16)).series == {}
    versions = any_store.record().series[KEY].points[0].versions
    assert [v.published for v in versions] == [SEPTEMBER, MARCH]


def test_of_equal_dates_the_later_release_is_shown(any_store: Store) -> None:
    any_store.publish([release(figure("521"))], "test")
    any_store.publish([release(figure("522"))], "test")
    assert shown(any_store.record()) == 522


def test_of_one_release_appendix_1_is_shown_before_the_outturn_table(any_store: Store) -> None:
    any_store.publish([release(figure("521"), figure("555", table="outturn"))], "test")
    assert shown(any_store.record()) == 521
    assert len(any_store.record().observations) == 2


def test_a_withdrawn_release_is_hidden_and_can_be_published_again(any_store: Store) -> None:
    any_store.publish([release(figure("521"))], "test")
    (number,) = any_store.publish([release(figure("500", published=MARCH))], "test")
    any_store.withdraw(number, "cli:sam", "wrong file")
    assert shown(any_store.record()) == 521
    assert [r.number for r in any_store.record().releases] == [1]
    assert [r.withdrawn for r in any_store.releases()] == [False, True]
    any_store.republish(number, "cli:sam", "it was right")
    assert shown(any_store.record()) == 500
    told = [(act.what, act.who, act.reason, act.release) for act in any_store.history.all()]
    assert told[:2] == [
        ("republish", "cli:sam", "it was right", number),
        ("withdraw", "cli:sam", "wrong file", number),
    ]


@pytest.mark.parametrize(
    ("number", "reason", "says"),
    [(7, "why", "no release 7"), (1, "  ", "needs a reason"), (1, "why", "already withdrawn")],
)
def test_withdrawing_says_why_it_cannot(
    any_store: Store, number: int, reason: str, says: str
) -> None:
    any_store.publish([release(figure("521"))], "test")
    any_store.withdraw(1, "test", "first")
    with pytest.raises(StoreError, match=says):
        any_store.withdraw(number, "test", reason)


def test_nothing_is_public_before_its_time(any_store: Store) -> None:
    any_store.publish([release(figure("521"))], "test")
    any_store.clock = lambda: "2022-03-10T08:59:59Z"
    any_store.publish(
        [release(figure("500", published=MARCH))], "test", visible_from="2022-03-10T09:00:00Z"
    )
    before = any_store.record()
    assert shown(before) == 521
    assert [r.number for r in before.releases] == [1]
    assert shown(any_store.record(scheduled=True)) == 500
    any_store.clock = lambda: "2022-03-10T09:00:00Z"
    assert any_store.version() != before.version
    assert shown(any_store.record()) == 500


def test_the_version_names_what_is_public(any_store: Store) -> None:
    empty = any_store.version()
    any_store.publish([release(figure("521"))], "test")
    first = any_store.record()
    assert first.version == any_store.version() != empty
    assert any_store.record() is first
    any_store.withdraw(1, "test", "wrong")
    assert any_store.version() != first.version


def test_what_was_compared_with_an_older_state_is_not_published(any_store: Store) -> None:
    seen = any_store.version()
    any_store.publish([release(figure("521"))], "test", based_on=seen)
    with pytest.raises(Outdated):
        any_store.publish([release(figure("500", published=MARCH))], "test", based_on=seen)
    assert len(any_store.releases()) == 1


def test_several_releases_are_one_transaction(any_store: Store) -> None:
    double = figure("500", published=MARCH)
    with pytest.raises(DBAPIError):
        any_store.publish([release(figure("521")), release(double, double)], "test")
    assert any_store.releases() == ()
    assert any_store.history.all() == ()


def test_other_stores_of_the_same_database_see_what_was_published(
    any_store: Store, database_url: str
) -> None:
    from etl.council_store import open_store

    other = open_store(database_url, seed=False)
    assert other.record().observations == ()
    any_store.publish([release(figure("521"))], "test")
    assert shown(other.record()) == 521
    other.close()


def test_declarations_come_and_go_with_their_release(any_store: Store) -> None:
    declared = any_store.registry
    target, event = declared.targets[1], declared.events[0]
    moved = replace(target, value=Decimal("65.5"))
    any_store.publish([release(figure("521"), declarations=(target, event))], "test")
    any_store.publish([release(figure("500", published=MARCH), declarations=(moved,))], "test")
    assert any_store.record().targets == (moved,)
    assert any_store.record(as_at=SEPTEMBER).targets == (target,)
    any_store.withdraw(2, "test", "wrong")
    assert any_store.record().targets == (target,)
    assert any_store.record().events == (event,)


def test_an_answer_of_a_release_is_the_councils_of_that_day(any_store: Store) -> None:
    """One that a file gave says so itself, also where a release brought it along."""
    given = Answer("odd", ("521",), "stands", "Counted twice")
    listed = replace(given, code="other", by=EDITORS, dated=MARCH)
    any_store.publish([release(figure("521"), declarations=(given, listed))], "test")
    of_council, of_file = any_store.record().answers
    recorded = any_store.history.all()[0].at[:10]
    assert of_council == replace(given, by=COUNCIL, dated=date.fromisoformat(recorded))
    assert of_file == listed


def test_records_are_few_in_memory_and_the_same_for_dates_between_releases(
    store: Store,
) -> None:
    store.publish([release(figure("521"))], "test")
    store.publish([release(figure("500", published=MAY))], "test")
    early, later = store.record(date(2021, 9, 20)), store.record(date(2021, 10, 1))
    assert early.series is later.series
    assert (early.as_at, later.as_at) == (date(2021, 9, 20), date(2021, 10, 1))


def test_readers_in_threads_see_one_state_each_while_others_publish(any_store: Store) -> None:
    """Each release holds one figure: a record with more of one than of the other is torn."""
    stop, torn = threading.Event(), []

    def read() -> None:
        while not stop.is_set():
            record = any_store.record()
            if len(record.releases) != len(record.observations):
                torn.append(record.version)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for number in range(12):
        any_store.publish([release(figure("521", authority=f"E{number:08}"))], "test")
    stop.set()
    for reader in readers:
        reader.join()
    assert torn == []
    assert len(any_store.record().observations) == 12
