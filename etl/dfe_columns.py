"""Which measure each column of one of DfE's files holds, as the measures declare it."""

from __future__ import annotations

from collections.abc import Sequence

from etl.dfe import named_for, plain
from etl.model import Measure, Registry


def measures_in(title: str, names: Sequence[str], registry: Registry) -> dict[int, Measure]:
    """Which measure each column of the file `title` holds, by its place among `names`; of a
    measure's names the newest that is there, of two columns with one name the first."""
    plain_names = [plain(name) for name in names]
    columns = {name: plain_names.index(name) for name in plain_names}
    found = {}
    named = [one.file for one in registry.dfe_columns if named_for(title, one.file)]
    for measure in registry.measures.values():
        # A file that is called as some measure declares holds the columns of no other file.
        if measure.dfe is None or (named and measure.dfe.file not in named):
            continue
        wanted = (plain(name) for name in measure.dfe.columns)
        at = next((columns[name] for name in wanted if name in columns), None)
        if at is not None:
            found[at] = measure
    return found
