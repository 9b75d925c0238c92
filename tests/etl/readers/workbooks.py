"""Workbooks made up for the tests, as people really keep them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

from etl import readers, recognise, registry
from etl.model import Document, Observation
from etl.recognise import Recognised

REGISTRY = registry.load()
CME, EHCP, SHARE = (
    "Number of children out of education - ALL CME",
    "Number of children out of education - EHCP",
    "Percentage - EHCP in cohort of all CME",
)


def saved(path: Path, fill: Callable[[Any, Any], None], name: str = "Appendix 1") -> Path:
    """A workbook of one sheet, filled by `fill(book, sheet)`."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = name
    fill(book, sheet)
    book.save(path)
    return path


def read(path: Path) -> Document:
    return readers.read(path)


def recognised(path: Path) -> Recognised:
    return recognise.recognise(readers.read(path), REGISTRY)


def figures(found: Recognised) -> dict[str, str]:
    """`1a Jul-20` -> value or status, by measure, cohort and month."""
    return {key(one): said(one) for one in found.observations}


def key(one: Observation) -> str:
    return f"{one.measure}/{one.cohort} {one.period.end:%b-%y}"


def said(one: Observation) -> str:
    return str(one.value) if one.value is not None else one.status


def changed(path: Path, part: str, edit: Callable[[bytes], bytes], to: Path) -> Path:
    """A copy of a workbook with one of its parts edited."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            new.writestr(entry.filename, edit(data) if re.fullmatch(part, entry.filename) else data)
    return to
