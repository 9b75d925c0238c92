"""Pictures: what a reader downloads is what the pack holds, and every one shows what it says."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from PIL import Image

from dashboard import charts
from dashboard.reports import pack, pictures, png
from dashboard.reports.report import Report, build
from etl.council_store import open_store
from etl.record import Record
from etl.store import Store
from tests.dashboard.reports import made_up

MARCH = date(2022, 3, 18)
SVG = "{http://www.w3.org/2000/svg}"
OWN = (0x12, 0x43, 0x6D)  # the colour of the council's own line
MISSING = "measure=children_missing_education"


def texts(svg: str) -> list[str]:
    """The words of a drawing, each text with its lines joined."""
    root = ElementTree.fromstring(svg)
    return [" ".join(text.itertext()) for text in root.iter(f"{SVG}text")]


def pixels(content: bytes, box: tuple[int, int, int, int] | None = None) -> dict[Any, int]:
    """How often each colour is in a picture, or in a part of it."""
    with Image.open(BytesIO(content)) as image:
        part = image.convert("RGB").crop(box or (0, 0, *image.size))
        return {colour: count for count, colour in part.getcolors(10_000_000)}


@pytest.mark.slow
def test_every_picture_of_the_pack_has_ink(report: Report) -> None:
    """Words at the head and the foot, and the council's line between."""
    scale = 1.0
    for planned in report.pictures:
        svg = pictures.drawing(planned.view.chart, "half")
        content = png.render(svg, scale)
        with Image.open(BytesIO(content)) as image:
            width, height = image.size
        for name, box in (("head", (0, 0, width, 60)), ("foot", (0, height - 40, width, height))):
            dark = sum(n for colour, n in pixels(content, box).items() if max(colour) < 140)
            assert dark > 150, f"{planned.stem}: no words at the {name}"
        assert pixels(content)[OWN] > 20, f"{planned.stem}: no line"


@pytest.mark.parametrize("size", [name for name, size in charts.SIZES.items() if size.alone])
def test_a_picture_stands_alone(report: Report, size: str) -> None:
    """Its SVG opens by itself, and says title, subtitle, source, as-at date and the site."""
    chart = report.pictures[0].view.chart
    svg = pictures.drawing(chart, size, "https://send.example.gov.uk")
    said = " ".join(texts(svg))
    for part in (chart.title, chart.subtitle, chart.as_at, *chart.notes):
        assert part.removesuffix(".") in said
    assert "Source: Norfolk County Council" in said
    assert "https://send.example.gov.uk" in said
    assert svg.startswith(f'<svg xmlns="{SVG[1:-1]}"')
    assert "<style" not in svg
    assert "<script" not in svg
    assert "href" not in svg


def test_a_character_that_the_font_lacks_is_a_word(
    report: Report, caplog: pytest.LogCaptureFixture
) -> None:
    chart = replace(report.pictures[0].view.chart, title="Fewer \U0001f600 than \u4e2d")
    with caplog.at_level(logging.WARNING):
        title = texts(pictures.drawing(chart, "half"))[0]
    assert title == "Fewer (grinning face) than (character not shown)"
    assert "U+1F600" in caplog.text


# --- the same picture wherever it is asked for -------------------------------------------


@pytest.fixture(scope="module")
def whole(real_store: Store, tmp_path_factory: pytest.TempPathFactory) -> pack.Written:
    """All views of one measure, as PNG and as SVG."""
    folder = tmp_path_factory.mktemp("pack")
    return pack.write(real_store.record(MARCH), folder, ["children_missing_education"], svg=True)


def test_a_download_is_the_picture_of_the_pack_byte_for_byte(
    whole: pack.Written, real_store: Store, client: Any
) -> None:
    report = build(real_store.record(MARCH), ["children_missing_education"])
    held = {file.name: file.read_bytes() for file in whole.files if file.suffix in (".png", ".svg")}
    assert len(held) == 2 * len(report.pictures) > 10
    for planned in report.pictures:
        for ending in ("png", "svg"):
            asked = client.get(f"/api/picture.{ending}?{pictures.query(planned.view)}")
            name = f"{planned.stem}.{ending}"
            assert asked.status_code == 200, name
            assert asked.data == held[name], name
            assert f'filename="{name}"' in asked.headers["Content-Disposition"]
            assert asked.mimetype == {"png": "image/png", "svg": "image/svg+xml"}[ending]


def test_the_site_s_address_stands_in_the_pack_as_in_a_download(
    real_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dots: None
) -> None:
    from dashboard.web.app import create_app

    monkeypatch.setenv("SEND_SITE_URL", "https://send.example.gov.uk/")
    pack.write(real_store.record(MARCH), tmp_path, ["ehc_plan_days"], svg=True)
    (file,) = tmp_path.glob("*_3_ehc-plan-days.svg")
    client = create_app(real_store).test_client()
    asked = client.get(
        "/api/picture.svg?measure=ehc_plan_days&as_at=2022-03-18",
        base_url="https://send.example.gov.uk",
    )
    assert asked.data == file.read_bytes()
    assert "https://send.example.gov.uk" in texts(file.read_text("utf-8"))[-1]


def test_a_picture_asked_again_is_not_drawn_again(
    real_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []

    def render(svg: str, scale: float) -> bytes:
        drawn.append(svg)
        return b"png %d" % len(drawn)

    monkeypatch.setattr(png, "render", render)

    def ask(**query: str) -> bytes:
        measure = {"measure": "alternative_provision_days"}
        return pictures.asked(real_store, measure | query, "png").content

    first = ask(as_at="2022-03-18", size="half")
    assert ask(as_at="2022-03-18") == first  # half a page is what no size means
    others = [
        ask(as_at="2022-03-18", size="square"),
        ask(as_at="2021-09-17"),
        ask(as_at="2022-03-18", cohort="ehcp"),
        ask(as_at="2022-03-18", view="year-on-year"),
        ask(as_at="2022-03-18", **{"from": "2021-04"}),
    ]
    assert len({first, *others}) == 6 == len(drawn)
    unchanged = pictures.asked(real_store, {"measure": "alternative_provision_days"}, "svg")
    assert unchanged.content.startswith(b"<svg")


def test_who_has_a_picture_is_told_that_it_is_unchanged(client: Any) -> None:
    address = f"/api/picture.svg?{MISSING}"
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    other = client.get(f"{address}&size=square", headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200


def test_a_picture_is_kept_by_what_it_shows(
    real_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bounds before all figures, the row's own first group and view: the same picture."""
    drawn: list[str] = []
    monkeypatch.setattr(png, "render", lambda svg, scale: drawn.append(svg) or b"png")
    row = {"measure": "ehc_review_on_time", "as_at": "2022-03-18"}
    first = pictures.asked(real_store, row, "png")
    same: list[dict[str, str]] = [
        {"from": "1990-01"},
        {"from": "1990-02"},
        {"cohort": "all"},
        {"view": "trend"},
        {"to": "2099-12"},
    ]
    assert [pictures.asked(real_store, row | more, "png") for more in same] == [first] * 5
    assert len(drawn) == 1


def test_a_picture_of_all_that_is_held_has_no_date_in_its_name(client: Any) -> None:
    names = {
        as_at: client.get(f"/api/picture.svg?{MISSING}{as_at}").headers["Content-Disposition"]
        for as_at in ("", "&as_at=2021-09-17")
    }
    assert names == {
        "": 'inline; filename="1a_children-missing-education.svg"',
        "&as_at=2021-09-17": 'inline; filename="2021-09-17_1a_children-missing-education.svg"',
    }


def test_a_picture_is_drawn_on_the_site_s_own_day(real_store: Store) -> None:
    """A line has stopped, or not yet, by the clock that the site was made with."""
    from dashboard.web.app import create_app

    said = {}
    for today in (date(2022, 1, 31), date(2026, 6, 25)):
        client = create_app(real_store, today=lambda day=today: day).test_client()
        svg = client.get(f"/api/picture.svg?{MISSING}").get_data(as_text=True)
        said[today.year] = any("No figure since" in text for text in texts(svg))
    assert said == {2022: False, 2026: True}


# --- what an address may not ask ----------------------------------------------------------


@pytest.mark.parametrize(
    ("ending", "query", "status", "said"),
    [
        ("gif", MISSING, 404, ""),
        ("png", "", 404, "measure: there is no ''"),
        ("png", "measure=nope", 404, "measure: there is no 'nope'"),
        ("png", f"{MISSING}&size=poster", 400, "size: there is no 'poster' here; there are half"),
        ("png", f"{MISSING}&size=narrow", 400, "there are half, full, slide, square"),
        ("svg", f"{MISSING}&size=page", 400, "there are half, full, slide, square"),
        ("png", f"{MISSING}&size=" + "x" * 5000, 400, "there are half"),
        ("svg", f"{MISSING}&cohort=nope", 400, "cohort: there is no 'nope' here; there are all"),
        ("svg", f"{MISSING}&view=nope", 400, "view: there is no 'nope' here; there are years"),
        ("svg", f"{MISSING}&view=neighbours", 404, "view: this row has no 'neighbours', but"),
        ("svg", f"{MISSING}&as_at=18/03/2022", 400, "as_at: '18/03/2022' is not a date"),
        ("svg", f"{MISSING}&year=21", 400, "year: '21' is not a year"),
        ("svg", f"{MISSING}&from=soon", 400, "from: 'soon' is not a month or date"),
        ("svg", f"{MISSING}&colour=red", 400, "colour: a picture is asked for by measure"),
        ("svg", f"{MISSING}&width=9999999", 400, "width: a picture is asked for by measure"),
        (
            "svg",
            "measure=ehc_plans_on_time_share_including_exceptions&view=neighbours&year=1999",
            404,
            "year: there is no 1999, but",
        ),
    ],
)
def test_a_wrong_address_is_told_in_words(
    client: Any, ending: str, query: str, status: int, said: str
) -> None:
    asked = client.get(f"/api/picture.{ending}?{query}")
    assert asked.status_code == status
    assert said in asked.get_data(as_text=True)
    assert len(asked.data) < 300 or ending == "gif"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (f"{MISSING}&from=1990-01&to=1990-12", "No figure lies in the months that were chosen"),
        (f"{MISSING}&as_at=2019-01-01", "No figure"),
        (f"{MISSING}&view=variation", "Not tested: a count at one date"),
    ],
)
def test_a_picture_of_nothing_says_so(client: Any, query: str, said: str) -> None:
    svg = client.get(f"/api/picture.svg?{query}")
    assert svg.status_code == 200
    assert any(said in text for text in texts(svg.get_data(as_text=True)))
    image = client.get(f"/api/picture.png?{query}")
    dark = sum(count for colour, count in pixels(image.data).items() if max(colour) < 140)
    assert dark > 1000


# --- long records --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def long_record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    folder = tmp_path_factory.mktemp("made-up")
    return made_up.record(60, open_store(f"sqlite:///{folder / 'send.db'}", seed=False), folder)


def test_a_picture_with_years_of_flagged_figures_keeps_room_for_its_chart(
    long_record: Record,
) -> None:
    """Beyond eight, they are counted and no longer named."""
    report = build(long_record)
    notes = [note for planned in report.pictures for note in planned.view.chart.notes]
    assert any("are in doubt: " in note and ", the latest" in note for note in notes)
    for planned in report.pictures:
        scene = charts.scene(planned.view.chart, "half")
        assert scene.frame.bottom - scene.frame.top > 0.3 * scene.height, planned.stem
