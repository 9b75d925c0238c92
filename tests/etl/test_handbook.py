"""The written documents say what the registry says."""

from __future__ import annotations

from etl import handbook
from etl.registry import load


def test_documents_are_made_from_the_registry_as_it_is() -> None:
    registry = load()
    for name, text in (("measures", handbook.measures), ("glossary", handbook.glossary)):
        kept = (handbook.DOCS / f"{name}.md").read_text(encoding="utf-8")
        assert kept == text(registry), f"docs/{name}.md is out of date: python -m etl.handbook"
