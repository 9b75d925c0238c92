"""YAML files as the types they are to be, with every mistake in them and the file's name."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config

from etl import model
from etl.aliases import UNCHANGED

# The same safe subset of YAML; the C parser where PyYAML was built with it (five times faster).
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# A key that no type knows is a mistake in the file, not something to pass over.
_strict = with_config(ConfigDict(extra="forbid"))
for _type in (
    model.Accessibility,
    model.Alias,
    model.Answer,
    model.Area,
    model.Band,
    model.Clock,
    model.Cohort,
    model.Council,
    model.DfeColumns,
    model.DfeListing,
    model.DfeRelease,
    model.Event,
    model.Measure,
    model.Meeting,
    model.NeighbourList,
    model.Outturn,
    model.PartOf,
    model.ShareOf,
    model.Target,
    model.TargetRule,
    model.Theme,
):
    _strict(_type)


@lru_cache(maxsize=32)
def _adapter(wanted: Any) -> TypeAdapter[Any]:
    """What holds a file against its type; made once a type, for it takes longer than a file."""
    return TypeAdapter(wanted)


def name_of(file: Path) -> str:
    """A file as messages name it; those of these folders may be called like others."""
    folder = file.parent.name
    return f"{folder}/{file.name}" if folder == "england" else file.name


class Files:
    """Reads files of one data folder; `problems` gathers what is wrong with any of them.

    `names` are those that have changed: a file may still have the old one.
    """

    def __init__(self) -> None:
        self.problems: list[str] = []
        self.names = UNCHANGED

    def read(self, file: Path, default: Any) -> Any:
        """What a file says as plain YAML, by the names of today."""
        if not file.exists():
            return default
        try:
            found = yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader) or default
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            self.problems.append(
                f"{name_of(file)}: not readable as YAML: {' '.join(str(error).split())}"
            )
            return default
        return self.names.in_json(found)

    def load(self, file: Path, wanted: Any, default: Any, **extra: Any) -> Any:
        """One file as `wanted`; `extra` are values that the file's own name gives."""
        if not file.exists():
            return default
        found = self.read(file, default)
        if extra:
            if not isinstance(found or {}, dict):
                self.problems.append(
                    f"{name_of(file)}: says no `name: value`, which a file here is made of"
                )
                return default
            found = {**(found or {}), **extra}
        return self.valid(file, wanted, default, found)

    def valid(self, file: Path, wanted: Any, default: Any, found: Any) -> Any:
        """What a file says as `wanted`, or `default` where it does not fit."""
        try:
            return _adapter(wanted).validate_python(found)
        except ValidationError as error:
            for problem in error.errors():
                where = ".".join(str(part) for part in problem["loc"])
                self.problems.append(f"{name_of(file)}: {where}: {problem['msg']}")
            return default
