"""The tables, once, for SQLite and PostgreSQL alike.

Dates are ISO text and times ISO text in UTC (`2026-11-22T21:46:00Z`), so that both
databases sort and compare them the same way; numbers keep their digits as text.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from etl import tidy

metadata = MetaData()

migrations = Table(
    "migrations",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("applied_at", Text, nullable=False),
)

# One row. `counter` goes up with every change of what is published; `seed_digest`
# names the state of the data folder that was last loaded.
state = Table(
    "state",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("store_id", Text, nullable=False),
    Column("counter", Integer, nullable=False),
    Column("seed_digest", Text, nullable=False, server_default=""),
    # What sessions are signed with: the same for every worker, never given out.
    Column("secret", Text, nullable=False, server_default=""),
    # Purges whose content may still be on the disk; 0 once nothing of it is (see erasing).
    Column("purges_pending", Integer, nullable=False, server_default="0"),
    # Whose store it is, by the authority's ONS code; empty until it is first opened for one.
    Column("authority", Text, nullable=False, server_default=""),
)

files = Table(
    "files",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary),
    Column("kept_at", Text, nullable=False),
    Column("purged_at", Text, nullable=False, server_default=""),
    Column("purged_by", Text, nullable=False, server_default=""),
    Column("purge_reason", Text, nullable=False, server_default=""),
)

# A file under a hold (an information request, say) is not purged until each hold is lifted.
holds = Table(
    "holds",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", ForeignKey("files.sha256"), nullable=False, index=True),
    Column("reason", Text, nullable=False),
    Column("placed_by", Text, nullable=False),
    Column("placed_at", Text, nullable=False),
    Column("lifted_by", Text, nullable=False, server_default=""),
    Column("lifted_at", Text, nullable=False, server_default=""),
    Column("lift_reason", Text, nullable=False, server_default=""),
    sqlite_autoincrement=True,
)

releases = Table(
    "releases",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("published", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("sha256", Text, nullable=False, server_default=""),
    Column("visible_from", Text, nullable=False, server_default=""),
    Column("withdrawn", Boolean, nullable=False, server_default="0"),
    Column("seed", Text, nullable=False, server_default=""),
    Column("actor", Text, nullable=False),
    Column("recorded_at", Text, nullable=False),
    sqlite_autoincrement=True,
)

# The columns of the tidy table that are NULL where there is nothing; `unit` in old stores alone.
_NULLABLE = ("value", "unit", "sample_size")


def _figure_column(column: tidy.Column) -> Column[Any]:
    """A column of the tidy table as the database has it. A new one needs a migration."""
    kind = Integer if column.type == "integer" else Text
    return Column(column.name, kind, nullable=column.name in _NULLABLE)


observations = Table(
    "observations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("release", ForeignKey("releases.number"), nullable=False),
    *map(_figure_column, tidy.FIELDS),
    UniqueConstraint(
        "release",
        "authority",
        "measure",
        "cohort",
        "span",
        "period_start",
        "period_end",
        "table",
        name="one_figure_a_table_and_release",
    ),
)

# A statement or a finding of a release, as JSON: read whole, never searched by column.
remarks = Table(
    "remarks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("release", ForeignKey("releases.number"), nullable=False, index=True),
    Column("kind", Text, nullable=False),  # statement, finding
    Column("body", Text, nullable=False),
)

# A target, event, answer or explanation. The newest of one key counts; one from a file
# under data/ has no release; an officer's comes and goes with its release.
declarations = Table(
    "declarations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),  # target, event, answer, explanation
    Column("key", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("release", ForeignKey("releases.number")),
    Column("hidden", Boolean, nullable=False, server_default="0"),
    Column("actor", Text, nullable=False),
    Column("recorded_at", Text, nullable=False),
)

# What of the data folder has been loaded: a name and the digest it had.
seeds = Table(
    "seeds",
    metadata,
    Column("key", Text, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("loaded_at", Text, nullable=False),
)

# Append-only: triggers refuse UPDATE and DELETE (see TRIGGERS).
history = Table(
    "history",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("release", Integer),
    Column("sha256", Text, nullable=False, server_default=""),
    Column("reason", Text, nullable=False, server_default=""),
    Column("detail", Text, nullable=False, server_default=""),
    sqlite_autoincrement=True,
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("contents", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("based_on", Text, nullable=False),
    Column("state", Text, nullable=False),  # open, published, discarded
    Column("created_at", Text, nullable=False),
    Column("updated_at", Text, nullable=False),
    sqlite_autoincrement=True,
)

draft_files = Table(
    "draft_files",
    metadata,
    Column("draft", ForeignKey("drafts.id"), primary_key=True),
    Column("sha256", ForeignKey("files.sha256"), primary_key=True),
    Column("name", Text, nullable=False),
)

accounts = Table(
    "accounts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("password_hash", Text, nullable=False),
    Column("editor", Boolean, nullable=False),
    Column("publisher", Boolean, nullable=False),
    Column("disabled", Boolean, nullable=False, server_default="0"),
    # Goes up when a password or a role changes: sessions of an older epoch have ended.
    Column("epoch", Integer, nullable=False, server_default="1"),
    Column("last_sign_in_at", Text, nullable=False, server_default=""),
    Column("created_at", Text, nullable=False),
)

# Failed sign-ins, for every worker alike. The key is a digest: of an account's name and the
# address it was tried from, or of the name alone (all addresses); times in seconds since 1970.
sign_ins = Table(
    "sign_ins",
    metadata,
    Column("key", Text, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", Float(53), nullable=False, index=True),
)

Index("observations_release", observations.c.release)
Index("history_release", history.c.release)

TRIGGERS: dict[str, tuple[str, ...]] = {
    "sqlite": tuple(
        f"CREATE TRIGGER IF NOT EXISTS history_no_{act.lower()} BEFORE {act} ON history "
        "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END"
        for act in ("UPDATE", "DELETE")
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION history_is_append_only() RETURNS trigger AS $$ "
        "BEGIN RAISE EXCEPTION 'history is append-only'; END $$ LANGUAGE plpgsql",
        "CREATE OR REPLACE TRIGGER history_no_change BEFORE UPDATE OR DELETE ON history "
        "FOR EACH ROW EXECUTE FUNCTION history_is_append_only()",
        "CREATE OR REPLACE TRIGGER history_no_truncate BEFORE TRUNCATE ON history "
        "FOR EACH STATEMENT EXECUTE FUNCTION history_is_append_only()",
    ),
}

DROP_TRIGGERS: dict[str, tuple[str, ...]] = {
    "sqlite": (
        "DROP TRIGGER IF EXISTS history_no_update",
        "DROP TRIGGER IF EXISTS history_no_delete",
    ),
    "postgresql": (
        "DROP TRIGGER IF EXISTS history_no_change ON history",
        "DROP TRIGGER IF EXISTS history_no_truncate ON history",
    ),
}

# PostgreSQL samples values for its planner: what a file holds is kept nowhere but in its row.
UNSAMPLED = "ALTER TABLE files ALTER COLUMN content SET STATISTICS 0"
