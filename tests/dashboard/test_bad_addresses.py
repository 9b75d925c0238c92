"""Addresses whose choices mean nothing here: their status, and what the answer says."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

COUNT = "/measure/children_missing_education"
SHARE = "/measure/ehc_plans_on_time_share_including_exceptions"
PICTURE = "/api/picture.svg?measure=children_missing_education"
VIEWS = "years, months, trend, quarters, year-on-year, added"

# address | status | what stands in it | where a link leads
ADDRESSES = f"""
{COUNT} | 200 | 495 children were missing education | {COUNT}?view=trend
{COUNT}?view=trend | 200 | 495 children were missing education |
{COUNT}?view=trned | 400 | view: there is no 'trned' here; there are {VIEWS} | {COUNT}
{COUNT}?view=%3Cb%3E | 400 | view: there is no '<b>' here | {COUNT}
{COUNT}?part=view&view=trned | 400 | view: there is no 'trned' here |
{COUNT}?cohort=nobody | 400 | cohort: there is no 'nobody' here; there are all, ehcp, lac | {COUNT}
{COUNT}?basis=excluding | 400 | basis: is no choice here | {COUNT}
{COUNT}?areas=all | 400 | areas: is no choice here; there are cohort, view, year | {COUNT}
{COUNT}?size=half | 400 | size: is no choice here | {COUNT}
{COUNT}?year=20211 | 400 | year: '20211' is not a year like 2021 | {COUNT}
{COUNT}?from=2021-13 | 400 | from: '2021-13' is not a month or date like 2021-07 or 2022-03-18 \
| {COUNT}
{COUNT}?from=2022-01&to=2021-01 | 400 | from: lies after to, so that no figure is left | {COUNT}
{COUNT}?as_at=yesterday | 400 | as_at: 'yesterday' is not a date like 2022-03-18 | {COUNT}
{COUNT}?year=2021 | 400 | year: this view does not show a single year | {COUNT}
{COUNT}?part=view&view=trend&year=1999 | 400 | year: this view does not show a single year |
{COUNT}?cohort=lac&cohort=all | 400 | cohort: given more than once | {COUNT}
{COUNT}?view=trend&view=trend | 400 | view: given more than once | {COUNT}
{COUNT}?view= | 400 | view: nothing is given | {COUNT}
{COUNT}?cohort=%20 | 400 | cohort: nothing is given | {COUNT}
{COUNT}?as_at= | 200 | 495 children were missing education |
{COUNT}?VIEW=years | 400 | VIEW: is no choice here; write view | {COUNT}
{COUNT}?measure=ehc_plan_days | 400 | measure: is no choice here | {COUNT}
{COUNT}?as_at=20220318 | 400 | as_at: '20220318' is not a date like 2022-03-18 | {COUNT}
{COUNT}?as_at=2022-W11-5 | 400 | as_at: '2022-W11-5' is not a date like 2022-03-18 | {COUNT}
{COUNT}?as_at=2999-01-01 | 400 | as_at: 1 January 2999 is still to come | {COUNT}
{COUNT}?from=1990-01&to=1990-12 | 200 | No figure lies in the months that were chosen. |
{COUNT}?view=quarters | 404 | Quarters is not shown. There is no such view | {COUNT}?view=trend
{COUNT}?view=variation | 404 | Usual variation is not shown. Not tested: | {COUNT}?view=trend
{COUNT}?part=view&view=variation | 404 | Usual variation is not shown. | {COUNT}?view=trend
{COUNT}?utm_source=a-letter | 200 | 495 children were missing education |
{SHARE}?view=months&year=2021 | 200 | months of 2021 |
{SHARE}?view=months&year=1999 | 404 | Months of a year: 1999 is not held, but 2021. \
| {SHARE}?view=months
{SHARE}?view=neighbours&year=2031 | 404 | Neighbours: 2031 is not held, but 2024, \
| {SHARE}?view=neighbours
/?as_at=soon | 400 | as_at: 'soon' is not a date like 2022-03-18 | /
/quality?as_at=2022-02-30 | 400 | as_at: '2022-02-30' is not a date | /quality
/?view=years | 400 | view: is no choice here; there is as_at | /
/about?as_at=2999-01-01 | 400 | as_at: 1 January 2999 is still to come | /about
/measure/nonsense?view=trend | 404 | There is no page at this address | /
{PICTURE}&view=trend | 200 | <svg |
{PICTURE}&view=trned | 400 | view: there is no 'trned' here; there are {VIEWS} |
{PICTURE}&view=quarters | 404 | view: this row has no 'quarters', but trend, year-on-year |
{PICTURE}&view=variation | 200 | Not tested: a count at one date |
{PICTURE}&cohort=nobody | 400 | cohort: there is no 'nobody' here; there are all, ehcp, lac |
{PICTURE}&size=huge | 400 | size: there is no 'huge' here; there are half, full, slide |
{PICTURE}&year=MM | 400 | year: 'MM' is not a year like 2021 |
{PICTURE}&year=1999 | 400 | year: this view does not show a single year |
{PICTURE}&view=trend&view=trend | 400 | view: given more than once |
{PICTURE}&view= | 400 | view: nothing is given |
{PICTURE}&as_at=2999-01-01 | 400 | as_at: 1 January 2999 is still to come |
/api/picture.svg?measure=nonsense | 404 | measure: there is no 'nonsense' |
/api/observations.csv?regions=all | 400 | regions: there is no such filter; there are measure |
/api/observations.csv?cohort=nobody | 400 | cohort: there is no nobody |
"""


def _rows() -> list[list[str]]:
    return [[part.strip() for part in line.split("|")] for line in ADDRESSES.strip().splitlines()]


@pytest.mark.parametrize("row", _rows(), ids=lambda row: row[0])
def test_an_address_answers_in_words(client: Any, row: list[str]) -> None:
    address, status, words, link = row
    answer = client.get(address)
    text = html.unescape(answer.text)
    assert answer.status_code == int(status)
    assert words in text
    if link:
        assert link in re.findall(r'href="([^"]+)"', text)
    if answer.mimetype == "text/plain":
        assert len(text) < 400


def test_no_link_of_a_page_leads_to_what_its_row_lacks(client: Any) -> None:
    """A group or the other basis is offered in the view shown only where it has that view."""
    seen = set()
    for first in (f"{SHARE}?view=months", f"{COUNT}?view=rates", "/measure/ehc_plan_days"):
        page = client.get(first).text
        for link in re.findall(r'href="([^"]+)" class="choice"', page):
            to = html.unescape(link)
            assert client.get(to).status_code == 200, (first, to)
            seen.add(to)
    assert len(seen) > 15
