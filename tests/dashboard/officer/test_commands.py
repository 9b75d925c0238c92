"""add-officer, backup and restore from the command line, in the same history."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from dashboard.__main__ import main
from dashboard.officer import command, passwords
from dashboard.officer.history_pages import told
from etl.council_store import open_store
from tests.dashboard.officer.signed_in import PASSWORD
from tests.etl.made_up import figure, release

Run = Callable[..., tuple[int, str, str]]


class Keyboard(io.StringIO):
    """Standard input, with somebody at it or not."""

    def isatty(self) -> bool:
        return False


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """`python -m dashboard ...` on a store of its own: exit code, output, errors."""
    monkeypatch.setenv("SEND_DATABASE_URL", f"sqlite:///{tmp_path / 'send.db'}")
    monkeypatch.setenv("SEND_SEED", "0")
    monkeypatch.setattr("getpass.getuser", lambda: "sam")

    def call(*arguments: object, password: str = "", typed: str = "") -> tuple[int, str, str]:
        monkeypatch.setenv("SEND_OFFICER_PASSWORD", password)
        monkeypatch.setattr("sys.stdin", Keyboard(typed))
        code = main([str(a) for a in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def test_an_officer_is_added_once_with_roles(run: Run) -> None:
    assert run("add-officer", "Anna", "--editor", password=PASSWORD)[0] == 0
    assert run("add-officer", "ben", typed=f"{PASSWORD}\n")[0] == 0
    accounts = open_store(seed=False).accounts
    anna, ben = accounts.get("anna"), accounts.get("ben")
    assert anna is not None
    assert ben is not None
    assert (anna.editor, anna.publisher, ben.editor, ben.publisher) == (True, False, True, True)
    assert passwords.matches(ben.password_hash, PASSWORD)
    code, _, said = run("add-officer", "anna", password=PASSWORD)
    assert (code, "already an account anna" in said) == (2, True)
    acts = open_store(seed=False).history.all()
    assert [(a.who, a.what) for a in acts] == [("cli:sam", "account added")] * 2
    assert PASSWORD not in str(acts)


@pytest.mark.parametrize(
    ("name", "password", "code", "says"),
    [
        ("anna", "short", 1, "at least 12 characters"),
        ("anna", "anna likes walking", 1, "must not hold your name"),
        ("<b>", PASSWORD, 2, "A name has letters"),
        ("x" * 90, PASSWORD, 2, "at most 80"),
    ],
)
def test_what_will_not_do_is_said(run: Run, name: str, password: str, code: int, says: str) -> None:
    found, _, said = run("add-officer", name, password=password)
    assert (found, says in said) == (code, True)
    assert not open_store(seed=False).accounts.any()


def test_the_password_is_typed_twice_alike(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Keyboard, "isatty", lambda _: True)
    for second, code in ((PASSWORD + "!", 1), (PASSWORD, 0)):
        typed = iter([PASSWORD, second])
        monkeypatch.setattr(command.getpass, "getpass", lambda _, typed=typed: next(typed))
        found, _, said = run("add-officer", "anna")
        assert (found, "The two passwords differ" in said) == (code, code == 1)


def test_an_account_is_changed_and_disabled(run: Run) -> None:
    run("add-officer", "anna", "--editor", password=PASSWORD)
    assert run("add-officer", "anna", "--change", "--publisher", password=PASSWORD + "!")[0] == 0
    accounts = open_store(seed=False).accounts
    anna = accounts.get("anna")
    assert anna is not None
    assert (anna.editor, anna.publisher) == (False, True)
    assert passwords.matches(anna.password_hash, PASSWORD + "!")
    assert run("add-officer", "anna", "--disable")[0] == 0
    anna = accounts.get("anna")
    assert anna is not None
    assert anna.disabled


def test_a_backup_comes_back(run: Run, tmp_path: Path) -> None:
    store = open_store(seed=False)
    store.publish([release(figure("521"))], "test")
    file = tmp_path / "kept.db"
    assert run("backup", file)[0] == 0
    assert run("backup", file)[0] == 2  # never over another without being told
    store.publish([release(figure("522", when="2021-08"))], "test")
    code, _, said = run("restore", file)
    assert (code, "Nothing was changed" in said) == (1, True)
    assert len(store.releases()) == 2
    assert run("restore", file, "--yes")[0] == 0
    assert [r.number for r in store.releases()] == [1]
    acts = [(a.who, a.what) for a in store.history.all()]
    assert acts == [("cli:sam", "restore"), ("cli:sam", "backup"), ("test", "publish")]


def test_a_restore_says_first_what_it_undoes(run: Run, tmp_path: Path) -> None:
    run("add-officer", "anna", password=PASSWORD)
    store = open_store(seed=False)
    store.publish([release(figure("521"))], "test")
    store.files.keep("names.csv", b"names")
    file = tmp_path / "kept.db"
    run("backup", file)
    store.publish([release(figure("522", when="2021-08"))], "test", reason="late")
    store.withdraw(1, "kim", "the wrong file")
    store.files.purge(sha256(b"names").hexdigest(), "kim", "names in it")
    run("add-officer", "anna", "--disable")
    run("add-officer", "cara", password=PASSWORD)
    lines = [
        "Lost: 5 acts that the backup does not hold",
        "  test  publish of release 2: Pack of 2021-09-17; late",
        "  kim  withdraw of release 1: the wrong file",
        "  cli:sam  account added: cara",
        "Public again, though taken back since the backup: release 1",
        "Stay purged: names.csv",
        "Accounts that stay disabled: anna",
        "Accounts that keep the password and roles they have now: anna",
        "Accounts that the backup does not know, and that are gone: cara",
        "Every session ends; what sessions are signed with is new.",
    ]
    held = store.history.all()
    for given, code in (((), 1), (("--yes",), 0)):
        found, out, _ = run("restore", file, *given)
        plain = re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ  ", "", out)
        assert found == code
        assert [line for line in lines if line not in plain] == [], plain
        assert code == 0 or store.history.all() == held
    (act, *_) = store.history.all()
    said = told(act)
    assert "Lost: 5 acts" in said
    assert "kim  withdraw of release 1: the wrong file" in said


def test_a_database_is_not_restored_from_itself(run: Run, tmp_path: Path) -> None:
    open_store(seed=False).publish([release(figure("521"))], "test")
    code, _, said = run("restore", tmp_path / "send.db", "--yes")
    assert (code, "is the database itself; nothing was changed" in said) == (2, True)


def test_what_is_no_backup_changes_nothing(run: Run, tmp_path: Path) -> None:
    store = open_store(seed=False)
    store.publish([release(figure("521"))], "test")
    file = tmp_path / "broken.db"
    file.write_bytes(b"no database at all" * 100)
    code, _, said = run("restore", file, "--yes")
    assert (code, "nothing was changed" in said) == (2, True)
    assert run("restore", tmp_path / "none.db", "--yes")[0] == 2
    assert len(store.releases()) == 1
