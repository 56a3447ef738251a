"""The cast, real servers and the guards that every test stands under."""

import asyncio
import gc
import inspect
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import hypothesis
import pytest
from alembic import command
from sqlalchemy import make_url

from hotline.infra.crypto import KeySet, Vault
from hotline.infra.db import Database
from hotline.infra.embedded import Embedded, Servers
from hotline.kernel.clock import SystemClock
from hotline.migrations.schema import DDL, metadata
from hotline.migrations.upgrade import config
from tests import guards, night

# The same examples every time, and no test that judges time: machines are shared and noisy.
hypothesis.settings.register_profile(
    "gate",
    deadline=None,
    derandomize=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("gate")


def pytest_collection_finish() -> None:
    """What is read in by now stays for good: no collector has to go through it again and again."""
    gc.collect()
    gc.freeze()


def pytest_addoption(parser: pytest.Parser) -> None:
    """What the gate leaves to the night."""
    parser.addoption("--nightly", action="store_true", help="run every dialect of the carrier")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Every coroutine of the guarded folders stands under the guard, around all its fixtures.

    What one dialect of the carrier shows already, the others show at night.
    """
    here = Path(__file__).parent
    if not config.getoption("nightly"):
        late = night.put_off(items, here)
        config.hook.pytest_deselected(items=late)
        items[:] = [item for item in items if item not in set(late)]
    for item in items:
        ours = item.path.relative_to(here).parts[0] in guards.GUARDED
        if ours and isinstance(item, pytest.Function) and inspect.iscoroutinefunction(item.obj):
            item.fixturenames.insert(0, "guarded")


@pytest.fixture
async def guarded() -> AsyncIterator[None]:
    """Nothing of ours blocks the event loop, and nothing that a test started outlives it."""
    before = guards.Before()
    with guards.no_blocking():
        yield
        await before.nothing_new_runs()


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    """PostgreSQL and Valkey of this test process."""
    with tempfile.TemporaryDirectory(prefix="h189t-") as folder:
        embedded = Embedded(Path(folder), fast=True)
        try:
            yield embedded.start()
        finally:
            embedded.stop()


@pytest.fixture(scope="session")
def schema(servers: Servers) -> str:
    """The migrated database's address; made once, emptied between tests."""

    async def make() -> None:
        database = Database(servers.database_url)
        async with database.engine.begin() as conn:
            await conn.run_sync(metadata.create_all)
            for statement in DDL:
                await conn.exec_driver_sql(statement)
            await conn.run_sync(lambda sync: command.stamp(config(sync), "head"))
        await database.close()

    asyncio.run(make())
    return servers.database_url


async def emptied(url: str) -> None:
    """Delete every row, children first; the audit record's guards are lifted for this moment."""
    connection = await asyncpg.connect(make_url(url).render_as_string(hide_password=False))
    try:
        guarded = [t.name for t in metadata.sorted_tables if t.name.startswith("audit_")]
        script = [f'alter table "{name}" disable trigger user' for name in guarded]
        script += [f'delete from "{t.name}"' for t in reversed(metadata.sorted_tables)]  # noqa: S608 - our own tables
        script += [f'alter table "{name}" enable trigger user' for name in guarded]
        await connection.execute(";".join(script))
    finally:
        await connection.close()


@pytest.fixture
async def db(schema: str) -> AsyncIterator[Database]:
    """An empty database with the whole schema. Every event is wanted: rows show what was told."""
    await emptied(schema)
    database = Database(schema, pool_size=8)
    yield database
    await database.close()


@pytest.fixture(scope="session")
def vault() -> Vault:
    """Keys of this run only."""
    return Vault(KeySet.fresh())


@pytest.fixture
def clock() -> SystemClock:
    """The machine's clock."""
    return SystemClock()
