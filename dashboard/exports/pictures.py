"""Figures -> picture files: one browser for the whole set, two pages drawing at a time."""

from __future__ import annotations

import asyncio
import hashlib
import io
import itertools
import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any, Literal

from etl import atomic_write
from etl.model import UserError

PAGES = 2
SECONDS_A_PICTURE = 60
DPI = 300
_LOT = re.compile(rb'id="defs-([0-9a-f]{6})"')
_TRACE = re.compile(rb"(?<= trace)[0-9a-f]{6}(?=[ \"])")


class NoBrowser(UserError):
    """No chromium, Chrome or Edge was found to draw with."""

    def __init__(self) -> None:
        super().__init__(
            "No pictures: no chromium, Chrome or Edge was found to draw them with.\n"
            "Install one (Debian: apt install chromium), or name it in BROWSER_PATH."
        )


@dataclass(frozen=True)
class Picture:
    """One picture to draw: the file, the figure as a dict, its size in CSS pixels.

    `scale` is device pixels per CSS pixel of a PNG; an SVG has no use for it.
    """

    path: Path
    figure: dict[str, Any]
    width: int
    height: int
    scale: float = 3.0
    format: Literal["png", "svg"] = "png"


@dataclass(frozen=True)
class Failure:
    """A picture that could not be drawn, and why in a few words."""

    path: Path
    reason: str


def _with_resolution(png: bytes) -> bytes:
    """The same picture with its resolution written in, so that Word sizes it for paper."""
    from PIL import Image

    kept = io.BytesIO()
    with Image.open(io.BytesIO(png)) as image:
        image.save(kept, format="PNG", dpi=(DPI, DPI))
    return kept.getvalue()


def _with_settled_names(svg: bytes) -> bytes:
    """The same picture with names made from what it shows: Plotly draws them by lot."""
    counted = itertools.count(1)
    svg = _TRACE.sub(lambda _: b"%06x" % next(counted), svg)
    found = _LOT.search(svg)
    if found is None:
        return svg
    names = re.compile(rb"(?<=[a-z-])" + found[1])
    settled = hashlib.sha256(names.sub(b"", svg)).hexdigest()[:6]
    return names.sub(settled.encode(), svg)


def _store(picture: Picture, content: bytes) -> None:
    """All or nothing: a picture that was cut off never stands under its final name."""
    settle = _with_resolution if picture.format == "png" else _with_settled_names
    atomic_write.write(picture.path, settle(content))


async def _draw_all(
    pictures: Sequence[Picture], done: Callable[[Picture], None], stopped: Event
) -> tuple[Failure, ...]:
    import kaleido
    from choreographer.errors import BrowserFailedError, ChromeNotFoundError

    failures: list[Failure] = []
    # kaleido counts the time that a picture waits for a free page, too: so let none wait.
    free = asyncio.Semaphore(PAGES)

    async def draw(browser: kaleido.Kaleido, picture: Picture) -> None:
        options = {
            "format": picture.format,
            "width": picture.width,
            "height": picture.height,
            "scale": picture.scale if picture.format == "png" else 1,
        }
        async with free:
            if stopped.is_set():
                return
            try:
                content = await browser.calc_fig(picture.figure, opts=options)
                _store(picture, content)
            except Exception as error:
                reason = " ".join(str(error).split())[:200] or type(error).__name__
                failures.append(Failure(picture.path, reason))
            finally:
                done(picture)

    try:
        async with kaleido.Kaleido(
            n=min(PAGES, len(pictures)), timeout=SECONDS_A_PICTURE, mathjax=False
        ) as browser:
            await asyncio.gather(*(draw(browser, picture) for picture in pictures))
    except (ChromeNotFoundError, BrowserFailedError, FileNotFoundError):
        raise NoBrowser() from None
    return tuple(failures)


def draw(
    pictures: Sequence[Picture], done: Callable[[Picture], None] = lambda picture: None
) -> tuple[Failure, ...]:
    """Draws every picture into its file; the folders must be there.

    `done` is called after each. Gives the pictures that failed; the others are there.
    Raises NoBrowser when there is nothing to draw with. Equal figures give equal bytes.
    """
    if not pictures:
        return ()
    stopped = Event()
    # In a thread of its own: the caller's may be running an event loop already.
    with ThreadPoolExecutor(max_workers=1) as thread:
        try:
            return thread.submit(lambda: asyncio.run(_draw_all(pictures, done, stopped))).result()
        finally:
            stopped.set()  # stopped by the keyboard: what is being drawn ends, no more is begun
