"""Where in a file something stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where a thing stands in its file, in that form's own terms; counts start at 1."""

    line: int | None = None
    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    sheet: str = ""
    cell: str = ""
    paragraph: str = ""

    def __str__(self) -> str:
        if self.sheet:
            return f"{self.sheet}!{self.cell}" if self.cell else f"sheet {self.sheet}"
        numbered = (
            (name, getattr(self, name)) for name in ("page", "line", "table", "row", "column")
        )
        parts = [f"{name} {number}" for name, number in numbered if number is not None]
        if self.paragraph:
            parts.append(f"paragraph {self.paragraph}")
        return ", ".join(parts)


NOWHERE = Place()
"""Of what was not read from a file."""
