"""Write the scorecards and their truth: `python tests/scorecards/make.py [--out FOLDER]`."""

from __future__ import annotations

import argparse
import csv
import io
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml
from spec import COLUMNS, REFUSED_COLUMNS, Scorecard, Table, Text, figures, meaning, plain
from write_office import word, workbook
from write_pdf import pdf
from write_text import comma, text

HERE = Path(__file__).resolve().parent
AREAS = HERE.parent.parent / "data" / "england" / "areas.csv"
WRITERS = {"xlsx": workbook, "docx": word, "pdf": pdf, "txt": text, "csv": comma}
CARDS: list[Scorecard] = [
    import_module(f"cards.{path.stem}").CARD for path in sorted((HERE / "cards").glob("*.py"))
]


def table_text(columns: tuple[str, ...], rows: list[dict[str, str]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def council(card: Scorecard) -> str:
    """The council's entry, as `council.yaml` has it."""
    with AREAS.open(encoding="utf-8", newline="") as file:
        area = next(a for a in csv.DictReader(file) if a["name"] == card.area and not a["end"])
    entry = {
        "authority": area["code"],
        "name": card.council,
        "short_name": card.area,
        "committee": "Children's Services Scrutiny Committee",
        "region": area["region"],
        "country": "E92000001",
        "contact": {"name": card.council, "email": "", "address": ""},
    }
    return yaml.safe_dump(entry, allow_unicode=True, sort_keys=False)


def make(card: Scorecard, out: Path) -> dict[str, int]:
    """Write one scorecard's folder; how many figures it has in each role."""
    folder = out / card.name
    folder.mkdir(parents=True, exist_ok=True)
    truth: list[dict[str, str]] = []
    refused: list[dict[str, str]] = []

    def note(item: Table | Text, index: int, column: int | None, place: str, cell: str) -> None:
        facets: dict[str, Any] | None
        if isinstance(item, Text):
            facets = item.facets[index] if index < len(item.facets) else None
            if facets:
                facets = {"area": card.area} | facets
        else:
            assert column is not None
            facets = meaning(item, item.rows[index], column, card.area)
        if not facets:
            return
        if why := facets.get("refused"):
            if cell:
                refused.append({"place": place, "printed": plain(cell), "why": why})
            return
        truth.extend(figures(cell, facets, place))

    WRITERS[card.form](card, folder / f"scorecard.{card.form}", note)
    (folder / "truth.csv").write_text(table_text(COLUMNS, truth), encoding="utf-8")
    (folder / "refused.csv").write_text(table_text(REFUSED_COLUMNS, refused), encoding="utf-8")
    (folder / "council.yaml").write_text(council(card), encoding="utf-8")
    roles: dict[str, int] = {}
    for figure in truth:
        roles[figure["role"]] = roles.get(figure["role"], 0) + 1
    return roles | {"refused": len(refused)}


def readme(counts: dict[str, dict[str, int]]) -> str:
    head = (HERE / "about.md").read_text(encoding="utf-8")
    lines = ["| scorecard | form | actual | other | looks like | traps | must not be read |"]
    lines.append("|---|---|---|---|---|---|---|")
    total = others = 0
    for card in CARDS:
        roles = counts[card.name]
        actual = roles.get("actual", 0)
        other = sum(n for role, n in roles.items() if role not in ("actual", "refused"))
        total, others = total + actual, others + other
        lines.append(
            f"| `{card.name}` | {card.form} | {actual} | {other} | {card.look} | {card.traps} "
            f"| {card.not_read} |"
        )
    lines.append(f"| all | | {total} | {others} | | | |")
    return head + "\n" + "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=HERE)
    out = parser.parse_args().out
    counts = {card.name: make(card, out) for card in CARDS}
    (out / "README.md").write_text(readme(counts), encoding="utf-8")


if __name__ == "__main__":
    main()
