"""Files that come in and go out: refused, kept, downloaded, purged; text is never markup."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import text

from dashboard.officer.history_pages import as_csv
from etl.draft import entry
from etl.store import Store, engine, erasing
from etl.store.history import Act
from tests.dashboard.officer.signed_in import Officer, add, officers_server
from tests.etl.test_one_door import UNSEEN

CSV = b"measure,period,value\nchildren_missing_education,2022-02,512\n"
SHA = hashlib.sha256(CSV).hexdigest()


@pytest.fixture
def seeded_store(any_seeded_store: Store) -> Store:
    """Files are kept alike in either database."""
    return any_seeded_store


@pytest.fixture
def anna(seeded_store: Store) -> Officer:
    add(seeded_store, "anna")
    return Officer(seeded_store, "anna")


def upload(anna: Officer, name: str, content: bytes) -> Officer:
    return anna.open("/officer/upload").send("upload", {name: content}, meeting="2022-05-20")


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", b"0" * 60_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.csv", b"", "the file is empty"),
        ("photo.xlsx", b"\xff\xd8\xff\xe0 JFIF", "JPEG"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old.xls"),
        ("letter.txt", b"Dear all,\nno table here.\n", "no performance table"),
        ("bomb.xlsx", bomb(), "bomb.xlsx"),
        (
            "pupils.csv",
            b"Pupil name,UPN,Date of birth\nA B,A123456789012,01/02/2010\n",
            "personal data",
        ),
        ("release.zip", UNSEEN["a workbook"], "pupils.xlsx in it cannot be looked into"),
    ],
)
def test_what_cannot_be_taken_is_said_and_not_kept(
    seeded_store: Store, anna: Officer, name: str, content: bytes, says: str
) -> None:
    upload(anna, name, content)
    assert anna.status == 400
    assert says in anna.words
    assert "/tmp" not in anna.page
    assert seeded_store.files.get(hashlib.sha256(content).hexdigest()) is None
    assert seeded_store.drafts.all() == ()


def test_a_file_that_is_too_large_is_refused(seeded_store: Store) -> None:
    add(seeded_store, "anna")
    server = officers_server(seeded_store)
    server.config["MAX_CONTENT_LENGTH"] = 1000
    anna = Officer(seeded_store, "anna", server)
    upload(anna, "large.csv", CSV + b"\n" * 2000)
    assert anna.status == 413
    assert "too large" in anna.words


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/passwd.csv", "passwd.csv"),
        ("C:\\Users\\x\\f.csv", "f.csv"),
        ("a\x00b\n.csv", "ab.csv"),
        ("", "file"),
        ("/", "file"),
        ("x" * 300 + ".csv", "x" * 120),
    ],
)
def test_names_are_shown_and_never_paths(sent: str, shown: str) -> None:
    assert entry.shown_name(sent) == shown


def test_text_of_a_file_never_becomes_markup(seeded_store: Store, anna: Officer) -> None:
    nasty = (
        b"measure,period,value,source,locator\n"
        b"children_missing_education,2022-02,512,<script>alert(1)</script>,<img src=x>\n"
        b"<b>what</b>,2022-02,1,x,y\n"
    )
    upload(anna, "<i>name<i>.csv", nasty)
    assert anna.status == 200, anna.words
    where = anna.at
    assert "1 new" in anna.words
    pages = [anna.page, anna.open("/officer/").page]
    anna.open(where).publish(where, accept="<u>because</u>")
    assert anna.at == "/officer/releases"
    for path in (
        "/officer/releases",
        "/officer/history",
        "/officer/releases/6",
        "/quality",
        "/measure/children_missing_education",
        "/about",
    ):
        pages.append(anna.open(path).page)
    for page in pages:
        for tag in ("<script>alert", "<img src=x", "<b>what", "<i>name", "<u>because"):
            assert tag not in page


def test_a_kept_file_goes_out_as_it_came_in_and_is_never_shown(anna: Officer) -> None:
    upload(anna, "f\u00e9vrier <1>.csv", CSV)
    answer = anna.client.get(f"/officer/files/{SHA}/download")
    assert answer.data == CSV
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert "%C3%A9" in answer.headers["Content-Disposition"]
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert anna.client.get("/officer/files/../../etc/passwd/download").status_code == 404
    assert anna.client.get(f"/officer/files/{'0' * 64}").status_code == 404


def test_a_purge_needs_a_reason_and_leaves_the_fact(seeded_store: Store, anna: Officer) -> None:
    upload(anna, "f.csv", CSV)
    where = anna.at
    anna.open(f"/officer/files/{SHA}").send("purge", reason=" ")
    assert "Give the reason" in anna.words
    anna.send("purge", reason="names in it")
    assert "purged" in anna.words
    assert anna.client.get(f"/officer/files/{SHA}/download").status_code == 404
    act = seeded_store.history.all()[0]
    assert (act.who, act.what, act.sha256, act.reason) == ("anna", "purge", SHA, "names in it")
    assert "512" not in anna.open(where).words.partition("Not read")[0]


def test_a_file_under_a_hold_is_not_purged(seeded_store: Store, anna: Officer) -> None:
    upload(anna, "f.csv", CSV)
    anna.open(f"/officer/files/{SHA}").send("/hold", hold_reason=" ")
    assert "Give the reason" in anna.words
    anna.send("/hold", hold_reason="information request 12")
    anna.open(f"/officer/files/{SHA}").send("/hold", hold_reason="<b>ombudsman</b>")
    assert "Put on by anna on " in anna.words
    assert "<b>ombudsman" not in anna.page
    assert "While a hold is on it the file cannot be purged" in anna.words
    forged = {"csrf_token": anna.form("/hold")[1]["csrf_token"], "reason": "names"}
    answer = anna.client.post(f"/officer/files/{SHA}/purge", data=forged)
    assert answer.status_code == 400
    assert "information request 12" in answer.get_data(as_text=True)
    assert anna.client.get(f"/officer/files/{SHA}/download").data == CSV
    first, second = (hold.id for hold in seeded_store.files.holds(SHA))
    anna.open(f"/officer/files/{SHA}").send(f"/holds/{first}/lift", **{f"lift_reason_{first}": ""})
    assert (anna.status, "Give the reason" in anna.words) == (400, True)
    for number in (first, second):
        anna.open(f"/officer/files/{SHA}")
        anna.send(f"/holds/{number}/lift", **{f"lift_reason_{number}": "answered"})
        assert f"Hold {number} is lifted" in anna.words
    anna.send("purge", reason="names in it")
    assert "The file's content is gone" in anna.words
    assert [a.what for a in seeded_store.history.all()][:5] == [
        "purge",
        "lift hold",
        "lift hold",
        "hold",
        "hold",
    ]
    assert anna.client.post(f"/officer/files/{SHA}/holds/99/lift", data=forged).status_code == 404


def test_a_purge_that_somebody_still_reads_says_so(
    seeded_store: Store, anna: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasing, "SECONDS", 0.2)
    upload(anna, "f.csv", CSV)
    with engine.reading(seeded_store.engine) as reader:
        reader.execute(text("SELECT count(*) FROM releases"))
        anna.open(f"/officer/files/{SHA}").send("purge", reason="names in it")
        assert "stays on the disk until that ends" in anna.words
        assert "Its content was purged on " in anna.words
    monkeypatch.setattr(erasing, "SECONDS", 30)
    anna.open(f"/officer/files/{SHA}").send("purge")  # Finish the purge
    assert "The file's content is gone" in anna.words
    assert "Finish the purge" not in anna.words
    assert [a.what for a in seeded_store.history.all()].count("purge") == 1


def test_formulas_are_neutral_in_the_history(seeded_store: Store, anna: Officer) -> None:
    seeded_store.history.add("=cmd|x", "publish", reason="+1+cmd", note="@x")
    text = anna.client.get("/officer/history.csv").get_data(as_text=True)
    assert "'=cmd" in text
    assert "'+1+cmd" in text
    assert ",=cmd" not in text
    assert as_csv((Act(1, "2022-01-01T00:00:00Z", "a", "b"),)).count("\r\n") == 2


def test_what_was_typed_is_kept_as_a_file_that_can_be_imported(
    seeded_store: Store, anna: Officer, tmp_path: Path
) -> None:
    from etl import incoming

    where = anna.open("/officer/drafts/new").send("new", meeting="2022-05-20").at
    anna.open(f"{where}/grid")
    anna.send(
        "/grid",
        **{
            "c:children_missing_education/all@2022-01": "487",
            "c:ehc_plan_days/lac@2022-02": "135.2 days (only 6 LAC in calc)",
        },
    )
    anna.open(where).publish(where, accept="checked")
    release = seeded_store.releases()[-1]
    kept = seeded_store.files.get(release.sha256)
    assert kept is not None
    assert kept.content is not None
    file = tmp_path / "again.csv"
    file.write_bytes(kept.content)
    read = incoming.read(file, seeded_store.registry, release.published)
    held = [o for o in seeded_store.record().observations if o.published == release.published]
    assert [(o.measure, o.period, o.reading, o.locator) for o in read.observations] == [
        (o.measure, o.period, o.reading, o.locator) for o in held
    ]
