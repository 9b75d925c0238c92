"""Whatever a report says, reading it never fails and keeps no sentence."""

from __future__ import annotations

from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl import claims
from etl.record import Record
from tests.etl.claims import claim_tables

SAID = """
495 children missing education EHC plan plans complaints upheld Ombudsman within 20 weeks
December 2021 Jan-22 2020-21 Q3 of the 104 54% 12.1% 183 days 29.8 weeks from to and , ; ( )
fell by rose up down a year earlier same month target statutory timescale latest no half
two thirds respectively between July cumulative to date England looked-after . : = £ 5a 2.4
10:30 0344 800 8020 31/12/2021 100 fewer than points further average reviews in time LAC
"""
WORDS = SAID.split()


@lru_cache(maxsize=1)
def record() -> Record:
    return claim_tables.record()


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=30), st.booleans())
def test_any_words_of_a_report(words: list[str], dated: bool) -> None:
    published = claim_tables.PUBLISHED if dated else None
    report = claim_tables.document(" ".join(words), published=published)
    for statement in claims.hold_against(claims.find(report, record().registry), record()):
        assert statement.value is not None
        assert statement.explanation
        assert statement.certain or statement.verdict != "differs"
        assert len(statement.raw) < 40


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text_at_all(text: str) -> None:
    report = claim_tables.document(text, f"• {text}", f"{text}:")
    claims.hold_against(claims.find(report, record().registry), record())
