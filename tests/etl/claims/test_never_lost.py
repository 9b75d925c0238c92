"""No sentence loses a report: not one that is odd, too full of figures, or met by our own fault."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl import commands, incoming, readers
from etl.claims import bounds, finding, report
from etl.model import Cell, Place
from etl.record import Record
from tests.conftest import ROOT
from tests.etl.claims import claim_tables


@lru_cache(maxsize=1)
def record() -> Record:
    return claim_tables.record()


def checked(*paragraphs: str, dated: bool = True) -> report.Checked:
    published = claim_tables.PUBLISHED if dated else None
    made = report.checked(claim_tables.document(*paragraphs, published=published), record())
    list(report.lines(made, record().registry))
    return made


# A sentence, and how what it claims is judged. Each once ended in a traceback.
ENDED_IN_A_TRACEBACK = """
Between 2020 and 2021 the share of plans issued within 20 weeks improved by 32.8 points. | supported
Between 2020 and 2021 the share of plans issued within 20 weeks improved by 23.8 points. | differs
From 2020 to 2021 the share of plans issued within 20 weeks rose by 32.8 percentage points. | supported
Between 2019 and 2020 the number of EHC plans issued rose by 576. | supported
Between 2019 and 2020 the number of EHC plans issued rose by 100. | differs
Between 2020-21 and 2021-22 complaints received rose by 12. | unchecked
Between Q2 and Q4 2021 the share of plans issued within 20 weeks improved by 9.1 points. | supported
From Q2 2021 to Q4 2021 the share of plans issued within 20 weeks rose by 9.1 percentage points. | supported
"""  # noqa: E501


@pytest.mark.parametrize("row", ENDED_IN_A_TRACEBACK.strip().splitlines())
def test_a_change_over_years_and_quarters_is_from_one_to_the_other(row: str) -> None:
    sentence, verdict = (part.strip() for part in row.split("|"))
    made = checked(sentence)
    assert made.unread == ()
    assert [one.statement.verdict for one in made.claims] == [verdict]


@pytest.mark.parametrize("dated", [True, False])
def test_this_year_of_a_report_without_a_date_is_no_month(dated: bool) -> None:
    first = (
        "In January, half of the complaints were upheld. In the first quarter of 2019, 183 days."
    )
    assert checked(first, "This year and a year earlier 5 had an EHC plan.", dated=dated)


def test_a_sentence_that_fails_is_told_and_the_rest_is_read(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real = finding.read

    def odd(sentence: str, *rest: Any) -> Any:
        if "2021, 387" in sentence:
            raise ZeroDivisionError("a fault of ours")
        return real(sentence, *rest)

    monkeypatch.setattr(finding, "read", odd)
    made = checked(
        "In December 2021, 495 children were missing education. In July 2021, 387 children were "
        "missing education. The figure in December 2020 was 595.",
    )
    assert [str(one.statement.value) for one in made.claims] == ["495", "595"]
    (unread,) = made.unread
    assert (unread.sentence[:12], unread.why) == ("In July 2021", bounds.FAILED)
    assert caplog.text.count("Traceback") == 1
    assert "387" not in caplog.text.split("Traceback")[0], "no text of a report is logged"
    said = "\n".join(report.lines(made, record().registry))
    assert "| In July 2021, 387 children" in said
    assert f"- not checked: {bounds.FAILED}" in said
    assert said.endswith(
        "2 claims: 2 supported, 0 differ, 0 cannot be checked; 1 sentence not read to the end"
    )


def test_a_claim_that_cannot_be_judged_is_unchecked(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("etl.claims.hold._level", lambda *_: 1 / 0)
    (one,) = checked("In December 2021, 495 children were missing education.").claims
    assert one.statement.verdict == "unchecked"
    assert "Something went wrong in this software" in one.statement.explanation
    assert caplog.text.count("Traceback") == 1


def many(figures: int) -> str:
    """A paragraph of so many figures without a full stop."""
    return ", ".join(
        f"in Q{n % 4 + 1} {2015 + n % 8} there were {100 + n} children missing education"
        for n in range(figures)
    )


def test_forty_figures_of_a_sentence_are_read_and_the_rest_is_told() -> None:
    made = checked(f"{many(bounds.MOST_FIGURES)}.")
    assert len(made.claims) == bounds.MOST_FIGURES
    assert made.unread == ()
    made = checked(
        f"{many(bounds.MOST_FIGURES + 3)}. In December 2021, 495 were missing education."
    )
    assert len(made.claims) == bounds.MOST_FIGURES + 1
    (unread,) = made.unread
    assert unread.why == bounds.TOO_MUCH
    assert "140" in unread.sentence
    assert "142" in unread.sentence


@pytest.mark.parametrize(
    "text",
    [
        "x" * 9_000,
        "1 " * 4_000,
        "In May 2021, " * 800,
        "12% of 5, " * 900,
        ", " * 5_000,
        "children missing education and " * 400,
        "a year earlier " * 600,
    ],
)
def test_of_a_sentence_without_end_only_its_beginning_is_read(text: str) -> None:
    made = checked(f"In December 2021, 495 children were missing education, {text}")
    assert made.claims
    assert made.unread


def test_an_import_tells_of_sentences_that_it_did_not_read() -> None:
    """With the figures of its table, which are not touched."""
    excerpt = readers.read(ROOT / "data/councils/norfolk/packs/2022-03-18")
    prose = Cell(f"{many(50)}.", Place(line=9_999))
    document = replace(excerpt, paragraphs=(*excerpt.paragraphs, prose))
    brought = incoming.recognised(document, record().registry)
    plain = incoming.recognised(excerpt, record().registry)
    (note,) = (one for one in brought.findings if one.code == "sentence-unread")
    assert note.severity == "note"
    assert bounds.TOO_MUCH in note.message
    assert note.places == ("line 9999",)
    assert brought.observations == plain.observations


def test_the_command_ends_as_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Store:
        registry = record().registry

        def record(self) -> Record:
            return record()

    monkeypatch.setattr("etl.commands.check_report.open_store", Store)
    monkeypatch.setattr(finding, "read", lambda *_: 1 / 0)
    file = tmp_path / "report.txt"
    file.write_text("Date of meeting: 18 March 2022\n\n495 children missing education in May 2021.")
    assert commands.main(["check-report", str(file)]) == 0
    assert "- not checked: something went wrong" in capsys.readouterr().out


# --- any words -----------------------------------------------------------------------------

MONTH = st.sampled_from(["January", "May", "Sept", "Dec", "December", "Feb"])
YEAR = st.sampled_from(["1900", "2019", "2020", "2021", "2022", "2099"])
WHEN = st.one_of(
    MONTH,
    YEAR,
    st.builds("{} {}".format, MONTH, YEAR),
    st.builds("{} {} {}".format, st.integers(0, 39), MONTH, YEAR),
    st.builds("{}-{:02}".format, MONTH, st.integers(0, 99)),
    st.builds("{}-{:02}".format, YEAR, st.integers(0, 99)),
    st.builds("{}/{}/{}".format, st.integers(0, 39), st.integers(0, 19), YEAR),
    st.builds("Q{} {}".format, st.integers(1, 4), YEAR),
    st.builds("the {} quarter of {}".format, st.sampled_from(["first", "4th", "final"]), YEAR),
    st.builds("the {} months to {}".format, st.sampled_from(["three", "12", "19", "a"]), MONTH),
    st.builds("the first {} months of {}".format, st.sampled_from(["five", "12", "19"]), YEAR),
    st.builds(
        "{} {} {}".format,
        st.sampled_from(["a", "99", "two", "ninety thousand"]),
        st.sampled_from(["months", "years", "quarters"]),
        st.sampled_from(["earlier", "later", "ago", "before"]),
    ),
    st.sampled_from(
        [
            "Christmas",
            "this year",
            "last year",
            "the year before",
            "a year earlier",
            "the previous month",
            "the following month",
            "the following year",
            "that quarter",
            "the previous quarter",
            "the end of the year",
            "to date",
            "the end of 2021",
            "the year to March",
            "the quarter to June",
            "the final month of 2021",
            "the same point in 2020",
            "the latest figure",
            "the same month the previous year",
        ]
    ),
)
NUMBER = st.one_of(
    st.builds(
        "{}{}".format,
        st.integers(0, 10**20),
        st.sampled_from(["", "%", " days", " weeks", ".1%", " points", ".999", "th"]),
    ),
    st.sampled_from(
        [
            "half",
            "a third",
            "two thirds",
            "none",
            "no",
            "twelve",
            "a dozen",
            "one in five",
            "7 in every 10",
            "3 out of 7",
            "-5",
            "1/2",
            "08",
            "1,025",
            "99 out of a hundred",
            "half a dozen",
            "a hundred and one thousand",
        ]
    ),
)
ROW = st.sampled_from(
    [
        "children missing education",
        "EHC plans issued",
        "the share of plans issued within 20 weeks",
        "complaints received",
        "complaints upheld",
        "annual reviews on time",
        "LAC reviews in time",
        "days to issue a plan",
        "Ombudsman complaints",
        "the target",
        "England",
        "CME with an EHCP",
        "the 20-week share, including exceptions",
        "pupils of statutory school age",
        "Suffolk",
    ]
)
_OTHER = (
    "in between from since by at for during to over until than and against ( ) ; , : = - of not "
    "respectively cumulatively fell rose improved worsened was stood reached halved doubled "
    "exceeded averaged remained • | . ?"
)
OTHER = st.sampled_from(_OTHER.split())
FORMS = [
    "Between {0} and {1} {2} {3} {4}.",
    "From {0} to {1}, {2} {3} {4}.",
    "{2} {3} {4} in {0} and {1}, respectively.",
    "{2}: {4} ({0}), {3} ({1}).",
    "{4} {2} {0}",
    "{2} {3} from {4} to {4}, up {4} on {0}, than in {1}.",
    "Since {0} {2} {3} {4}:",
]
SENTENCE = st.one_of(
    st.builds(str.format, st.sampled_from(FORMS), WHEN, WHEN, ROW, OTHER, NUMBER),
    st.lists(st.one_of(WHEN, NUMBER, ROW, OTHER), min_size=2, max_size=12).map(" ".join),
)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(st.lists(SENTENCE, min_size=1, max_size=3), st.booleans(), st.booleans())
def test_no_words_dates_and_numbers_end_in_a_traceback(
    sentences: list[str], dated: bool, apart: bool
) -> None:
    failed: list[str] = []
    watch = logging.Handler()
    watch.emit = lambda record: failed.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger("etl.claims").addHandler(watch)
    try:
        made = checked(*(sentences if apart else [" ".join(sentences)]), dated=dated)
    finally:
        logging.getLogger("etl.claims").removeHandler(watch)
    assert failed == []
    assert all(one.why == bounds.TOO_MUCH for one in made.unread)
