"""The registry -> docs/measures.md and docs/glossary.md. Run: python -m etl.handbook"""

from __future__ import annotations

from pathlib import Path

from etl.model import Measure, Registry
from etl.registry import DATA, load

DOCS = DATA.parent / "docs"


def _one(text: str) -> str:
    return " ".join(text.split())


def _measure(measure: Measure) -> list[str]:
    clock = measure.clock
    facts = [
        ("What is counted", measure.counts),
        ("The clock starts", clock.starts),
        ("The clock stops", clock.ends),
        ("Days", clock.days),
        ("Law and guidance", measure.duty),
        ("Why it matters", measure.why),
        ("Breaks", " ".join(measure.breaks)),
        ("Next figure", measure.next_due),
        ("Target", "May be held against it." if measure.target.held else measure.target.why_not),
    ]
    better = {"higher": "Higher is better.", "lower": "Lower is better.", "none": ""}
    lines = [f"## {measure.title}", ""]
    lines += [f"`{measure.id}`, in {measure.unit}. {better[measure.better]}".rstrip(), ""]
    lines += [f"- {name}: {_one(text)}" for name, text in facts if text]
    lines += [f"- Caution: {_one(caveat)}" for caveat in measure.cautions]
    lines += ["", "| cohort | row | printed as |", "|---|---|---|"]
    for name, cohort in measure.cohorts.items():
        printed = "<br>".join(_one(label) for label in cohort.labels) or "not in Appendix 1"
        lines.append(f"| `{name}`: {cohort.title} | {cohort.serial or '-'} | {printed} |")
    return [*lines, ""]


def measures(registry: Registry) -> str:
    """docs/measures.md: every measure, in the order and groups that readers see."""
    lines = ["# Measures", "", "Made from `data/england/measures` by `python -m etl.handbook`.", ""]
    for theme in registry.themes:
        lines += [f"# {theme.title}", "", theme.question, ""]
        of_theme = [m for m in registry.measures.values() if m.theme == theme.id]
        for measure in sorted(of_theme, key=lambda m: min(c.order for c in m.cohorts.values())):
            lines += _measure(measure)
    return "\n".join(lines)


def glossary(registry: Registry) -> str:
    """docs/glossary.md: the field's own terms."""
    lines = [
        "# Glossary",
        "",
        "Made from `data/england/glossary.yaml` by `python -m etl.handbook`.",
        "",
    ]
    lines += [f"- **{word}**: {meaning}" for word, meaning in sorted(registry.glossary.items())]
    return "\n".join([*lines, ""])


def write(registry: Registry, docs: Path = DOCS) -> None:
    """Writes both documents into the folder `docs`."""
    (docs / "measures.md").write_text(measures(registry), encoding="utf-8")
    (docs / "glossary.md").write_text(glossary(registry), encoding="utf-8")


if __name__ == "__main__":
    write(load())
