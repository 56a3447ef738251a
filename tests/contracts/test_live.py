"""Live events and heartbeats keep the same promises through Redis and inside one process."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

import pytest

from hotline.infra import notices, streams
from hotline.infra.db import Database
from hotline.infra.memory import MemoryLive
from hotline.infra.metrics import Metrics
from hotline.infra.notices import Notices
from hotline.infra.redis import RedisLink
from hotline.infra.streams import START, Batch, Live, LiveEvent, RedisLive
from hotline.infra.tasks import Tasks
from tests.cable import Cable


@dataclass
class Made:
    live: Live
    forget: Callable[[], Awaitable[object]]


@pytest.fixture(params=["redis", "memory"])
async def made(request: pytest.FixtureRequest, link: RedisLink, tasks: Tasks, db: Database) -> Made:
    if request.param == "memory":
        memory = MemoryLive()

        async def forget() -> None:
            memory.forget()

        return Made(memory, forget)
    live = RedisLive(link, Metrics(), Notices(db))
    tasks.keep("live.pump", live.pump)
    return Made(live, lambda: link.attempt(lambda redis: redis.flushall()))


def event(number: int, kind: str = "queue.item") -> LiveEvent:
    return LiveEvent(kind, "all", f"k{number}", {"n": number, "при": "вет"})


async def numbers(reading: AsyncIterator[Batch], count: int) -> list[int]:
    found: list[int] = []
    while len(found) < count:
        batch = await anext(reading)
        assert not batch.gap
        found += [one.body["n"] for one in batch.events]
    return found


@contextlib.asynccontextmanager
async def reading(live: Live, after: str) -> AsyncIterator[AsyncIterator[Batch]]:
    made = live.read(after)
    try:
        yield made
    finally:
        await made.aclose()  # type: ignore[attr-defined] # both are async generators


async def test_events_arrive_whole_and_in_order(made: Made) -> None:
    async with reading(made.live, await made.live.tail_id()) as read:
        await made.live.tell(event(1), event(2))
        await made.live.tell(event(3))

        first = await anext(read)
        assert first.events[0] == event(1)
        rest = [one.body["n"] for one in first.events[1:]]
        assert rest + await numbers(read, 2 - len(rest)) == [2, 3]


async def test_what_was_told_between_two_reads_is_read_again_from_the_id(made: Made) -> None:
    async with reading(made.live, await made.live.tail_id()) as read:
        await made.live.tell(event(1))
        last = (await anext(read)).last_id

    await made.live.tell(event(2), event(3))

    async with reading(made.live, last) as read:
        assert await numbers(read, 2) == [2, 3]


async def test_replayed_events_do_not_come_twice(made: Made) -> None:
    await made.live.tell(event(0))
    start = await made.live.tail_id()
    await made.live.tell(event(1))

    async with reading(made.live, start) as read:
        await made.live.tell(event(2))
        assert await numbers(read, 2) == [1, 2]
        await made.live.tell(event(3))
        assert await numbers(read, 1) == [3]


async def test_all_readers_get_everything(made: Made) -> None:
    start = await made.live.tail_id()
    async with reading(made.live, start) as one, reading(made.live, start) as two:
        await made.live.tell(event(1))

        assert await numbers(one, 1) == await numbers(two, 1) == [1]


async def test_from_the_very_beginning_there_is_no_gap(made: Made) -> None:
    assert await made.live.tail_id() == START
    await made.live.tell(event(1))

    async with reading(made.live, START) as read:
        assert await numbers(read, 1) == [1]


async def test_an_id_that_is_forgotten_means_a_gap(made: Made) -> None:
    await made.live.tell(event(1))
    last = await made.live.tail_id()
    await made.forget()

    async with reading(made.live, last) as read:
        assert (await anext(read)).gap


async def test_a_reader_that_is_far_behind_has_to_reload() -> None:
    reader = streams.Reader()
    told = [(f"{n}-0", event(n)) for n in range(1, streams.MAX_BEHIND + 2)]
    reader.give(told)

    assert await reader.take() == Batch((), told[-1][0], gap=True)

    reader.give([told[-1], ("99999-0", event(0))])
    assert await reader.take() == Batch((event(0),), "99999-0")


async def test_while_redis_is_away_events_still_reach_this_process(
    cable: Cable, link: RedisLink, tasks: Tasks, db: Database
) -> None:
    live = RedisLive(link, Metrics(), Notices(db))
    tasks.keep("live.pump", live.pump)
    async with reading(live, await live.tail_id()) as read:
        await live.tell(event(1))
        assert await numbers(read, 1) == [1]
        await cable.cut()

        await live.tell(event(2))

        assert await numbers(read, 1) == [2]
        assert link.away
        assert await live.tail_id() == ""


async def test_when_redis_is_back_readers_are_told_to_reload_and_go_on(
    cable: Cable, link: RedisLink, tasks: Tasks, db: Database
) -> None:
    live = RedisLive(link, Metrics(), Notices(db))
    tasks.keep("live.pump", live.pump)
    async with reading(live, await live.tail_id()) as read:
        await live.tell(event(1))
        assert await numbers(read, 1) == [1]
        await cable.cut()
        await live.tell(event(2))
        assert await numbers(read, 1) == [2]

        await cable.mend()
        assert (await anext(read)).gap
        await live.tell(event(3))

        assert await numbers(read, 1) == [3]


async def test_without_redis_from_the_start_a_process_hears_itself(
    cable: Cable, link: RedisLink, tasks: Tasks, db: Database
) -> None:
    await cable.cut()
    live = RedisLive(link, Metrics(), Notices(db))
    tasks.keep("live.pump", live.pump)

    async with reading(live, "") as read:
        await live.tell(event(1))

        assert await numbers(read, 1) == [1]


async def test_two_processes_hear_each_other(
    cable: Cable, link: RedisLink, tasks: Tasks, db: Database
) -> None:
    here = RedisLive(link, Metrics(), Notices(db))
    there = RedisLive(link, Metrics(), Notices(db))
    tasks.keep("live.pump", here.pump)

    async with reading(here, await here.tail_id()) as read:
        await there.tell(event(1))

        assert await numbers(read, 1) == [1]


LISTENING = "select count(*) from pg_stat_activity where query ilike 'listen%live%'"
CUT_OFF = LISTENING.replace("count(*)", "bool_and(pg_terminate_backend(pid))")


@pytest.fixture
async def two(cable: Cable, link: RedisLink, tasks: Tasks, db: Database) -> list[RedisLive]:
    """Two processes with desks, and a Redis that was there once."""
    made = [RedisLive(link, Metrics(), Notices(db)) for _ in range(2)]
    await cable.cut()
    for live in made:
        tasks.keep("live.pump", live.pump)
        tasks.keep("live.hear", live.hear)
    await listening(db, 2)
    return made


async def listening(db: Database, wanted: int) -> None:
    async with asyncio.timeout(20):
        while True:
            async with db.reads() as uow:
                if await uow.fetchval(LISTENING) == wanted:
                    return
            await asyncio.sleep(0.01)


async def test_while_redis_is_away_processes_hear_each_other_once(two: list[RedisLive]) -> None:
    here, there = two
    async with reading(here, "") as at_home, reading(there, "") as abroad:
        await here.tell(event(1), event(2))
        assert await numbers(abroad, 2) == [1, 2]

        await there.tell(event(3))

        # Were anything told twice, it would come before what was told after it.
        assert await numbers(at_home, 3) == [1, 2, 3]
        assert await numbers(abroad, 1) == [3]


async def test_an_event_that_fits_no_notice_makes_others_reload(two: list[RedisLive]) -> None:
    here, there = two
    async with reading(there, "") as abroad:
        await here.tell(LiveEvent("queue.item", "all", "long", {"n": "я" * notices.MAX_BYTES}))

        assert (await anext(abroad)).gap


async def test_desks_reload_when_nobody_listened_for_a_while(
    two: list[RedisLive], db: Database
) -> None:
    async with reading(two[0], "") as read:
        async with db.reads() as uow:
            await uow.fetchval(CUT_OFF)

        assert (await anext(read)).gap


async def test_without_redis_and_postgresql_a_process_hears_itself(
    cable: Cable, link: RedisLink, tasks: Tasks
) -> None:
    await cable.cut()
    nowhere = Database("postgresql://nobody@127.0.0.1:1/nothing")
    live = RedisLive(link, Metrics(), Notices(nowhere))
    tasks.keep("live.pump", live.pump)
    tasks.keep("live.hear", live.hear)
    async with reading(live, "") as read:
        await live.tell(event(1))

        assert await numbers(read, 1) == [1]
