"""A release that shows from a set time: nothing tells of it before, everything shows it after."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dashboard.officer import packing
from dashboard.officer.packing import Packs
from etl.store import Store, stamp
from tests.dashboard.officer.signed_in import Officer, add

pytestmark = pytest.mark.slow

CELL = "c:children_missing_education/all@2022-01"
FIGURES = tuple(
    f"/api/observations.{ending}?{asked}"
    for ending in ("csv", "json", "xlsx")
    for asked in ("all=1", "as_at=2022-05-20", "measure=children_missing_education")
)
PLACES = (
    *FIGURES,
    "/",
    "/measure/children_missing_education",
    "/quality",
    "/about",
    "/api/picture.svg?measure=children_missing_education",
    "/?as-at=2022-05-20",
)


@pytest.fixture
def anna(any_seeded_store: Store) -> Officer:
    add(any_seeded_store, "anna")
    return Officer(any_seeded_store, "anna")


@pytest.fixture
def shows(anna: Officer, any_seeded_store: Store) -> Callable[[timedelta], None]:
    """Sets the store's clock to so long after the time that a draft is published for."""
    where = anna.open("/officer/drafts/new").send("new", meeting="2022-05-20").at
    anna.open(f"{where}/grid").send("/grid", **{CELL: "4871"})
    soon = datetime.now() + timedelta(days=2)

    def publish() -> datetime:
        anna.open(where).publish(
            where, accept="checked", when="later", day=f"{soon:%Y-%m-%d}", time="09:00"
        )
        assert "It shows from" in anna.words
        return datetime.fromisoformat(any_seeded_store.releases()[-1].visible_from)

    moment: list[datetime] = []

    def after(much: timedelta | None) -> None:
        if not moment:
            moment.append(publish())
        if much is not None:
            any_seeded_store.clock = lambda: stamp(moment[0] + much)

    return after  # type: ignore[return-value]


def asked(anna: Officer) -> dict[str, tuple[int, bytes, str | None, str | None]]:
    """Every place as a reader gets it: status, content, ETag, Last-Modified."""
    reader = anna.server.test_client()
    found = {}
    for path in PLACES:
        answer = reader.get(path)
        headers = answer.headers
        found[path] = (
            answer.status_code,
            answer.data,
            headers.get("ETag"),
            headers.get("Last-Modified"),
        )
    return found


def test_nothing_tells_of_it_before_and_everything_shows_it_at_its_time(
    anna: Officer, shows: Callable[[timedelta | None], None]
) -> None:
    before = asked(anna)
    shows(None)  # published, to show in two days
    assert asked(anna) == before
    shows(timedelta(seconds=-1))
    assert asked(anna) == before
    shows(timedelta(0))
    after = asked(anna)
    for path in PLACES:
        assert after[path][0] == before[path][0], path
        assert after[path][1] != before[path][1], path
        assert after[path][2] != before[path][2], path
    for path in FIGURES:
        _, content, _, changed = after[path]
        text = content.decode() if not path.startswith("/api/observations.xlsx") else sheet(content)
        assert "4871" in text, path
        assert changed is not None
        assert changed > "", path


def sheet(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "".join(book.read(n).decode() for n in book.namelist() if n.endswith(".xml"))


def test_a_program_that_asks_since_before_its_time_is_told_at_it(
    anna: Officer, shows: Callable[[timedelta | None], None]
) -> None:
    reader = anna.server.test_client()
    path = "/api/observations.csv?all=1"
    shows(None)
    old = reader.get(path).headers
    late = (datetime.now(UTC) + timedelta(hours=1)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    asks = (
        {"If-None-Match": old["ETag"]},
        {"If-Modified-Since": old["Last-Modified"]},
        {"If-Modified-Since": late},
    )
    shows(timedelta(seconds=-1))
    assert [reader.get(path, headers=one).status_code for one in asks] == [304] * 3
    shows(timedelta(0))
    assert [reader.get(path, headers=one).status_code for one in asks] == [200] * 3
    new = reader.get(path).headers
    assert datetime.strptime(new["Last-Modified"], "%a, %d %b %Y %H:%M:%S GMT") > datetime.now()


def test_what_officers_do_inside_does_not_show_outside(
    anna: Officer, any_seeded_store: Store
) -> None:
    before = asked(anna)
    add(any_seeded_store, "ben")
    anna.open("/officer/drafts/new").send("new", meeting="2022-05-20")
    anna.open("/officer/").send("sign-out")
    assert asked(anna) == before


def test_taken_back_before_its_time_it_never_shows(
    anna: Officer, any_seeded_store: Store, shows: Callable[[timedelta | None], None]
) -> None:
    before = asked(anna)
    shows(None)
    number = any_seeded_store.releases()[-1].number
    anna.open(f"/officer/releases/{number}").send("take-back", reason="not yet right")
    assert asked(anna) == before
    shows(timedelta(days=1))
    assert {p: a[1] for p, a in asked(anna).items()} == {p: b[1] for p, b in before.items()}


def test_the_report_pack_has_it_from_its_time_on(
    anna: Officer,
    any_seeded_store: Store,
    shows: Callable[[timedelta | None], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(packing.tempfile, "gettempdir", lambda: str(tmp_path))
    packs = Packs(any_seeded_store, tmp_path / "packs")
    shows(timedelta(seconds=-1))
    old = packs.folder(None)
    assert "4,871" not in anna.open("/officer/packs/latest").words
    shows(timedelta(0))
    assert packs.folder(None) != old  # one made before its time is not given out after it
    assert "4,871" in anna.open("/officer/packs/latest").words
