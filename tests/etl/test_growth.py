"""Time grows in step with the length of a cell, a header or a text, whatever is in it.

Two ways to see it, since neither sees all. What Python does is counted: calls at a length and
at twice the length, the same on every machine. What a pattern does within one call is timed,
in the processor's time, and only the ratio of two lengths counts (slow: all patterns).
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from re import _constants, _parser  # type: ignore[attr-defined]
from types import FrameType, ModuleType
from typing import Any

import pytest

import dashboard
import etl
from etl import cells, incoming, periods, readers, registry
from etl.model import Registry, UserError

ROOT = Path(__file__).resolve().parents[2]
MEETING = date(2022, 3, 18)
# What hostile cells are pumped up with.
PUMPS = [
    " ",
    "\u00a0",
    "a",
    "1",
    "-",
    "(",
    "a ",
    "1 ",
    "1,",
    "Aa ",
    "January ",
    "Jan-21 ",
    "|",
    "page 1 ",
    "of ",
    "1a ",
    "12% ",
    ", ",
    "Date: ",
    "20",
    "'",
    "\u2020",
]

FEW = ["a", "1 ", "Jan-21 ", "|"]  # in the default suite


# --- what Python does: counted -----------------------------------------------------------


def calls(act: Callable[[], object]) -> int:
    """How many functions are called while `act` runs; a refusal in words is an end, too."""
    count = 0

    def watch(_: FrameType, event: str, __: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(watch)
    try:
        act()
    except UserError:
        pass
    finally:
        sys.setprofile(None)
    return count


def in_step(act: Callable[[str], object], pump: str, length: int) -> tuple[int, int]:
    """The calls at a length and at twice the length, after once to fill what is kept."""
    calls(lambda: act(pump * (length // len(pump))))
    counted = [calls(lambda n=n: act(pump * (n // len(pump)))) for n in (length, 2 * length)]  # type: ignore[misc]
    return counted[0], counted[1]


def table(where: str, odd: str) -> list[list[str]]:
    """A small table with an odd text in one of its places."""
    rows = [
        ["Serial", "Measure Description", "Jul-20", "Nov-20", "Dec-20"],
        ["1a", "Number of children out of education - ALL CME", "521", "702", "595"],
        ["1b", "Number of children out of education - EHCP", "-", "66", "65"],
        ["x", "another row", "1", "2", "3"],
    ]
    at = {"serial": (3, 0), "label": (3, 1), "header": (0, 3), "value": (1, 3)}.get(where)
    if at:
        rows[at[0]][at[1]] = odd
    elif where == "longer label":
        rows[1][1] += f" {odd}"
    elif where == "above":
        rows.insert(0, [odd, "", "", "", ""])
    return rows


def as_csv(where: str, odd: str) -> str:
    quoted = (
        ",".join('"' + cell.replace('"', "'") + '"' for cell in row) for row in table(where, odd)
    )
    return "\n".join(quoted)


def as_text(where: str, odd: str) -> str:
    said = f"{odd}\n\n" if where == "prose" else ""
    rows = "\n".join("\t".join(row) for row in table(where, odd))
    return f"Date of meeting: 18 March 2022\n\n{said}{rows}\n"


def as_markdown(where: str, odd: str) -> str:
    said = f"Children missing education: 12 in May 2021 {odd}\n\n" if where == "prose" else ""
    first, *rest = (f"| {' | '.join(row)} |" for row in table(where, odd))
    return f"Date of meeting: 18 March 2022\n\n{said}{first}\n|---|---|---|---|---|\n" + "\n".join(
        rest
    )


FORMS = {"csv": as_csv, "txt": as_text, "md": as_markdown}
PLACES = ["serial", "label", "longer label", "header", "value", "above", "prose"]


@pytest.fixture(scope="module")
def known() -> Registry:
    return registry.load()


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize(
    ("form", "pumps"),
    [("csv", FEW), ("txt", FEW), *(pytest.param(f, PUMPS, marks=pytest.mark.slow) for f in FORMS)],
)
def test_reading_a_file_grows_in_step_with_each_text(
    tmp_path: Path, known: Registry, form: str, pumps: list[str], where: str
) -> None:
    file = tmp_path / f"odd.{form}"

    def read(odd: str) -> int:
        file.write_text(FORMS[form](where, odd), encoding="utf-8")
        return len(incoming.recognised(readers.read(file), known, MEETING).observations)

    assert read("odd") >= 2, "the table is read"
    for pump in pumps:
        once, twice = in_step(read, pump, 600)
        assert twice < 2.8 * once + 2000, (pump, once, twice)


@pytest.mark.parametrize("pump", PUMPS)
def test_a_cell_and_a_heading_are_read_in_no_time(pump: str) -> None:
    """Typed or pasted: 32,767 characters are the most that a workbook's cell holds."""
    odd = pump * (32_767 // len(pump))
    for read in (cells.parse, periods.parse, periods.month_number):
        start = time.process_time()
        read(odd)
        read(f"Jul{odd}")
        read(f"{odd}!")
        assert time.process_time() - start < 1, read.__name__


# --- what patterns do: timed ---------------------------------------------------------------

_METHODS = ("search", "match", "fullmatch", "sub", "subn", "findall", "finditer", "split")
# Patterns whose callers bound what they are given, with the bound.
BOUNDED = {
    "etl.personal._SURE": "headings of at most 60 characters",
    "etl.claims.date_words.REPORT_BEFORE": "60 characters before a date",
    "etl.claims.spans._REACHED": "a sentence of at most 4,000 characters",
}
_LENGTH, _TELLING = 1_500, 0.02  # characters; seconds below which no growth can be told


def _modules() -> Iterator[tuple[str, ModuleType]]:
    for package in (etl, dashboard):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "__main__" not in found.name:
                yield found.name, importlib.import_module(found.name)


def _in(value: object, depth: int = 0) -> Iterator[re.Pattern[str]]:
    """The patterns that a module's name holds, in lists and dictionaries as well."""
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, dict) and depth < 3 and len(value) < 300:
        for one in value.values():
            yield from _in(one, depth + 1)
    elif isinstance(value, list | tuple) and depth < 3 and len(value) < 300:
        for one in value:
            yield from _in(one, depth + 1)


def _calls(tree: ast.AST) -> Iterator[tuple[str, str, ast.Call]]:
    """On what name a method of patterns is called, and which."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            on = node.func.value
            name = (
                on.id
                if isinstance(on, ast.Name)
                else on.attr
                if isinstance(on, ast.Attribute)
                else ""
            )
            if node.func.attr in _METHODS and name:
                yield name, node.func.attr, node


def patterns() -> dict[str, tuple[re.Pattern[str], set[str]]]:
    """Every pattern of the code by where it stands, and how it is used."""
    found: dict[str, tuple[re.Pattern[str], set[str]]] = {}
    used: dict[str, set[str]] = defaultdict(set)
    modules = list(_modules())
    trees = {
        name: ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        for name, module in modules
    }
    for where, tree in trees.items():
        for name, method, node in _calls(tree):
            used[f"{where}.{name}" if name.startswith("_") else name].add(method)
            text = node.args[0] if node.args else None
            if name == "re" and isinstance(text, ast.Constant) and isinstance(text.value, str):
                flags = re.IGNORECASE if "IGNORECASE" in ast.unparse(node) else re.NOFLAG
                found[f"{where}:{node.lineno}"] = re.compile(text.value, flags), {method}
    for where, module in modules:
        for name, value in vars(module).items():
            for pattern in () if name.startswith("__") else _in(value):
                methods = used.get(f"{where}.{name}") or used.get(name) or {"search", "fullmatch"}
                found.setdefault(f"{where}.{name}#{len(found)}", (pattern, methods))
    return found


def literals(pattern: re.Pattern[str]) -> set[str]:
    """The letters and words that a pattern itself is made of."""
    words: set[str] = set()

    def walk(parsed: Any) -> None:
        word = ""
        for operator, value in parsed:
            if operator is _constants.LITERAL:
                word += chr(value)
                continue
            words.add(word)
            word = ""
            if operator is _constants.SUBPATTERN:
                walk(value[3])
            elif operator is _constants.BRANCH:
                for branch in value[1]:
                    walk(branch)
            elif operator in (_constants.MAX_REPEAT, _constants.MIN_REPEAT):
                walk(value[2])
            elif operator in (_constants.ASSERT, _constants.ASSERT_NOT):
                walk(value[1])
            elif operator is _constants.IN:
                words.update(chr(v) for o, v in value if o is _constants.LITERAL)
        words.add(word)

    walk(_parser.parse(pattern.pattern, pattern.flags))
    return {word for word in words if word.strip()}


def _seconds(pattern: re.Pattern[str], method: str, text: str, tries: int = 1) -> float:
    def once() -> float:
        start = time.process_time()
        if method in ("match", "fullmatch"):
            getattr(pattern, method)(text)
        else:
            for _ in pattern.finditer(text):
                pass
        return time.process_time() - start

    return min(once() for _ in range(tries))


@pytest.mark.slow
def test_no_pattern_takes_time_with_the_square_of_a_text() -> None:
    slow = []
    known = patterns()
    assert len(known) > 300
    for where, (pattern, methods) in known.items():
        if where.partition("#")[0] in BOUNDED:
            continue
        own = sorted(literals(pattern), key=len)[:25]
        for pump in dict.fromkeys(
            [*PUMPS, "\t", "\n", ".", "/", "=", *own, *(f"{w} " for w in own)]
        ):
            for method in methods:
                for head in ("", "x"):

                    def text(n: int, pump: str = pump, head: str = head) -> str:
                        return f"{head}{pump * (n // len(pump))}\0"

                    if _seconds(pattern, method, text(_LENGTH)) < _TELLING:
                        continue
                    times = [_seconds(pattern, method, text(n), 5) for n in (_LENGTH, 2 * _LENGTH)]
                    if times[0] > _TELLING / 2 and times[1] > 3 * times[0]:
                        slow.append((where, method, head, pump, times))
    assert slow == []
