"""What officers do on their pages, from the command line: the same drafts, the same history."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from etl import set_time
from etl.council_store import open_store
from etl.record import Explanation
from etl.store import Store
from tests.etl.made_up import figure, release

Command = Callable[..., tuple[int, str, str]]

MAY = ("--published", "2022-05-20")
ROW = "children_missing_education"
TARGET = (
    "--label",
    "Stretch: 300",
    "--approver",
    "The committee",
    "--source",
    "minutes",
    "--start",
    "2022-01-01",
    "--end",
    "2022-12-31",
    "--form",
    "annual",
    "--basis",
    "not_applicable",
    *MAY,
)

ACCEPT = ("--accept-warnings", "agreed so")


@pytest.fixture
def held(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store with one published figure, 521 of July 2021."""
    monkeypatch.setattr("getpass.getuser", lambda: "sam")
    opened = open_store(database_url, seed=False)
    opened.publish([release(figure("521"))], "test")
    return opened


def test_a_correction_stands_beside_what_was_published(held: Store, command: Command) -> None:
    act = ("correct", ROW, "Jul-21", "530", "--reason", "=a school twice", *MAY)
    code, out, _ = command(*act, "--dry-run")
    assert (code, len(held.releases()), len(held.drafts.all())) == (0, 1, 0)
    assert "Dry run: nothing is stored" in out
    code, out, _ = command(*act)
    assert (code, "1 revised" in out, "Published as release 2" in out) == (0, True, True)
    series = held.record().of(ROW, "all", "month")
    assert series is not None
    assert [v.value for v in series.points[-1].versions] == [521, 530]
    done = held.history.all()[0]
    assert (done.who, done.what, done.release) == ("cli:sam", "publish", 2)
    assert "521 to 530: =a school twice" in done.reason
    kept = held.files.get(done.sha256)
    assert kept is not None
    assert b"a school twice" in (kept.content or b"")
    code, _, said = command(*act)
    assert (code, "530 is published already; nothing would change" in said) == (1, True)
    assert len(held.releases()) == 2


@pytest.mark.parametrize(
    ("act", "code", "says"),
    [
        (("correct", "nothing", "Jul-21", "5", "--reason", "x", *MAY), 2, "There is no row"),
        (("correct", ROW, "Jul-22", "5", "--reason", "x", *MAY), 2, "Choose a published figure"),
        (("correct", ROW, "Jul-21", "5 x", "--reason", "x", *MAY), 2, "'5 x' is not read"),
        (("correct", ROW, "Jul-21", "5", "--reason", " ", *MAY), 2, "Give the reason"),
        (("correct", ROW, "Jul-21", "5", "--reason", "x"), 2, "--published DATE"),
        (
            ("correct", ROW, "Jul-21", "5", "--reason", "x", *MAY, "--outturn", "month"),
            2,
            "nothing is published in that table",
        ),
        (("state", ROW, "soon", "5", "--place", "p. 1", *MAY), 2, "is no month"),
        (("explain", ROW, " ", *MAY), 2, "Write the explanation"),
        (("explain", ROW, "why", *MAY, "--from", "2022-05-12"), 1, "has passed"),
        (
            (
                "event",
                "t",
                "--start",
                "2022-01-02",
                "--end",
                "2022-01-01",
                "--text",
                "t",
                "--source",
                "s",
                *MAY,
            ),
            2,
            "before the first",
        ),
        (("target", ROW, "1e9", *TARGET), 2, "Give the level as a number"),
        (("target", ROW, "300", *TARGET, "--replaces", "agreed-1"), 2, "nothing called agreed-1"),
        (
            (
                "event",
                "t",
                "--start",
                "2022-01-02",
                "--text",
                "t",
                "--source",
                "s",
                "--replaces",
                "e-1",
                *MAY,
            ),
            2,
            "nothing called e-1",
        ),
        (("state", ROW, "Jun-22", "5", "--place", "p. 1", *MAY), 1, "1 error"),
        (("unsay", "1", "--reason", "x"), 2, "There is no word 1"),
        (("purge", "0" * 64, "--reason", "x"), 2, "No file"),
        (("publish", "7"), 2, "There is no draft 7"),
    ],
)
def test_what_cannot_be_is_said_and_leaves_nothing(
    held: Store, command: Command, act: tuple[str, ...], code: int, says: str
) -> None:
    before = (
        len(held.history.all()),
        len(held.releases()),
        held.drafts.all(),
        held.drafts.all(state="discarded"),
    )
    found, _, said = command(*act)
    assert (found, says in said) == (code, True), said
    assert before == (
        len(held.history.all()),
        len(held.releases()),
        held.drafts.all(),
        held.drafts.all(state="discarded"),
    )


def test_words_are_said_and_taken_back(held: Store, command: Command) -> None:
    assert command("explain", ROW, "A new register", "--month", "Jul-21", *MAY)[0] == 0
    assert (
        command(
            "event",
            "New register",
            "--start",
            "2021-07-01",
            "--text",
            "It began",
            "--source",
            "minutes",
            "--measure",
            ROW,
            *MAY,
        )[0]
        == 0
    )
    code, out, said = command("target", ROW, "300", *TARGET, "--kind", "stretch")
    assert (code, "target-not-held" in out, "1 warning not accepted" in said) == (1, True, True)
    assert command("target", ROW, "300", *TARGET, "--kind", "stretch", *ACCEPT)[0] == 0
    record = held.record()
    (why,) = record.explanations
    assert why == Explanation(ROW, "all", date(2021, 7, 31), set_time.today(), "A new register")
    assert [(e.title, e.measures, e.kind) for e in record.events] == [
        ("New register", (ROW,), "note")
    ]
    (target,) = record.targets
    assert (target.value, target.kind, target.form, target.approver) == (
        300,
        "stretch",
        "annual",
        "The committee",
    )
    listed = command("words")[1].splitlines()
    assert [line.split()[1] for line in listed] == ["target", "event", "explanation"]
    number = listed[-1].split()[0]
    assert command("unsay", number, "--reason", "not so")[0] == 0
    assert held.record().explanations == ()
    assert "taken back" in command("words")[1]
    assert command("say-again", number, "--reason", "it was so")[0] == 0
    assert held.record().explanations == (why,)
    acts = [(a.who, a.what, a.reason) for a in held.history.all()[:2]]
    assert acts == [
        ("cli:sam", "say a word again", "it was so"),
        ("cli:sam", "take back a word", "not so"),
    ]


def test_a_figure_in_words_keeps_its_place(held: Store, command: Command) -> None:
    assert (
        command(
            "state",
            "complaints_local",
            "2021-22",
            "123",
            "--place",
            "minutes, page 8",
            "--published",
            "2023-02-06",
            "--accept-warnings",
            "its sum",
        )[0]
        == 0
    )
    (found,) = [o for o in held.record().observations if o.table == "stated"]
    assert (found.value, found.locator, found.published) == (
        123,
        "minutes, page 8",
        date(2023, 2, 6),
    )


def test_a_set_time_hides_until_then(held: Store, command: Command, tmp_path: Path) -> None:
    file = tmp_path / "f.csv"
    file.write_text(f"measure,cohort,period,value\n{ROW},all,2021-08,530\n")
    soon = f"{datetime.now() + timedelta(days=2):%Y-%m-%d} 09:30"
    code, out, _ = command("import", file, *MAY, "--from", soon)
    assert (code, "to show from" in out) == (0, True)
    assert command("explain", ROW, "why", *MAY, "--from", soon)[0] == 0
    assert "530" not in command("export", "--all")[1]
    assert held.record().explanations == ()
    assert len(held.record(scheduled=True).explanations) == 1
    assert "09:30" not in soon or held.releases()[-1].visible_from[14:] == "30:00Z"
    code, _, said = command("import", file, *MAY, "--from", "2021-01-01 09:00")
    assert (code, "has passed" in said) == (1, True)


def test_a_draft_is_filled_answered_and_published(
    held: Store, command: Command, tmp_path: Path
) -> None:
    file = tmp_path / "f.csv"
    file.write_text(f"measure,cohort,period,value\n{ROW},all,2021-08,about 5\n{ROW},all,2021-09,6")
    code, out, _ = command("import", file, "--draft")
    assert (code, out.splitlines()[0]) == (0, "Draft 1: From the command line")
    assert len(held.releases()) == 1
    code, out, _ = command("explain", ROW, "why", "--draft", "1", *MAY)
    assert (code, "1 new" in out, "Public word: explanation: why" in out) == (0, True, True)
    assert command("drafts")[1].split()[0] == "1"
    code, out, said = command("publish", "1")
    assert (code, "not accepted" in said) == (1, True)
    shown = command("draft", "1")[1]
    findings = [line.split()[7] for line in shown.splitlines() if line.startswith("to answer")]
    assert findings
    assert command("answer", "1", "0" * 16, "stands", "--reason", "x")[0] == 2
    for finding in findings:
        assert command("answer", "1", finding, "unexplained", "--reason", "asked")[0] == 0
    code, out, said = command("publish", "1")
    assert (code, "Published as release 2" in out) == (0, True), said
    assert held.drafts.get(1).state == "published"
    assert len(held.record().explanations) == 1
    kept = held.files.get(held.releases()[-1].sha256)
    assert kept is not None
    assert kept.content == file.read_bytes()
    assert command("purge", kept.sha256, "--reason", "names in it")[0] == 0
    assert (held.history.all()[0].who, held.history.all()[0].what) == ("cli:sam", "purge")
    assert command("publish", "1")[0] == 2


def test_a_discarded_draft_is_published_no_more(held: Store, command: Command) -> None:
    assert command("explain", ROW, "why", "--draft")[0] == 0
    assert command("publish", "1")[0] == 1  # for which meeting?
    assert command("discard", "1")[0] == 0
    assert command("publish", "1")[0] == 2
    assert len(held.releases()) == 1


def test_what_cannot_be_read_goes_into_no_draft(
    held: Store, command: Command, tmp_path: Path
) -> None:
    file = tmp_path / "f.pdf"
    file.write_bytes(b"nothing of the kind")
    assert command("import", file, "--draft")[0] in (2, 3)
    assert command("import", file, "--draft", "--dry-run")[0] == 2
    assert held.drafts.all() == ()
