"""python -m etl check, check-report: what does not add up, stored or in a report."""

from __future__ import annotations

import json
from argparse import Namespace

from etl import tidy
from etl.commands import finding_lines
from etl.model import Statement
from etl.record import Judged
from etl.store import open_store


def run(given: Namespace) -> int:
    """Every finding on what is stored: exit 0 with none open, 1 with some."""
    judged = tuple(open_store().record().judged)
    unanswered = sum(one.open for one in judged)
    if given.json:
        print(json.dumps([_plain(one) for one in judged], indent=1, ensure_ascii=False))
    else:
        for one in judged:
            print("\n".join(finding_lines(one)))
        print(f"{len(judged)} findings, {unanswered} open")
    return 1 if unanswered else 0


def _plain(judged: Judged) -> dict[str, object]:
    finding = judged.finding
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "places": list(finding.places),
        "figures": [tidy.row(figure) for figure in finding.figures],
        "open": judged.open,
        "verdict": judged.answer.verdict if judged.answer else None,
    }


def report(given: Namespace) -> int:
    """The claims of a report, each held against the record: exit 1 where one differs."""
    from etl import claims, readers

    store = open_store()
    document = readers.read(given.file)
    found = claims.hold_against(claims.find(document, store.registry), store.record())
    for statement in found:
        print(_line(statement))
    differing = sum(statement.verdict == "differs" for statement in found)
    print(f"{len(found)} claims, {differing} differ from the record")
    return 1 if differing else 0


def _line(statement: Statement) -> str:
    claimed = f"{tidy.shortest(statement.value)} {statement.unit or ''}".strip()
    about = f"{statement.measure} ({statement.cohort})" if statement.measure else "no measure"
    said = f": {statement.explanation}" if statement.explanation else ""
    return f"{statement.verdict}: {statement.place}: {claimed}, {about}{said}"
