"""Which folder holds what: England's facts under `england`, each council's own under `councils`.

data/england/              the same for every council: areas, law, measures, words of tables
data/councils/NAME/        one council's: council.yaml, meetings, targets, events, answers, papers
data/stores/NAME.db        its database, unless its council.yaml or SEND_DATABASE_URL names another
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from etl.model import UserError

PROJECT = Path(__file__).resolve().parent.parent / "data"
COUNCILS = "councils"
_FILE = "council.yaml"


class NoCouncil(UserError):
    """A data folder from which no council can be chosen."""

    exit_code = 2


def root() -> Path:
    """The data folder: SEND_DATA, else the project's own. Raises NoCouncil where it is none."""
    named = os.environ.get("SEND_DATA", "")
    if not named:
        return PROJECT
    folder = Path(named).expanduser()
    if not folder.is_dir():
        raise NoCouncil(f"SEND_DATA: there is no folder {named}")
    return folder.resolve()


def asked() -> str:
    """The council that SEND_COUNCIL (or `--council`) names; empty where none is named."""
    return os.environ.get("SEND_COUNCIL", "").strip()


def councils(data: Path) -> list[str]:
    """The names of the councils' folders in a data folder, in order."""
    return sorted(file.parent.name for file in (data / COUNCILS).glob(f"*/{_FILE}"))


def council(data: Path, name: str = "") -> Path:
    """The folder of the council called `name`, or of the only one there.

    Raises NoCouncil: none is there, several are and none is named, or none bears the name.
    """
    known = councils(data)
    if not known and (data / _FILE).exists():
        raise NoCouncil(
            f"{_FILE} stands in {data.name} itself: move it, and the files beside it, into "
            f"{data.name}/{COUNCILS}/NAME (see README, For another council)"
        )
    if not known:
        raise NoCouncil(
            f"{data.name}/{COUNCILS} holds no council; `python -m etl init NAME` begins one"
        )
    if not name and len(known) > 1:
        raise NoCouncil(
            f"{data.name}/{COUNCILS} holds several councils: {', '.join(known)}. "
            "Choose one with --council or SEND_COUNCIL"
        )
    chosen = name.casefold() if name else known[0]
    if chosen not in known:
        raise NoCouncil(
            f"There is no council {name!r} in {data.name}/{COUNCILS}; there is {', '.join(known)}"
        )
    return data / COUNCILS / chosen


def chosen() -> Path:
    """The folder of the council that SEND_DATA, SEND_COUNCIL and `--council` choose."""
    return council(root(), asked())


def national(data: Path, name: str) -> Path:
    """A file that is the same for every council: the folder's own, else the project's.

    No council can lose the law by leaving it out.
    """
    file = data / "england" / name
    return file if file.exists() else PROJECT / "england" / name


def parts(data: Path, council: Path) -> Iterator[Path]:
    """The folders that a council's site is made from; other councils' are none of them."""
    yield from (data / "england", council)
