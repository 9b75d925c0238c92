"""Twenty invented councils' scorecards: nothing is read wrongly, and most is read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from etl.layouts import reading
from etl.model import Paper
from tests.etl.layouts import councils


@pytest.mark.parametrize("card", councils.NAMES)
def test_as_they_come_nothing_is_read_wrongly(card: str) -> None:
    assert councils.read(card, paper=False).wrong == ()


@pytest.mark.parametrize("card", councils.NAMES)
def test_with_the_council_s_file_nothing_is_read_wrongly(card: str) -> None:
    assert councils.read(card).wrong == ()


@pytest.mark.parametrize("card", councils.NAMES)
def test_with_labels_alone_nothing_becomes_the_council_s_own_wrongly(card: str) -> None:
    """What its file says of words, areas, sections and cells is missing; only rows are known."""
    held = councils.registry_of(card)
    bare = replace(held, paper=Paper(labels=held.paper.labels))
    found = list(reading.read(councils.document(card).tables, bare))
    wrong = councils.score(card, found, bare).wrong
    assert [one for one in wrong if "('actual'" in one and bare.council.short_name in one] == []


@pytest.mark.parametrize("card", councils.NAMES)
def test_with_the_council_s_file_nearly_all_is_read(card: str) -> None:
    """Nearly: figures with a raised mark behind them are refused, since 6 with a raised 1 may
    be 61."""
    found = councils.read(card)
    assert found.actual >= found.of * 0.89


def test_over_all_at_least_95_in_100_arrive() -> None:
    scores = [councils.read(card) for card in councils.NAMES]
    assert sum(one.actual for one in scores) >= 0.95 * sum(one.of for one in scores)
