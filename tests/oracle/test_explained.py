"""The list of explained differences can be read, and explains what it is to explain."""

from __future__ import annotations

import re

import yaml

from tests.oracle.__main__ import HERE, Difference, Explanation, differences, explained


def test_every_entry_names_a_review_and_a_pattern() -> None:
    entries = yaml.safe_load((HERE / "explained.yaml").read_text(encoding="utf-8"))
    for entry in (Explanation(**entry) for entry in entries):
        assert re.fullmatch(r"[A-Za-z-]+ [\d, to]+", entry.why), entry
        assert re.compile(entry.text)
        assert re.compile(entry.place)
        assert entry.kind in ("", "figures", "findings", "refused", "claims", "pages", "store")


def survey(**lines: list[str]) -> dict[str, dict[str, object]]:
    return {"files": {"a.txt": lines}, "claims": {}, "pages": {}, "store": {}}


def test_lines_of_one_version_alone_are_differences() -> None:
    then = survey(figures=["a: 1", "b: 2", "b: 2"], findings=[])
    now = survey(figures=["a: 1", "b: 2"], findings=["note new"])
    assert differences(then, now) == [
        Difference("figures", "-", "b: 2", ("a.txt",)),
        Difference("findings", "+", "note new", ("a.txt",)),
    ]


def test_what_no_entry_explains_is_left() -> None:
    found = [
        Difference("figures", "-", "b: 2", ("a.txt", "b.txt")),
        Difference("findings", "+", "note new", ("a.txt",)),
    ]
    known = [
        Explanation("councils 1", "b", kind="figures", place="a"),
        Explanation("trust 4", "new", sign="+"),
    ]
    by, left = explained(found, known)
    assert (dict(by), left) == ({"trust 4": [found[1]]}, [found[0]])
