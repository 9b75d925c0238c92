"""The words of a Word document's paragraphs and cells, as they would print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from etl.readers.unpack import Archive

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_HEADER_PART = re.compile(r"word/(?:header|footer)[0-9]*\.xml")
# What is not part of the text as printed: deleted or moved away, floating, or not text.
_LEFT_OUT = frozenset(
    (
        "del",
        "moveFrom",
        "delText",
        "instrText",
        "rPr",
        "pPr",
        "sdtPr",
        "sdtEndPr",
        "txbxContent",
        "pict",
        "object",
        "drawing",
        "commentReference",
        "footnoteReference",
        "endnoteReference",
    )
)


def tag_of(element: Element) -> str:
    """An element's name, where it is one of Word's own; else empty."""
    tag = element.tag
    for space in (_W, _STRICT):
        if tag.startswith(space):
            return tag[len(space) :]
    return ""


def child_of(element: Element, name: str) -> Element | None:
    """The first child of that name."""
    return next((part for part in element if tag_of(part) == name), None)


def value_of(element: Element | None, default: str = "") -> str:
    """The `w:val` of an element that is there, `default` where it has none."""
    if element is None:
        return ""
    return element.get(f"{_W}val", element.get(f"{_STRICT}val", default))


def _on(properties: Element | None, name: str) -> bool:
    """Whether a switch such as hidden or struck through is on."""
    switch = None if properties is None else child_of(properties, name)
    return switch is not None and value_of(switch, "1") not in ("0", "false", "off")


@dataclass
class Text:
    """Lines of text as they come, and what is uncertain of them."""

    lines: list[str] = field(default_factory=lambda: [""])
    problem: str = ""

    def add(self, text: str) -> None:
        self.lines[-1] += text


def collect(element: Element, text: Text, depth: int = 0) -> None:
    """Adds an element's words to `text`, without those of tables in it."""
    for part in element:
        tag = tag_of(part)
        if tag in _LEFT_OUT or tag == "tbl" or depth > 60:
            continue
        if tag == "t":
            text.add(part.text or "")
        elif tag in ("tab", "ptab"):
            text.add(" ")
        elif tag in ("br", "cr"):
            text.lines.append("")
        elif tag == "sym":
            text.problem = "it holds a symbol that cannot be read"
        elif tag == "noBreakHyphen":
            text.add("-")
        elif tag == "r":
            _collect_run(part, text, depth)
        else:
            if tag == "p" and text.lines[-1]:
                text.lines.append("")
            collect(part, text, depth + 1)


def _collect_run(run: Element, text: Text, depth: int) -> None:
    properties = child_of(run, "rPr")
    if _on(properties, "vanish"):
        return
    part = Text()
    collect(run, part, depth + 1)
    before, said = text.lines[-1].rstrip(), part.lines[0].strip()
    raised = properties is not None and value_of(child_of(properties, "vertAlign")) == "superscript"
    if raised and before[-1:].isdigit() and said[:1].isdigit():
        text.problem = "a raised digit may be a footnote's mark or part of the number"
    elif raised and before[-1:].isalpha() and said.isdigit():
        return  # a footnote's mark behind a word
    if said and (_on(properties, "strike") or _on(properties, "dstrike")):
        text.problem = "it is struck through"
    text.problem = text.problem or part.problem
    text.add(part.lines[0])
    text.lines += part.lines[1:]


def running(archive: Archive) -> Iterator[str]:
    """The paragraphs of the pages' headers and footers."""
    for entry in archive.entries:
        if not _HEADER_PART.fullmatch(entry):
            continue
        for part in archive.xml(entry).iter():
            if tag_of(part) == "p":
                text = Text()
                collect(part, text)
                yield from (" ".join(line.split()) for line in text.lines if line.strip())
