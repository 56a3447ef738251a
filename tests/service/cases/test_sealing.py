"""Sealed cases: their persons are for seniors only, and whoever may take it hears they are back."""

from uuid import UUID

import pytest

from hotline.cases.model import CaseResult
from hotline.contacts.model import Channel, Contact
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.kernel.errors import Conflict, Forbidden
from tests.builders import ANA, BORIS, VERA
from tests.service.cases.test_cases import pages_of, raised, timeline
from tests.service.stage_records import CAST, SENYA, Stage


@pytest.fixture
async def stage(db: Database, vault: Vault) -> Stage:
    made = Stage(db, vault)
    await made.hire(*CAST)
    made.quiet.present = [BORIS.staff_id, VERA.staff_id]
    return made


async def waits(stage: Stage, caller: str, *, danger: bool = False) -> Contact:
    contact = await stage.contact("waiting", Channel.TELEGRAM, caller=caller, danger=danger)
    async with stage.db.uow() as uow:
        await stage.routing.enqueue(uow, contact)
    await stage.told()
    return contact


async def seniors_only(stage: Stage, contact_id: UUID) -> bool:
    async with stage.db.uow() as uow:
        found: bool = await uow.fetchval(
            "select senior from queue_entry where contact_id = $1", contact_id
        )
    return found


async def test_whoever_a_sealed_case_is_about_waits_for_seniors_only(stage: Stage) -> None:
    _, case = await raised(stage)
    before = await waits(stage, "1")
    other = await waits(stage, "2")

    assert (await stage.sealing.seal(SENYA, case.id, sealed=True)).seniors_only
    await stage.sealing.seal(SENYA, case.id, sealed=True)
    assert not await seniors_only(stage, before.id), "the event was not heard yet"
    await stage.told()
    assert await seniors_only(stage, before.id)
    assert not await seniors_only(stage, other.id)
    assert (await timeline(stage, case)).count("sealed") == 1
    later = await waits(stage, "1")
    assert await seniors_only(stage, later.id)

    await stage.sealing.seal(VERA, case.id, sealed=False)
    await stage.told()
    assert not await seniors_only(stage, before.id)
    assert not await seniors_only(stage, later.id)


async def test_a_seal_ends_with_its_case(stage: Stage) -> None:
    _, case = await raised(stage)
    await stage.sealing.seal(SENYA, case.id, sealed=True)
    contact = await waits(stage, "1")
    await stage.cases.acknowledge(SENYA, case.id)
    await stage.cases.close(SENYA, case.id, CaseResult.HELPED, "Дома.")
    await stage.told()
    assert not await seniors_only(stage, contact.id)
    with pytest.raises(Conflict, match="case-closed"):
        await stage.sealing.seal(SENYA, case.id, sealed=True)


async def test_operators_cannot_seal(stage: Stage) -> None:
    _, case = await raised(stage)
    with pytest.raises(Forbidden):
        await stage.sealing.seal(ANA, case.id, sealed=True)


async def test_when_the_person_is_back_the_duty_telephone_rings_if_no_senior_is_there(
    stage: Stage,
) -> None:
    _, case = await raised(stage)
    await stage.cases.acknowledge(SENYA, case.id)
    await stage.sealing.seal(SENYA, case.id, sealed=True)
    await stage.told()
    told = len(await pages_of(stage, case))

    contact = await waits(stage, "1")
    await stage.sealing.caller_waits(contact.id)
    assert (await timeline(stage, case)).count("caller_waits") == 1
    assert {target for _, target, _ in (await pages_of(stage, case))[told:]} == {
        f"staff:{SENYA.staff_id}",
        f"staff:{VERA.staff_id}",
    }

    stage.quiet.present = [BORIS.staff_id]
    told = len(await pages_of(stage, case))
    await waits(stage, "1")
    assert ("duty_phone", "queued") in {
        (target, state) for _, target, state in (await pages_of(stage, case))[told:]
    }


async def test_in_danger_a_life_comes_before_the_seal(stage: Stage) -> None:
    _, case = await raised(stage)
    await stage.sealing.seal(SENYA, case.id, sealed=True)
    asks = await waits(stage, "1")
    in_danger = await waits(stage, "1", danger=True)
    assert await seniors_only(stage, in_danger.id)
    await stage.routing.tend()
    assert not await seniors_only(stage, in_danger.id), "no senior is on shift"
    assert await seniors_only(stage, asks.id)


@pytest.mark.parametrize("taken", [True, False])
async def test_the_message_is_sent_each_time_whether_the_case_was_taken_or_not(
    stage: Stage, *, taken: bool
) -> None:
    stage.quiet.present, stage.quiet.deaf = [VERA.staff_id], {VERA.staff_id}
    _, case = await raised(stage)
    if taken:
        await stage.cases.acknowledge(SENYA, case.id)
    await stage.sealing.seal(SENYA, case.id, sealed=True)
    for number in (1, 2):
        await waits(stage, "1")
        assert await stage.send_sms() == ["done"]
        assert len(stage.carrier.messages) == number
    assert len(await stage.audited("system:escalation:paged")) == 2
    await stage.later(hours=5)
    assert await stage.climb() == (0 if taken else 1), "the ladder goes on where it stood"


async def test_who_still_waits_while_nobody_hears_it_is_told_of_again(stage: Stage) -> None:
    stage.quiet.present = []
    _, case = await raised(stage)
    await stage.sealing.seal(SENYA, case.id, sealed=True)
    await waits(stage, "1")
    await stage.sealing.sweep()
    assert (await timeline(stage, case)).count("caller_waits") == 1
    async with stage.db.uow() as uow:
        await uow.execute("update case_event set at = at - interval '15 minutes'")
    stage.quiet.present = [VERA.staff_id]
    await stage.sealing.sweep()
    assert (await timeline(stage, case)).count("caller_waits") == 1
    stage.quiet.present = []
    await stage.sealing.sweep()
    assert (await timeline(stage, case)).count("caller_waits") == 2


async def test_no_message_once_the_case_is_opened_again(stage: Stage) -> None:
    stage.quiet.present = []
    _, case = await raised(stage)
    await stage.sealing.seal(SENYA, case.id, sealed=True)
    await waits(stage, "1")
    await stage.sealing.seal(SENYA, case.id, sealed=False)
    await stage.send_sms()
    assert stage.carrier.messages == []


async def test_a_sweep_finds_whoever_a_seal_missed(stage: Stage) -> None:
    _, case = await raised(stage)
    await stage.sealing.seal(SENYA, case.id, sealed=True)
    missed, danger = await waits(stage, "1"), await waits(stage, "1", danger=True)
    other = await waits(stage, "2")
    async with stage.db.uow() as uow:
        await uow.execute("update queue_entry set senior = not senior")
    await stage.sealing.sweep()
    assert await seniors_only(stage, missed.id)
    assert not await seniors_only(stage, other.id)
    assert not await seniors_only(stage, danger.id), "a life comes before the seal"


async def shown_back(stage: Stage) -> list[tuple[UUID, UUID]]:
    """What a desk is told: whose person waits, and as which contact."""
    told = await stage.board.live_back({}, SENYA)
    assert told is not None
    async with stage.db.reads() as uow:
        assert (await stage.board.snapshot(uow, VERA))["back"] == told["back"]
    return [(one["case_id"], one["contact_id"]) for one in told["back"]]


async def desks_are_told(stage: Stage) -> bool:
    return "case.back" in {event.kind for event in await stage.told()}


async def test_whoever_may_take_the_case_sees_that_its_person_waits(stage: Stage) -> None:
    _, case = await raised(stage)
    await stage.sealing.seal(SENYA, case.id, sealed=True)
    contact = await waits(stage, "1")
    await waits(stage, "2")
    assert await shown_back(stage) == [(case.id, contact.id)]
    assert await stage.board.live_back({}, ANA) is None, "who may not take it is not told"
    async with stage.db.reads() as uow:
        assert await stage.board.snapshot(uow, ANA) == {}

    await stage.sealing.seal(SENYA, case.id, sealed=False)
    assert await desks_are_told(stage)
    assert await shown_back(stage) == []


async def test_it_is_seen_in_danger_and_each_time_they_wait(stage: Stage) -> None:
    _, case = await raised(stage)
    await stage.sealing.seal(SENYA, case.id, sealed=True)
    contact = await waits(stage, "1", danger=True)
    await stage.routing.tend()
    assert not await seniors_only(stage, contact.id), "no senior is on shift"
    assert await shown_back(stage) == [(case.id, contact.id)]

    async with stage.db.uow() as uow:
        await stage.routing.withdraw(uow, contact.id)
    await stage.told()
    assert await shown_back(stage) == []
    async with stage.db.uow() as uow:
        await stage.routing.enqueue(uow, contact, front=True)
    assert await desks_are_told(stage)
    assert await shown_back(stage) == [(case.id, contact.id)]
    assert (await timeline(stage, case)).count("caller_waits") == 1


async def test_two_cases_of_one_person_are_both_told(stage: Stage) -> None:
    _, case = await raised(stage)
    _, other = await raised(stage)
    for one in (case, other):
        await stage.sealing.seal(SENYA, one.id, sealed=True)
    contact = await waits(stage, "1")
    assert sorted(await shown_back(stage)) == sorted(
        [(case.id, contact.id), (other.id, contact.id)]
    )
    await stage.sealing.seal(SENYA, case.id, sealed=False)
    assert await desks_are_told(stage)
    assert await shown_back(stage) == [(other.id, contact.id)]
