"""The tidy table, one row a figure: its columns, its rows, and the forms that it is written in.

Described once, in `columns`; reading, seeding, import, export, the API, findings, the store's
table, workbooks and the published schema all go by that description. For analysts, `frame`.
"""

from etl.tidy.columns import COLUMNS, FIELDS, KEY, NAMES, TEXT, Column, Problem, Problems, RowError
from etl.tidy.files import CsvError, as_csv, as_json, read_csv
from etl.tidy.frames import frame
from etl.tidy.resource import resource
from etl.tidy.rows import Flags, build, flagged_row, parse, row, shortest
from etl.tidy.spreadsheets import neutral, plain

__all__ = [
    "COLUMNS",
    "FIELDS",
    "KEY",
    "NAMES",
    "TEXT",
    "Column",
    "CsvError",
    "Flags",
    "Problem",
    "Problems",
    "RowError",
    "as_csv",
    "as_json",
    "build",
    "flagged_row",
    "frame",
    "neutral",
    "parse",
    "plain",
    "read_csv",
    "resource",
    "row",
    "shortest",
]
