"""The report pack into a folder, once all of it is made: pictures, captions, Word, workbook,
briefing."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dashboard.reports import briefing, captions, pictures, word, word_template, workbook
from dashboard.reports.png import PictureError
from dashboard.reports.report import Planned, Report, build
from dashboard.web import site_address
from etl import atomic_write, temporary
from etl.model import UserError
from etl.record import Record

log = logging.getLogger(__name__)

_DOCUMENTS = ("captions.csv", "report.docx", "appendix-1.xlsx", "briefing.html")
# Of the files that are there already, so many are named.
_NAMED = 3


@dataclass(frozen=True)
class Failure:
    """A picture that could not be made, by its file's name, and why in a few words."""

    name: str
    reason: str


@dataclass(frozen=True)
class Written:
    """What was written, and what could not be.

    `trouble` says why the council's template was not used, or is empty; `without` are the
    measures that were asked for and have no figure to draw.
    """

    folder: Path
    files: tuple[Path, ...]
    failures: tuple[Failure, ...] = ()
    trouble: str = ""
    without: tuple[str, ...] = ()


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
    done: Callable[[str], None] = lambda stem: None,
) -> Written:
    """Writes the pack of `record` into `folder`, which is made if need be.

    `begun` is told how many pictures there will be, `done` the name of each as it ends. A
    picture that fails is named, and all the rest is made. Other files of the folder stay; where
    one of the pack's own names is taken and `replace` does not allow to write over it, UserError
    is raised. So it is for an unknown measure or where nothing is held; nothing is written then.
    """
    report, site = build(record, measures), site_address.site_url()
    own, unread = _template(template)
    endings = ("png", "svg") if svg else ("png",)
    names = [f"{planned.stem}.{ending}" for planned in report.pictures for ending in endings]
    if not replace:
        _refuse_existing(folder, (*_DOCUMENTS, *names))
    folder.mkdir(parents=True, exist_ok=True)
    with temporary.beside(folder / "pack") as made_in:
        begun(len(report.pictures))
        drawings, failures = {}, list[Failure]()
        for planned, drawn in _drawn(report, size, site):
            if isinstance(drawn, Failure):
                failures.append(drawn)
            else:
                drawings[planned.stem], png = drawn
                (made_in / f"{planned.stem}.png").write_bytes(png)
                if svg:
                    (made_in / f"{planned.stem}.svg").write_bytes(drawn[0].encode())
            done(planned.stem)
        trouble = write_documents(report, record, made_in, drawings, own) or unread
        made = [name for name in (*names, *_DOCUMENTS) if (made_in / name).exists()]
        for name in made:
            atomic_write.write(folder / name, (made_in / name).read_bytes(), replace=replace)
    written = tuple(folder / name for name in made)
    for name in names:  # what could not be drawn does not stay as an earlier pack had it
        if replace and folder / name not in written:
            (folder / name).unlink(missing_ok=True)
    held = {one.view.measure for one in report.pictures}
    without = tuple(name for name in dict.fromkeys(measures) if name not in held)
    return Written(folder, written, tuple(failures), trouble, without)


def _template(path: Path | None) -> tuple[word_template.Template | None, str]:
    """A council's template, or why the built-in one is used; UserError where there is no file."""
    if path is None:
        return None, ""
    if not path.is_file():
        raise UserError(f"{path}: there is no such file")
    try:
        return word_template.read(path), ""
    except UserError as error:
        why = error.in_full.removeprefix(f"{path}: ")
        return None, word.instead(str(path), f"It is {why}" if why.startswith("not ") else why)


def _drawn(
    report: Report, size: str, site: str
) -> Iterator[tuple[Planned, tuple[str, bytes] | Failure]]:
    """Each picture as SVG and PNG, or why it could not be made."""
    for planned in report.pictures:
        try:
            svg = pictures.drawing(planned.view.chart, size, site)
            yield planned, (svg, pictures.rendered(svg, size))
        except Exception as error:  # one picture's fault, ours included, costs no other
            if not isinstance(error, PictureError):
                log.exception("%s could not be drawn", planned.stem)
            reason = " ".join(str(error).split())[:200] or type(error).__name__
            yield planned, Failure(f"{planned.stem}.png", reason)


def _refuse_existing(folder: Path, names: Iterable[str]) -> None:
    taken = [name for name in names if os.path.lexists(folder / name)]
    if taken:
        more = f" and {len(taken) - _NAMED} more" if len(taken) > _NAMED else ""
        are = "is" if len(taken) == 1 else "are"
        raise UserError(
            f"{folder}: {', '.join(taken[:_NAMED])}{more} {are} there already; --force replaces "
            f"{'it' if len(taken) == 1 else 'them'}, another folder keeps both"
        )


def write_documents(
    report: Report,
    record: Record,
    folder: Path,
    drawings: Mapping[str, str],
    template: word_template.Template | None = None,
) -> str:
    """Writes all but the pictures, whose PNGs are in `folder` and whose SVGs are `drawings`.

    Says why a council's template was not used, or nothing.
    """
    captions_file, word_file, workbook_file, briefing_file = (folder / n for n in _DOCUMENTS)
    shown = [planned for planned in report.pictures if planned.stem in drawings]
    captions.write(shown, "png", captions_file)
    trouble = word.write(report, {s: folder / f"{s}.png" for s in drawings}, word_file, template)
    workbook.write(report, record, workbook_file)
    briefing.write(report, drawings, briefing_file)
    return trouble
