"""What stands above a table, against the publication that it stands in."""

from __future__ import annotations

import re

from etl.checks.codes import CODES
from etl.model import Document, Finding
from etl.periods import MONTH_NAME, parse

_APPENDIX = re.compile(r"\bcommittee\b.*\bappendix\b", re.IGNORECASE)
_MONTH = re.compile(rf"\b({MONTH_NAME})[ -]((?:20)?[0-9]{{2}})\b", re.IGNORECASE)
_CODE = "heading-of-another-meeting"


def of_another_meeting(document: Document) -> tuple[Finding, ...]:
    """A note for each heading of an appendix that names the month of another meeting.

    `document.source.published` says which meeting it is; without it nothing is said.
    """
    published = document.source.published
    if published is None:
        return ()
    places: dict[str, list[str]] = {}
    for table in document.tables:
        found = _MONTH.search(table.title) if _APPENDIX.search(table.title) else None
        month = parse(" ".join(found.groups())) if found else None
        if month and (month[1].year, month[1].month) != (published.year, published.month):
            source = document.source.title or document.source.name
            places.setdefault(f"{month[1]:%B %Y}", []).append(f"{source}: {table.place}")
    return tuple(
        Finding(
            _CODE,
            CODES[_CODE].severity,
            f"The heading of the table names the committee's meeting of {named}, but the report is "
            f"that of {published:%B %Y}. The heading was likely left from an earlier report.",
            tuple(dict.fromkeys(where)),
        )
        for named, where in places.items()
    )
