"""Officers' accounts: their password hashes and roles.

Hashing (argon2) and password rules are the officer pages' affair: this keeps the hash.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, select

from etl.store import history, schema
from etl.store.engine import StoreError, now, reading, writing


@dataclass(frozen=True)
class Account:
    """An officer. `epoch` goes up when a password or role changes: older sessions end."""

    name: str
    password_hash: str
    editor: bool
    publisher: bool
    disabled: bool
    epoch: int
    last_sign_in_at: str
    created_at: str


class Accounts:
    """The accounts of a store. Names are told apart without regard to capitals."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def any(self) -> bool:
        """Whether there is an account at all: without one the officer pages do not exist."""
        with reading(self._engine) as connection:
            return connection.execute(select(schema.accounts.c.name).limit(1)).first() is not None

    def get(self, name: str) -> Account | None:
        """An account by its name, disabled ones included."""
        with reading(self._engine) as connection:
            row = connection.execute(
                select(schema.accounts).where(schema.accounts.c.name == _plain(name))
            ).first()
        return Account(**row._mapping) if row else None

    def all(self) -> tuple[Account, ...]:
        """Every account, by name."""
        query = select(schema.accounts).order_by(schema.accounts.c.name)
        with reading(self._engine) as connection:
            return tuple(Account(**row._mapping) for row in connection.execute(query))

    def add(
        self, name: str, password_hash: str, *, editor: bool, publisher: bool, actor: str
    ) -> Account:
        """A new account; StoreError where the name is taken or it would have no role."""
        plain = _plain(name)
        if not plain:
            raise StoreError("An account needs a name")
        if not (editor or publisher):
            raise StoreError("An account needs a role: editor, publisher or both")
        with writing(self._engine) as connection:
            table = schema.accounts
            if connection.execute(select(table.c.name).where(table.c.name == plain)).first():
                raise StoreError(f"There is already an account {plain}")
            connection.execute(
                table.insert().values(
                    name=plain,
                    password_hash=password_hash,
                    editor=editor,
                    publisher=publisher,
                    disabled=False,
                    epoch=1,
                    created_at=now(),
                )
            )
            history.note(
                connection,
                actor,
                "account added",
                detail={"account": plain, "editor": editor, "publisher": publisher},
            )
        found = self.get(plain)
        assert found is not None, "an account just added is there"
        return found

    def change(
        self,
        name: str,
        *,
        actor: str,
        password_hash: str | None = None,
        editor: bool | None = None,
        publisher: bool | None = None,
        disabled: bool | None = None,
    ) -> None:
        """Change what is given; the account's running sessions end. StoreError if unknown."""
        given: dict[str, Any] = {
            "password_hash": password_hash,
            "editor": editor,
            "publisher": publisher,
            "disabled": disabled,
        }
        values = {name_: value for name_, value in given.items() if value is not None}
        told = {k: ("changed" if k == "password_hash" else v) for k, v in values.items()}
        table = schema.accounts
        with writing(self._engine) as connection:
            done = connection.execute(
                table.update()
                .where(table.c.name == _plain(name))
                .values(**values, epoch=table.c.epoch + 1)
            )
            if not done.rowcount:
                raise StoreError(f"There is no account {_plain(name)}")
            history.note(
                connection, actor, "account changed", detail={"account": _plain(name), **told}
            )

    def signed_in(self, name: str) -> None:
        """A sign-in that worked."""
        table = schema.accounts
        with writing(self._engine) as connection:
            connection.execute(
                table.update().where(table.c.name == _plain(name)).values(last_sign_in_at=now())
            )

    def signed_out(self, name: str) -> None:
        """A sign-out: every session of the account ends, copies of its cookie as well."""
        table = schema.accounts
        with writing(self._engine) as connection:
            connection.execute(
                table.update().where(table.c.name == _plain(name)).values(epoch=table.c.epoch + 1)
            )


def _plain(name: str) -> str:
    return name.strip().casefold()
