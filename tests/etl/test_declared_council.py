"""A council's region and neighbours' names come from the table of areas, not from a typist."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from etl.model import Council, UserError
from etl.registry import DATA, load
from tests.folders import OURS, copied

# As the README says: another council's file, with the authority and the neighbours changed.
AS_COPIED = {
    "authority": "E10000016",
    "name": "Kent County Council",
    "short_name": "Kent",
    "neighbours": [
        {
            "start": "2021-04-01",
            "source": "A list",
            "areas": ["E10000012", "E09000004", "E10000032", "E06000055", "E10000027"],
        }
    ],
}


def council(folder: Path, **changed: Any) -> Council:
    data = folder / "data"
    ignored = shutil.ignore_patterns("packs", "send.db*")
    shutil.copytree(DATA, data, ignore=ignored)
    file = data / OURS / "council.yaml"
    said = yaml.safe_load(file.read_text(encoding="utf-8")) | AS_COPIED | changed
    said = {name: value for name, value in said.items() if value is not None}
    file.write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
    return load(data).council


def test_the_projects_own_council_is_as_its_file_has_it() -> None:
    said = yaml.safe_load((DATA / OURS / "council.yaml").read_text(encoding="utf-8"))
    assert load().council.region == said["region"]
    assert load().council.areas == said["areas"]


def test_a_region_copied_from_another_council_does_not_stand(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        found = council(tmp_path)
    assert found.region == "E12000008"
    assert found.areas[found.region] == "South East"
    assert "E12000006 (East of England) is not that of Kent County Council" in caplog.text
    assert "E12000008 (South East) is used" in caplog.text


@pytest.mark.parametrize("areas", [None, {}, {"E06000055": "Bedford Borough"}])
def test_neighbours_have_their_names(tmp_path: Path, areas: dict[str, str] | None) -> None:
    found = council(tmp_path, areas=areas, region=None)
    names = [found.areas[code] for code in found.neighbours[0].areas]
    bedford = "Bedford Borough" if areas else "Bedford"
    assert names == ["Essex", "Bexley", "West Sussex", bedford, "Somerset"]
    assert found.areas["E92000001"] == "England"
    assert found.areas["E10000016"] == "Kent"
    # What became one unitary authority of the same name is one line of figures.
    assert found.areas["E06000066"] == "Somerset"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (
            {"neighbours": [{"start": "2021-04-01", "source": "L", "areas": ["E10009999"]}]},
            "council.yaml: neighbour E10009999 is no area of England",
        ),
        ({"country": "E99"}, "council.yaml: country E99 is no area of England"),
        (
            {"authority": "E10009999", "region": "E12999999"},
            "council.yaml: region E12999999 is no area of England",
        ),
    ],
)
def test_a_code_that_nobody_knows_is_told(
    tmp_path: Path, changed: dict[str, Any], told: str
) -> None:
    with pytest.raises(UserError, match=told):
        council(tmp_path, **changed)


def test_a_span_that_no_page_shows_is_refused(tmp_path: Path) -> None:
    data = tmp_path / "data"
    copied(data, "packs")
    file = data / "england" / "measures" / "ehc_review_on_time.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "span: quarter\n", encoding="utf-8")
    with pytest.raises(UserError) as caught:
        load(data)
    assert str(caught.value) == (
        "ehc_review_on_time.yaml: span: quarter cannot be shown yet; its figures can be month, "
        "financial_year_to_date, calendar_year_to_date, calendar_year, academic_year or term"
    )
