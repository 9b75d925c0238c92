"""From packs to the record: what is new, revised, unchanged; all or nothing; taken back."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from etl import checks, pipeline
from etl.incoming import recognised
from etl.model import COUNCIL, Document, NoTable, Observation, Refused, SeriesKey, Source, UserError
from etl.pipeline import Prepared
from etl.store import Outdated, Store
from tests.conftest import PAPERS
from tests.folders import PACKS

ROOT = Path(__file__).resolve().parents[2]
REAL = [PACKS / name for name in ("2021-09-17", "2022-03-18")]
THIRD = ROOT / "tests" / "packs" / "third"
MAY = date(2022, 5, 20)
REASON = "checked with the team"


def third(store: Store) -> Prepared:
    return pipeline.prepare([THIRD / "pack.txt"], store, MAY)


def publish(store: Store, prepared: Prepared) -> tuple[int, ...]:
    return pipeline.publish(store, prepared, "test", accept_reason=REASON).numbers


def told(prepared: Prepared) -> set[tuple[str, ...]]:
    """Everything that is not unchanged, as `expected.csv` has it."""

    def line(kind: str, at: Observation, before: str, now: str) -> tuple[str, ...]:
        return kind, at.measure, at.cohort, at.period.end.isoformat(), before, now

    (publication,) = prepared.publications
    found = publication.comparison
    return {
        *(line("new", new, "", new.reading.raw) for new in found.new),
        *(line("revised", new, old.reading.raw, new.reading.raw) for old, new in found.revised),
        *(line("gone", gone, gone.reading.raw, "") for gone in found.gone),
    }


def test_a_third_pack_is_told_apart_figure_by_figure(seeded_store: Store) -> None:
    with (THIRD / "expected.csv").open(encoding="utf-8", newline="") as file:
        expected = {tuple(row.values()) for row in csv.DictReader(file)}
    prepared = third(seeded_store)
    assert told(prepared) == expected
    assert len(prepared.publications[0].comparison.unchanged) == 20


def test_a_third_pack_adds_and_replaces_nothing(seeded_store: Store) -> None:
    before = seeded_store.record()
    publish(seeded_store, third(seeded_store))
    after = seeded_store.record()
    assert len(after.observations) == len(before.observations) + 45
    assert set(before.observations) < set(after.observations)
    key = SeriesKey("E10000020", "children_missing_education_share", "lac", "month")
    point = next(p for p in after.series[key].points if p.period.end == date(2021, 12, 31))
    assert point.value == Decimal("2.4")
    assert [v.reading.raw for v in point.versions][-2:] == ["7.0%", "2.4%"]
    then = seeded_store.record(as_at=date(2022, 5, 19)).series[key].points
    assert then == before.series[key].points
    # What the third pack no longer prints stands as it was published last.
    gone = after.of("ehc_plan_days", "lac", "month")
    assert gone == before.of("ehc_plan_days", "lac", "month")


def test_the_same_pack_again_changes_nothing(seeded_store: Store) -> None:
    publish(seeded_store, third(seeded_store))
    version, history = seeded_store.version(), seeded_store.history.all()
    again = third(seeded_store)
    assert not again.to_store
    assert len(again.publications[0].comparison.held) == 45
    assert publish(seeded_store, again) == ()
    assert (seeded_store.version(), seeded_store.history.all()) == (version, history)


def test_the_whole_packs_after_their_excerpts_change_nothing(
    seeded_store: Store, packs: Path
) -> None:
    before = seeded_store.version()
    whole = [packs / "2021-09-17.txt", packs / "2022-03-18.txt"]
    prepared = pipeline.prepare(whole, seeded_store)
    assert [len(p.comparison.held) for p in prepared.publications] == [123, 345]
    assert not prepared.to_store
    held = {
        (o.series, o.period, o.table, o.published): o.locator
        for p in prepared.publications
        for o in p.comparison.held
    }
    kept = {
        (o.series, o.period, o.table, o.published): o.locator
        for o in seeded_store.record().observations
    }
    assert {key: kept[key] for key in held} == held  # locators are the whole pack's
    assert seeded_store.version() == before


@pytest.mark.papers
def test_the_claims_of_a_pack_come_with_it_and_alone_are_no_news(
    seeded_store: Store, store: Store
) -> None:
    whole = [PAPERS / "2021-09-17.txt", PAPERS / "2022-03-18.txt"]
    prepared = pipeline.prepare(whole, store)
    assert prepared.warnings == ()
    pipeline.publish(store, prepared, "test")
    kept = store.record().statements
    assert kept == seeded_store.record().statements
    assert {s.kind for s in kept} >= {"sentence", "bullet", "summary_table"}
    again = pipeline.prepare(whole, store)
    assert not again.to_store
    assert pipeline.publish(store, again, "test").numbers == ()
    assert store.record().statements == kept


def test_a_wrong_sentence_is_a_note_and_stops_nothing(store: Store, tmp_path: Path) -> None:
    pack = tmp_path / "pack.txt"
    text = (THIRD / "pack.txt").read_text(encoding="utf-8")
    said = "- At the end of December 2021, 950 children were missing education.\n"
    pack.write_text(f"{said}\n{text}", encoding="utf-8")
    prepared = pipeline.prepare([pack], store, MAY)
    (note,) = (j for j in prepared.judged if j.finding.code == "claim-differs")
    assert (note.open, note.finding.severity) == (False, "note")
    assert "the report says 950 for Dec 2021; the record has 495" in note.finding.message
    assert note.finding.places == ("pack.txt: line 1",)
    publish(store, prepared)
    record = store.record()
    (statement,) = record.statements
    assert (statement.raw, statement.place.line, statement.published) == ("950", 1, MAY)
    assert note in record.judged
    # An officer may answer it all the same.
    answer = checks.answer_for(note.finding, "misprint", "a slip of the pen")
    pipeline.publish(
        store, pipeline.prepare_all([], store), "sam", declarations=[answer], published=MAY
    )
    (judged,) = (j for j in store.record().judged if j.finding.code == "claim-differs")
    assert judged.answer is not None
    assert judged.answer == replace(answer, by=COUNCIL, dated=judged.answer.dated)


def test_the_second_pack_reprints_the_first_unchanged(store: Store) -> None:
    prepared = pipeline.prepare(REAL, store)
    first, second = (p.comparison for p in prepared.publications)
    assert (len(first.new), len(first.unchanged), len(first.revised)) == (123, 0, 0)
    assert (len(second.new), len(second.unchanged), len(second.revised)) == (98 + 124, 123, 0)
    assert prepared.warnings == ()  # what is wrong in them is answered in answers.yaml
    assert pipeline.publish(store, prepared, "test").numbers == (1, 2)


def test_a_warning_wants_a_reason_and_keeps_its_flag(seeded_store: Store) -> None:
    prepared = third(seeded_store)
    assert [j.finding.code for j in prepared.warnings] == ["unusual"]
    with pytest.raises(Refused, match="1 warning not accepted"):
        pipeline.publish(seeded_store, prepared, "test", accept_reason="  ")
    assert len(seeded_store.releases()) == 2
    publish(seeded_store, prepared)
    (judged,) = (
        j
        for j in seeded_store.record().judged
        if j.finding.figures
        and j.finding.figures[0].reading.raw == "nil"
        and j.finding.code == "unusual"
    )
    assert judged.answer is not None
    assert (judged.answer.verdict, judged.answer.reason) == ("unexplained", REASON)
    assert judged.doubts
    assert not judged.open


def test_one_bad_file_of_several_stores_nothing(store: Store, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear committee,\nno table here.\n" * 20)
    with pytest.raises(NoTable, match=r"letter\.txt"):
        pipeline.prepare([REAL[1], tmp_path / "letter.txt"], store)
    assert store.releases() == ()


def test_a_pack_that_names_no_meeting_wants_its_date(store: Store) -> None:
    with pytest.raises(UserError, match=r"pack\.txt.*--published"):
        pipeline.prepare([THIRD / "pack.txt"], store)


def test_withdrawn_figures_are_not_let_in_by_the_back_door(seeded_store: Store) -> None:
    (number,) = publish(seeded_store, third(seeded_store))
    before = seeded_store.record()
    seeded_store.withdraw(number, "test", "wrong file")
    with pytest.raises(Refused, match=f"republish {number}"):
        publish(seeded_store, third(seeded_store))
    seeded_store.republish(number, "test", "right after all")
    assert seeded_store.record().observations == before.observations


def test_a_mended_pack_follows_a_withdrawn_one(seeded_store: Store, tmp_path: Path) -> None:
    (number,) = publish(seeded_store, third(seeded_store))
    seeded_store.withdraw(number, "test", "a slip in it")
    mended = (THIRD / "pack.txt").read_text().replace("\tnil", "\t68% in time (260 LAC in calc)")
    (tmp_path / "pack.txt").write_text(mended)
    prepared = pipeline.prepare([tmp_path / "pack.txt"], seeded_store, MAY)
    assert len(prepared.publications[0].release.observations) == 45
    assert publish(seeded_store, prepared) == (number + 1,)


def test_what_was_prepared_before_another_published_is_compared_again(
    seeded_store: Store,
) -> None:
    mine, theirs = third(seeded_store), third(seeded_store)
    publish(seeded_store, theirs)
    with pytest.raises(Outdated):
        publish(seeded_store, mine)


def test_a_figure_printed_twice_with_two_values_is_no_figure(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    from etl import recognise
    from tests.etl.made_up import figure

    clash = [figure("521"), figure("512", locator="line 2"), figure("7", cohort="lac")]
    twice = [*clash, replace(clash[2], locator="line 3")]
    monkeypatch.setattr(
        recognise, "recognise", lambda *_: recognise.Recognised(tuple(twice), tables=1)
    )
    document = Document(Source("a.csv", "", "csv", date(2021, 9, 17)))
    found = recognised(document, store.registry)
    assert found.observations == (clash[2],)
    (finding,) = found.findings
    assert (finding.code, finding.severity) == ("printed-twice", "error")
    assert finding.places == ("line 1, 2021-07", "line 2")


def test_words_alone_make_a_release(seeded_store: Store) -> None:
    event = replace(seeded_store.registry.events[0], id="staff", title="More staff")
    nothing = pipeline.prepare_all([], seeded_store)
    result = pipeline.publish(
        seeded_store, nothing, "sam", declarations=[event], published=MAY, title="More staff"
    )
    assert len(result.numbers) == 1
    assert event in seeded_store.record().events
    assert event not in seeded_store.record(as_at=date(2022, 5, 19)).events
