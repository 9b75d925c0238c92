"""python -m tests.oracle: what this version reads, finds and shows otherwise than d41778e did.

Both versions are asked about every file under tests/ and ../shared that holds a table or a text,
and about the public pages as at each meeting (`survey.py`). Each difference is explained in
`explained.yaml` by the review that asked for it; those that are not are listed, and the exit
code is then 1. A script for developers: it needs git's history and takes a minute or two.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import yaml

COMMIT = "d41778e"
HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SHARED = ROOT.parent / "shared"
_FORMS = {".txt", ".csv", ".tsv", ".xlsx", ".docx", ".pdf", ".zip", ".html", ".ods"}
_SHOWN = 3  # places that are named of one difference


@dataclass(frozen=True)
class Difference:
    """A line that only one version says: of which kind, and where."""

    kind: str  # figures, findings, refused, claims, pages, store
    sign: str  # "-" only then, "+" only now
    text: str
    places: tuple[str, ...]


@dataclass(frozen=True)
class Explanation:
    """Which differences a review explains: its `text` is looked for in theirs."""

    why: str
    text: str
    kind: str = ""
    sign: str = ""
    place: str = ""

    def fits(self, difference: Difference) -> bool:
        """Whether it speaks of the difference, in all its places."""
        return (
            self.kind in ("", difference.kind)
            and self.sign in ("", difference.sign)
            and re.search(self.text, difference.text) is not None
            and all(re.search(self.place, place) for place in difference.places)
        )


# --- the two versions -------------------------------------------------------------------


@contextmanager
def checkout(commit: str, folder: Path) -> Iterator[Path]:
    """The commit's files, in a folder beside."""
    git = ["git", "-C", str(ROOT), "worktree"]
    subprocess.run([*git, "add", "-q", "--detach", str(folder), commit], check=True)
    try:
        yield folder
    finally:
        subprocess.run([*git, "remove", "--force", str(folder)], check=True)


def environment(lock: Path, folder: Path) -> str:
    """A Python with what a lock file names: this one where it has all of it, else a new one."""
    pins = re.findall(r"^([\w.-]+)==([^\s;]+)", lock.read_text(encoding="utf-8"), re.MULTILINE)
    held = {plain(one.metadata["Name"]): one.version for one in metadata.distributions()}
    if all(held.get(plain(name)) == version for name, version in pins):
        return sys.executable
    print("Another environment is made for the other version's lock file", file=sys.stderr)
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    python = str(folder / "bin" / "python")
    subprocess.run([python, "-m", "pip", "install", "-qq", "-r", str(lock)], check=True)
    return python


def plain(name: str) -> str:
    """A package's name as it is compared (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def begun(python: str, where: Path, asked: Path, answer: Path) -> subprocess.Popen[bytes]:
    """A survey of the version in a folder, in a process of its own."""
    return subprocess.Popen(
        [python, str(HERE / "survey.py"), str(asked), str(answer)],
        cwd=where,
        env={**os.environ, "PYTHONPATH": str(where), "SEND_SECRET_KEY": "none"},
        stderr=subprocess.DEVNULL,
    )


def surveys(commit: str, python: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the version of a commit says, and what this one does; both at once."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "asked.json").write_text(json.dumps(asked()), encoding="utf-8")
        with checkout(commit, folder / "then") as then:
            theirs = (
                str(Path(python).absolute())
                if python
                else environment(then / "requirements.txt", folder / "venv")
            )
            running = [
                begun(theirs, then, folder / "asked.json", folder / "then.json"),
                begun(sys.executable, ROOT, folder / "asked.json", folder / "now.json"),
            ]
            codes = [process.wait() for process in running]
            if any(codes):
                raise SystemExit("One of the versions could not be surveyed")
        said = (json.loads((folder / f"{n}.json").read_text("utf-8")) for n in ("then", "now"))
        then_said, now_said = said
        return then_said, now_said


def asked() -> dict[str, list[str]]:
    """The files to be read, and the texts whose claims are checked."""
    bases = [base.resolve() for base in (ROOT / "tests", SHARED) if base.exists()]
    files = sorted(f for base in bases for f in base.rglob("*") if f.suffix in _FORMS)
    packs = sorted(folder for folder in (ROOT / "data").rglob("packs/*") if folder.is_dir())
    texts = [f for f in files if f.suffix == ".txt"]
    if SHARED.exists():
        texts += sorted(SHARED.resolve().rglob("*.md"))
    return {"files": [str(f) for f in (*files, *packs)], "texts": [str(f) for f in texts]}


# --- what differs -----------------------------------------------------------------------


def lines(said: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Everything a version says: kind, place, line."""
    for file, found in said["files"].items():
        name = shown(file)
        yield from ((kind, name, line) for kind, of in found.items() for line in of)
    for kind in ("claims", "pages"):
        for place, found in said[kind].items():
            yield from ((kind, shown(place), line) for line in found)
    for what, found in said["store"].items():
        yield from (("store", what, line) for line in found)


def shown(file: str) -> str:
    """A file's name from the project's or the shared folder on."""
    for base in (ROOT, SHARED.resolve().parent):
        if file.startswith(f"{base}/"):
            return file.removeprefix(f"{base}/")
    return file


def differences(then: dict[str, Any], now: dict[str, Any]) -> list[Difference]:
    """What only one version says, equal lines together."""
    before, after = Counter(lines(then)), Counter(lines(now))
    found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for sign, only in (("-", before - after), ("+", after - before)):
        for kind, place, line in sorted(only):
            found[kind, sign, line].append(place)
    return [
        Difference(kind, sign, line, tuple(places)) for (kind, sign, line), places in found.items()
    ]


def explained(
    found: Iterable[Difference], known: Sequence[Explanation]
) -> tuple[dict[str, list[Difference]], list[Difference]]:
    """The differences by the review that explains them, and those that none does."""
    by: dict[str, list[Difference]] = defaultdict(list)
    left = []
    for difference in found:
        why = next((one.why for one in known if one.fits(difference)), "")
        (by[why] if why else left).append(difference)
    return by, left


def written(difference: Difference) -> str:
    """A difference in a line, with the places where it is."""
    places = ", ".join(difference.places[:_SHOWN])
    more = len(difference.places) - _SHOWN
    return (
        f"{difference.kind} {difference.sign} {difference.text}\n"
        f"      {places}{f' and {more} more' if more > 0 else ''}"
    )


def main() -> int:
    """Compare, and list; 0 where every difference is explained."""
    command = argparse.ArgumentParser(prog="python -m tests.oracle", description=__doc__)
    command.add_argument("--commit", default=COMMIT, help=f"the other version ({COMMIT})")
    command.add_argument("--python", default="", help="the other version's Python")
    command.add_argument("--all", action="store_true", help="list what is explained, too")
    command.add_argument("--kind", default="", help="only figures, findings, refused ...")
    given = command.parse_args()
    entries = yaml.safe_load((HERE / "explained.yaml").read_text(encoding="utf-8")) or []
    known = [Explanation(**entry) for entry in entries]
    then, now = surveys(given.commit, given.python)
    found = [d for d in differences(then, now) if given.kind in ("", d.kind)]
    by, left = explained(found, known)
    for why, group in sorted(by.items()):
        print(f"{why}: {len(group)}")
        for difference in group if given.all else ():
            print("   ", written(difference))
    print(f"Not explained: {len(left)}")
    for difference in sorted(left, key=lambda d: (d.kind, d.sign, d.text)):
        print("   ", written(difference))
    return 1 if left else 0


if __name__ == "__main__":
    raise SystemExit(main())
