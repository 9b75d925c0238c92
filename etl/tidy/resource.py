"""The tidy table's columns as a Frictionless Tabular Data Resource, for programs."""

from __future__ import annotations

from typing import Any

from etl.tidy.columns import COLUMNS, KEY, Column


def resource(title: str, path: str, licenses: list[dict[str, str]]) -> dict[str, Any]:
    """The description of a CSV at `path` (relative to the description's own address), as JSON.

    The standard: https://specs.frictionlessdata.io/tabular-data-resource/
    """
    return {
        "profile": "tabular-data-resource",
        "name": "observations",
        "title": title,
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "licenses": licenses,
        "schema": {
            "fields": [_field(column) for column in COLUMNS],
            "missingValues": [""],
            "primaryKey": list(KEY),
        },
    }


def _field(column: Column) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": column.name,
        "type": column.type,
        "description": column.description,
    }
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.allowed:
        constraints["enum"] = list(column.allowed)
    if column.pattern:
        constraints["pattern"] = column.pattern
    if constraints:
        described["constraints"] = constraints
    return described
