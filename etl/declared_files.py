"""A YAML file as the type that it is to be, or every mistake in it with the file's name."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config

from etl import model

# The same safe subset of YAML; the C parser where PyYAML was built with it (five times faster).
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# A key that no type knows is a mistake in the file, not something to pass over.
_strict = with_config(ConfigDict(extra="forbid"))
for _type in (
    model.Answer, model.Area, model.Clock, model.Cohort, model.Council, model.DfeColumns,
    model.Event, model.Measure, model.Meeting, model.NeighbourList, model.Outturn, model.PartOf,
    model.ShareOf, model.Target, model.TargetRule, model.Theme,
):  # fmt: skip
    _strict(_type)


@lru_cache(maxsize=32)
def adapter(wanted: Any) -> TypeAdapter[Any]:
    """What holds a file against its type; made once a type, for it takes longer than a file."""
    return TypeAdapter(wanted)


def name_of(file: Path) -> str:
    """A file as messages name it; those of these folders may be called like others."""
    folder = file.parent.name
    return f"{folder}/{file.name}" if folder in ("england", "printed") else file.name


def problems_of(file: Path, error: ValidationError) -> list[str]:
    """What pydantic found wrong, a line a place, each with the file's name."""
    return [
        f"{name_of(file)}: {'.'.join(str(part) for part in problem['loc'])}: {problem['msg']}"
        for problem in error.errors()
    ]


def read(file: Path, problems: list[str], default: Any) -> Any:
    """What a file says as plain YAML; what is wrong with it is added to `problems`."""
    if not file.exists():
        return default
    try:
        return yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader) or default
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        problems.append(f"{name_of(file)}: not readable as YAML: {' '.join(str(error).split())}")
        return default


def typed(file: Path, wanted: Any, problems: list[str], default: Any, **extra: Any) -> Any:
    """One file as `wanted`; what is wrong with it is added to `problems`."""
    if not file.exists():
        return default
    found = read(file, problems, default)
    if extra:
        if not isinstance(found or {}, dict):
            problems.append(f"{name_of(file)}: says no `name: value`, which a file here is made of")
            return default
        found = {**(found or {}), **extra}
    return valid(file, wanted, problems, default, found)


def valid(file: Path, wanted: Any, problems: list[str], default: Any, found: Any) -> Any:
    """What a file said, as `wanted`; what does not fit it is added to `problems`."""
    try:
        return adapter(wanted).validate_python(found)
    except ValidationError as error:
        problems.extend(problems_of(file, error))
        return default
