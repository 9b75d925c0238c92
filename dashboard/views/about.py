"""Record -> method, sources, licence, revisions, accessibility, contact, glossary."""

from __future__ import annotations

from collections import Counter

from dashboard import words
from dashboard.views.accessibility import accessibility
from dashboard.views.blocks import slug
from dashboard.views.record_types import AboutView
from dashboard.views.types import Link, Section
from etl import licences
from etl.analysis.book import FEW, book
from etl.analysis.keep import Kept
from etl.analysis.rates import RANKED
from etl.analysis.variation import BASELINE
from etl.model import Council
from etl.record import Record

_kept = Kept(4)


def _method() -> Section:
    return Section(
        "method",
        "How the figures are made",
        (
            "Every figure is read from the table it was published in, with its place in the "
            "publication, and kept as it was published at each meeting.",
            "A share is worked out from its two counts, to one decimal, where both are held; "
            "else it stands as printed. Halves are rounded up.",
        ),
        (
            "A figure is compared with the same month a year before, so that a yearly pattern is "
            "not taken for a change, and with the last report held here.",
            "A total that starts again each April is compared with the same months a year before, "
            "not with the last report, since it can only rise. It is also shown as what was added "
            "between two reports, as a monthly average and by calendar year.",
            f"Usual variation is only spoken of for what happens within a month, with {BASELINE} "
            "consecutive months or more; a row that may have a yearly pattern is first compared "
            "with its own months a year before. Limits are the average plus and minus 2.66 times "
            "the mean difference of neighbouring months (an XmR chart), or, for a share whose "
            "counts are held, limits that know them (a P\u2032 chart).",
            f"An average or share of fewer than {FEW} cases gets no verdict, one of fewer than "
            f"{RANKED} no rank among others.",
            "A month without a figure is a gap in the line: never zero, never filled in.",
            "A figure that does not add up carries a flag and takes no part in sentences, changes "
            "and verdicts, unless it is found to be right all the same.",
            "A target is held only against figures of its own form and basis. Where its basis is "
            "not stated, only if the answer is the same on both.",
        ),
    )


def _contact(council: Council) -> Section:
    lines = [text for text in council.contact.values() if text]
    more = (council.alternative_formats,) if council.alternative_formats else ()
    return Section("contact", "Contact", more, tuple(lines))


def about(record: Record) -> AboutView:
    """What the about page says; sources are the releases that `record` holds."""
    return _kept.get(record, "about", lambda: _make(record))


def _make(record: Record) -> AboutView:
    found = book(record)
    council = found.registry.council
    held = Counter(
        (words.day(figure.published), figure.source, licences.of(figure, found.registry).name)
        for figure in record.observations
    )
    sections = (
        Section(
            "standing",
            "What this is, and what it is not",
            (
                f"These are figures on special educational needs in {council.short_name}, as "
                f"{council.name} reported them to its {council.committee or 'committee'} and the "
                "Department for Education published them, shown as trends against the targets.",
                "They are management information, not official statistics: they are not "
                "quality-assured as official statistics are, and may be revised.",
                f"This is not a publication of {council.name} until the council adopts it.",
            ),
        ),
        _method(),
        Section(
            "revisions",
            "Revisions",
            (
                "Nothing is overwritten. When a later publication gives another figure for the "
                "same month, both are kept: the newest is shown, and what was reported before "
                "stands on the data quality page and on the measure's own page.",
                "Choose a meeting under \u201cAs reported at\u201d to see the figures as they were "
                "known then.",
                "A publication that is taken back disappears from these pages; that it was taken "
                "back, and why, is kept on record by the council's officers.",
            ),
        ),
        Section(
            "licence",
            "Licence",
            ("Each publication has its own terms; they stand beside it under Sources.",),
            tuple(f"{whose}: {licence.name}." for whose, licence in licences.parts(council)),
            tuple(
                Link(licence.name, licence.url)
                for _, licence in licences.parts(council)
                if licence.url
            ),
        ),
        *accessibility(council),
        _contact(council),
    )
    glossary = tuple(
        (term, meaning, f"glossary-{slug(term)}")
        for term, meaning in sorted(
            found.registry.glossary.items(), key=lambda item: item[0].casefold()
        )
    )
    return AboutView(
        "About these figures",
        "Where they come from, how they are made, and what they cannot tell.",
        sections,
        glossary,
        tuple(
            (day, title, words.many(count, "figure"), licence)
            for (day, title, licence), count in held.items()
        ),
    )
