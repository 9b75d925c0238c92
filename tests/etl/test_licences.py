"""Only what its publisher put under an open licence is called so."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import pytest

from etl import licences, registry
from etl.model import Licence
from etl.record import Record
from tests.etl.records import figure

OGL = licences.DFE
COPYRIGHT = Licence("copyright Norfolk County Council")
CME, SHARE = "children_missing_education", "ehc_plans_on_time_share_including_exceptions"


@pytest.mark.parametrize(
    ("table", "granted", "licence"),
    [
        ("appendix_1", {}, COPYRIGHT),
        ("officer", {}, COPYRIGHT),
        ("dfe", {}, OGL),
        (
            "appendix_1",
            {"name": "OGL v3.0", "url": "https://ogl"},
            Licence("OGL v3.0", "https://ogl"),
        ),
        ("dfe", {"name": "Ours", "url": ""}, OGL),
    ],
)
def test_what_no_source_file_names_goes_by_who_published_it(
    table: str, granted: dict[str, str], licence: Licence
) -> None:
    known = registry.load()
    known = replace(known, council=replace(known.council, licence=granted))
    assert licences.of(figure(CME, "2022-04", "500", table=table), known) == licence


def test_a_source_file_says_how_its_publication_may_be_used(real_record: Record) -> None:
    held = defaultdict(set)
    for one in real_record.observations:
        held[one.table].add(licences.of(one, real_record.registry))
    assert held.pop("dfe") == {OGL}
    assert set(held) == {"appendix_1", "outturn"}
    for found in held.values():
        assert found == {
            Licence(
                "Public papers of a council meeting, copyright Norfolk County Council. Only the "
                "tables' row labels and figures are carried here."
            )
        }
