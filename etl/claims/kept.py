"""claims.yaml: the claims of a pack whose prose is not carried here, figures and places only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from functools import cache
from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError

from etl.aliases import UNCHANGED, Names
from etl.model import Source, Statement, UserError

NAME = "claims.yaml"
# The publication is the folder's own, and verdicts are worked out anew with every record.
LEFT_OUT = {"published", "source", "verdict", "explanation"}
_KEYS = {field.name for field in fields(Statement)} - LEFT_OUT
_HEAD = """\
# The figures that this pack's prose states and where, in its order; not the prose itself.
# Written by: python -m etl check-report PACK.txt --yaml
"""


def beside(path: Path, source: Source, names: Names = UNCHANGED) -> tuple[Statement, ...] | None:
    """The claims kept in a pack's folder, as those of `source`; None where none are kept.

    `path` is the folder or its source.yaml; `names` are followed where they changed. Raises
    UserError for a file that is wrong.
    """
    folder = path if path.is_dir() else path.parent
    file = folder / NAME
    if not (path.is_dir() or path.name == "source.yaml") or not file.is_file():
        return None
    try:
        held = yaml.safe_load(file.read_text(encoding="utf-8")) or []
        if not all(isinstance(row, dict) for row in held):
            raise TypeError("it needs a list of claims")
        held = names.in_json(held)
        unknown = {key for row in held for key in row} - _KEYS
        if unknown:
            raise UserError(f"{folder.name}/{NAME}: unknown key {', '.join(sorted(unknown))}")
        statements = _adapter().validate_python(held)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, TypeError, ValidationError) as error:
        raise UserError(f"{folder.name}/{NAME}: {' '.join(str(error).split())}")
    said = source.title or source.name
    return tuple(replace(one, published=source.published, source=said) for one in statements)


def written(statements: Iterable[Statement]) -> str:
    """The inverse of `beside`: the text of claims.yaml."""
    rows = _adapter().dump_python(
        list(statements), mode="json", exclude_defaults=True, exclude={"__all__": LEFT_OUT}
    )
    lines = (
        yaml.safe_dump([row], default_flow_style=None, sort_keys=False, width=10_000, indent=2)
        for row in rows
    )
    return _HEAD + "".join(lines)


@cache
def _adapter() -> TypeAdapter[list[Statement]]:
    return TypeAdapter(list[Statement])
