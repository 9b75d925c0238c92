"""The whole report pack into a folder: pictures, captions, Word, workbook, briefing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from dashboard import charts
from dashboard.exports import briefing, captions, pictures, word, word_template, workbook
from dashboard.exports.pictures import Failure, NoBrowser, Picture
from dashboard.exports.report import Planned, Report, build
from etl.record import Record


@dataclass(frozen=True)
class Made:
    """What was written, and what could not be.

    `trouble` says why there are no pictures at all; `without` are the measures that were
    asked for and have no figure to draw.
    """

    folder: Path
    files: tuple[Path, ...]
    failures: tuple[Failure, ...] = ()
    trouble: str = ""
    without: tuple[str, ...] = ()


def _planned(report: Report, folder: Path, size: str, svg: bool) -> tuple[Picture, ...]:
    shape = charts.SIZES[size]
    made = []
    for planned in report.pictures:
        figure = charts.figure(planned.view.chart, size)
        common = (figure, shape.width, shape.height, shape.scale)
        made.append(Picture(folder / f"{planned.stem}.png", *common))
        if svg:
            made.append(Picture(folder / f"{planned.stem}.svg", *common, format="svg"))
    return tuple(made)


def _drawn(report: Report, folder: Path, failures: Sequence[Failure]) -> dict[str, Path]:
    lost = {failure.path for failure in failures}
    files = {planned.stem: folder / f"{planned.stem}.png" for planned in report.pictures}
    return {stem: file for stem, file in files.items() if file not in lost and file.exists()}


def write(
    record: Record,
    folder: Path,
    measures: Sequence[str] = (),
    *,
    size: str = "half",
    svg: bool = False,
    template: Path | None = None,
    begun: Callable[[int], None] = lambda number: None,
    done: Callable[[Picture], None] = lambda picture: None,
) -> Made:
    """Writes the pack of `record` into `folder`, which is made if need be.

    `begun` is told how many pictures there will be, `done` each one as it ends. Without a
    browser everything that needs none is still made. Raises UserError for an unknown
    measure, a template that is no Word file, or where nothing is held; nothing is written
    then.
    """
    report = build(record, measures)
    word_template.opened(template)
    folder.mkdir(parents=True, exist_ok=True)
    wanted = _planned(report, folder, size, svg)
    for stale in wanted:
        stale.path.unlink(missing_ok=True)
    begun(len(wanted))
    trouble = ""
    failures: tuple[Failure, ...] = ()
    try:
        failures = pictures.draw(wanted, done)
    except NoBrowser as missing:
        trouble = str(missing)
    drawn = {} if trouble else _drawn(report, folder, failures)
    shown = [planned for planned in report.pictures if planned.stem in drawn]
    documents = write_documents(report, record, folder, drawn, shown, template)
    images = tuple(p.path for p in wanted if p.path.exists())
    held = {planned.view.measure for planned in report.pictures}
    without = tuple(name for name in dict.fromkeys(measures) if name not in held)
    return Made(folder, (*images, *documents), failures, trouble, without)


def write_documents(
    report: Report,
    record: Record,
    folder: Path,
    drawn: dict[str, Path],
    shown: Sequence[Planned],
    template: Path | None = None,
) -> tuple[Path, ...]:
    """Writes what needs no browser; `drawn` are the pictures there are, by their stem."""
    names = ("captions.csv", "report.docx", "appendix-1.xlsx", "briefing.html")
    captions_file, word_file, workbook_file, briefing_file = (folder / name for name in names)
    captions.write(shown, "png", captions_file)
    word.write(report, drawn, word_file, template)
    workbook.write(report, record, workbook_file)
    briefing.write(report, drawn, briefing_file)
    return captions_file, word_file, workbook_file, briefing_file
