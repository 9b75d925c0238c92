"""The figures for programs: filters, forms, what has not changed, what may be asked."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook

from etl import tidy


def rows(client: Any, query: str) -> list[dict[str, str]]:
    answer = client.get(f"/api/observations.csv?{query}")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return list(csv.DictReader(io.StringIO(answer.get_data(as_text=True))))


def test_filters_leave_what_they_say(client: Any) -> None:
    found = rows(client, "measure=children_missing_education&cohort=all&from=2021-11&to=2021-12")
    assert [(r["period_start"], r["value"]) for r in found] == [
        ("2021-11-01", "512"),
        ("2021-12-01", "495"),
    ]
    assert list(found[0]) == list(tidy.NAMES)


def test_another_area(client: Any) -> None:
    found = rows(
        client,
        "authority=E92000001&from=2025-01-01&measure=ehc_plans_on_time_share_including_exceptions",
    )
    assert [r["value"] for r in found] == ["45.5"]


def test_the_council_with_whom_it_is_compared_or_more_areas_or_all(client: Any) -> None:
    name = "measure=ehc_plans_on_time_share_including_exceptions&from=2024-12&to=2024-12"
    lewisham, areas = "E09000023", ["E10000020", "E92000001", "E12000006"]
    own = {r["authority"] for r in rows(client, name)}
    assert own >= set(areas)
    assert lewisham not in own
    more = {r["authority"] for r in rows(client, f"{name}&areas={lewisham}")}
    assert more == {*own, lewisham}
    every = rows(client, f"{name}&areas=all")
    assert {r["authority"] for r in every} > more
    # DfE's file of 2025: England, 9 regions, 153 authorities.
    assert len(every) == 163
    (alone,) = rows(client, f"{name}&authority={lewisham}")
    assert (alone["value"], alone["status"], alone["published"][:4]) == (
        "",
        "not_available",
        "2026",
    )


def test_as_reported_then_and_every_version(client: Any) -> None:
    name = "measure=children_missing_education&cohort=all"
    then = rows(client, f"{name}&as_at=2021-09-17")
    assert {r["published"] for r in then} == {"2021-09-17"}
    assert max(r["period_end"] for r in then) == "2021-07-31"
    every = rows(client, f"{name}&all=1")
    assert {r["published"] for r in every} == {"2021-09-17", "2022-03-18"}
    assert len(every) > len(rows(client, name))


@pytest.mark.parametrize(
    "query",
    [
        "measure=nothing",
        "cohort=x",
        "authority=x",
        "areas=x",
        "areas=all,x",
        "from=yesterday",
        "to=2021-13",
        "as_at=1",
        "all=maybe",
        "measures=ehc_plan_days",
        "to=2021-01&from=2021-02",
        "flag=doubtful",
    ],
)
def test_a_filter_that_means_nothing_is_named(client: Any, query: str) -> None:
    answer = client.get(f"/api/observations.json?{query}")
    assert answer.status_code == 400
    assert answer.get_data(as_text=True).startswith(f"{query.split('=')[0]}:")


def test_the_forms_hold_the_same_figures(client: Any) -> None:
    query = "measure=ehc_plan_days&cohort=all"
    listed = json.loads(client.get(f"/api/observations.json?{query}").get_data())
    printed = rows(client, query)
    assert [r["raw"] for r in listed] == [r["raw"] for r in printed]
    assert all(isinstance(r["value"], int | float) for r in listed)
    book = load_workbook(io.BytesIO(client.get(f"/api/observations.xlsx?{query}").get_data()))
    sheet = book[book.sheetnames[0]]
    shown = [tuple(str(cell.value or "") for cell in row) for row in sheet.iter_rows()]
    heads = next(row for row in shown if "period_end" in row)
    assert heads == tidy.NAMES
    assert len(shown) - shown.index(heads) - 1 == len(printed)


def test_only_what_has_changed_is_sent(client: Any) -> None:
    first = client.get("/api/observations.csv?cohort=lac")
    for header, value in (
        ("If-None-Match", first.headers["ETag"]),
        ("If-Modified-Since", first.headers["Last-Modified"]),
    ):
        again = client.get("/api/observations.csv?cohort=lac", headers={header: value})
        assert again.status_code == 304, header
    assert client.get("/api/observations.csv?cohort=all").headers["ETag"] != first.headers["ETag"]


def test_the_schema_names_columns_and_licence(client: Any) -> None:
    schema = client.get("/api/schema.json").get_json()
    assert [field["name"] for field in schema["schema"]["fields"]] == list(tidy.NAMES)
    assert schema["licenses"] == [
        {
            "title": "Figures from the papers of Norfolk County Council: copyright Norfolk County "
            "Council",
            "name": "other-closed",
        },
        {
            "title": "Figures from the Department for Education: Open Government Licence v3.0",
            "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        },
    ]
    # A data resource's path is relative to its description, never absolute.
    assert schema["path"] == "observations.csv"
    assert client.get("/api/" + schema["path"]).status_code == 200


def test_each_row_is_as_the_schema_says(client: Any) -> None:
    schema = client.get("/api/schema.json").get_json()["schema"]
    found = rows(client, "all=1")
    kinds = {"date": date.fromisoformat, "number": float, "integer": int, "string": str}
    for field in schema["fields"]:
        cells = {row[field["name"]] for row in found} - set(schema["missingValues"])
        allowed = field.get("constraints", {}).get("enum")
        assert not allowed or cells <= set(allowed), field["name"]
        for cell in cells:
            kinds[field["type"]](cell)
    keys = [tuple(row[name] for name in schema["primaryKey"]) for row in found]
    assert len(set(keys)) == len(keys)


def test_a_figure_in_doubt_carries_its_flag(client: Any) -> None:
    """Answered in answers.yaml: who plots the table is warned of each."""
    share = "measure=children_missing_education_share&cohort=lac"
    assert {r["raw"]: r["flag"] for r in rows(client, f"{share}&from=2021-11")} == {
        "3.1%": "",
        "7.0%": "misprint",
    }
    days = {
        (r["cohort"], r["period_end"], r["flag"])
        for r in rows(client, "measure=ehc_plan_days&flag=unexplained,open")
        if r["span"] == "month"
    }
    assert days == {
        ("all", "2021-01-31", "unexplained"),
        ("all", "2021-03-31", "unexplained"),
        ("all", "2021-05-31", "unexplained"),
        ("lac", "2021-09-30", "unexplained"),
    }
    for form in ("csv", "json"):
        flagged = client.get(f"/api/observations.{form}?{share}&flag=none").get_data(as_text=True)
        assert "3.1%" in flagged, form
        assert "7.0%" not in flagged, form
    sheet = client.get(f"/api/observations.xlsx?{share}&flag=misprint").get_data()
    table = list(load_workbook(io.BytesIO(sheet))["Tidy data"].values)
    assert [row[-1] for row in table] == ["flag", "misprint"]


def test_the_kind_of_each_answer_is_said_once(client: Any) -> None:
    for ending, kind in (("csv", "text/csv; charset=utf-8"), ("json", "application/json")):
        assert client.get(f"/api/observations.{ending}").headers["Content-Type"] == kind


def test_a_picture_holds_its_words(client: Any) -> None:
    picture = client.get("/api/picture.svg?measure=children_missing_education&view=trend")
    words = re.sub("<[^>]+>", " ", picture.get_data(as_text=True))
    assert "495 children" in words
    assert "Source:" in words
    assert client.get("/api/picture.svg?measure=x").status_code == 404
    assert client.get("/api/picture.svg?size=x").status_code == 400


def test_health(client: Any) -> None:
    assert client.get("/health").get_json()["status"] == "ok"


def test_a_workbook_of_too_many_figures_is_refused_with_the_csv(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dashboard.web import api_workbook

    few = "measure=ehc_plan_days&from=2021-01"
    figures = client.get(f"/api/observations.csv?{few}").get_data(as_text=True).count("\n") - 1
    monkeypatch.setattr(api_workbook, "MOST", figures)
    assert client.get(f"/api/observations.xlsx?{few}&x").status_code == 400  # no such filter
    assert client.get(f"/api/observations.xlsx?{few}").status_code == 200
    monkeypatch.setattr(api_workbook, "MOST", figures - 1)
    more = f"{few}&to=2030-01"
    answer = client.get(f"/api/observations.xlsx?{more}")
    assert (answer.status_code, answer.mimetype) == (400, "text/plain")
    assert answer.get_data(as_text=True) == (
        f"These are {figures} figures; one workbook is made of at most {figures - 1}. Choose fewer "
        "by measure, authority, from or to, or take all of them as CSV: "
        f"/api/observations.csv?{more}\n"
    )


def test_workbooks_do_not_take_every_thread(client: Any) -> None:
    from dashboard.web import api_workbook

    held = 0
    while api_workbook._AT_ONCE.acquire(blocking=False):
        held += 1
    try:
        answer = client.get("/api/observations.xlsx?measure=ehc_plan_days&to=2031-01")
        assert answer.status_code == 503
        assert "/api/observations.csv?measure=ehc_plan_days&to=2031-01" in answer.get_data(True)
        assert answer.headers["Retry-After"] == "30"
    finally:
        for _ in range(held):
            api_workbook._AT_ONCE.release()
    assert 0 < held < 8
    assert client.get(answer.request.url).status_code == 200
