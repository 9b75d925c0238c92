"""How each publication may be used: as its own source file says, else by who published it."""

from __future__ import annotations

from etl.model import Council, Licence, Observation, Registry

# "All content is available under the Open Government Licence v3.0, except where otherwise
# stated": the foot of explore-education-statistics.service.gov.uk, where DfE publishes.
DFE = Licence(
    "Open Government Licence v3.0",
    "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
)


def own(council: Council) -> Licence:
    """Of the council's own papers: what its file grants, else nothing beyond its copyright."""
    if council.licence.get("name"):
        return Licence(council.licence["name"], council.licence.get("url", ""))
    return Licence(f"copyright {council.name}")


def of(figure: Observation, registry: Registry) -> Licence:
    """Of the publication that a figure comes from."""
    default = DFE if figure.table == "dfe" else own(registry.council)
    return registry.licences.get(figure.source, default)


def parts(council: Council) -> tuple[tuple[str, Licence], ...]:
    """The terms of what is shown here: whose figures they are, and how they may be used."""
    return (
        (f"Figures from the papers of {council.name}", own(council)),
        ("Figures from the Department for Education", DFE),
    )


def sentence(council: Council) -> str:
    """The same for a document that cannot link: with the addresses."""
    said = (
        f"{whose}: {licence.name}{f' ({licence.url})' if licence.url else ''}."
        for whose, licence in parts(council)
    )
    return " ".join(said)
