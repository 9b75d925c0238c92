"""claims.yaml: what is written is read again, and says what the whole pack says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from etl import claims, readers, registry
from etl.claims import kept
from etl.model import Source, Statement, UserError
from tests.conftest import PAPERS
from tests.etl.claims import claim_tables
from tests.folders import PACKS

DATA = Path(__file__).resolve().parents[3] / "data"
SOURCE = Source("report", "", "text", date(2022, 3, 18), "The report")


def stated() -> tuple[Statement, ...]:
    """Claims of every kind: levels, growth, changes, targets, the law, other areas."""
    known = registry.load()
    return tuple(
        statement
        for name in ("sentences.md", "more_sentences.md")
        for table in claim_tables.tables(name)
        for row in table[1:]
        for statement in claims.find(claim_tables.document(row[0]), known)
    )


@pytest.mark.slow
def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    found = stated()
    assert {"level", "increase", "change", "rate", "target", "limit"} == {s.about for s in found}
    (tmp_path / kept.NAME).write_text(kept.written(found), encoding="utf-8")
    again = kept.beside(tmp_path, SOURCE)
    assert again is not None
    assert {(s.published, s.source) for s in again} == {(date(2022, 3, 18), "The report")}
    assert [_alone(s) for s in again] == [_alone(s) for s in found]


def _alone(statement: Statement) -> dict[str, object]:
    return {key: value for key, value in vars(statement).items() if key not in kept.LEFT_OUT}


@pytest.mark.papers
@pytest.mark.parametrize("pack", ["2021-09-17", "2022-03-18"])
def test_the_file_is_what_the_whole_pack_says(pack: str) -> None:
    document = readers.read(PAPERS / f"{pack}.txt")
    found = claims.find(document, registry.load())
    folder = PACKS / pack
    assert kept.beside(folder, document.source) == found
    assert (folder / kept.NAME).read_text(encoding="utf-8") == kept.written(found)
    assert readers.read(folder).source.title == document.source.title


def test_none_are_kept_of_a_part_of_a_pack(tmp_path: Path) -> None:
    assert kept.beside(tmp_path, SOURCE) is None
    pack = PACKS / "2022-03-18"
    assert kept.beside(pack / "summary.txt", SOURCE) is None
    assert kept.beside(pack / "source.yaml", SOURCE) == kept.beside(pack, SOURCE)


@pytest.mark.parametrize(
    "text",
    [
        "- [",
        "just words",
        "- {kind: bullet}",
        "- {kind: rumour, value: '1', unit: count, place: {line: 1}}",
        "- {kind: bullet, value: many, unit: count, place: {line: 1}}",
        "- {kind: bullet, value: '1', unit: count, place: {line: 1}, sentence: never}",
        "- {kind: bullet, value: '1', unit: count, place: {line: 1}, verdict: supported}",
    ],
)
def test_a_file_that_is_wrong_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / kept.NAME).write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=kept.NAME) as told:
        kept.beside(tmp_path, SOURCE)
    assert "\n" not in str(told.value)
