"""Answers are kept by record, and let go with it."""

from __future__ import annotations

from etl.analysis.book import book
from etl.analysis.keep import RECORDS, Kept
from tests.etl.records import figure, record


def test_the_same_question_of_the_same_record_is_worked_out_once() -> None:
    kept, asked, held = Kept(2), [], record([])
    for choice in ("a", "a", "b", "a", "c", "b"):
        kept.get(held, choice, lambda choice=choice: asked.append(choice))
    assert asked == ["a", "b", "c", "b"]


def test_another_record_with_the_same_choices_has_its_own_answer() -> None:
    kept = Kept(10)
    one, other = record([]), record([])
    assert kept.get(one, "a", lambda: 1) == 1
    assert kept.get(other, "a", lambda: 2) == 2
    assert kept.get(one, "a", lambda: 3) == 1


def test_old_records_are_let_go() -> None:
    kept = Kept(10)
    records = [record([]) for _ in range(RECORDS + 1)]
    for number, held in enumerate(records):
        kept.get(held, "a", lambda number=number: number)
    assert kept.get(records[0], "a", lambda: "made again") == "made again"
    assert kept.get(records[-1], "a", lambda: "made again") == RECORDS


def test_a_book_belongs_to_its_record() -> None:
    one = record([figure("children_missing_education", "2021-12", "495")])
    other = record([figure("children_missing_education", "2021-12", "496")])
    assert book(one) is book(one)
    values = [book(held).latest("children_missing_education", "all") for held in (one, other)]
    assert [value and value.value for value in values] == [495, 496]
