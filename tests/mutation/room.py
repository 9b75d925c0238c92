"""Tries the mutants of one room: python -m tests.mutation.room ASKED.json TOLD.json TESTS...

ASKED holds mutants, TOLD is given those that survive.
"""

from __future__ import annotations

import functools
import gc
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

import pytest

from tests.mutation.mutants import ROOT, Mutant, changed

_SECONDS = 120  # a mutant that takes longer than this hangs: killed
# No capture, no cache, no workers: the forks run in this process.
# All tests but those marked slow in their own file: what tests/conftest.py calls SLOWER is only
# put off, and is often all that a room has.
_OPTIONS = ["-n", "0", "-q", "-s", "-p", "no:cacheprovider", "-m", "put_off or not slow"]
_LONGEST = 240  # seconds that the tests of a room may take with one mutant
_CACHE = type(functools.cache(len))
_Key = tuple[str, str, int]  # a function: file, name, first line


def _functions(code: CodeType) -> dict[_Key, CodeType]:
    """The functions of a module and the methods of its classes; none within a function."""
    made = {}
    for part in code.co_consts:
        if not isinstance(part, CodeType) or part.co_name.startswith("<"):
            continue
        if part.co_flags & 0x02:  # CO_NEWLOCALS (inspect.CO_NEWLOCALS): a function, no class
            made[part.co_filename, part.co_qualname, part.co_firstlineno] = part
        else:
            made |= _functions(part)
    return made


def _lines(code: CodeType) -> range:
    """The lines of a function, those of functions within it among them."""
    last = max(
        (line for *_, line in code.co_lines() if line is not None), default=code.co_firstlineno
    )
    inner = [_lines(part).stop - 1 for part in code.co_consts if isinstance(part, CodeType)]
    return range(code.co_firstlineno, max([last, *inner]) + 1)


def _function_of(mutant: Mutant) -> tuple[_Key, CodeType] | None:
    """The function whose code the mutant changes, with the changed code; None for any other."""
    file = str(ROOT / mutant.file)
    before = _functions(compile(Path(file).read_text("utf-8"), file, "exec"))
    after = _functions(compile(changed(mutant), file, "exec"))
    for key, code in before.items():
        if mutant.line in _lines(code) and key in after and after[key] != code:
            return key, after[key]
    return None


def _replace(key: _Key, code: CodeType) -> bool:
    """Give every function made from `key` the changed code; whether there was one."""
    replaced = False
    for thing in gc.get_objects():
        if isinstance(thing, _CACHE):  # what was worked out before is old
            thing.cache_clear()
        if isinstance(thing, FunctionType):
            own = thing.__code__
            if (own.co_filename, own.co_qualname, own.co_firstlineno) == key:
                thing.__code__ = code
                replaced = True
    return replaced


class Room:
    """A pytest plugin that runs the room's tests once, and then once more for each mutant."""

    def __init__(self, asked: list[Mutant]) -> None:
        self._asked = asked
        self._calls: dict[_Key, list[tuple[float, pytest.Item]]] = defaultdict(list)
        self._forked = False
        self.survived: list[Mutant] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and self._forked:
            os._exit(1)
        if report.failed:
            pytest.exit(f"{report.nodeid} fails before anything is changed", 3)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = session.items
        for at, item in enumerate(items):
            self._learn(item, items[at + 1] if at + 1 < len(items) else _far_from(item, items))
        for number, mutant in enumerate(self._asked, 1):
            target = _function_of(mutant)
            tests = self._calls[target[0]] if target else []
            if target is None or not tests or not self._killed(tests, *target):
                self.survived.append(mutant)
            print(f"{number} of {len(self._asked)}: {len(self.survived)} left", file=sys.stderr)
        return True

    def _learn(self, item: pytest.Item, after: pytest.Item) -> None:
        seen: set[_Key] = set()

        def called(frame: FrameType, event: str, _: Any) -> None:
            code = frame.f_code
            if event == "call" and code.co_filename.startswith(f"{ROOT}/"):
                seen.add((code.co_filename, code.co_qualname, code.co_firstlineno))

        began = time.perf_counter()
        sys.setprofile(called)
        item.ihook.pytest_runtest_protocol(item=item, nextitem=after)
        sys.setprofile(None)
        for key in seen:
            self._calls[key].append((time.perf_counter() - began, item))

    def _killed(self, timed: list[tuple[float, pytest.Item]], key: _Key, code: CodeType) -> bool:
        tests = [item for _, item in sorted(timed, key=lambda one: one[0])]
        child = os.fork()
        if not child:
            self._try(tests, key, code)
        return _failed(child)

    def _try(self, tests: list[pytest.Item], key: _Key, code: CodeType) -> None:
        """In the fork: exits with 1 at the first test that fails, with 0 if none does."""
        self._forked = True
        quiet = os.open(os.devnull, os.O_WRONLY)
        for stream in (1, 2):
            os.dup2(quiet, stream)
        try:
            if _replace(key, code):
                for item, after in zip(tests, [*tests[1:], tests[0]], strict=True):
                    item.ihook.pytest_runtest_protocol(item=item, nextitem=after)
        except BaseException:
            os._exit(1)
        os._exit(0)


def _far_from(item: pytest.Item, items: list[pytest.Item]) -> pytest.Item:
    """The test that shares least with `item`: all fixtures but the session's end before it."""
    chain = item.listchain()
    return min(items, key=lambda other: len([n for n in other.listchain() if n in chain]))


def _failed(child: int) -> bool:
    until = time.monotonic() + _SECONDS
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return status != 0
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def _killed_apart(mutant: Mutant, tree: Path, tests: list[str]) -> bool:
    """Whether a test fails in a process of its own, where `tree` holds the mutant."""
    file = tree / mutant.file
    kept = file.read_bytes()
    file.write_text(changed(mutant), "utf-8")
    command = [sys.executable, "-m", "pytest", "-x", *_OPTIONS, *tests]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    try:
        code = subprocess.run(command, cwd=tree, timeout=_LONGEST, check=False, **quiet).returncode
        return code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)
    except subprocess.TimeoutExpired:
        return False  # on a busy machine nobody knows whether it would have ended
    finally:
        file.write_bytes(kept)


def main() -> None:
    asked, told, *tests = sys.argv[1:]
    postgres = os.environ.pop("SEND_TEST_POSTGRES", "")  # its connections do not outlive a fork
    room = Room([Mutant(*parts) for parts in json.loads(Path(asked).read_text())])
    code = pytest.main([*_OPTIONS, *tests], plugins=[room])
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        sys.exit(int(code))
    os.environ |= {"PYTHONDONTWRITEBYTECODE": "1", "SEND_TEST_POSTGRES": postgres}
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder, "tree", "project")
        left_out = shutil.ignore_patterns(".git", ".venv", "node_modules", "*.db*", ".*_cache")
        shutil.copytree(ROOT, tree, ignore=left_out)
        left = []
        for number, mutant in enumerate(room.survived, 1):
            if not _killed_apart(mutant, tree, tests):
                left.append(mutant)
            print(f"apart {number} of {len(room.survived)}: {len(left)} left", file=sys.stderr)
    Path(told).write_text(json.dumps([list(mutant) for mutant in left]))


if __name__ == "__main__":
    main()
