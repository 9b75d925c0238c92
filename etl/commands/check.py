"""python -m etl check: what does not add up in what is stored."""

from __future__ import annotations

import json
from argparse import Namespace

from etl import data_folder, proposals, tidy
from etl.commands import finding_lines
from etl.council_store import open_store
from etl.record import Judged


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
        for left in proposals.left_to_do(data_folder.chosen()):
            print(f"to do: {left}")
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
