"""The accessibility statement that the law asks of public bodies.

After the model statement (Commission Implementing Decision (EU) 2018/1523, kept in force by
regulation 8 of SI 2018/952) and the Government's sample; a council says what is its own in
`council.yaml` under `accessibility`.
"""

from __future__ import annotations

from dashboard import words
from dashboard.views.types import Link, Section
from etl.model import Council

_LAW = (
    "the Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility "
    "Regulations 2018"
)
_STANDARD = "the Web Content Accessibility Guidelines version 2.2 AA standard"

# What is known not to meet the standard, wherever these pages are served.
NOT_ACCESSIBLE = (
    "The words that a chart shows at a point need a pointer: they cannot be reached by keyboard "
    "(success criterion 2.1.1, keyboard). The same figures stand as a table under each chart.",
)


def accessibility(council: Council) -> tuple[Section, ...]:
    """The statement: scope, status, what is not accessible, preparation, enforcement."""
    said = council.accessibility
    name = council.name
    status = f"This website is {said.status} compliant with {_STANDARD}"
    listed = said.not_accessible or NOT_ACCESSIBLE
    reasons = () if said.status == "fully" else listed
    status += "." if said.status == "fully" else ", due to what is listed below as not accessible."
    scope = said.scope or f"the pages on {council.short_name} SEND performance"
    return (
        Section(
            "accessibility",
            "Accessibility statement",
            (
                f"This accessibility statement applies to {scope}.",
                f"{name} is committed to making its website accessible, in accordance with {_LAW}.",
                "You should be able to enlarge these pages to 200%, read them on a narrow screen, "
                "use them by keyboard alone and listen to them with a screen reader. Every chart "
                "has a text that gives its finding and its figures as a table.",
            ),
        ),
        Section("accessibility-status", "Compliance status", (status,)),
        Section(
            "accessibility-content",
            "Content that is not accessible",
            (),
            (
                *reasons,
                "Committee packs are PDF files of the council and may not be accessible. Their "
                "tables can be read here as text. Files published before 23 September 2018 are "
                "outside the regulations unless a service needs them.",
            ),
        ),
        Section("accessibility-prepared", "Preparation of this statement", (_prepared(council),)),
        Section(
            "accessibility-feedback",
            "Feedback and contact",
            (
                "If something here does not work for you, or you need it in another format, "
                "please tell the council: see Contact.",
            ),
        ),
        Section(
            "accessibility-enforcement",
            "Enforcement procedure",
            (
                f"The Equality and Human Rights Commission (EHRC) is responsible for enforcing "
                f"{_LAW}. If you are not happy with how the council responds to your complaint, "
                "contact the Equality Advisory and Support Service (EASS).",
            ),
            (),
            (
                Link(
                    "Equality Advisory and Support Service",
                    "https://www.equalityadvisoryservice.com/",
                ),
            ),
        ),
    )


def _prepared(council: Council) -> str:
    """When the statement was prepared and reviewed, and how it was tested."""
    said = council.accessibility
    parts = ["This statement has not been dated by the council yet."]
    if said.prepared:
        reviewed = said.reviewed or said.prepared
        parts = [
            f"This statement was prepared on {words.day(said.prepared)}. "
            f"It was last reviewed on {words.day(reviewed)}."
        ]
    if said.tested:
        parts.append(f"This website was last tested on {words.day(said.tested)}.")
    parts.append(
        f"The test was carried out by {said.tested_by}."
        if said.tested_by
        else "Each version is tested automatically; it has not been tested by people with "
        "disabilities."
    )
    return " ".join(parts)
