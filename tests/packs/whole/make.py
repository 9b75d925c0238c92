"""The whole packs, in shape only: python -m tests.packs.whole.make FOLDER_OF_PACKS

What a table has to be told apart from is the rest of its pack: other tables, lists, headings,
minutes. Those are kept as lines of the same shape, every word outside our vocabulary put into
other letters, so that no prose and no name is carried; numbers stay, telephone numbers do not.
Lines far from any number are left empty. The tables themselves stand as they are printed.
"""

from __future__ import annotations

import re
import sys
import zlib
from pathlib import Path

import yaml

from etl import registry
from tests.folders import PACKS

ROOT = Path(__file__).resolve().parents[3]
HERE = Path(__file__).parent
_LETTERS = "etaoinshrdlucm"
_WORD = re.compile(r"[^\W\d_]+")
_CONTACT = re.compile(r"\S+@\S+|https?:\S+|www\.\S+|\b0[\d ]{8,12}\d\b|\+44[\d ()]+")
_NEAR = 2  # lines from a number: a label may be wrapped over some
_OURS = """january february march april may june july august september october november december
jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday date
appendix agenda item table page meeting committee council report minutes target total year
quarter cumulative final annual within weeks days average number percentage all in time"""


def vocabulary() -> set[str]:
    """The words of the rows' printed labels, of the council's name, and those of any table."""
    known = registry.load()
    labels = [t for m in known.measures.values() for c in m.cohorts.values() for t in c.labels]
    texts = [*labels, known.council.name, known.council.committee, _OURS]
    return {word.lower() for text in texts for word in _WORD.findall(text)}


def masked(line: str, known: set[str]) -> str:
    """The line with its contacts gone and its unknown words in other letters."""

    def other(match: re.Match[str]) -> str:
        word = match.group()
        if word.lower() in known:
            return word
        seed = zlib.crc32(word.lower().encode())
        letters = [_LETTERS[(seed >> (3 * at % 29)) % len(_LETTERS)] for at in range(len(word))]
        return "".join(
            new.upper() if old.isupper() else new for old, new in zip(word, letters, strict=True)
        )

    return _WORD.sub(other, _CONTACT.sub("", line))


def excerpt_lines(day: str) -> set[int]:
    """The places of the lines that a council's excerpt carries as they are."""
    source = PACKS / day / "source.yaml"
    if not source.exists():
        return set()
    places: set[int] = set()
    for excerpt in yaml.safe_load(source.read_text("utf-8"))["excerpts"]:
        printed = (source.parent / excerpt["file"]).read_text("utf-8").splitlines()
        places |= set(range(excerpt["line"] - 1, excerpt["line"] - 1 + len(printed)))
    return places


def made(text: str, day: str, known: set[str]) -> str:
    """A pack's text in shape only."""
    lines = text.split("\n")
    kept = excerpt_lines(day)
    numbered = {at for at, line in enumerate(lines) if any(sign.isdigit() for sign in line)}
    near = {at + by for at in numbered for by in range(-_NEAR, _NEAR + 1)}
    return "\n".join(
        line if at in kept else masked(line, known) if at in near else ""
        for at, line in enumerate(lines)
    )


def main(folder: Path) -> None:
    known = vocabulary()
    for file in sorted(folder.glob("*.txt")):
        text = made(file.read_bytes().decode("utf-8"), file.stem, known)
        (HERE / file.name).write_bytes(text.encode("utf-8"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
