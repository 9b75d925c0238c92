"""The registry's files: what they hold, and that every mistake in them is named at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from etl.model import MeasureRef, UserError
from etl.registry import load
from tests.folders import OURS, copied


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the declared files, to be spoiled."""
    folder = tmp_path / "data"
    copied(folder, "packs")
    return folder


def test_the_share_of_looked_after_children_knows_its_counts() -> None:
    cohort = load().measures["children_missing_education_share"].cohorts["lac"]
    assert cohort.serial == "1e"
    assert cohort.share_of is not None
    assert cohort.share_of.part == MeasureRef("children_missing_education", "lac")
    assert cohort.share_of.whole == MeasureRef("children_missing_education", "all")


def test_one_label_is_printed_for_pupils_and_for_days() -> None:
    measures = load().measures
    pupils = measures["alternative_provision_pupils"].cohorts["all"].labels
    days = measures["alternative_provision_days"].cohorts["all"].labels
    assert set(pupils) & set(days), "the older pack prints one label for both rows of 2a"


def test_every_mistake_of_every_file_is_named_at_once(data: Path) -> None:
    lost = data / "england" / "measures" / "made_up.yaml"
    lost.write_text("title: Made up\ntheme: nowhere\nunit: miles\ncolour: red\n")
    (data / OURS / "targets.yaml").write_text("- {id: half}\n")
    with pytest.raises(UserError) as caught:
        load(data)
    message = str(caught.value)
    for place in ("made_up.yaml: unit", "made_up.yaml: colour", "made_up.yaml: cohorts"):
        assert place in message
    assert "targets.yaml: 0.measures" in message


def test_a_reference_to_no_measure_is_named(data: Path) -> None:
    file = data / "england" / "measures" / "children_missing_education.yaml"
    file.write_text(file.read_text().replace("[children_missing_education, all]", "[gone, all]"))
    with pytest.raises(UserError, match=r"cohort ehcp: no measure and cohort gone/all"):
        load(data)


@pytest.mark.parametrize(
    ("file", "added", "told"),
    [
        (
            "events.yaml",
            "- {id: e, start: 2021-01-01, title: T, text: T, source: S, measures: [gone]}",
            "events.yaml: e: no measure gone",
        ),
        (
            "answers.yaml",
            "- {code: c, expects: [], verdict: stands, reason: r, measure: gone}",
            "answers.yaml: c: no measure gone",
        ),
        (
            "events.yaml",
            "- {id: e, start: 2021-01-01, title: T, text: T, source: S}\n"
            "- {id: e, start: 2022-01-01, title: T, text: T, source: S}",
            "events.yaml: e stands 2 times",
        ),
    ],
)
def test_what_leads_nowhere_or_stands_twice_is_named(
    data: Path, file: str, added: str, told: str
) -> None:
    with (data / OURS / file).open("a", encoding="utf-8") as held:
        held.write(f"\n{added}\n")
    with pytest.raises(UserError) as caught:
        load(data)
    assert told in str(caught.value)


def test_a_file_that_is_no_yaml_is_named_beside_the_others_mistakes(data: Path) -> None:
    (data / OURS / "events.yaml").write_text("- id: [unclosed\n")
    (data / "england" / "measures" / "empty.yaml").write_text("")
    (data / "england" / "measures" / "listed.yaml").write_text("- title: a list\n")
    with pytest.raises(UserError) as caught:
        load(data)
    message = str(caught.value)
    assert "events.yaml: not readable as YAML" in message
    assert "empty.yaml: title: Field required" in message
    assert "listed.yaml: says no `name: value`" in message


# --- what holds for every council, and what is one council's own -------------------------


@pytest.mark.parametrize("emptied", ["targets.yaml", "events.yaml", "england"])
def test_no_council_loses_the_law_with_its_own_files(data: Path, emptied: str) -> None:
    """Emptying a council's files, or having no folder of the nation's, keeps limits and breaks."""
    if emptied == "england":
        shutil.rmtree(data / emptied)
    else:
        (data / OURS / emptied).write_text("[]\n")
    held = load(data)
    assert {t.id for t in held.targets if t.kind == "statutory"} == {
        "statutory-20-weeks",
        "statutory-140-days",
        "statutory-20-weeks-average",
    }
    assert {e.id for e in held.events} >= {
        "timescales-relaxed-2020",
        "plan-by-plan-2023",
        "ombudsman-cases-2022",
    }


def test_a_councils_file_that_still_lists_the_law_says_it_once(data: Path) -> None:
    with (data / OURS / "targets.yaml").open("a", encoding="utf-8") as file:
        file.write((data / "england" / "law.yaml").read_text(encoding="utf-8"))
    assert load(data).targets == load().targets
    text = (data / OURS / "targets.yaml").read_text(encoding="utf-8")
    (data / OURS / "targets.yaml").write_text(text.replace("value: 140", "value: 139"))
    load.cache_clear()
    with pytest.raises(UserError, match="statutory-140-days stands 2 times"):
        load(data)


def test_a_council_without_a_measure_keeps_the_rest_of_the_law(data: Path) -> None:
    for file in (data / "england" / "measures").glob("ehc_plan_mean_weeks_*.yaml"):
        file.unlink()
    (data / OURS / "events.yaml").write_text("[]\n")
    assert {t.id for t in load(data).targets if t.kind == "statutory"} == {
        "statutory-20-weeks",
        "statutory-140-days",
    }


def test_every_entry_of_the_nation_speaks_of_measures_that_there_are(data: Path) -> None:
    """A name mistyped there would be taken for a measure that a council does not have."""
    written = [
        entry
        for name in ("law.yaml", "events.yaml")
        for entry in yaml.safe_load((data / "england" / name).read_text(encoding="utf-8"))
    ]
    held = {entry.id: entry for entry in (*load().targets, *load().events)}
    assert all(len(held[one["id"]].measures) == len(one["measures"]) for one in written)


def _with_another(data: Path) -> None:
    """Suffolk's folder, with nothing in it but its name."""
    said = (data / OURS / "council.yaml").read_text(encoding="utf-8")
    other = data / "councils" / "suffolk" / "council.yaml"
    other.parent.mkdir()
    other.write_text(said.replace("E10000020", "E10000029").replace("Norfolk", "Suffolk"))


def test_what_one_councils_papers_print_is_read_for_that_council_alone(data: Path) -> None:
    own = load(data).measures["complaints_local"]
    assert "from NCC complaints process" in own.cohorts["all"].labels[0]
    assert "from the council's complaints process" in own.cohorts["all"].labels[-1]
    assert own.why.endswith("The Ombudsman asked that the committee see the number.")
    _with_another(data)
    others = load(data, "suffolk").measures
    assert len(others["complaints_local"].cohorts["all"].labels) == 1
    said = "\n".join(map(repr, others.values()))
    for word in ("NCC", "Norfolk", "Ombudsman asked", "139 days", "papers", "committee's table"):
        assert word not in said, word


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("gone: {why: W}", "printed.yaml: no measure gone"),
        ("ehc_plan_days: {colour: red}", "printed.yaml: colour: "),
        ("ehc_plan_days: {unit: miles}", "printed.yaml: unit: "),
        ("ehc_plan_days: [a list]", "printed.yaml: says something else than"),
        ("- a list", "printed.yaml: says something else than"),
        ("ehc_plan_days: [unclosed", "printed.yaml: not readable as YAML"),
    ],
)
def test_a_mistake_in_what_a_councils_papers_print_is_named(
    data: Path, written: str, told: str
) -> None:
    (data / OURS / "printed.yaml").write_text(written)
    with pytest.raises(UserError) as caught:
        load(data)
    assert told in str(caught.value)
    (data / OURS / "printed.yaml").write_text("")
    assert load(data).measures["ehc_plan_days"].caveats
