"""Ready means that an event could be taken in, not only that somebody answers."""

from collections.abc import AsyncIterator

import pytest

from hotline.infra import inbox
from hotline.infra.db import Database
from hotline.infra.health import Health

# How the server ends up like this differs; what the service meets is the same.
READ_ONLY = "-c default_transaction_read_only=on"
NO_TABLES = "-c search_path=nowhere"


@pytest.fixture
async def limited(db: Database, request: pytest.FixtureRequest) -> AsyncIterator[Database]:
    options = request.param.replace(" ", "%20").replace("=", "%3D")
    made = Database(f"{db.url}{'&' if '?' in db.url else '?'}options={options}")
    yield made
    await made.close()


async def asked(db: Database) -> dict[str, object]:
    health = Health()
    health.add("postgresql", lambda: inbox.probe(db))
    state: dict[str, object] = (await health.ready())[1]["parts"]["postgresql"]
    return state


async def test_a_database_that_takes_rows_is_well_and_keeps_none_of_the_probe(
    db: Database,
) -> None:
    assert (await asked(db))["ok"]

    async with db.reads() as uow:
        assert await uow.fetchval("select count(*) from inbox") == 0


@pytest.mark.parametrize(
    ("limited", "why"),
    [
        (READ_ONLY, "ReadOnlySQLTransactionError"),
        (NO_TABLES, "UndefinedTableError"),
    ],
    indirect=["limited"],
)
async def test_a_database_that_takes_no_rows_is_down_and_says_why(
    limited: Database, why: str
) -> None:
    await limited.ping()

    assert await asked(limited) == {"ok": False, "needed": True, "why": why}
