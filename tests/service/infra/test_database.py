"""The unit of work on a real server: one statement or many, cancelled, refused, cut off."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest

from hotline.infra import inbox
from hotline.infra.db import Database, Taken
from hotline.kernel.errors import Unavailable

OPEN = "select count(*) from pg_stat_activity where application_name = 'unit-of-work'"
BUSY = f"{OPEN} and state <> 'idle'"
LOCKS = "select count(*) from pg_locks where relation = 'inbox'::regclass"


def another(db: Database) -> Database:
    """A second pool on the same database, whose connections the server can tell apart."""
    joint = "&" if "?" in db.url else "?"
    return Database(f"{db.url}{joint}application_name=unit-of-work", pool_size=2)


@pytest.fixture
async def named(db: Database) -> AsyncIterator[Database]:
    database = another(db)
    yield database
    await database.close()


async def count(db: Database, sql: str) -> int:
    async with db.reads() as uow:
        number: int = await uow.fetchval(sql)
        return number


async def until(db: Database, sql: str, wanted: int) -> None:
    """The server notices the end of a connection a moment after its client."""
    async with asyncio.timeout(10):
        while True:
            if await count(db, sql) == wanted:
                return
            await asyncio.sleep(0.01)


async def test_writes_and_events_of_a_block_are_one_statement_and_all_true(db: Database) -> None:
    async with db.uow() as uow:
        inbox.claim_with(uow, "p", "1", "<a/>")
        inbox.claim_with(uow, "p", "2", "<b/>")
        uow.enqueue("x", {"n": 1}, lane="one")
        uow.enqueue("x", {"n": 2}, lane="one")

    async with db.reads() as uow:
        jobs = await uow.fetch("select payload, xmin::text as by from job order by id")
        rows = await uow.fetch("select answer, xmin::text as by from inbox order by event_id")
    assert [job["payload"]["n"] for job in jobs] == [1, 2]
    assert [row["answer"] for row in rows] == ["<a/>", "<b/>"]
    assert len({row["by"] for row in [*jobs, *rows]}) == 1


async def test_a_block_that_finds_a_row_taken_leaves_nothing(db: Database) -> None:
    async def both() -> None:
        async with db.uow() as uow:
            inbox.claim_with(uow, "p", "new", "")
            uow.enqueue("x", {}, lane="one")
            inbox.claim_with(uow, "p", "old", "")

    async with db.uow() as uow:
        inbox.claim_with(uow, "p", "old", "")
    with pytest.raises(Taken):
        await both()

    assert await count(db, "select count(*) from inbox") == 1
    assert await count(db, "select count(*) from job") == 0


async def test_what_was_written_before_an_error_is_gone_with_it(db: Database) -> None:
    async def fails() -> None:
        async with db.uow() as uow:
            inbox.claim_with(uow, "p", "1", "")
            await uow.flush()
            await uow.execute("update inbox set answer = 'x'")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fails()

    assert await count(db, "select count(*) from inbox") == 0


async def test_a_look_before_the_transaction_holds_no_lock(db: Database) -> None:
    async with db.uow() as uow:
        await uow.glance("select 1 from inbox")
        assert (
            await count(db, "select count(*) from pg_locks where relation = 'inbox'::regclass") == 0
        )
        await uow.fetch("select 1 from inbox")
        assert (
            await count(db, "select count(*) from pg_locks where relation = 'inbox'::regclass") > 0
        )


async def test_whoever_is_cancelled_while_connecting_leaves_nothing_open(db: Database) -> None:
    for steps in range(60):
        named = another(db)
        opening = asyncio.get_running_loop().create_task(count(named, "select 1"))
        for _ in range(steps):
            await asyncio.sleep(0)
        opening.cancel()
        await asyncio.wait([opening])
        # Nor is a place in the pool lost: there are two, and both are had at once.
        async with asyncio.timeout(5), named.reads(), named.reads():
            pass
        await named.close()

    await until(db, OPEN, 0)


async def test_whoever_is_cancelled_in_a_statement_leaves_a_connection_in_order(
    db: Database, named: Database
) -> None:
    async def sleeps() -> None:
        async with named.uow() as uow:
            await uow.execute("insert into inbox (provider, event_id) values ('p', '1')")
            await uow.execute("select pg_sleep(30)")

    for _ in range(3):
        asleep = asyncio.get_running_loop().create_task(sleeps())
        await until(db, f"{BUSY} and query like '%pg_sleep%'", 1)
        asleep.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asleep

    await until(db, BUSY, 0)
    assert await count(named, "select count(*) from inbox") == 0
    assert await count(db, OPEN) == 1


async def test_a_server_that_cuts_us_off_is_away_once_and_then_back(
    db: Database, named: Database
) -> None:
    async def cut_off() -> None:
        async with named.uow() as uow:
            await uow.execute("select 1")
            await count(db, OPEN.replace("count(*)", "bool_and(pg_terminate_backend(pid))::int"))
            await uow.execute("select 1")

    await asyncio.gather(count(named, "select 1"), count(named, "select 1"))
    with pytest.raises(Unavailable):
        await cut_off()

    assert await asyncio.gather(*(count(named, "select 1") for _ in range(4))) == [1] * 4


async def test_a_server_that_is_not_there_is_away() -> None:
    nowhere = Database("postgresql://nobody@127.0.0.1:1/nothing")

    with pytest.raises(Unavailable):
        await nowhere.ping()


@pytest.mark.parametrize("state", ["53100", "53200", "57014", "40P01", "25006", "28P01", "3D000"])
async def test_what_the_server_cannot_do_now_is_to_be_repeated(named: Database, state: str) -> None:
    async def refused() -> None:
        async with named.uow() as uow:
            await uow.execute("insert into inbox (provider, event_id) values ('p', '1')")
            await uow.execute(f"do $$ begin raise exception using errcode = '{state}'; end $$")

    with pytest.raises(Unavailable):
        await refused()

    assert await count(named, "select count(*) from inbox") == 0


async def test_an_error_of_our_own_is_no_absence_of_the_server(named: Database) -> None:
    with pytest.raises(asyncpg.DivisionByZeroError):
        await count(named, "select 1 / 0")
