"""Names that have changed: what stands under an old one is read as the new one, everywhere.

No measure's name has changed yet. So the store of d41778e is rewritten as if it had known some
of them by other names, which are made up here and listed in a data folder's aliases.yaml.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from etl import aliases, incoming, pipeline, registry
from etl.aliases import Names
from etl.council_store import open_store
from etl.draft.contents import fingerprint, of
from etl.draft.entry import read_bytes
from etl.draft.review import Reviews
from etl.model import TABLES, Alias, Finding, MeasureRef, UserError
from etl.store import Store
from tests.folders import OURS, PACKS
from tests.stores.acts import flags
from tests.stores.load import load

DAY = date(2027, 1, 1)
OLD = {
    "children_missing_education": "children_out_of_school",
    "complaints_local": "complaints",
}
LISTED = """
- {kind: measure, old: children_out_of_school, new: children_missing_education, since: 2027-01-01}
- {kind: measure, old: complaints_then, new: complaints_local, since: 2027-02-01}
- {kind: measure, old: complaints, new: complaints_then, since: 2027-01-01}
- kind: measure
  old: ehc_review_on_time/looked_after
  new: ehc_review_on_time/lac
  since: 2027-01-01
- {kind: table, old: appendix, new: appendix_1, since: 2027-01-01}
- {kind: code, old: out-of-range, new: unusual, since: 2027-01-01}
"""


def as_if_named_otherwise(rows: str) -> str:
    """The store's rows, had these names been others then; each as a word of its own."""
    for new, old in OLD.items():
        rows = re.sub(rf"(?<![\w-]){new}(?![\w-])", old, rows)
    rows = rows.replace("'appendix_1'", "'appendix'").replace('"appendix_1"', '"appendix"')
    rows = rows.replace("'ehc_review_on_time', 'lac'", "'ehc_review_on_time', 'looked_after'")
    rows = rows.replace('"unusual"', '"out-of-range"').replace("unusual/", "out-of-range/")
    return rows.replace(
        '"measure":"ehc_review_on_time","cohort":"lac"',
        '"measure":"ehc_review_on_time","cohort":"looked_after"',
    )


def with_aliases(folder: Path) -> Path:
    """A data folder without releases of DfE's, whose list of names has those made up here."""
    left_out = shutil.ignore_patterns("send.db*", "20*.csv", "releases.yaml")
    shutil.copytree(registry.DATA, folder, ignore=left_out)
    with (folder / OURS / "aliases.yaml").open("a", encoding="utf-8") as file:
        file.write(LISTED)
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """Such a folder that a test may change."""
    yield with_aliases(tmp_path / "data")
    registry.load.cache_clear()


@pytest.fixture(scope="module")
def was(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The store of d41778e as it was."""
    url = f"sqlite:///{tmp_path_factory.mktemp('was') / 'plain.db'}"
    load("d41778e", url)
    return open_store(url, seed=False)


@pytest.fixture(scope="module")
def rewritten(was: Store) -> Callable[[str], str]:
    """Its rows as if it had had other names, a draft's answer to a finding's code included."""
    (draft,) = was.drafts.all()
    answered = of(draft).answers
    judged = (j.finding for j in Reviews(was).of(draft).prepared.judged)
    (found,) = (f for f in judged if f.code == "unusual" and fingerprint(f) in answered)
    then = fingerprint(replace(found, code="out-of-range"))
    return lambda rows: as_if_named_otherwise(rows).replace(fingerprint(found), then)


@pytest.fixture
def now(rewritten: Callable[[str], str], data: Path, database_url: str) -> Store:
    """That store, opened where the names are listed."""
    load("d41778e", database_url, rewritten)
    return open_store(database_url, data=data, seed=False)


@pytest.fixture(scope="module")
def client(
    rewritten: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Any]:
    """A reader of its site."""
    from dashboard.web.app import create_app

    folder = tmp_path_factory.mktemp("now")
    url = f"sqlite:///{folder / 'send.db'}"
    load("d41778e", url, rewritten)
    store = open_store(url, data=with_aliases(folder / "data"), seed=False)
    yield create_app(store).test_client()
    registry.load.cache_clear()


def test_a_store_of_older_names_is_the_same(was: Store, now: Store) -> None:
    with now.engine.connect() as connection:
        held = connection.exec_driver_sql("SELECT DISTINCT measure FROM observations").scalars()
        assert {"children_out_of_school", "complaints"} <= set(held)
    before, after = was.record(scheduled=True), now.record(scheduled=True)
    assert after.observations == before.observations
    assert after.series == before.series
    assert after.statements == before.statements
    assert flags(now) == flags(was)
    for kind in ("targets", "events", "explanations", "answers"):
        assert getattr(after, kind) == getattr(before, kind), kind
    assert now.words() == was.words()
    assert now.withdrawn_figures() == was.withdrawn_figures()
    assert len(now.history.all()) == len(was.history.all())


def test_a_draft_of_older_names_is_the_same(was: Store, now: Store) -> None:
    (then,), (draft,) = was.drafts.all(), now.drafts.all()
    before, after = of(then), of(draft)
    assert replace(after, answers={}) == replace(before, answers={})
    assert any(key.startswith("children_missing_education/") for key in after.typed)
    reviewed, again = Reviews(was).of(then), Reviews(now).of(draft)
    assert {a.code for a in again.answers} == {"unusual", "cell-unreadable"}
    assert again.answers == reviewed.answers
    assert again.left == reviewed.left
    assert again.prepared.after.observations == reviewed.prepared.after.observations


def test_withdrawn_figures_stay_so_under_new_names(now: Store) -> None:
    """The pack of September 2021 was withdrawn: as a file it is refused."""
    prepared = pipeline.prepare([PACKS / "2021-09-17"], now)
    assert prepared.withdrawn == (4,)


# --- files ------------------------------------------------------------------------------

ROWS = (
    "measure,cohort,period,value,table\n"
    "children_out_of_school,all,2022-02,512,officer\n"
    "complaints,,2022-02,90,officer\n"
    "ehc_review_on_time,looked_after,2022-02,70%,officer\n"
)
READ = [
    MeasureRef("children_missing_education", "all"),
    MeasureRef("complaints_local", "all"),
    MeasureRef("ehc_review_on_time", "lac"),
]


def test_a_file_with_older_names_is_read(data: Path, tmp_path: Path) -> None:
    declared = registry.load(data)
    (tmp_path / "feb.csv").write_text(ROWS)
    found = incoming.read(tmp_path / "feb.csv", declared, date(2022, 5, 20))
    assert [MeasureRef(o.measure, o.cohort) for o in found.observations] == READ
    drafted = read_bytes("feb.csv", ROWS.encode(), declared, date(2022, 5, 20))
    assert [MeasureRef(o.measure, o.cohort) for o in drafted.observations] == READ
    unknown = incoming.read(tmp_path / "feb.csv", registry.load(), date(2022, 5, 20))
    assert unknown.observations == ()


def test_files_under_data_may_have_older_names(data: Path) -> None:
    today = registry.load(data)
    for name in ("targets.yaml", "events.yaml", "answers.yaml", "packs/2022-03-18/claims.yaml"):
        file = data / OURS / name
        text = file.read_text(encoding="utf-8")
        for new, old in OLD.items():
            text = re.sub(rf"(?<![\w-]){new}(?![\w-])", old, text)
        file.write_text(text, encoding="utf-8")
    registry.load.cache_clear()
    declared = registry.load(data)
    for kind in ("targets", "events", "answers"):
        assert getattr(declared, kind) == getattr(today, kind)
    then, now = (
        incoming.read(folder / OURS / "packs" / "2022-03-18", declared)
        for folder in (registry.DATA, data)
    )
    assert now.statements == then.statements


def test_a_workbook_given_out_before_comes_back(data: Path, tmp_path: Path) -> None:
    import openpyxl

    from etl import template

    load("d41778e", f"sqlite:///{tmp_path / 'send.db'}")
    store = open_store(f"sqlite:///{tmp_path / 'send.db'}", data=data, seed=False)
    template.write(store.record(), tmp_path / "given.xlsx", today=date(2022, 6, 1))
    book = openpyxl.load_workbook(tmp_path / "given.xlsx")
    sheet = book["Appendix 1"]
    header = [cell.value for cell in sheet[1]]
    key = header.index("Key") + 1
    may = next(at for at, text in enumerate(header, 1) if str(text).startswith("May-22"))
    row = next(
        r for r in range(2, 40) if sheet.cell(r, key).value == "children_missing_education/all"
    )
    sheet.cell(row, key).value = "children_out_of_school/all"
    sheet.cell(row, may).value = 505
    book["Start here"]["B2"].value = date(2022, 5, 31)
    book.save(tmp_path / "filled.xlsx")
    prepared = pipeline.prepare([tmp_path / "filled.xlsx"], store)
    (new,) = (o for p in prepared.publications for o in p.comparison.new)
    assert (new.measure, new.cohort, new.value) == ("children_missing_education", "all", 505)


# --- the site ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/measure/children_out_of_school", "/measure/children_missing_education"),
        ("/measure/children_out_of_school/", "/measure/children_missing_education"),
        ("/measure/complaints?as_at=2022-03-18", "/measure/complaints_local?as_at=2022-03-18"),
        (
            "/measure/children_out_of_school?cohort=lac&view=trend",
            "/measure/children_missing_education?view=trend&cohort=lac",
        ),
    ],
)
def test_an_old_address_leads_to_the_page(client: Any, old: str, new: str) -> None:
    answer = client.get(old)
    assert (answer.status_code, answer.headers["Location"]) == (301, new)
    assert client.get(new).status_code == 200


def test_an_address_that_never_was_is_not_found(client: Any) -> None:
    assert client.get("/measure/children_in_school").status_code == 404
    assert client.get("/measure/looked_after").status_code == 404


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("measure=complaints", "measure=complaints_local"),
        ("measure=complaints,ehc_plan_days", "measure=complaints_local,ehc_plan_days"),
        ("measure=ehc_review_on_time&cohort=looked_after", "measure=ehc_review_on_time&cohort=lac"),
    ],
)
def test_a_program_s_older_question_is_answered(client: Any, old: str, new: str) -> None:
    answer = client.get(f"/api/observations.csv?{old}")
    assert answer.status_code == 200
    assert answer.data == client.get(f"/api/observations.csv?{new}").data
    assert len(answer.data.splitlines()) > 5


def test_an_older_picture_is_drawn(client: Any) -> None:
    asked = "/api/picture.svg?cohort=all&measure="
    old, new = (client.get(asked + name) for name in ("complaints", "complaints_local"))
    assert (old.status_code, old.data) == (200, new.data)


def test_commands_know_older_names(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from etl.commands import main, officers

    url = f"sqlite:///{tmp_path / 'send.db'}"
    load("d41778e", url)
    monkeypatch.setattr(officers, "open_store", lambda: open_store(url, data=data, seed=False))
    code = main(
        [
            "correct",
            "children_out_of_school",
            "Dec-21",
            "496",
            "--reason",
            "late",
            "--published",
            "2022-05-20",
            "--dry-run",
        ]
    )
    assert code in (0, 1)
    assert "children_missing_education (all), month to 2021-12-31" in capsys.readouterr().out


# --- the list ---------------------------------------------------------------------------


def names(*pairs: tuple[str, str, str]) -> Names:
    return Names(Alias(kind, old, new, DAY) for kind, old, new in pairs)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (("a", "all"), ("c", "all")),  # twice renamed
        (("b", "lac"), ("c", "lac")),
        (("s", "lac"), ("u", "looked_after")),  # a measure that was split
        (("s", "all"), ("t", "all")),
        (("c", "all"), ("c", "all")),
        (("x", "y"), ("x", "y")),
    ],
)
def test_a_row_s_name_of_today(given: tuple[str, str], found: tuple[str, str]) -> None:
    changed = names(
        ("measure", "a", "b"),
        ("measure", "b", "c"),
        ("measure", "s/lac", "u/looked_after"),
        ("measure", "s", "t"),
    )
    assert changed.ref(*given) == found


@pytest.mark.parametrize(
    ("held", "read"),
    [
        ({"measure": "a", "cohort": "all"}, {"measure": "b", "cohort": "all"}),
        ({"measures": [["a", "all"], ["c", "all"]]}, {"measures": [["b", "all"], ["c", "all"]]}),
        ({"measures": ["a", "c"]}, {"measures": ["b", "c"]}),
        ({"measures": ["c", "a"]}, {"measures": ["c", "b"]}),
        ({"typed": {"a/all@2022-02": "5"}}, {"typed": {"b/all@2022-02": "5"}}),
        ({"others": [["a", "lac"]]}, {"others": [["b", "lac"]]}),
        ({"code": "old-code", "table": "old"}, {"code": "new-code", "table": "new"}),
        (
            {"raw": "a", "note": "old", "expects": ["a"]},
            {"raw": "a", "note": "old", "expects": ["a"]},
        ),
        ([{"figures": [{"measure": "a"}]}], [{"figures": [{"measure": "b"}]}]),
        (None, None),
    ],
)
def test_what_was_kept_as_json(held: Any, read: Any) -> None:
    changed = names(
        ("measure", "a", "b"), ("table", "old", "new"), ("code", "old-code", "new-code")
    )
    assert changed.in_json(held) == read
    assert Names().in_json(held) is held


def test_a_circle_leads_nowhere_and_ends() -> None:
    around = names(
        ("measure", "a", "b"), ("measure", "b", "a"), ("code", "x", "y"), ("code", "y", "x")
    )
    assert around.ref("a", "all").cohort == "all"
    assert around.of("code", "x") in ("x", "y")


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("{kind: measure, old: a, new: nothing, since: 2027-01-01}", "a: there is no nothing"),
        (
            "{kind: measure, old: ehc_plan_days/x, new: ehc_plan_days/y, since: 2027-01-01}",
            "measure ehc_plan_days/x: there is no ehc_plan_days/y",
        ),
        (
            "{kind: measure, old: ehc_plan_days, new: complaints_local, since: 2027-01-01}",
            "measure ehc_plan_days: is a name in use",
        ),
        ("{kind: measure, old: a, new: ehc_plan_days}", "since: Field required"),
        ("{kind: measur, old: a, new: ehc_plan_days, since: 2027-01-01}", "kind: "),
        ("{kind: code, old: a, new: a, since: 2027-01-01}", "code a: leads back to itself"),
        (
            "{kind: seed, old: packs/2021-09-17, new: b, since: 2027-01-01}",
            "seed packs/2021-09-17 stands 2 times",
        ),
    ],
)
def test_a_list_that_is_wrong_is_refused(data: Path, entry: str, told: str) -> None:
    with (data / OURS / "aliases.yaml").open("a", encoding="utf-8") as file:
        file.write(f"- {entry}\n")
    with pytest.raises(UserError) as caught:
        registry.load(data)
    assert f"aliases.yaml: {told}" in str(caught.value) or told in str(caught.value)


def test_the_project_s_own_list_leads_to_names_in_use() -> None:
    source = "".join(
        file.read_text("utf-8") for file in (registry.DATA.parent / "etl").rglob("*.py")
    )
    changed = aliases.of(registry.load())
    for alias in registry.load().aliases:
        if alias.kind == "table":
            assert changed.of("table", alias.old) in TABLES
        if alias.kind == "code":
            assert f'"{changed.of("code", alias.old)}"' in source


def test_a_finding_is_known_by_its_older_names() -> None:
    changed = names(("measure", "a", "b"), ("code", "old-code", "new-code"))
    finding = Finding("new-code", "warning", "b (all) is odd; b_share is not", ("row b, Dec 21",))
    before = Finding("old-code", "warning", "a (all) is odd; b_share is not", ("row a, Dec 21",))
    assert before in tuple(changed.as_before(finding))
    assert json.dumps(changed.in_json({"code": before.code})) == '{"code": "new-code"}'
