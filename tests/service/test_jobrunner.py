"""The job table: once per lane in order, retried, buried, never lost."""

import asyncio
import contextlib
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

import pytest
from typing_extensions import override

from hotline.infra import deadletters, inbox
from hotline.infra.bus import Bus
from hotline.infra.db import Database, Uow
from hotline.infra.jobcontext import Drop, JobContext, JobHandler, Later
from hotline.infra.jobrunner import MAX_ATTEMPTS, WIDTH, JobRunner
from hotline.kernel.errors import NotFound, Unavailable
from hotline.kernel.events import Event

CONTACT = uuid5(UUID(int=0), "contact")


@dataclass(frozen=True, slots=True)
class SomethingHappened(Event):
    contact_id: UUID
    n: int


class Running:
    """A runner and the tasks it spawns."""

    def __init__(self, db: Database, handlers: dict[str, JobHandler]) -> None:
        self.tasks: set[asyncio.Task[None]] = set()
        self.runner = JobRunner(db, handlers, self.spawn)

    def spawn(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work, name=name)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def __aenter__(self) -> None:
        self.spawn("run", self.runner.run())

    async def __aexit__(self, *_: object) -> None:
        await self.runner.stop()
        while self.tasks:
            await asyncio.wait(list(self.tasks))


class Stumbling(Database):
    """Fails in a way nobody thought of, the first times it is used."""

    failures = 3

    @override
    def uow(self) -> contextlib.AbstractAsyncContextManager[Uow, None]:
        if self.failures:
            self.failures -= 1
            raise LookupError
        return super().uow()


async def settled(db: Database) -> None:
    """Wait until no job is ready to run or running."""
    open_jobs = "select count(*) from job where state in ('ready', 'running')"
    async with asyncio.timeout(20):
        while True:
            async with db.uow() as uow:
                if not await uow.fetchval(open_jobs):
                    return
            await asyncio.sleep(0.02)


async def test_lane_keeps_order_across_two_runners(db: Database) -> None:
    seen: dict[str, list[int]] = {"a": [], "b": []}

    async def note(payload: dict[str, Any], job: JobContext) -> None:
        await asyncio.sleep(0)
        seen[job.lane].append(payload["n"])

    async with db.uow() as uow:
        for n in range(40):
            uow.enqueue("note", {"n": n}, lane="ab"[n % 2])
    async with Running(db, {"note": note}), Running(db, {"note": note}):
        await settled(db)
    assert seen == {"a": list(range(0, 40, 2)), "b": list(range(1, 40, 2))}


async def test_a_room_that_waits_holds_up_no_other(db: Database) -> None:
    answered, heard = asyncio.Event(), asyncio.Event()
    waiting = 0

    async def silent_carrier(_payload: dict[str, Any], _job: JobContext) -> None:
        nonlocal waiting
        waiting += 1
        if waiting == WIDTH:
            async with db.uow() as uow:
                uow.enqueue("case.climb", {}, lane="timer")
        await answered.wait()

    async def climb(_payload: dict[str, Any], _job: JobContext) -> None:
        heard.set()

    async with db.uow() as uow:
        for n in range(2 * WIDTH):
            uow.enqueue("voice.ring", {}, lane=f"call:{n}")
    async with Running(db, {"voice.ring": silent_carrier, "case.climb": climb}):
        async with asyncio.timeout(20):
            await heard.wait()
        assert waiting == WIDTH
        answered.set()
        await settled(db)
    assert waiting == 2 * WIDTH


async def test_failure_is_retried_and_holds_its_lane(db: Database) -> None:
    seen: list[int] = []

    async def fails_once(payload: dict[str, Any], job: JobContext) -> None:
        if payload["n"] == 0 and job.attempt == 1:
            raise RuntimeError
        seen.append(payload["n"])

    async with db.uow() as uow:
        uow.enqueue("x", {"n": 0}, lane="one")
        uow.enqueue("x", {"n": 1}, lane="one")
    async with Running(db, {"x": fails_once}):
        await settled(db)
    assert seen == [0, 1]


async def test_drop_is_buried_and_can_be_retried(db: Database) -> None:
    tries: list[int] = []

    async def hopeless(_payload: dict[str, Any], job: JobContext) -> None:
        tries.append(job.attempt)
        if len(tries) == 1:
            reason = "no-such-number"
            raise Drop(reason)

    async with db.uow() as uow:
        uow.enqueue("x", {}, lane="one")
    async with Running(db, {"x": hopeless}):
        await settled(db)
        async with db.uow() as uow:
            (dead,) = await deadletters.dead_letters(uow)
            assert dead.error == "no-such-number"
            await deadletters.retry(uow, dead.id)
        await settled(db)
    assert tries == [1, 1]


async def test_later_does_not_count_as_an_attempt(db: Database) -> None:
    attempts: list[int] = []

    async def busy(_payload: dict[str, Any], job: JobContext) -> None:
        attempts.append(job.attempt)
        if len(attempts) < 3:
            raise Later(0.01)

    async with db.uow() as uow:
        uow.enqueue("x", {}, lane="one")
    async with Running(db, {"x": busy}):
        await settled(db)
    assert attempts == [1, 1, 1]


async def test_lapsed_lease_is_taken_over_and_old_owner_cannot_close(db: Database) -> None:
    async with db.uow() as uow:
        uow.enqueue("x", {}, lane="one")
        await uow.flush()
        await uow.execute(
            "update job set state = 'running', owner = 'dead', attempts = 1, "
            "leased_until = now() - interval '1 second'"
        )
        job_id = await uow.fetchval("select id from job")
    seen: list[int] = []

    async def work(_payload: dict[str, Any], job: JobContext) -> None:
        seen.append(job.attempt)

    async with Running(db, {"x": work}):
        await settled(db)
    assert seen == [2]
    stale = JobContext(id=job_id, kind="x", lane="one", attempt=1, last=False, owner="dead")
    async with db.uow() as uow:
        assert not await stale.done(uow)


async def test_key_keeps_a_second_timer_out(db: Database) -> None:
    async with db.uow() as uow:
        for _ in range(2):
            uow.enqueue("x", {}, lane="timer:t", key="t")
    async with db.uow() as uow:
        assert await uow.fetchval("select count(*) from job") == 1
        await uow.cancel("t")
        assert await uow.fetchval("select count(*) from job") == 0


async def test_event_reaches_its_handlers_in_order(db: Database) -> None:
    bus = Bus()
    heard: list[int] = []

    async def hear(event: SomethingHappened, _job: JobContext) -> None:
        assert event.contact_id == CONTACT
        heard.append(event.n)

    bus.on(SomethingHappened, hear)
    async with db.uow() as uow:
        uow.publish(*(SomethingHappened(CONTACT, n) for n in range(10)))
    async with Running(db, {"event": bus.dispatch}):
        await settled(db)
    assert heard == list(range(10))


async def test_rolled_back_unit_tells_nothing(db: Database) -> None:
    async def fail() -> None:
        async with db.uow() as uow:
            uow.publish(SomethingHappened(CONTACT, 1))
            await uow.execute("insert into inbox (provider, event_id) values ('a', 'b')")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    async with db.uow() as uow:
        assert await uow.fetchval("select count(*) from job") == 0
        assert await uow.fetchval("select count(*) from inbox") == 0


async def test_twins_of_one_webhook_have_one_effect(db: Database) -> None:
    async def arrive() -> inbox.Claim:
        async with db.uow() as uow:
            claim = await inbox.claim(uow, "carrier", "one")
            if claim.first:
                await asyncio.sleep(0.05)
                inbox.remember(uow, "carrier", "one", "<Response/>")
        return claim

    claims = await asyncio.gather(*(arrive() for _ in range(6)))
    assert sum(c.first for c in claims) == 1
    assert {c.answer for c in claims if not c.first} == {"<Response/>"}


async def test_a_job_whose_outcome_was_not_written_comes_again(db: Database) -> None:
    """PostgreSQL went away between the work and its outcome: the lease lapses, the lane goes on."""
    seen: list[int] = []

    async def work(payload: dict[str, Any], job: JobContext) -> None:
        seen.append(job.attempt)
        if len(seen) == 1:
            async with db.uow() as uow:  # as long ago as a lease lasts
                await uow.execute("update job set leased_until = now() - interval '1 second'")
            code = "database-away"
            raise Unavailable(code)

    async with db.uow() as uow:
        uow.enqueue("x", {}, lane="one")
    runner = Running(db, {"x": work})
    again = runner.runner._again

    async def away(*args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - handed on
        if len(seen) == 1:
            code = "database-away"
            raise Unavailable(code)
        await again(*args, **kwargs)

    runner.runner._again = away  # type: ignore[method-assign]
    async with runner:
        await settled(db)
    assert seen == [1, 2]


async def test_a_runner_outlives_a_failure_nobody_thought_of(db: Database) -> None:
    async with db.uow() as uow:
        uow.enqueue("x", {"n": 1}, lane="one")
        uow.enqueue("x", {"n": 2}, lane="two")
        await uow.flush()
        await uow.execute(
            "update job set state = 'running', owner = 'dead', attempts = 1, "
            "leased_until = now() - interval '1 second' where lane = 'one'"
        )
    seen: set[int] = set()

    async def work(payload: dict[str, Any], _job: JobContext) -> None:
        seen.add(payload["n"])

    stumbling = Stumbling(db.url)
    async with Running(stumbling, {"x": work}):
        await settled(db)
    await stumbling.close()
    assert seen == {1, 2}
    assert not stumbling.failures


async def test_a_job_that_takes_its_process_down_every_time_is_buried(db: Database) -> None:
    async with db.uow() as uow:
        uow.enqueue("x", {"n": 1}, lane="one")
        uow.enqueue("x", {"n": 2}, lane="one")
        await uow.flush()
        await uow.execute(
            "update job set state = 'running', owner = 'dead', attempts = $1, "
            "leased_until = now() - interval '1 second' where payload ->> 'n' = '1'",
            MAX_ATTEMPTS,
        )
    seen: list[int] = []
    told: list[int] = []

    async def work(payload: dict[str, Any], _job: JobContext) -> None:
        seen.append(payload["n"])

    async def died(job_id: int, _kind: str) -> None:
        told.append(job_id)

    running = Running(db, {"x": work})
    running.runner._died = died
    async with running:
        await settled(db)
    assert seen == [2]
    async with db.uow() as uow:
        (dead,) = await deadletters.dead_letters(uow)
    assert (dead.error, told) == ("lapsed", [dead.id])


async def test_a_dead_letter_gives_way_to_its_living_twin(db: Database) -> None:
    async with db.uow() as uow:
        uow.enqueue("x", {}, lane="timer:t", key="t")
        await uow.flush()
        dead = await uow.fetchval("update job set state = 'dead' returning id")
        uow.enqueue("x", {}, lane="timer:t", key="t")
    async with db.uow() as uow:
        assert not await deadletters.retry(uow, dead)
    async with db.uow() as uow:
        assert await deadletters.dead_letters(uow) == []
        assert await uow.fetchval("select count(*) from job") == 1
        with pytest.raises(NotFound):
            await deadletters.retry(uow, dead)
