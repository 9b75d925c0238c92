"""What converters leave in text: tags, entities, emphasis, marks of footnotes."""

from __future__ import annotations

import html
import re

from etl.text import signs

# A raised mark is a footnote's, not a digit of the figure before it: 18.5<sup>1</sup> is 18.5.
_RAISED = re.compile(r"<su[pb]\b[^<>]*>(?!(?:st|nd|rd|th)\b)[^<>]{0,3}</su[pb]>", re.IGNORECASE)
_BREAK = re.compile(r"</?(?:br|p|div|li|ul|ol|td|th|tr)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_STRONG = re.compile(r"\*\*|__(?=\S)|(?<=\S)__")
_EMPHASIS = re.compile(r"(?<![\w*\\])\*(?=[^\s*])([^*]+?)(?<=[^\s*\\])\*(?![\w*])")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")  # any ASCII punctuation, as Markdown has it


def without_marks(text: str) -> str:
    """The text of a page without the raised marks of footnotes, tags kept."""
    return _RAISED.sub("", text)


def without_tags(text: str) -> str:
    """The text with tags and entities resolved and every space kept."""
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub(" ", _RAISED.sub("", text)))
    if "&" in text:
        text = html.unescape(html.unescape(text))
        if "<" in text:
            text = _TAG.sub("", text)
    return signs.visible(text)


def without_emphasis(text: str) -> str:
    """The text without Markdown's emphasis and escapes; a lone star stays."""
    if "*" in text or "_" in text:
        text = _EMPHASIS.sub(r"\1", _STRONG.sub("", text))
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


def cell(text: str) -> str:
    """A table's cell: tags and emphasis removed, quotes of a spreadsheet's export resolved."""
    text = " ".join(without_emphasis(without_tags(text)).split())
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = text[1:-1].replace('""', '"').strip()
    return text
