"""The same table through many converters: read, or a finding; never in a wrong month."""

from __future__ import annotations

import csv
import textwrap
from decimal import Decimal
from pathlib import Path

import pytest

from etl import readers, registry
from etl.recognise import Recognised, recognise
from etl.text.signs import squash
from etl.tidy import row

PACKS = Path(__file__).resolve().parents[1].parent / "packs"
FILES = [
    [part.strip() for part in line.strip("|").split("|")]
    for line in (PACKS / "converters" / "README.md").read_text(encoding="utf-8").splitlines()
    if ".txt |" in line
]
SAID = ("value", "unit", "status", "sample_size", "note")


def key(fields: dict[str, str]) -> tuple[str, ...]:
    return (fields["measure"], fields["cohort"], fields["span"], fields["period_end"])


def truth() -> dict[tuple[str, ...], dict[str, str]]:
    with (PACKS / "2022-03-18" / "expected.csv").open(encoding="utf-8") as file:
        found = [line for line in csv.DictReader(file) if line["table"] == "appendix_1"]
    return {key(line): line for line in found}


def headings() -> list[str]:
    """The appendix's months in the order of its columns, as the expected locators have them."""
    table = (
        Path(__file__).resolve().parents[3]
        / "data/councils/norfolk/packs/2022-03-18/appendix_1.txt"
    )
    return table.read_text(encoding="utf-8").splitlines()[0].split("\t")[2:]


def read(file: Path) -> Recognised:
    return recognise(readers.read(file), registry.load())


def row_name(line: dict[str, str]) -> str:
    return line["locator"].split(", row ")[1].rsplit(", ", 1)[0]


@pytest.mark.parametrize(("name", "months", "figures"), FILES, ids=[file[0] for file in FILES])
def test_every_figure_is_read_or_its_row_is_a_finding(name: str, months: str, figures: str) -> None:
    found = read(PACKS / "converters" / name)
    shown = headings()[: int(months)]
    wanted = {k: v for k, v in truth().items() if v["locator"].rsplit(", ", 1)[1] in shown}
    got = {key(row(observation)): row(observation) for observation in found.observations}
    assert len(got) == len(found.observations)
    for where, fields in got.items():
        assert where in wanted, fields
        assert [fields[n] for n in SAID] == [wanted[where][n] for n in SAID], fields["locator"]
    if figures == "all":
        assert got.keys() == wanted.keys()
        assert found.findings == ()
        return
    said = squash(" ".join(finding.message for finding in found.findings))
    torn = any(finding.code in ("heading-torn", "rows-unplaced") for finding in found.findings)
    for where in wanted.keys() - got.keys():
        assert torn or squash(row_name(wanted[where])) in said, wanted[where]
    assert len(got) < len(wanted)


def pipes(lines: list[list[str]], outer: bool) -> str:
    edge = "|" if outer else ""
    rule = edge + "|".join("---" for _ in lines[0]) + edge
    body = [edge + "|".join(f" {cell} " for cell in line) + edge for line in lines]
    return "\n".join([body[0], rule, *body[1:]]) + "\n"


@pytest.mark.parametrize("outer", [True, False], ids=["outer strokes", "inner strokes"])
def test_a_markdown_table_gives_every_figure(tmp_path: Path, outer: bool) -> None:
    table = (
        Path(__file__).resolve().parents[3]
        / "data/councils/norfolk/packs/2022-03-18/appendix_1.txt"
    )
    printed = table.read_text(encoding="utf-8").splitlines()
    lines = [line.split("\t") for line in printed if "\t" in line]
    lines[5] = [f"**{cell}**" if cell else "" for cell in lines[5]]
    file = tmp_path / "pack.md"
    file.write_text(f"# Appendix 1\n\n{pipes(lines, outer)}\nA note.\n", encoding="utf-8")
    found = read(file)
    got = {key(row(o)): row(o) for o in found.observations}
    assert got.keys() == truth().keys()
    for where, fields in got.items():
        assert [fields[n] for n in SAID] == [truth()[where][n] for n in SAID]
    assert found.findings == ()


@pytest.mark.parametrize("width", [70, 100, 160])
def test_markdown_rows_that_an_editor_has_broken_over_lines(tmp_path: Path, width: int) -> None:
    table = (
        Path(__file__).resolve().parents[3]
        / "data/councils/norfolk/packs/2022-03-18/appendix_1.txt"
    )
    lines = [line.split("\t") for line in table.read_text(encoding="utf-8").splitlines()]
    lines = [
        [cell or "-" for cell in line] + ["-"] * (15 - len(line)) for line in lines if line[1:]
    ]
    broken = "\n".join(
        "\n".join(textwrap.wrap(line, width, break_long_words=False))
        for line in pipes(lines, outer=True).splitlines()
    )
    file = tmp_path / "pack.md"
    file.write_text(f"# Appendix 1\n\n{broken}\n\nA note.\n", encoding="utf-8")
    found = read(file)
    got = {key(row(o)): row(o)["value"] for o in found.observations}
    assert got == {where: fields["value"] for where, fields in truth().items()}
    assert found.findings == ()


def test_a_broken_row_with_a_cell_too_few_takes_none_of_the_next(tmp_path: Path) -> None:
    table = ["| Serial | Measure Description | Jul-20 | Nov-20 |", "|---|---|---|---|"]
    table += ["| 1d | Number of children out of education - LAC | 10 | 11 |"]
    table += ["| 1a | Number of children out of", "education - ALL CME | 521"]
    table += ["| 1b | Number of children out of education - EHCP | 55 | 66 |"]
    file = tmp_path / "pack.md"
    file.write_text("\n".join(table), encoding="utf-8")
    found = read(file)
    assert [o.reading.raw for o in found.observations] == ["10", "11", "55", "66"]


def test_escapes_as_pandoc_writes_them(tmp_path: Path) -> None:
    label = r"Percentage \- EHCP in cohort of all CME"
    table = ["| Serial | Measure Description | Jul\\-20 | Nov\\-20 |", "|---|---|---|---|"]
    table.append(f"| 1c | {label} | \\- | 9\\.4\\% |")
    file = tmp_path / "pack.md"
    file.write_text("\n".join(table), encoding="utf-8")
    found = read(file)
    assert [(o.reading.value, o.period.end.month) for o in found.observations] == [
        (Decimal("9.4"), 11)
    ]
    assert found.findings == ()
