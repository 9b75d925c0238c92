"""The sentences of sentences.md, whole; and a walk through another council's pages."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dashboard.reports import outline
from dashboard.reports.report import build
from dashboard.views.about import about
from dashboard.views.measure import measure
from dashboard.views.overview import overview
from dashboard.views.quality import quality
from dashboard.web.app import create_app
from etl import registry, template
from etl.record import Record
from etl.store import Store
from tests.dashboard.another_council import opened
from tests.dashboard.test_views_spoken import texts

TODAY = date(2026, 11, 22)
TABLE = Path(__file__).with_name("sentences.md")

# What is said of Norfolk, in its papers, or by it, and of no other council.
NORFOLKS = (
    "Norfolk",
    "NCC",
    "People and Communities",
    "139 days",
    "Ombudsman asked",
    "The papers",
    "the papers do not",
    "committee's table prints",
    "Appendix 1, which does not say",
    "Martineau",
    "baseline",
)


@dataclass(frozen=True)
class Row:
    asked_by: str
    record: str
    place: str
    said: str


def rows() -> list[Row]:
    lines = re.findall(r"^\| (?!---|asked)(.+) \|$", TABLE.read_text(encoding="utf-8"), re.M)
    return [Row(*line.split(" | ")) for line in lines]


@pytest.fixture(scope="module")
def another(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = opened(tmp_path_factory.mktemp("another"))
    yield store
    store.close()
    registry.load.cache_clear()


@pytest.fixture(scope="module")
def record_of(real_store: Store, another: Store) -> Callable[[str], tuple[Store, Record]]:
    days = {"september": date(2021, 9, 17), "march": date(2022, 3, 18), "latest": None}

    def found(name: str) -> tuple[Store, Record]:
        if name == "another":
            return another, another.record()
        return real_store, real_store.record(days[name])

    return found


def on_page(record: Record, name: str, choices: str, today: date | None) -> list[str]:
    measure_id, _, cohort = name.partition("/")
    view, _, year = choices.partition(" ")
    found = measure(record, measure_id, cohort, view, year=int(year or 0) or None, today=today)
    assert found is not None, name
    assert view in ("", found.view), f"{name} has no {view}"
    held = [text for _, text in texts(found)]
    held += [choice.why_not for choice in found.views]
    return [*held, *(table.summary for table in found.tables)]


def document(store: Store, path: str, as_at: date | None) -> str:
    """A page's document as words: no tags."""
    query = f"?as_at={as_at}" if as_at else ""
    client = create_app(store, today=lambda: TODAY).test_client()
    answer = client.get(f"{path}{query}")
    assert answer.status_code == 200
    return plain(answer.get_data(as_text=True))


def plain(page: str) -> str:
    page = re.sub(r"<(style|script).*?</\1>", " ", page, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", page)).split())


def said_at(store: Store, record: Record, place: str) -> list[str]:
    kind, _, rest = place.partition(" ")
    today = None if record.as_at else TODAY
    if kind == "page":
        name, _, choices = rest.partition(" ")
        return on_page(record, name, choices, today)
    views: dict[str, Callable[[], Any]] = {
        "overview": lambda: overview(record, today),
        "quality": lambda: quality(record, today),
        "about": lambda: [about(record), about(record).sources],
        "report": lambda: list(outline.parts(build(record), ())["report"]),
        "document": lambda: [document(store, rest, record.as_at)],
    }
    made = views[kind]()
    held = [text for _, text in texts(made)]
    if kind == "about":
        held += [text for source in made[0].sources for text in source]
    return held


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.asked_by}: {row.said[:50]}")
def test_what_is_said(row: Row, record_of: Callable[[str], tuple[Store, Record]]) -> None:
    held = said_at(*record_of(row.record), row.place)
    never = row.said.removeprefix("never: ")
    if never != row.said:
        assert [text for text in held if never in text] == []
    elif row.place.startswith("document"):
        assert row.said in held[0]
    else:
        near = [text for text in held if row.said[:12] in text or row.said[-12:] in text]
        assert row.said in held, near[:5] or f"nothing like it among {len(held)} texts"


# --- another council ---------------------------------------------------------------------


def test_no_word_of_norfolk_stands_on_another_councils_pages(another: Store) -> None:
    paths = ["/", "/quality", "/about", "/api/schema.json"]
    paths += [f"/measure/{name}" for name in another.registry.measures]
    client = create_app(another, today=lambda: TODAY).test_client()
    for path in paths:
        answer = client.get(path)
        assert answer.status_code == 200, path
        page = answer.get_data(as_text=True)
        assert [word for word in NORFOLKS if word in page] == [], path


def test_no_word_of_norfolk_stands_in_any_view_or_the_report(another: Store) -> None:
    held = another.record()
    said = [text for _, text in texts(list(outline.parts(build(held), ())["report"]))]
    for name, declared in held.registry.measures.items():
        for cohort in declared.cohorts:
            first = measure(held, name, cohort, today=TODAY)
            assert first is not None
            for view in [choice.value for choice in first.views if not choice.why_not]:
                said += on_page(held, f"{name}/{cohort}", view, TODAY)
    assert len(said) > 500
    assert [text for text in said if any(word in text for word in NORFOLKS)] == []
    carers = "Young carers in school: the figure rose in the autumn"
    assert [t for t in said if "each school year" in t and not t.startswith(carers)] == []
    assert any(t.startswith(carers) and "each school year" in t for t in said)


def test_no_word_of_norfolk_stands_in_another_councils_workbook(another: Store) -> None:
    made = template.workbook(another.record(), today=TODAY)
    book = openpyxl.load_workbook(io.BytesIO(made))
    cells = [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value]
    assert "Young carers on a school roll" in cells
    assert [text for text in cells if any(word in text for word in NORFOLKS)] == []
