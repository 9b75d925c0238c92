"""The claims of sentences.md: found, timed, tied to their series, held against figures.md."""

from __future__ import annotations

from functools import lru_cache

import pytest

from etl import claims
from etl.model import Statement
from etl.record import Record
from tests.etl.claims import claim_tables


@lru_cache(maxsize=1)
def record() -> Record:
    return claim_tables.record()


def held(sentence: str) -> list[Statement]:
    found = claims.find(claim_tables.document(sentence), record().registry)
    return list(claims.hold_against(found, record()))


def rows() -> list[tuple[str, str]]:
    return [
        (sentence, expected)
        for name in ("sentences.md", "more_sentences.md", "grammar.md")
        for table in claim_tables.tables(name)
        for sentence, expected in table[1:]
    ]


@pytest.mark.parametrize(("sentence", "expected"), rows())
def test_a_sentence_makes_just_these_claims(sentence: str, expected: str) -> None:
    wanted = (
        [] if expected == "none" else [claim_tables.Expected.parse(e) for e in expected.split(";")]
    )
    left = held(sentence)
    for claim in wanted:
        alike = [found for found in left if claim.found_in(found)]
        assert alike, f"{claim} not among {[(s.raw, s.measure, s.cohort, s.period) for s in left]}"
        best = min(alike, key=lambda found: found.verdict != claim.verdict)
        assert best.verdict == claim.verdict, best.explanation
        left.remove(best)
    assert not left, [(s.raw, s.measure, s.cohort, s.period, s.verdict) for s in left]
