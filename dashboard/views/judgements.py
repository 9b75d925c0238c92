"""What was answered to findings, in whose judgement: as readers are told it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from dashboard import words
from etl.model import COUNCIL, Answer
from etl.record import Judged


def verdict(answer: Answer) -> str:
    """The answer in a sentence, with its day and its reason.

    What an officer gives as the reason for accepting a finding is for officers, not for here.
    """
    when = f", {words.day(answer.dated)}" if answer.dated else ""
    why = f": {answer.reason}" if answer.reason and answer.by != COUNCIL else "."
    if answer.verdict == "unexplained":
        if answer.by == COUNCIL:
            return f"Not explained; the council published it as it stands{when}{why}"
        return f"Not explained; looked into by {answer.by}{when}{why}"
    said = "Likely a misprint" if answer.verdict == "misprint" else "It stands as published"
    return f"{said}, in the judgement of {answer.by}{when}{why}"


def counted(judged: Iterable[Judged]) -> str:
    """How the findings stand: "5 unexplained, 3 judged misprints by the editors of this site".

    Nothing unexplained is passed over as looked into; empty where nothing was found.
    """
    held = [one for one in judged if one.open or one.answer]
    waiting = sum(one.open for one in held)
    answers = [one.answer for one in held if one.answer]
    parts = [words.many(waiting, "finding waits", "findings wait") + " for an answer"] * bool(
        waiting
    )
    if unexplained := sum(answer.verdict == "unexplained" for answer in answers):
        parts.append(f"{unexplained} unexplained")
    parts += _by(answers, "misprint", "judged a misprint", "judged misprints")
    parts += _by(answers, "stands", "judged right", "judged right")
    return ", ".join(parts)


def _by(answers: Iterable[Answer], verdict: str, one: str, more: str) -> list[str]:
    """So many of a verdict, by each who judged."""
    held = Counter(answer.by for answer in answers if answer.verdict == verdict)
    return [f"{words.many(number, one, more)} by {by}" for by, number in sorted(held.items())]
