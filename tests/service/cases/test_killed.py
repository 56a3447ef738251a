"""An escalation that nobody is there to take, and processes that are killed in the middle of it."""

import asyncio
from typing import Any

import pytest
from typing_extensions import override

from hotline.carrier.memory import MemoryCarrier
from hotline.carrier.ports import MessageRef
from hotline.cases.climbing import CLIMB, DUTY_SMS
from hotline.cases.model import Case, CaseKind, Level, Wish
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.kernel.clock import SystemClock
from tests.builders import ANA, VERA
from tests.service.stage_records import CAST, DUTY, NINA, Stage


class Mortal(MemoryCarrier):
    """A carrier whose client is killed in mid-send: before the message was taken, or after."""

    def __init__(self, *, taken: bool) -> None:
        super().__init__(SystemClock())
        self._taken = taken

    @override
    async def send_message(
        self, to: str, body: str, status_url: str, *, validity_s: int
    ) -> MessageRef:
        if self._taken:
            await super().send_message(to, body, status_url, validity_s=validity_s)
        raise asyncio.CancelledError


@pytest.fixture
async def stage(db: Database, vault: Vault) -> Stage:
    """Nobody is on shift; there are supervisors, but none is signed in."""
    made = Stage(db, vault)
    await made.hire(*CAST)
    return made


async def raised(stage: Stage) -> Case:
    contact = await stage.contact()
    return await stage.cases.escalate(ANA, contact.id, Wish(CaseKind.DANGER, Level.URGENT, ""))


async def row_of(stage: Stage, case: Case) -> dict[str, Any]:
    async with stage.db.uow() as uow:
        row = await uow.fetchrow("select * from hotline_case where id = $1", case.id)
    assert row is not None
    return dict(row)


async def killed_while_waiting(stage: Stage) -> None:
    """The first statement that waits for a lock loses its connection, as a killed process does."""
    async with asyncio.timeout(30), stage.db.reads() as uow:
        while not await uow.fetchval(
            """
            select bool_or(pg_terminate_backend(pid)) from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'
            """
        ):
            await uow.execute("select pg_sleep(0.02)")


async def test_with_nobody_at_work_the_next_person_owns_it_and_the_duty_telephone_knows(
    stage: Stage,
) -> None:
    case = await raised(stage)
    assert case.owner_id == VERA.staff_id
    for _ in range(2):
        await stage.later(minutes=7.5)
        # Killed before the job was crossed off: it comes again.
        assert await stage.climb(times=2) == 1
    (message,) = await stage.waiting(DUTY_SMS)
    assert await stage.send_sms() == ["done"]
    await stage.put_back(message)
    assert await stage.send_sms(attempt=2) == ["done"]
    assert [sent.to for sent in stage.carrier.messages] == [DUTY]
    row = await row_of(stage, case)
    assert (row["owner_id"], row["state"], row["step"]) == (NINA.staff_id, "open", 2)
    assert len(await stage.waiting(CLIMB)) == 1


@pytest.mark.parametrize("table", ["case_event", "page", "job", "audit_row"])
async def test_a_step_whose_process_is_killed_is_taken_whole_by_the_next(
    stage: Stage, table: str
) -> None:
    case = await raised(stage)
    await stage.later(minutes=15)
    before = await row_of(stage, case)
    async with stage.db.uow() as uow:
        await uow.execute(f"lock table {table} in exclusive mode")
        step = stage.climbing.climb(case.id, 1, step=1)
        ends = await asyncio.gather(step, killed_while_waiting(stage), return_exceptions=True)
    assert isinstance(ends[0], Exception)
    assert ends[1] is None
    assert await row_of(stage, case) == before
    assert await stage.waiting(DUTY_SMS) == []
    await stage.climb()
    row = await row_of(stage, case)
    assert (row["step"], row["owner_id"]) == (2, NINA.staff_id)
    assert len(await stage.waiting(DUTY_SMS)) == 1
    assert len(await stage.waiting(CLIMB)) == 1


@pytest.mark.parametrize(("taken", "end"), [(True, "done"), (False, "retry")])
async def test_a_message_whose_sender_is_killed_is_looked_up_and_never_doubled(
    stage: Stage,
    taken: bool,  # noqa: FBT001 - a table
    end: str,
) -> None:
    case = await raised(stage)
    await stage.later(minutes=15)
    await stage.climb()
    stage.carrier = Mortal(taken=taken)
    stage.duty = stage.duty_with(DUTY)
    (message,) = await stage.waiting(DUTY_SMS)
    with pytest.raises(asyncio.CancelledError):
        await stage.send_sms()
    await stage.put_back(message)
    await stage.later(seconds=31)
    assert await stage.send_sms(attempt=2) == [end]
    assert len(stage.carrier.messages) == int(taken)
    # Whatever became of it, the ladder goes on.
    await stage.later(minutes=15)
    assert await stage.climb() == 1
    assert (await row_of(stage, case))["step"] == 3
