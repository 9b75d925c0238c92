"""What officers did in the store of commit d41778e, by that version's commands and pages.

Run by `make.py` with that commit as its working folder and library; knows nothing of today's code.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

# Names that belong to nobody, and a password that opens nothing.
OFFICER, LEAVER = "example-officer", "example-leaver"
PASSWORD = "otter saddle moonlight"

MAY = ("--published", "2022-05-20")
# Areas of DfE's releases that are kept, to keep the file small: England, Norfolk, Suffolk.
AREAS = ("E92000001", "E10000020", "E10000029")
CSV = (
    "measure,cohort,period,value\n"
    "school_population,all,2022-05,117950\n"
    "children_missing_education,all,2022-04,447\n"
    "children_missing_education,lac,2022-04,about ten\n"
)
LATER = "measure,cohort,period,value\nchildren_missing_education,all,2022-05,441\n"
DRAFTED = "measure,cohort,period,value\nschool_population,ehcp,2022-05,4130\n"


_AT_ONCE = 100  # rows of a statement


class Clock(datetime):
    """Five minutes pass with each look: what is written is the same whenever this is run."""

    passed = 0

    @classmethod
    def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
        cls.passed += 1
        return datetime(2026, 11, 23, 9, tzinfo=UTC) + timedelta(minutes=5 * cls.passed)


class Day(date):
    """The day of the acts."""

    @classmethod
    def today(cls) -> date:  # type: ignore[override]
        return date(2026, 11, 23)


def set_clocks() -> None:
    from etl import set_time
    from etl.draft import declaring
    from etl.store import engine

    engine.datetime = Clock  # type: ignore[attr-defined, misc]
    set_time.datetime = Clock  # type: ignore[attr-defined, misc]
    declaring.date = Day  # type: ignore[attr-defined, misc]
    os.environ["LOGNAME"] = "example"


def fewer_areas(data: Path) -> None:
    for file in (data / "benchmarks").glob("*.csv"):
        header, *lines = file.read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if line.startswith(AREAS)]
        file.write_text("\n".join([header, *kept, ""]), encoding="utf-8")


def etl(*arguments: object) -> None:
    from etl.commands import main

    code = main([str(argument) for argument in arguments])
    assert code == 0, (code, arguments)


def dashboard(*arguments: str) -> None:
    from dashboard.officer import command

    assert command.run(["add-officer", *arguments]) == 0, arguments


def act(data: Path, folder: Path) -> None:
    """Everything that happened, in order."""
    from etl.council_store import open_store
    from tests.dashboard.officer.signed_in import Officer

    store = open_store(data=data, seed=True)
    with store.engine.begin() as connection:  # no real one stands in a file
        connection.exec_driver_sql("UPDATE state SET secret = 'signs nothing', store_id = 'then'")
    os.environ["SEND_SEED"] = "0"
    pack, dfe = "4", "3"
    etl("withdraw", pack, "--reason", "The committee was sent another version")
    etl("withdraw", dfe, "--reason", "To be looked at again")
    etl("republish", dfe, "--reason", "It was right")

    os.environ["SEND_OFFICER_PASSWORD"] = PASSWORD
    dashboard(OFFICER)
    dashboard(LEAVER, "--editor")
    dashboard(LEAVER, "--disable")

    third = Path("tests/packs/third/pack.txt")
    etl("import", third, *MAY, "--accept-warnings", "Asked the team; they look into it")
    etl(
        "correct",
        "ehc_review_on_time/all",
        "Jan-22",
        "63% in time",
        *MAY,
        "--reason",
        "Three reviews were entered late",
    )
    etl(
        "state",
        "complaints_local",
        "2021-22",
        "123",
        "--place",
        "minutes, page 8",
        "--published",
        "2023-02-06",
        "--accept-warnings",
        "The year's sum",
    )
    etl("explain", "children_missing_education", "A new register began", "--month", "Dec-21", *MAY)
    etl("explain", "children_missing_education/lac", "Few children", *MAY)
    etl(
        "event",
        "New register",
        "--start",
        "2021-12-01",
        "--text",
        "It began",
        "--source",
        "minutes",
        "--measure",
        "children_missing_education",
        *MAY,
    )
    etl(
        "target",
        "children_missing_education",
        "300",
        "--label",
        "Stretch: 300",
        "--approver",
        "The committee",
        "--source",
        "minutes",
        "--start",
        "2022-01-01",
        "--end",
        "2022-12-31",
        "--kind",
        "stretch",
        "--form",
        "annual",
        "--basis",
        "not_applicable",
        *MAY,
    )
    event, second, _ = (word.id for word in store.words()[1:])
    etl("unsay", second, "--reason", "It could point at a child")
    etl("unsay", event, "--reason", "Not so")
    etl("say-again", event, "--reason", "It was so")

    stranger = Officer(store)
    stranger.open("/officer/sign-in").send("sign-in", name=OFFICER, password="not the password")
    officer = Officer(store, OFFICER, stranger.server)
    officer.open("/officer/upload")
    officer.send("upload", {"april.csv": CSV.encode()}, meeting="2022-07-15")
    where = officer.at
    officer.open(where)
    officer.send("/answers", to=f"{where}/publish", accept="Checked with the schools")
    purged = store.releases()[-1].sha256
    etl("purge", purged, "--reason", "A note beside the table named a school")

    (folder / "later.csv").write_text(LATER)
    etl("import", folder / "later.csv", "--published", "2022-09-16", "--from", "2027-05-12 09:00")
    open_draft(officer)
    officer.open("/officer/drafts/new").send("new", meeting="2022-09-16")
    where = officer.at
    officer.open(where).send("/discard")
    assert "is discarded" in officer.words, officer.words


def open_draft(officer: Any) -> None:
    """One draft with something of each kind in it."""
    officer.open("/officer/upload")
    officer.send("upload", {"pupils.csv": DRAFTED.encode()}, meeting="2022-09-16")
    where = officer.at
    officer.open(f"{where}/grid")
    officer.send(
        "/grid",
        **{
            "c:children_missing_education/all@2022-06": "4800",
            "c:children_missing_education/lac@2022-06": "nil",
            "c:ehc_plan_days/lac@2022-06": "in a while",
        },
    )
    officer.open(
        f"{where}/correct?row=officer|complaints_local/all|financial_year_to_date&month=2022-03"
    )
    officer.send("/correct", value="121", reason="One was counted twice")
    officer.open(f"{where}/state")
    officer.send(
        "/state",
        row="complaints_ombudsman/all",
        period="2021-22",
        value="9",
        place="annual letter, page 1",
    )
    officer.open(f"{where}/add/explanation")
    officer.send("/add/explanation", row="complaints_local/all", month="", text="Counted anew")
    officer.open(f"{where}/add/event")
    officer.send(
        "/add/event",
        title="A new team",
        start="2022-04-01",
        text="It began work",
        source="minutes",
        measure="complaints_local",
    )
    officer.open(f"{where}/add/target")
    officer.send(
        "/add/target",
        row="children_missing_education/all",
        value="250",
        kind="agreed",
        form="by_date",
        basis="not_applicable",
        start="2023-01-01",
        end="2023-12-31",
        label="Agreed: 250 by the end of 2023",
        approver="The committee",
        source="minutes",
    )
    officer.open(where)
    names = [name for name in officer.form("/answers")[1] if name.startswith("verdict-")]
    given = dict.fromkeys(names, "unexplained")
    given |= {name.replace("verdict", "reason"): "Schools closed early" for name in names}
    officer.send("/answers", **given)
    assert "Answers saved" in officer.words, officer.words


# --- what it holds ---------------------------------------------------------------------


def figures(store: Any) -> str:
    """Every figure of every release, with whether it stands and whether pages show it."""
    from etl import tidy

    record = store.record(scheduled=True)
    shown = set(record.shown())
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["state", *tidy.NAMES])
    rows = [("shown" if o in shown else "held", o) for o in record.observations]
    rows += [("withdrawn", o) for _, o in store.withdrawn_figures()]
    for state, observation in rows:
        row = tidy.row(observation)
        writer.writerow([state, *(row[name] for name in tidy.NAMES)])
    return out.getvalue()


def name_of(figure: Any) -> str:
    end = figure.period.end
    return (
        f"{figure.authority} {figure.measure}/{figure.cohort} {figure.period.span} to {end}, "
        f"{figure.table} of {figure.published}"
    )


def flags(store: Any) -> list[str]:
    """Each figure (or place) under a warning or an error, with its code and what was answered."""
    found = set()
    for judged in store.record(scheduled=True).judged:
        if judged.finding.severity != "note":
            said = judged.answer.verdict if judged.answer else "open"
            named = [name_of(f) for f in judged.finding.figures] or judged.finding.places
            found |= {f"{name}: {judged.finding.code}, {said}" for name in named}
    return sorted(found)


def expected(store: Any) -> dict[str, Any]:
    """What must be the same in every later version."""
    import hashlib
    from dataclasses import asdict

    from etl.model import TABLES

    record = store.record(scheduled=True)
    releases = store.releases()
    hashes = sorted(
        {r.sha256 for r in releases} | {f.sha256 for d in store.drafts.all() for f in d.files}
    )
    files = [f for f in map(store.files.get, hashes) if f]
    return {
        "flags": flags(store),
        "releases": [asdict(r) for r in releases],
        "targets": [asdict(t) for t in record.targets],
        "events": [asdict(e) for e in record.events],
        "explanations": [asdict(e) for e in record.explanations],
        "answers": [asdict(a) for a in record.answers],
        "words": [[w.id, w.kind, w.text, w.hidden, w.release] for w in store.words()],
        "files": [
            {
                **asdict(f),
                "content": None if f.content is None else hashlib.sha256(f.content).hexdigest(),
            }
            for f in files
        ],
        "drafts": [
            asdict(d)
            for state in ("open", "published", "discarded")
            for d in store.drafts.all(state=state)
        ],
        "accounts": [asdict(a) for a in store.accounts.all()],
        "sign_ins": store.sign_ins.count(),
        "history": [asdict(a) for a in store.history.all()],
        "statements": len(record.statements),
        "measures": [f"{m.id}/{c}" for m in store.registry.measures.values() for c in m.cohorts],
        "tables": list(TABLES),
        "codes": sorted(codes()),
    }


def codes() -> set[str]:
    """The codes of findings, wherever in the source one is given."""
    from etl.checks import CODES

    given = re.compile(r"""(?:Finding|warning|Odd)\(\s*"([a-z]+(?:-[a-z]+)+)\"""")
    texts = (file.read_text(encoding="utf-8") for file in Path("etl").rglob("*.py"))
    return {*CODES, *(code for text in texts for code in given.findall(text))}


def in_lines(said: dict[str, Any]) -> str:
    """JSON with a line an entry."""
    parts = []
    for name, value in said.items():
        if isinstance(value, list):
            lines = (json.dumps(one, default=str, ensure_ascii=False) for one in value)
            parts.append(f' "{name}": [\n  ' + ",\n  ".join(lines) + "\n ]")
        else:
            parts.append(f' "{name}": {json.dumps(value)}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def values(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, bytes):
        return f"X'{value.hex()}'"
    if isinstance(value, int | float):
        return repr(value)
    return "'" + str(value).replace("'", "''") + "'"


def rows(store: Any) -> Iterator[str]:
    """Every table's rows as statements that SQLite and PostgreSQL both read (but for bytes)."""
    from sqlalchemy import select

    from etl.store import schema

    with store.engine.connect() as connection:
        for table in schema.metadata.sorted_tables:
            found = [tuple(row) for row in connection.execute(select(table))]
            names = ", ".join(f'"{column.name}"' for column in table.columns)
            for first in range(0, len(found), _AT_ONCE):
                some = (f"({', '.join(map(values, row))})" for row in found[first:][:_AT_ONCE])
                yield f'INSERT INTO "{table.name}" ({names}) VALUES\n' + ",\n".join(some) + ";"


def tables(dialect: Any) -> Iterator[str]:
    """The statements by which that version makes its tables."""
    from sqlalchemy.schema import CreateIndex, CreateTable

    from etl.store import schema

    for table in schema.metadata.sorted_tables:
        yield f"{CreateTable(table).compile(dialect=dialect)}".strip() + ";"
        for index in sorted(table.indexes, key=lambda i: str(i.name)):
            yield f"{CreateIndex(index).compile(dialect=dialect)}".strip() + ";"
    yield from (f"{statement};" for statement in schema.TRIGGERS[dialect.name])


def main(target: Path, name: str) -> None:
    """Act, then write what there is."""
    from sqlalchemy.dialects import postgresql, sqlite

    set_clocks()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        data = folder / "data"
        shutil.copytree("data", data, ignore=shutil.ignore_patterns("send.db*"))
        fewer_areas(data)
        os.environ["SEND_DATABASE_URL"] = f"sqlite:///{folder / 'send.db'}"
        act(data, folder)
        from etl.council_store import open_store

        store = open_store(data=data, seed=False)
        for dialect in (sqlite.dialect(), postgresql.dialect()):
            text = "\n\n".join(tables(dialect)) + "\n\n"
            (target / f"{name}.{dialect.name}.sql").write_text(text, encoding="utf-8")
        (target / f"{name}.sql").write_text("\n\n".join(rows(store)) + "\n\n", encoding="utf-8")
        (target / f"{name}.csv").write_text(figures(store), encoding="utf-8")
        (target / f"{name}.json").write_text(in_lines(expected(store)), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
