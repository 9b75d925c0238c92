"""Names that have changed: what stands under an old one anywhere is read as the new one.

`aliases.yaml` lists them with their day, for good: a store, a draft, a file or a link may
be older than any of them. Nothing stored is rewritten; names are followed where they are read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from etl.model import Alias, Finding, Measure, MeasureRef, Registry

_CELL = "@"


class Names:
    """Old names -> the ones in use. False where none has changed that figures or words bear:
    a seed's stands only in the store's list of seeds.
    """

    def __init__(self, aliases: Iterable[Alias] = ()) -> None:
        """Each kind's names; a name that was changed twice leads to the last."""
        self._of: dict[str, dict[str, str]] = {}
        for alias in aliases:
            self._of.setdefault(alias.kind, {})[alias.old] = alias.new
        self._measures = self._of.get("measure", {})

    def __bool__(self) -> bool:
        return any(kind != "seed" for kind in self._of)

    def of(self, kind: str, name: str) -> str:
        """A seed's, table's or code's name as it is now."""
        known = self._of.get(kind, {})
        for _ in known:  # never around in a circle
            if name not in known:
                break
            name = known[name]
        return name

    def ref(self, measure: str, cohort: str) -> MeasureRef:
        """A measure and cohort as they are now: a name of both before one of the measure alone."""
        for _ in self._measures:  # never around in a circle
            new = self._measures.get(f"{measure}/{cohort}") or self._measures.get(measure)
            if new is None:
                break
            measure, _, renamed = new.partition("/")
            cohort = renamed or cohort
        return MeasureRef(measure, cohort)

    def measure(self, name: str) -> str:
        """A measure's name as it is now, where no cohort is named."""
        return self.ref(name, "").measure

    def older(self, kind: str, name: str) -> Iterator[str]:
        """The names of a kind that lead to this one."""
        return (old for old in self._of.get(kind, {}) if self.of(kind, old) == name)

    def keys_before(self, ref: MeasureRef) -> Iterator[str]:
        """The names "measure/cohort" under which a row was known before."""
        for old in self._measures:
            measure, _, cohort = old.partition("/")
            if self.ref(measure, cohort or ref.cohort) == ref:
                yield f"{measure}/{cohort or ref.cohort}"

    def in_json(self, value: Any) -> Any:
        """What was kept as JSON or stands in YAML or a row of a table, with the names of today.

        Names stand under `measure` with `cohort`, `measures`, `table`, `code`; as pairs of
        measure and cohort; and as the cells of a draft's grid ("measure/cohort@2022-02").
        """
        if not self:
            return value
        return self._renamed(value)

    def _renamed(self, value: Any) -> Any:
        if isinstance(value, Mapping):
            return self._fields({self._cell(k): self._renamed(v) for k, v in value.items()})
        if not isinstance(value, list | tuple):
            return value
        if len(value) == 2 and all(isinstance(part, str) for part in value):
            return list(self.ref(*value))
        return [self._renamed(part) for part in value]

    def _fields(self, value: dict[Any, Any]) -> dict[Any, Any]:
        if isinstance(name := value.get("measure"), str):
            measure, cohort = self.ref(name, str(value.get("cohort") or ""))
            value["measure"] = measure
            if cohort:
                value["cohort"] = cohort
        if isinstance(names := value.get("measures"), list | tuple):
            value["measures"] = [self.measure(n) if isinstance(n, str) else n for n in names]
        for kind in ("table", "code"):
            if isinstance(name := value.get(kind), str):
                value[kind] = self.of(kind, name)
        return value

    def _cell(self, key: Any) -> Any:
        if not isinstance(key, str) or _CELL not in key:
            return key
        name, _, when = key.partition(_CELL)
        measure, _, cohort = name.partition("/")
        return f"{'/'.join(self.ref(measure, cohort))}{_CELL}{when}" if cohort else key

    def as_before(self, finding: Finding) -> Iterator[Finding]:
        """The finding as versions before a change of names gave it."""
        texts = (finding.message, *finding.places)
        for new, olds in self._by_new().items():
            pattern = re.compile(rf"(?<!\w){re.escape(new)}(?!\w)")
            texts = tuple(pattern.sub(olds, text) for text in texts)
        message, *places = texts
        for code in (finding.code, *self.older("code", finding.code)):
            yield replace(finding, code=code)
            yield replace(finding, code=code, message=message, places=tuple(places))

    def _by_new(self) -> dict[str, str]:
        return {self.measure(old): old for old in self._measures if "/" not in old}


UNCHANGED = Names()


@lru_cache(maxsize=16)
def _names(aliases: tuple[Alias, ...]) -> Names:
    return Names(aliases)


def of(registry: Registry) -> Names:
    """The names that have changed, of a registry."""
    return _names(registry.aliases)


def ref_of(text: str, registry: Registry) -> MeasureRef | None:
    """The row that "measure/cohort" names, also by an older name; None where there is none."""
    measure, _, cohort = text.strip().partition("/")
    found = of(registry).ref(measure, cohort)
    known = registry.measures.get(found.measure)
    return found if known and found.cohort in known.cohorts else None


def problems(
    nations: Sequence[Alias], own: Sequence[Alias], measures: Mapping[str, Measure]
) -> list[str]:
    """What is wrong with the changed names: one in use, one that leads nowhere, one that stands
    twice. The nation's may lead to a measure that a council does not have."""
    held = (*nations, *own)
    names = Names(held)
    known = {*measures, *(f"{m.id}/{cohort}" for m in measures.values() for cohort in m.cohorts)}
    found = [
        f"aliases.yaml: {kind} {old} stands {count} times"
        for (kind, old), count in Counter((a.kind, a.old) for a in held).items()
        if count > 1
    ]
    for alias in held:
        said = f"aliases.yaml: {alias.kind} {alias.old}"
        if alias.kind != "measure":
            if names.of(alias.kind, alias.new) in (a.old for a in held if a.kind == alias.kind):
                found.append(f"{said}: leads back to itself")
            continue
        if alias.old in known:
            found.append(f"{said}: is a name in use")
        measure, _, cohort = alias.new.partition("/")
        new = names.ref(measure, cohort)
        if alias in own and (new.measure if not new.cohort else "/".join(new)) not in known:
            found.append(f"{said}: there is no {alias.new}")
    return found
