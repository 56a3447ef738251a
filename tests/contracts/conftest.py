"""What the port suites share: tasks that are stopped, and a Redis that can be away."""

import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from hotline.carrier.memory import MemoryCarrier
from hotline.infra.embedded import Servers
from hotline.infra.metrics import Metrics
from hotline.infra.redis import RedisLink
from hotline.infra.tasks import Tasks
from hotline.kernel.clock import SystemClock
from hotline.simulator.carrier.dialects import DialectName
from hotline.simulator.world import World, WorldConfig
from tests.cable import Cable
from tests.contracts.carriers import Line, speak


@pytest.fixture
async def tasks() -> AsyncIterator[Tasks]:
    made = Tasks(Metrics())
    yield made
    await made.stop(deadline_s=5)


@pytest.fixture
async def cable(servers: Servers) -> AsyncIterator[Cable]:
    with tempfile.TemporaryDirectory(prefix="h189c-") as folder:
        made = Cable(Path(folder) / "s", unquote(urlsplit(servers.redis_url).path))
        await made.mend()
        yield made
        await made.close()


@pytest.fixture
async def link(cable: Cable) -> AsyncIterator[RedisLink]:
    made = RedisLink(cable.url, SystemClock(), Metrics())
    await made.attempt(lambda redis: redis.flushall(), force=True)
    yield made
    await made.close()


@pytest.fixture(params=["memory", "twilio", "signalwire", "somleng"])
async def line(request: pytest.FixtureRequest) -> AsyncIterator[Line]:
    if request.param == "memory":
        fake = MemoryCarrier(SystemClock())
        yield Line(fake, memory=fake)
        return
    world = World(WorldConfig(dialect=DialectName(request.param)))
    async with world.running():
        carrier = speak(world, request.param)
        yield Line(carrier, world=world)
        await carrier.close()
    assert world.failures == []
