"""A store as an earlier version made it, put into an empty database as that version had it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from etl.store import engine

HERE = Path(__file__).resolve().parent
# The bytes of a kept file: the one kind of value that the two databases write differently.
_BYTES = re.compile(r"\bX'((?:[0-9a-f]{2})*)'")


def load(name: str, url: str, rewritten: Callable[[str], str] = lambda rows: rows) -> None:
    """The tables of that version's schema and all rows, at an address that holds none."""
    opened = engine.connect(engine.address(url), create=True)
    try:
        with engine.writing(opened) as writing:
            connection = writing.execution_options(no_parameters=True)
            dialect = connection.dialect.name
            rows = rewritten((HERE / f"{name}.sql").read_text("utf-8"))
            if dialect == "postgresql":
                rows = _BYTES.sub(r"'\\x\1'", rows)
            for text in ((HERE / f"{name}.{dialect}.sql").read_text("utf-8"), rows):
                for statement in filter(str.strip, text.split(";\n\n")):
                    connection.exec_driver_sql(statement)
            if dialect == "postgresql":
                _go_on_counting(connection)
    finally:
        opened.dispose()


def _go_on_counting(connection: Connection) -> None:
    """The sequences stand where the rows end, as they did in that version's database."""
    for table, column in connection.exec_driver_sql(
        "SELECT table_name, column_name FROM information_schema.columns "
        "WHERE table_schema = current_schema() AND column_default LIKE 'nextval%'"
    ).all():
        connection.exec_driver_sql(
            f"SELECT setval(pg_get_serial_sequence('\"{table}\"', '{column}'), "
            f'(SELECT coalesce(max("{column}"), 1) FROM "{table}"))'
        )


def expected(name: str) -> dict[str, Any]:
    """What that version read in it."""
    found: dict[str, Any] = json.loads((HERE / f"{name}.json").read_text("utf-8"))
    return found
