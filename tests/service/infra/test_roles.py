"""A role as a process runs it: what ends it, and in which order it stops."""

import asyncio
import gc
from collections.abc import AsyncIterator, Coroutine
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typing_extensions import override

from hotline.app.ground import Ground, Urls, ground_of
from hotline.app.run import Role, serve_forever, start
from hotline.cli.ports import free_port
from hotline.infra.db import Database
from hotline.infra.embedded import Servers
from hotline.infra.streams import LiveEvent
from hotline.infra.tasks import Stage, Tasks
from tests.founding import settings_for

OFFER = LiveEvent("call.offer", "all", "one")


class Hopeless(Tasks):
    """Has no hands for the job runner."""

    @override
    def spawn(self, name: str, work: Coroutine[Any, Any, object]) -> None:
        if name.startswith("jobs.lease"):
            work.close()
            raise LookupError
        super().spawn(name, work)


@pytest.fixture
async def ground(db: Database, servers: Servers, tmp_path: Path) -> AsyncIterator[Ground]:
    settings = settings_for(tmp_path, free_port(), {})
    made = ground_of(settings, Urls(db.url, servers.redis_url))
    yield made
    await made.close()


async def test_without_redis_desks_hear_what_another_process_tells(
    db: Database, tmp_path: Path
) -> None:
    urls = Urls(db.url, f"unix://{tmp_path}/nowhere")
    grounds = [ground_of(settings_for(tmp_path, free_port(), {}), urls) for _ in range(2)]
    desks, work = grounds
    running = [await start(desks, Role.CONSOLE), await start(work, Role.WORK)]
    reading = desks.live.read("")
    work.tasks.spawn("telling", _telling(work))
    try:
        batch = await anext(reading)
    finally:
        await reading.aclose()  # type: ignore[attr-defined] # it is an async generator
        for one in running:
            await one.stop()
        for ground in grounds:
            await ground.close()

    assert batch.events[0] == OFFER


async def _telling(ground: Ground) -> None:
    """Again and again: the other process may not listen yet."""
    while True:
        await ground.live.tell(OFFER)
        await asyncio.sleep(0.05)


async def test_a_process_whose_jobs_do_not_run_ends_and_says_so(ground: Ground) -> None:
    try:
        ended = await serve_forever(replace(ground, tasks=Hopeless(ground.metrics)), Role.WORK)
    finally:
        gc.unfreeze()

    assert ended == "jobs.run"


async def test_loops_take_up_nothing_while_jobs_in_hand_are_finished(ground: Ground) -> None:
    running = await start(ground, Role.WORK)
    before = ground.tasks.running
    then: list[str] = []

    async def look() -> None:
        then.extend(ground.tasks.running)

    running._shutdown.add(Stage.OUTBOX, "look", action=look)
    assert await running.stop() == []

    assert {"routing.match", "routing.expire", "jobs.run"} <= set(before)
    assert not {"routing.match", "routing.expire"} & set(then)
