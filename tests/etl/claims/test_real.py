"""The claims of the real packs, against the list made by hand in real_claims.md."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import pytest

from etl import claims, readers, tables
from etl.model import Statement
from etl.record import Record
from tests.conftest import PAPERS
from tests.etl.claims import claim_tables


@lru_cache
def held(pack: str) -> tuple[Statement, ...]:
    record = claim_tables.record()
    document = readers.read(PAPERS / f"{pack}.txt")
    printed = tables.read(document, record.registry).statements
    return claims.hold_against((*printed, *claims.find(document, record.registry)), record)


def rows() -> list[list[str]]:
    return [row for table in claim_tables.tables("real_claims.md") for row in table[1:]]


@pytest.mark.papers
@pytest.mark.parametrize("pack", ["2021-09-17", "2022-03-18", "2023-05-19"])
def test_every_claim_listed_by_hand_is_found_with_its_verdict(pack: str) -> None:
    compare_with_the_list(pack, held(pack))


@pytest.mark.parametrize("pack", ["2021-09-17", "2022-03-18"])
def test_the_seeded_store_has_every_claim_listed_by_hand(pack: str, real_record: Record) -> None:
    """Without the whole packs: from claims.yaml beside the excerpts."""
    day = date.fromisoformat(pack)
    stated = tuple(s for s in claims.held(real_record) if s.published == day)
    compare_with_the_list(pack, stated)
    assert len(stated) == len([row for row in rows() if row[0] == pack])


def compare_with_the_list(pack: str, stated: tuple[Statement, ...]) -> None:
    left = list(stated)
    wrong = []
    for _, paragraph, figure, series, period, verdict, _ in (r for r in rows() if r[0] == pack):
        claim = claim_tables.Expected.parse(f"{figure} {series} {period} {verdict}")
        alike = [found for found in left if claim.found_in(found)]
        if not alike:
            wrong.append(f"{paragraph} {figure} {series} {period}: not found")
            continue
        best = min(alike, key=lambda found: found.verdict != verdict)
        left.remove(best)
        if best.verdict != verdict:
            wrong.append(
                f"{paragraph} {figure} {series} {period}: {best.verdict}, {best.explanation}"
            )
    assert not wrong, "\n".join(wrong)
    assert not [s for s in left if s.verdict == "differs"], "differs, but not listed by hand"


@pytest.mark.papers
@pytest.mark.parametrize("pack", ["2017-09-04", "2020-07-17"])
def test_packs_without_the_report_make_no_claims(pack: str) -> None:
    assert held(pack) == ()


@pytest.mark.papers
def test_the_places_are_those_of_the_report() -> None:
    later = next(s for s in held("2022-03-18") if s.raw == "208")
    assert later.verdict == "differs"
    assert later.place.paragraph == "2.3"
    assert "the month after, Jan 2022" in later.explanation


def test_no_sentence_is_kept(real_record: Record) -> None:
    assert real_record.statements
    for statement in real_record.statements:
        assert len(statement.raw.split()) <= 3, statement.raw
        assert (statement.verdict, statement.explanation) == ("unchecked", "")
