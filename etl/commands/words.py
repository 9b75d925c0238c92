"""python -m etl words, unsay, say-again."""

from __future__ import annotations

from argparse import Namespace

from etl.commands import actor
from etl.council_store import open_store
from etl.draft import naming


def words(_: Namespace) -> int:
    """List officers' words beside figures."""
    store = open_store()
    for word in store.words():
        state = "taken back" if word.hidden else "replaced" if word.replaced else ""
        said = naming.said(store.registry, word.said)
        print(f"{word.id:>4}  {word.kind:<11}  {state:<10}  release {word.release}  {said}")
    return 0


def unsay(given: Namespace) -> int:
    """Take one word back; its release stays."""
    word = open_store().take_back_word(given.word, actor(), given.reason)
    print(f"The {word.kind} {word.id} is taken back")
    return 0


def say_again(given: Namespace) -> int:
    """Show a word again that was taken back."""
    word = open_store().say_word_again(given.word, actor(), given.reason)
    print(f"The {word.kind} {word.id} is said again")
    return 0
