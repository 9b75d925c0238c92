"""The printed number that a paragraph stands under."""

from __future__ import annotations

import pytest

from etl.readers import prose


def numbers(text: str) -> dict[str, str]:
    lines = list(enumerate(text.splitlines(), 1))
    return {cell.text: cell.place.paragraph for cell in prose.paragraphs(lines)}


def test_a_number_is_carried_over_the_bullets_that_follow() -> None:
    found = numbers("2.3 The summary:\n\n• one\n\n• two\n\n2.4 The next.\n")
    assert found == {"The summary:": "2.3", "• one": "2.3", "• two": "2.3", "The next.": "2.4"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2.3\n\nBefore.\n\n2.4\n\n2.5\n\n2.6\n\nAfter.\n", "2.3 to 2.6"),
        ("1.5\n\nBefore.\n\n2.1\n\n2.2\n\nAfter.\n", "2.1 to 2.2"),
        ("2.1\n\n2.2\n\nAfter.\n", "2.1 to 2.2"),
    ],
)
def test_numbers_stacked_apart_from_their_text_say_no_more_than_is_certain(
    text: str, said: str
) -> None:
    assert numbers(text)["After."] == said
