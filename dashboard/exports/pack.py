"""The report pack into a folder, once all of it is made: pictures, captions, Word, workbook,
briefing."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from dashboard.exports import briefing, captions, pictures, word, word_template, workbook
from dashboard.exports.pictures import Failure, NoBrowser, Picture
from dashboard.exports.report import Planned, Report, build
from dashboard.plotted import charts
from etl import atomic_write, temporary
from etl.model import UserError
from etl.record import Record

_DOCUMENTS = ("captions.csv", "report.docx", "appendix-1.xlsx", "briefing.html")
# Of the files that are there already, so many are named.
_NAMED = 3


@dataclasses.dataclass(frozen=True)
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
    replace: bool = False,
    size: str = "half",
    svg: bool = False,
    template: Path | None = None,
    begun: Callable[[int], None] = lambda number: None,
    done: Callable[[Picture], None] = lambda picture: None,
) -> Made:
    """Writes the pack of `record` into `folder`, which is made if need be.

    `begun` is told how many pictures there will be, `done` each one as it ends. Without a
    browser everything that needs none is still made. Other files of the folder stay; where one
    of the pack's own names is taken and `replace` does not allow to write over it, UserError is
    raised. So it is for an unknown measure, a template that is no Word file, or where nothing
    is held; nothing is written then.
    """
    report = build(record, measures)
    word_template.opened(template)
    planned = _planned(report, folder, size, svg)
    if not replace:
        _refuse_existing(folder, (*_DOCUMENTS, *(picture.path.name for picture in planned)))
    folder.mkdir(parents=True, exist_ok=True)
    with temporary.beside(folder / "pack") as made_in:
        wanted = [dataclasses.replace(p, path=made_in / p.path.name) for p in planned]
        made = _made(record, report, wanted, made_in, template, begun, done)
        files = tuple(folder / file.name for file in made.files)
        for file in files:
            atomic_write.write(file, (made_in / file.name).read_bytes(), replace=replace)
    for picture in planned:  # what could not be drawn does not stay as an earlier pack had it
        if replace and picture.path not in files:
            picture.path.unlink(missing_ok=True)
    held = {one.view.measure for one in report.pictures}
    without = tuple(name for name in dict.fromkeys(measures) if name not in held)
    return Made(folder, files, made.failures, made.trouble, without)


def _refuse_existing(folder: Path, names: Iterable[str]) -> None:
    taken = [name for name in names if os.path.lexists(folder / name)]
    if taken:
        more = f" and {len(taken) - _NAMED} more" if len(taken) > _NAMED else ""
        are = "is" if len(taken) == 1 else "are"
        raise UserError(
            f"{folder}: {', '.join(taken[:_NAMED])}{more} {are} there already; --force replaces "
            f"{'it' if len(taken) == 1 else 'them'}, another folder keeps both"
        )


def _made(
    record: Record,
    report: Report,
    wanted: Sequence[Picture],
    folder: Path,
    template: Path | None,
    begun: Callable[[int], None],
    done: Callable[[Picture], None],
) -> Made:
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
    images = tuple(picture.path for picture in wanted if picture.path.exists())
    return Made(folder, (*images, *documents), failures, trouble)


def write_documents(
    report: Report,
    record: Record,
    folder: Path,
    drawn: dict[str, Path],
    shown: Sequence[Planned],
    template: Path | None = None,
) -> tuple[Path, ...]:
    """Writes what needs no browser; `drawn` are the pictures there are, by their stem."""
    captions_file, word_file, workbook_file, briefing_file = (folder / n for n in _DOCUMENTS)
    captions.write(shown, "png", captions_file)
    word.write(report, drawn, word_file, template)
    workbook.write(report, record, workbook_file)
    briefing.write(report, drawn, briefing_file)
    return captions_file, word_file, workbook_file, briefing_file
