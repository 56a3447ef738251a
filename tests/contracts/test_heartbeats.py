"""Signs of life keep the same promises through Redis and inside one process."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from hotline.infra.heartbeats import Heartbeats, RedisHeartbeats
from hotline.infra.memory import MemoryHeartbeats
from hotline.infra.metrics import Metrics
from hotline.infra.redis import RedisAway, RedisLink
from hotline.kernel.clock import ManualClock
from hotline.kernel.ids import new_id
from tests.cable import Cable

START = datetime(2026, 11, 23, tzinfo=UTC)


@dataclass
class Made:
    beats: Heartbeats
    pass_time: Callable[[], Awaitable[object]]


@pytest.fixture(params=["redis", "memory"])
async def made(request: pytest.FixtureRequest, link: RedisLink) -> Made:
    if request.param == "memory":
        clock = ManualClock(START)

        async def pass_time() -> None:
            clock.advance(timedelta(minutes=10))

        return Made(MemoryHeartbeats(clock), pass_time)
    # Redis forgets by its own clock; an emptied Redis is what ten minutes later looks like.
    return Made(RedisHeartbeats(link), lambda: link.attempt(lambda redis: redis.flushall()))


async def test_a_beat_is_seen_and_forgotten(made: Made) -> None:
    here, never = new_id(), new_id()
    await made.beats.beat(here)

    seen = await made.beats.seen([here, never])
    assert seen is not None
    age = seen[here]
    assert age is not None
    assert 0 <= age < 60
    assert seen[never] is None

    await made.pass_time()
    assert await made.beats.seen([here]) == {here: None}


async def test_asking_for_nobody_is_fine(made: Made) -> None:
    assert await made.beats.seen([]) == {}


async def test_heartbeats_say_that_they_do_not_know(cable: Cable, link: RedisLink) -> None:
    beats, staff = RedisHeartbeats(link), new_id()
    await cable.cut()

    await beats.beat(staff)

    assert await beats.seen([staff]) is None


async def test_a_dead_redis_is_not_asked_again_within_the_pause(cable: Cable) -> None:
    clock = ManualClock(START)
    link = RedisLink(cable.url, clock, Metrics())
    asked = 0

    async def ask(_redis: object) -> None:
        nonlocal asked
        asked += 1
        raise ConnectionError

    for _ in range(3):
        with pytest.raises(RedisAway):
            await link.attempt(ask)
    clock.advance(timedelta(seconds=2))
    with pytest.raises(RedisAway):
        await link.attempt(ask)

    assert asked == 2
    await link.close()
