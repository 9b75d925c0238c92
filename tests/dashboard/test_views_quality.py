"""The quality page and the about page: in words for a reader, nothing private."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from dashboard.views.about import about
from dashboard.views.bullets import bullets
from dashboard.views.flags import anchors
from dashboard.views.quality import public, quality
from etl import claims
from etl.model import COUNCIL, EDITORS, Answer, Cell, Document, Finding, Place, Source
from etl.record import Record
from etl.store import Store
from tests.etl.records import SEPTEMBER, figure, months, record

CME = "children_missing_education"


@pytest.mark.parametrize(
    ("verdict", "by", "said"),
    [
        (
            "stands",
            EDITORS,
            "It stands as published, in the judgement of the editors of this site, "
            "3 April 2022: Counted twice.",
        ),
        (
            "misprint",
            EDITORS,
            "Likely a misprint, in the judgement of the editors of this site, "
            "3 April 2022: Counted twice. The figure stays out of sentences and verdicts.",
        ),
        (
            "unexplained",
            EDITORS,
            "Not explained; looked into by the editors of this site, "
            "3 April 2022: Counted twice. The figure stays out of sentences and verdicts.",
        ),
        (
            "stands",
            COUNCIL,
            "It stands as published, in the judgement of the council, 3 April 2022.",
        ),
        (
            "misprint",
            COUNCIL,
            "Likely a misprint, in the judgement of the council, 3 April 2022. "
            "The figure stays out of sentences and verdicts.",
        ),
        (
            "unexplained",
            COUNCIL,
            "Not explained; the council published it as it stands, "
            "3 April 2022. The figure stays out of sentences and verdicts.",
        ),
    ],
)
def test_an_answer_says_whose_judgement_it_is(verdict: str, by: str, said: str) -> None:
    """With its reason, but for the council's: officers give theirs for each other."""
    held = answered((verdict, by))
    view = quality(held)
    (row,) = (*view.unexplained, *view.answered)
    assert (view.open, row.verdict, row.kept_out) == ((), said, verdict != "stands")
    assert ("Counted twice" in repr(view)) == (by == EDITORS)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ([], "Nothing was found that does not add up"),
        ([("", "")], "1 finding waits for an answer"),
        (
            [("", ""), ("", ""), ("unexplained", COUNCIL)],
            "2 findings wait for an answer, 1 unexplained",
        ),
        (
            [("unexplained", EDITORS)] * 5 + [("misprint", EDITORS)] * 3,
            "5 unexplained, 3 judged misprints by the editors of this site",
        ),
        (
            [("misprint", EDITORS), ("misprint", COUNCIL), ("stands", COUNCIL)],
            "1 judged a misprint by the council, 1 judged a misprint by the editors of this site, "
            "1 judged right by the council",
        ),
        ([("stands", EDITORS)] * 2, "2 judged right by the editors of this site"),
    ],
)
def test_the_heading_counts_what_is_unexplained_and_who_judged(
    answers: list[tuple[str, str]], said: str
) -> None:
    assert quality(answered(*answers)).headline == said


def test_the_real_record_passes_nothing_over_as_looked_into(real_record: Record) -> None:
    view = quality(real_record)
    verdicts = Counter(answer.verdict for answer in real_record.registry.answers)
    assert view.headline == (
        f"{verdicts['unexplained']} unexplained, {verdicts['misprint']} judged misprints by the "
        "editors of this site"
    )
    assert (len(view.unexplained), len(view.answered)) == (
        verdicts["unexplained"],
        verdicts["misprint"] + verdicts["stands"],
    )
    (share,) = (row for row in view.answered if "share-against-counts" in row.anchor)
    assert share.verdict.startswith(
        "Likely a misprint, in the judgement of the editors of this site, 22 November 2026: Rows "
        "1d and 1a of the same table print 12 of 495, which is 2.4%."
    )


def answered(*answers: tuple[str, str]) -> Record:
    """A record with a doubted month for each (verdict, in whose judgement); none is open."""
    held = months("2021-01", ["500"] * len(answers), CME)
    made = record(held, doubted=held)
    return replace(
        made,
        judged=tuple(
            replace(
                one,
                answer=Answer(
                    "made-up",
                    ("500",),
                    verdict,
                    "Counted twice.",
                    by=by,  # type: ignore[arg-type]
                    dated=date(2022, 4, 3),
                )
                if verdict
                else None,
            )
            for one, (verdict, by) in zip(made.judged, answers, strict=True)
        ),
    )


def test_an_open_finding_waits() -> None:
    held = record([odd := figure(CME, "2021-12", "495")], doubted=[odd])
    view = quality(held)
    assert view.headline == "1 finding waits for an answer"
    assert view.open[0].figures == (
        "Children missing education, December 2021: 495 (18 March 2022)",
    )


def test_a_revision_shows_what_was_reported_then_and_what_is_held_now() -> None:
    held = record(
        [figure(CME, "2021-07", "387", published=SEPTEMBER), figure(CME, "2021-07", "391")]
    )
    (row,) = quality(held).revisions
    assert (row.period, row.then, row.now) == ("July 2021", "387", "391")
    assert row.then_source == "A pack, 17 September 2021"


def test_the_real_packs_reprint_every_figure_unchanged(real_record: Record) -> None:
    assert quality(real_record).revisions_empty


def test_what_is_missing_is_named(real_record: Record) -> None:
    missing = {row.title: row.text for row in quality(real_record, date(2026, 11, 22)).missing}
    assert "Children missing education (row 1a)" in missing["No figure since December 2021"]
    assert missing["EHC plans issued, including exceptions"] == "DfE gives no figure for 2022."
    assert "Meeting of 6 February 2023" in missing


def test_claims_stand_report_by_report_the_newest_first(real_record: Record) -> None:
    view = quality(real_record)
    counts = [(len(r.differing), len(r.unchecked), len(r.agreeing)) for r in view.claims]
    assert counts == [(2, 2, 40), (7, 10, 28)]
    assert [r.report[-13:] for r in view.claims] == ["18 March 2022", "eptember 2021"]
    assert view.claims_lede.endswith(
        "89 figures given in that way are held against the tables; 4 differ, a column under one "
        "wrong heading counted once."
    )
    first = view.claims[0].differing[0]
    assert first.explanation == (
        "Average time to a final EHC plan: the report says 208 for Dec 2021; the record has 183 "
        "days: the report says 25 days more. 208 is the figure of the month after, Jan 2022."
    )
    assert first.place == "Line 354, paragraph 2.3, in a list"
    shown = repr(view.claims)
    assert "revised" not in shown  # both packs print every July 2020 figure alike
    about = {row.claimed: row.about for row in view.claims[0].unchecked}
    assert about["59%"] == "Plans within 20 weeks, February 2022"


def test_claims_as_at_the_first_report_are_its_own(real_store: Store) -> None:
    then = quality(real_store.record(date(2021, 9, 30)))
    assert [r.report[-17:] for r in then.claims] == ["17 September 2021"]


def test_no_claims_say_so() -> None:
    view = quality(record([figure(CME, "2021-12", "495")]))
    assert view.claims == ()
    assert view.claims_lede == "No figure given in words, summaries or yearly rows is held."


def test_every_flag_leads_to_its_own_place(real_record: Record) -> None:
    places = list(anchors(real_record).values())
    assert len(places) == len(set(places)) == len(real_record.judged)
    view = quality(real_record)
    shown = [row.anchor for row in (*view.open, *view.unexplained, *view.answered, *view.notes)]
    assert sorted(shown) == sorted(places)


def test_the_about_page_says_what_the_law_asks_it_to_say(real_record: Record) -> None:
    view = about(real_record)
    sections = {section.id: section for section in view.sections}
    standing = " ".join(sections["standing"].paragraphs)
    assert "management information, not official statistics" in standing
    assert "not a publication of Norfolk County Council until the council adopts it" in standing
    assert {"method", "revisions", "licence", "accessibility", "contact"} <= set(sections)
    assert [term for term, _, _ in view.glossary][:2] == ["CME", "DfE"]
    assert ("18 March 2022", "345 figures") in {(day, count) for day, _, count, _ in view.sources}


def test_what_the_bullets_say_is_found_and_borne_out_by_the_record(real_store: Store) -> None:
    """The report pack's own prose, through the check that reads the council's reports."""
    held = real_store.record(date(2022, 3, 18))
    said, left_out = bullets(held)
    assert left_out == (
        "1e Share who are looked after, December 2021: 7.0%, as printed; 12 of 495 is 2.4%",
    )
    paragraphs = tuple(Cell(text, Place(line=i)) for i, (_, text) in enumerate(said, start=1))
    document = Document(
        Source("bullets", "", "text", date(2022, 3, 18), "Bullets"), paragraphs=paragraphs
    )
    found = claims.hold_against(claims.find(document, held.registry), held)
    assert {"495", "595", "387", "521", "546", "1,025", "60%"} <= {s.raw for s in found}
    assert [s for s in found if s.verdict == "differs"] == []
    assert len([s for s in found if s.verdict == "supported"]) > 60


def test_an_officers_correction_is_a_revision_too() -> None:
    april = date(2022, 4, 5)
    held = record(
        [
            figure(CME, "2021-12", "495"),
            figure(CME, "2021-12", "500", published=april, table="officer"),
        ]
    )
    (row,) = quality(held).revisions
    assert (row.then, row.now) == ("495", "500")


@pytest.mark.parametrize(
    ("code", "message", "place", "said"),
    [
        (
            "value-missing",
            "Revisions!E4: a reason stands beside it ('Jo\\'s slip'), but no revised value.",
            "Revisions!E4",
            "Revisions!E4: a reason stands beside it (what stands there), but no revised value.",
        ),
        (
            "cell-unreadable",
            "line 473: '12x' is not read: a number and letters.",
            "line 473, row 1d",
            "line 473: '12x' is not read: a number and letters.",
        ),
    ],
)
def test_what_officers_write_for_themselves_is_not_public(
    code: str, message: str, place: str, said: str
) -> None:
    assert public(Finding(code, "note", message, places=(place,))) == said


@pytest.mark.parametrize(
    ("doubted", "said"),
    [
        (0, "No finding came of it."),
        (1, "1 finding came of it. It keeps a figure out of sentences, changes and verdicts."),
        (2, "2 findings came of it. Each keeps a figure out of sentences, changes and verdicts."),
    ],
)
def test_what_came_of_the_checks_is_told_as_one_would(doubted: int, said: str) -> None:
    figures = months("2021-11", ["500", "495"], "children_missing_education")
    assert said in quality(record(figures, doubted=figures[:doubted])).lede


def test_at_the_first_report_no_figure_is_kept_out(real_store: Store) -> None:
    """One finding, a column's heading: it doubts no figure of the tables."""
    assert (
        "1 finding came of it. No figure is kept out of"
        in quality(real_store.record(date(2021, 9, 17))).lede
    )
