"""The registry's files: what they hold, and that every mistake in them is named at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from etl.model import MeasureRef, UserError
from etl.registry import DATA, load


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the declared files, to be spoiled."""
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns("packs", "benchmarks", "send.db*"))
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
    lost = data / "measures" / "made_up.yaml"
    lost.write_text("title: Made up\ntheme: nowhere\nunit: miles\ncolour: red\n")
    (data / "targets.yaml").write_text("- {id: half}\n")
    with pytest.raises(UserError) as caught:
        load(data)
    message = str(caught.value)
    for place in ("made_up.yaml: unit", "made_up.yaml: colour", "made_up.yaml: cohorts"):
        assert place in message
    assert "targets.yaml: 0.measures" in message


def test_a_reference_to_no_measure_is_named(data: Path) -> None:
    file = data / "measures" / "children_missing_education.yaml"
    file.write_text(file.read_text().replace("[children_missing_education, all]", "[gone, all]"))
    with pytest.raises(UserError, match=r"cohort ehcp: no measure and cohort gone/all"):
        load(data)


@pytest.mark.parametrize(
    ("file", "added", "told"),
    [
        ("events.yaml", "- {id: e, start: 2021-01-01, title: T, text: T, source: S, "
         "measures: [gone]}", "events.yaml: e: no measure gone"),
        ("answers.yaml", "- {code: c, expects: [], verdict: stands, reason: r, measure: gone}",
         "answers.yaml: c: no measure gone"),
        ("events.yaml", "- {id: e, start: 2021-01-01, title: T, text: T, source: S}\n"
         "- {id: e, start: 2022-01-01, title: T, text: T, source: S}",
         "events.yaml: e stands 2 times"),
    ],
)  # fmt: skip
def test_what_leads_nowhere_or_stands_twice_is_named(
    data: Path, file: str, added: str, told: str
) -> None:
    with (data / file).open("a", encoding="utf-8") as held:
        held.write(f"\n{added}\n")
    with pytest.raises(UserError) as caught:
        load(data)
    assert told in str(caught.value)


def test_a_file_that_is_no_yaml_is_named_beside_the_others_mistakes(data: Path) -> None:
    (data / "events.yaml").write_text("- id: [unclosed\n")
    (data / "measures" / "empty.yaml").write_text("")
    (data / "measures" / "listed.yaml").write_text("- title: a list\n")
    with pytest.raises(UserError) as caught:
        load(data)
    message = str(caught.value)
    assert "events.yaml: not readable as YAML" in message
    assert "empty.yaml: title: Field required" in message
    assert "listed.yaml: says no `name: value`" in message
