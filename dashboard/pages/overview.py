"""The overview: the finding in words, then Appendix 1 come alive. No Plotly here."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard import sparkline
from dashboard.components import bold, flag, shape
from dashboard.views.types import Change, Group, Overview, Row, Standing, Verdict

_COLUMNS = 8


def _change(of: Change) -> Any:
    if not of.number:
        return html.Span(of.why_not, className="quiet")
    return [html.Span(of.number, className="change"), html.Small(of.versus)]


def _judged(of: Standing | Verdict) -> Any:
    words = [shape(of.shape, of.tone), html.Span(of.words)]
    # A reason that a row has no standing is quieter than a standing.
    quiet = "" if of.shape in ("met", "short", "better", "worse") else "quiet"
    return html.Div([html.Div(words, className=f"judged {quiet}"), html.Small(of.detail)])


def _figure(row: Row) -> Any:
    if row.figure is None:
        return html.Span(row.missing, className="quiet")
    small = [html.Small(row.figure.period)]
    if row.missing:
        small.append(html.Small(row.missing))
    return [
        html.Span(row.figure.number, className="number"),
        html.Span(f" {row.figure.unit}" if row.figure.unit else "", className="unit"),
        *small,
    ]


def _cell(heading: str, content: Any, name: str) -> Any:
    """A cell that carries its column's heading, for screens too narrow for columns."""
    return html.Td(content, className=name, **{"data-heading": heading})


def _row(row: Row, headings: tuple[str, ...]) -> Any:
    under = [text for text in (row.detail, row.small, row.stopped) if text]
    name = [
        html.A(row.title, href=row.url),
        *(html.Small(text) for text in under),
        *(flag(found) for found in row.flags),
    ]
    drawn = sparkline.address(row.spark)
    line = (
        html.Img(src=drawn, alt=row.spark.alt, width=sparkline.WIDTH, height=sparkline.HEIGHT)
        if drawn
        else ""
    )
    cells = (_figure(row), _change(row.year_before), _change(row.last_report),
             _judged(row.standing), _judged(row.variation))  # fmt: skip
    names = ("latest", "before", "report", "standing", "variation")
    return html.Tr(
        [
            html.Td(row.serial, className="serial"),
            html.Th(name, scope="row", className="title"),
            _cell("", line, "spark"),
            *(
                _cell(heading, content, place)
                for heading, content, place in zip(headings, cells, names, strict=True)
            ),
        ],
        id=f"row-{row.id.replace('.', '-')}",
    )


def _group(group: Group, headings: tuple[str, ...]) -> Any:
    heading = html.Tr(
        html.Th(
            [html.H2(group.title), html.Span(group.question)],
            colSpan=str(_COLUMNS),
            scope="rowgroup",
            className="group",
        )
    )
    return html.Tbody([heading, *(_row(row, headings) for row in group.rows)], id=group.id)


def layout(view: Overview) -> list[Any]:
    """The page of `view`."""
    if view.empty:
        return [html.H1(view.headline), html.P(view.empty, className="lede")]
    sentences: list[Any] = []
    for sentence in view.sentences:
        sentences += [*bold(sentence.text, sentence.strong), " "]
    headings = ("Latest", "On a year before", view.last_report, "Against the target",
                "Beyond usual variation?")  # fmt: skip
    shown = ("", "Measure", view.spark_heading, *headings)
    head = html.Tr([html.Th(text, scope="col") if text else html.Td() for text in shown])
    return [
        html.H1(view.headline),
        html.P(sentences, className="lede"),
        *(html.P(note, className="quiet note") for note in view.notes),
        html.Table(
            [
                html.Caption(
                    "Appendix 1: the latest figure of each row, and what it is compared with",
                    className="for-readers",
                ),
                html.Thead(head),
                *(_group(group, headings) for group in view.groups),
            ],
            className="appendix",
        ),
    ]
