"""Damaged workbooks and CSV files: a plain message or a document, never a traceback."""

from __future__ import annotations

import random
import re
import zipfile
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl import appendix, readers, template, tidy, workbook
from etl.appendix_workbook import add_appendix, add_tidy
from etl.model import Document, UserError
from etl.personal import refuse
from etl.recognise import recognise
from tests.etl.readers.workbooks import REGISTRY
from tests.etl.test_template import TODAY, record

pytestmark = pytest.mark.slow

SNIPPETS = [
    b"",
    b"\x00",
    b"\xff",
    b"<",
    b">",
    b"&",
    b"&a;",
    b'"',
    b"9" * 40,
    b"-1",
    b"1e999",
    b"NaN",
    b"<row>",
    b"</c>",
    b' r="ZZZ9999999"',
    b' t="s"',
    b' t="e"',
    b' s="99999"',
    b"_xD800_",
    b"<f>1</f>",
    b"<!DOCTYPE a>",
    b"\n",
    b",",
    b";",
    b"\t",
    b"=1+1",
    b"31/02/2021",
    b"2021-99",
]


@lru_cache
def files() -> dict[str, bytes]:
    held = record()
    book = workbook.new()
    add_appendix(book, appendix.grid(held))
    add_tidy(book, held.observations, held.flag)
    table = tidy.as_csv(held.observations, held.flag)
    wide = "\n".join(";".join(line) for line in appendix.texts(appendix.grid(held)))
    return {
        "appendix.xlsx": workbook.content(book),
        "template.xlsx": template.workbook(held, today=TODAY),
        "tidy.csv": table.encode(),
        "wide.csv": wide.encode("utf-8-sig"),
        "sixteen.csv": table.encode("utf-16"),
    }


def held_together(path: Path) -> None:
    """The whole way of a file until it would be stored."""
    try:
        document = readers.read(path)
        refuse(document)
    except UserError as error:
        said = str(error)
    else:
        _recognised(document)
        return
    assert path.name in said
    assert said.count("\n") < 2


def _recognised(document: Document) -> None:
    for one in recognise(document, REGISTRY).observations:
        assert one.measure in REGISTRY.measures
        str(one.reading.raw).encode()


def mutated(content: bytes, seed: int) -> bytes:
    chance = random.Random(seed)
    data = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(data)) if data else 0
        kind = chance.randrange(4)
        if kind == 0:
            data[at : at + chance.randint(1, 20)] = chance.choice(SNIPPETS)
        elif kind == 1:
            del data[at:]
        elif kind == 2:
            del data[at : at + chance.randint(1, 300)]
        elif data:
            data[at] = chance.randrange(256)
    return bytes(data)


@pytest.mark.parametrize("name", ["appendix.xlsx", "template.xlsx"])
@settings(max_examples=80, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_bytes_of_a_workbook_gone_wrong(
    tmp_path_factory: pytest.TempPathFactory, name: str, seed: int
) -> None:
    path = tmp_path_factory.mktemp("fuzz") / name
    path.write_bytes(mutated(files()[name], seed))
    held_together(path)


@pytest.mark.parametrize("name", ["appendix.xlsx", "template.xlsx"])
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_parts_of_a_workbook_gone_wrong(
    tmp_path_factory: pytest.TempPathFactory, name: str, seed: int
) -> None:
    """The zip stays whole, so that the damage reaches the XML within."""
    chance = random.Random(seed)
    path = tmp_path_factory.mktemp("fuzz") / name
    with zipfile.ZipFile(BytesIO(files()[name])) as old, zipfile.ZipFile(path, "w") as new:
        names = old.namelist()
        hit = chance.sample(names, chance.randint(1, 3))
        for entry in names:
            data = old.read(entry)
            if entry in hit and chance.random() < 0.1:
                continue
            new.writestr(entry, mutated(data, seed) if entry in hit else data)
    held_together(path)


VALUES = [
    "",
    "0",
    "-1",
    "1e400",
    "nan",
    "4.5",
    "99999999999",
    "#REF!",
    "2021-13-45",
    "44013",
    "=1+1",
    "A0",
    "ZZZZ1",
    "B9999999999",
    "s",
    "str",
    "e",
    "d",
    "b",
    "inlineStr",
    "true",
    "1:1",
    "_x0000_",
    "Jul-20",
    "nil",
    "NA",
    "9" * 400,
    "Key",
    "Month",
    "measure",
    "value",
    "period",
]
_VALUE = re.compile(r'(?<==")[^"<>&]*(?=")|(?<=>)[^<>&]+(?=<)')


@pytest.mark.parametrize("name", ["appendix.xlsx", "template.xlsx"])
@settings(max_examples=80, deadline=None)
@given(seed=st.integers(0, 2**32), share=st.sampled_from([0.002, 0.02, 0.3]))
def test_values_within_a_workbook_gone_wrong(
    tmp_path_factory: pytest.TempPathFactory, name: str, seed: int, share: float
) -> None:
    """The XML stays whole too: what is odd are attributes and texts."""
    chance = random.Random(seed)

    def odd(match: re.Match[str]) -> str:
        return chance.choice(VALUES) if chance.random() < share else match[0]

    path = tmp_path_factory.mktemp("fuzz") / name
    with zipfile.ZipFile(BytesIO(files()[name])) as old, zipfile.ZipFile(path, "w") as new:
        for entry in old.namelist():
            data = old.read(entry).decode()
            if entry.startswith("xl/") and "_rels" not in entry:
                data = _VALUE.sub(odd, data)
            new.writestr(entry, data)
    held_together(path)


@pytest.mark.parametrize("name", ["tidy.csv", "wide.csv", "sixteen.csv"])
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_bytes_of_a_csv_gone_wrong(
    tmp_path_factory: pytest.TempPathFactory, name: str, seed: int
) -> None:
    path = tmp_path_factory.mktemp("fuzz") / name
    path.write_bytes(mutated(files()[name], seed))
    held_together(path)


@settings(max_examples=80, deadline=None)
@given(
    content=st.binary(max_size=300), name=st.sampled_from(["a.xlsx", "a.csv", "a.xlsm", "a.tsv"])
)
def test_any_bytes_at_all(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, name: str
) -> None:
    path = tmp_path_factory.mktemp("fuzz") / name
    path.write_bytes(content)
    held_together(path)


def test_the_whole_files_are_read(tmp_path: Path) -> None:
    for name, content in files().items():
        path = tmp_path / name
        path.write_bytes(content)
        found = recognise(readers.read(path), REGISTRY)
        assert found.tables, name
        assert bool(found.observations) != name.startswith("template"), name
