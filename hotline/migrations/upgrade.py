"""Brings the database to this version's shape: one process at a time, no long locks."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine

_FOLDER: Final = Path(__file__).parent
_LOCK: Final = 18900189


class WrongRevision(Exception):  # noqa: N818 - it says what is the case
    """The database has not the shape this version needs; the text says what to do."""


class TooNew(WrongRevision):
    """The database was made by a newer version; this one would not understand it."""


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, without a file; with the connection to use, if there is one."""
    made = Config()
    made.set_main_option("script_location", str(_FOLDER))
    made.attributes["connection"] = connection
    return made


def head() -> str:
    """The revision this version needs."""
    found = ScriptDirectory(str(_FOLDER)).get_current_head()
    assert found is not None  # noqa: S101 - the first revision is part of the package
    return found


async def upgrade(engine: AsyncEngine) -> str:
    """Migrate to the head and say which it is. Raises `TooNew`."""
    transactional = engine.execution_options(isolation_level="READ COMMITTED")
    async with transactional.begin() as conn:
        await conn.run_sync(_upgrade)
    return head()


async def current(engine: AsyncEngine) -> str | None:
    """The revision the database is at; None before the first."""
    async with engine.connect() as conn:
        return await conn.run_sync(
            lambda sync: MigrationContext.configure(sync).get_current_revision()
        )


async def check_revision(engine: AsyncEngine) -> None:
    """Raises `WrongRevision` unless the database is at this version's revision."""
    now = await current(engine)
    _refuse_newer(now)
    if now != head():
        was = f"at revision {now}" if now else "empty"
        message = f"the database is {was}, this version needs {head()}: run `hotline db migrate`"
        raise WrongRevision(message)


def _refuse_newer(now: str | None) -> None:
    known = {r.revision for r in ScriptDirectory(str(_FOLDER)).walk_revisions()}
    if now is not None and now not in known:
        message = (
            f"the database is at revision {now}, newer than this program knows: "
            "install the newer version"
        )
        raise TooNew(message)


def _upgrade(connection: Connection) -> None:
    # Two processes that start at once migrate once; nobody waits long behind a lock of ours.
    connection.execute(text("select pg_advisory_xact_lock(:n)"), {"n": _LOCK})
    connection.execute(text("set local lock_timeout = '5s'"))
    connection.execute(text("set local statement_timeout = '120s'"))
    _refuse_newer(MigrationContext.configure(connection).get_current_revision())
    command.upgrade(config(connection), "head")
