"""python -m etl init COUNCIL: a council's folder, begun from national data."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from etl import data_folder, new_council, personal, proposals, readers, registry
from etl.model import Document


def run(given: Namespace) -> int:
    """Makes the folder, and says what is known of the council already and what comes next."""
    data = data_folder.root()
    paper = readers.read(given.from_file) if given.from_file else None
    if paper is not None:
        personal.refuse(paper)
    made = new_council.begin(data, given.named, registry.areas(data))
    own = registry.load(data, made.folder.name).council
    where = f"{data.name}/{data_folder.COUNCILS}/{made.folder.name}"
    option = f" --council {made.folder.name}" if len(data_folder.councils(data)) > 1 else ""
    newest = own.neighbours[-1] if own.neighbours else None
    print(f"{made.name} ({made.area.code}) begins in {where}.")
    if own.region:
        print(f"Region: {own.areas[own.region]}.")
    if newest:
        named = "; ".join(own.areas[code] for code in newest.areas)
        print(f"{newest.source}: {named}.")
    if paper is not None:
        _propose(paper, made, data)
    print("Next:")
    for what, act in (
        ("its site", f"python -m dashboard{option}"),
        ("committee and contact", f"edit {where}/council.yaml"),
        ("how its tables are read", f"python -m etl inspect FILE{option}"),
        ("its figures", f"python -m etl import FILE --published DATE{option}"),
    ):
        print(f"  {what}: {act}")
    return 0


def _propose(paper: Document, made: new_council.NewCouncil, data: Path) -> None:
    """Measures for the rows of the council's paper that are not known yet."""
    known, new = proposals.rows(paper, registry.load(data, made.folder.name))
    proposals.write(made.folder, new)
    registry.load.cache_clear()
    registry.load(data, made.folder.name)  # what was written is in order
    print(f"{paper.source.name}: {len(known)} rows known, {len(new)} proposed as new measures.")
    for one in new:
        print(f"  measures/{one.name}.yaml: {one.label}")
    if new:
        print("What is left to say of them stands there as TODO; `python -m etl check` lists it.")
