"""The officers' commands as they are typed: their names and options."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date

from etl.draft.kinds import EVENT_KINDS, TARGET_BASES, TARGET_FORMS, TARGET_KINDS

Command = Callable[[str, str, str], ArgumentParser]
Day = Callable[[str], date]

_ROW = "measure/cohort, such as ehc_plan_days/lac; without a cohort: all"
_VERDICTS = ("stands", "misprint", "unexplained")


def set_from(one: ArgumentParser) -> None:
    """From when a release shows."""
    one.add_argument(
        "--from",
        dest="visible_from",
        metavar="TIME",
        help="shows from then, in the council's time: 2022-05-12, or '2022-05-12 09:00'",
    )


def into_draft(one: ArgumentParser) -> None:
    """Into a draft instead of publishing."""
    one.add_argument(
        "--draft",
        type=int,
        nargs="?",
        const=0,
        metavar="N",
        help="put it into draft N, or a new one, and publish nothing",
    )


def _accept(one: ArgumentParser) -> None:
    one.add_argument("--accept-warnings", metavar="REASON", help="publish in spite of warnings")


def add(command: Command, day: Day) -> None:
    """Adds each command with its options."""

    def act(name: str, says: str, *places: tuple[str, str]) -> ArgumentParser:
        one = command(name, "officers:act", says)
        for place, helps in places:
            one.add_argument(place, metavar=place.upper(), help=helps)
        one.add_argument("--published", type=day, metavar="DATE", help="date of the meeting")
        one.add_argument("--dry-run", action="store_true", help="store nothing")
        _accept(one)
        set_from(one)
        into_draft(one)
        return one

    def choice(one: ArgumentParser, name: str, offered: tuple[tuple[str, str], ...]) -> None:
        names = [value for value, _ in offered]
        one.add_argument(name, choices=names, default=names[0])

    one = act(
        "correct",
        "Publish a correction beside a published figure.",
        ("row", _ROW),
        ("month", "such as Dec-21"),
        ("value", "as the cell prints it"),
    )
    one.add_argument("--reason", required=True, metavar="TEXT")
    one.add_argument(
        "--outturn",
        metavar="SPAN",
        help="the outturn table's: month, quarter, calendar_year_to_date",
    )
    one = act(
        "state",
        "Publish a figure that is given only in words.",
        ("row", _ROW),
        ("period", "such as 2021-22 or Dec-22"),
        ("value", "the figure"),
    )
    one.add_argument("--place", required=True, metavar="TEXT", help="where the sentence stands")
    one = act(
        "explain",
        "Publish an explanation of a figure, or of a row.",
        ("row", _ROW),
        ("text", "why the figure is what it is"),
    )
    one.add_argument("--month", metavar="MONTH", help="of which figure; without it: the row")
    one = act("event", "Publish an event.", ("title", "a few words that fit on a chart"))
    one.add_argument("--start", type=day, required=True, metavar="DATE")
    one.add_argument("--end", type=day, metavar="DATE")
    choice(one, "--kind", EVENT_KINDS)
    one.add_argument("--measure", metavar="ID", help="without it: all measures")
    one.add_argument("--text", required=True, help="what happened")
    one.add_argument("--source", required=True, metavar="TEXT", help="where it is written")
    one.add_argument("--replaces", metavar="ID", help="the event that it takes the place of")
    one = act("target", "Publish a target.", ("row", _ROW), ("value", "the level"))
    one.add_argument("--and", dest="row2", metavar="ROW", help="a second row it stands beside")
    for name, says in (("--start", "first day it holds for"), ("--end", "last day it holds for")):
        one.add_argument(name, type=day, required=True, metavar="DATE", help=says)
    for name, says in (
        ("--label", "the words beside it"),
        ("--approver", "who set it"),
        ("--source", "where it is written"),
    ):
        one.add_argument(name, required=True, metavar="TEXT", help=says)
    choice(one, "--kind", TARGET_KINDS)
    choice(one, "--form", TARGET_FORMS)
    choice(one, "--basis", TARGET_BASES)
    one.add_argument("--agreed", type=day, metavar="DATE", help="the day it was agreed")
    one.add_argument("--replaces", metavar="ID", help="the target that it takes the place of")

    command("drafts", "officers:drafts", "Drafts that are open.")
    for name, says in (
        ("draft", "What a draft would change, and what looks wrong in it."),
        ("publish", "Publish a draft."),
        ("discard", "End a draft without publishing it."),
        ("answer", "Answer one warning of a draft."),
    ):
        one = command(name, f"officers:{name}", says)
        one.add_argument("draft", type=int, metavar="DRAFT", help="its number")
        if name == "publish":
            _accept(one)
            set_from(one)
        if name == "answer":
            one.add_argument("finding", metavar="FINDING", help="as `draft` names it")
            one.add_argument("verdict", choices=_VERDICTS)
            one.add_argument("--reason", required=True, metavar="TEXT")

    command("words", "words:words", "Officers' explanations, events and targets.")
    for name, run, says in (
        ("unsay", "unsay", "Take one word back; its release stays."),
        ("say-again", "say_again", "Show a word again that was taken back."),
    ):
        one = command(name, f"words:{run}", says)
        one.add_argument("word", type=int, metavar="WORD", help="its number, as `words` has it")
        one.add_argument("--reason", required=True, metavar="TEXT")

    command("files", "kept_files:files", "The files that came in.")
    for name, run, says in (
        ("purge", "purge", "Forget the content of a file that came in."),
        ("hold", "hold", "Forbid to purge a file, for an information request, say."),
        ("lift-hold", "lift_hold", "Lift the hold of a file."),
    ):
        one = command(name, f"kept_files:{run}", says)
        one.add_argument("sha256", metavar="SHA256", help="as `files` has it")
        one.add_argument("--reason", required=True, metavar="TEXT")
    one.add_argument("--hold", type=int, metavar="N", help="which, where several are on it")
