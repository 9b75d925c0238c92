"""A document's tables -> the figures and statements they give, and what could not be read."""

from __future__ import annotations

from dataclasses import replace

from etl import recognise
from etl.layouts import beside
from etl.model import Document, Registry
from etl.recognise import Recognised


def read(document: Document, registry: Registry) -> Recognised:
    """The figures of a document's tables: of months across by `recognise`, of others by layouts.

    `document.source.published` should be set: where it is not, the observations carry the
    first day there is.
    """
    found = recognise.recognise(document, registry)
    if document.source.form == "dfe":
        return found
    more = beside.read(
        document,
        registry,
        found.observations,
        found.statements,
        found.findings,
        refused=found.refused,
    )
    if not more.tables:
        return replace(found, findings=(*found.findings, *more.findings))
    return replace(
        found,
        observations=(*found.observations, *more.observations),
        statements=(*found.statements, *more.statements),
        findings=(*more.kept, *more.findings),
        tables=found.tables + more.tables,
    )
