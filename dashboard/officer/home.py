"""The officers' first page: drafts, what is due, what is missing, the prefilled workbook."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from flask import Blueprint, Response

from dashboard.officer import due, page
from etl import set_time
from etl.draft.contents import of
from etl.store.store import Store

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def add_routes(blueprint: Blueprint, store: Store) -> None:
    """`/officer/` and the workbook."""

    @blueprint.get("/")
    def home() -> Any:
        today = set_time.today()
        record = store.record(scheduled=True)
        rows = due.rows_due(record, due.last_over(today))
        # Rows that ended together are said together.
        key = lambda row: (row.last or date.min, len(row.missing))  # noqa: E731
        groups = [
            (last if last > date.min else None, list(held))
            for (last, _), held in groupby(sorted(rows, key=key, reverse=True), key=key)
        ]
        releases = [r for r in store.releases() if r.kind != "dfe"]
        return page.render(
            "home",
            title="This month",
            drafts=[(draft, of(draft)) for draft in store.drafts.all()],
            meetings=due.meetings_due(record, today),
            groups=groups,
            newest=max((r.last for r in rows if r.last), default=None),
            last=releases[-1] if releases else None,
            waiting=[
                r for r in store.releases() if not r.withdrawn and r.visible_from > store.clock()
            ],
            until=due.last_over(today),
        )

    @blueprint.get("/workbook.xlsx")
    def workbook() -> Any:
        from etl import template

        response = Response(template.workbook(store.record(scheduled=True)), mimetype=XLSX)
        name = f"send-figures-{set_time.today():%Y-%m}.xlsx"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
