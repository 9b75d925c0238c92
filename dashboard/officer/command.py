"""python -m dashboard add-officer NAME: an account for the officers' pages, or a change to one."""

from __future__ import annotations

import getpass
import os
import re
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from dashboard.officer import passwords
from etl import council_option
from etl.commands import actor
from etl.council_store import open_store
from etl.model import UserError
from etl.store import Store

_NAME = re.compile(r"[\w][\w.@ '-]{0,79}")


def _parser() -> ArgumentParser:
    command = ArgumentParser(
        prog="python -m dashboard add-officer",
        description="Makes an account for the officers' pages; asks for the password twice.",
        epilog="For scripts the password may come in SEND_OFFICER_PASSWORD or on standard input. "
        "Without a role named, the officer holds both.",
    )
    command.add_argument("name", metavar="NAME")
    command.add_argument("--editor", action="store_true", help="prepares figures")
    command.add_argument("--publisher", action="store_true", help="publishes and takes back")
    command.add_argument(
        "--change", action="store_true", help="a new password, and roles if named, for an account"
    )
    command.add_argument(
        "--disable", action="store_true", help="end an account's sessions and let it in no more"
    )
    return council_option.add(command)


def run(arguments: Sequence[str]) -> int:
    """`arguments` begin with the command's name. 0 done, 1 a password that will not do, 2 not
    possible."""
    given = _parser().parse_args(list(arguments[1:]))
    try:
        if not _NAME.fullmatch(given.name.strip()):
            raise UserError("A name has letters, digits, spaces and . @ ' - only, at most 80")
        return _add(open_store(seed=False), given)
    except UserError as error:
        print(error.in_full, file=sys.stderr)
        return 2
    except (KeyboardInterrupt, EOFError):
        print("Stopped; nothing was changed", file=sys.stderr)
        return 130


def _add(store: Store, given: Namespace) -> int:
    known = store.accounts.get(given.name)
    if given.disable:
        store.accounts.change(given.name, actor=actor(), disabled=True)
        print(f"{given.name} is disabled")
        return 0
    if known and not given.change:
        raise UserError(f"There is already an account {known.name}; --change changes it")
    if given.change and not known:
        raise UserError(f"There is no account {given.name}")
    password = _asked(given.name)
    if password is None:
        print("The two passwords differ; nothing was changed", file=sys.stderr)
        return 1
    faults = passwords.faults(given.name, password)
    if faults:
        print("This password will not do:", *faults, sep="\n  ", file=sys.stderr)
        return 1
    roles = {"editor": given.editor, "publisher": given.publisher}
    named = any(roles.values())
    if known:
        changed = roles if named else {}
        store.accounts.change(
            given.name,
            actor=actor(),
            password_hash=passwords.hashed(password),
            disabled=False,
            **changed,
        )
    else:
        both = roles if named else {"editor": True, "publisher": True}
        store.accounts.add(
            given.name,
            passwords.hashed(password),
            actor=actor(),
            editor=both["editor"],
            publisher=both["publisher"],
        )
    held = store.accounts.get(given.name)
    assert held is not None, "an account just written is there"
    roles_held = " and ".join(r for r in ("editor", "publisher") if getattr(held, r))
    print(f"{held.name}: {roles_held}. Sign in at /officer/")
    return 0


def _asked(name: str) -> str | None:
    """The password: from the environment, standard input, or typed twice; None if they differ."""
    if held := os.environ.get("SEND_OFFICER_PASSWORD"):
        return held
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass(f"Password for {name}: ")
    return first if getpass.getpass("The same again: ") == first else None
