"""Escalations on the real database: an owner, a deadline, a next person, and every read known."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from hotline.access.model import Actor
from hotline.cases.climbing import CLIMB, DUTY_SMS
from hotline.cases.holding import Holding
from hotline.cases.model import Case, CaseKind, CaseResult, CaseState, Level, Wish
from hotline.contacts.model import Contact
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.infra.jobcontext import Later
from hotline.infra.streams import LiveEvent
from hotline.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from tests.builders import ANA, BORIS, IGOR, MALLORY, VERA
from tests.service.stage_records import CAST, NINA, SENYA, UNKNOWN, Stage

WORDS = "Паспорт забрали, дверь заперта"
DANGER = Wish(CaseKind.DANGER, Level.URGENT, WORDS)


@pytest.fixture
async def stage(db: Database, vault: Vault) -> Stage:
    made = Stage(db, vault)
    await made.hire(*CAST)
    made.quiet.present = [BORIS.staff_id, NINA.staff_id, VERA.staff_id]
    return made


async def raised(stage: Stage, level: Level = Level.URGENT) -> tuple[Contact, Case]:
    contact = await stage.contact()
    wish = Wish(CaseKind.DANGER, level, WORDS)
    return contact, await stage.cases.escalate(ANA, contact.id, wish)


async def case_of(stage: Stage, case: Case) -> dict[str, Any]:
    async with stage.db.uow() as uow:
        row = await uow.fetchrow("select * from hotline_case where id = $1", case.id)
    assert row is not None
    return dict(row)


async def pages_of(stage: Stage, case: Case) -> list[tuple[int, str, str]]:
    async with stage.db.uow() as uow:
        rows = await uow.fetch(
            "select step, target, state from page where case_id = $1 order by id", case.id
        )
    return [(r["step"], r["target"], r["state"]) for r in rows]


async def timeline(stage: Stage, case: Case) -> list[str]:
    return [entry["kind"] for entry in (await stage.board.read(VERA, case.id))["timeline"]]


async def test_raising_gives_an_owner_a_deadline_and_a_timer(stage: Stage) -> None:
    contact, case = await raised(stage)
    assert (case.owner_id, case.state) == (NINA.staff_id, CaseState.OPEN)
    assert case.deadline_at - case.raised_at == timedelta(minutes=15)
    (timer,) = await stage.waiting(CLIMB)
    assert timer["run_at"] - case.raised_at == timedelta(minutes=7.5)
    assert timer["lane"] == f"timer:case:{case.id}"
    assert await pages_of(stage, case) == [
        (0, f"staff:{NINA.staff_id}", "told"),
        (0, f"staff:{VERA.staff_id}", "told"),
    ]
    async with stage.db.uow() as uow:
        kinds = [entry.kind for entry in await stage.contacts.timeline(uow, contact.id)]
    assert kinds[-1] == "escalated"


async def test_the_reason_is_sealed(stage: Stage) -> None:
    _, case = await raised(stage)
    row = await case_of(stage, case)
    assert WORDS not in repr(row)
    assert WORDS.encode() not in row["reason_sealed"]
    assert WORDS not in repr(case)
    assert (await stage.board.read(VERA, case.id))["reason"] == WORDS


async def test_one_contact_has_one_case_whoever_presses_how_often(stage: Stage) -> None:
    contact = await stage.contact()
    cases = await asyncio.gather(*(stage.cases.escalate(ANA, contact.id, DANGER) for _ in range(5)))
    assert len({case.id for case in cases}) == 1
    assert len(await stage.waiting(CLIMB)) == 1
    kinds = await timeline(stage, cases[0])
    assert kinds.count("raised") == 5
    assert kinds.count("owner") == 1


async def test_more_urgent_climbs_anew_and_less_urgent_changes_nothing(stage: Stage) -> None:
    contact, case = await raised(stage, Level.NORMAL)
    await stage.later(hours=2)
    urgent = await stage.cases.escalate(ANA, contact.id, DANGER)
    assert (urgent.id, urgent.level, urgent.round) == (case.id, Level.URGENT, 2)
    assert urgent.deadline_at - urgent.ladder_at == timedelta(minutes=15)
    (timer,) = await stage.waiting(CLIMB)
    assert timer["run_at"] == urgent.next_at
    calmer = await stage.cases.escalate(ANA, contact.id, Wish(CaseKind.OTHER, Level.NORMAL, ""))
    assert (calmer.level, calmer.deadline_at) == (Level.URGENT, urgent.deadline_at)


async def test_a_new_case_after_a_closed_one(stage: Stage) -> None:
    contact, case = await raised(stage)
    await stage.cases.acknowledge(VERA, case.id)
    async with stage.db.uow() as uow:
        assert await Holding().held(uow, contact.id)
    await stage.cases.close(VERA, case.id, CaseResult.HELPED, "дома")
    async with stage.db.uow() as uow:
        assert not await Holding().held(uow, contact.id)
    again = await stage.cases.escalate(ANA, contact.id, DANGER)
    assert again.id != case.id
    async with stage.db.uow() as uow:
        card = await stage.board.of_contact(uow, contact.id)
    assert card is not None
    assert card["id"] == again.id


async def test_the_whole_ladder(stage: Stage) -> None:
    _, case = await raised(stage)
    assert await stage.climb() == 0
    await stage.later(minutes=7.5)
    assert await stage.climb() == 1
    assert (await case_of(stage, case))["owner_id"] == NINA.staff_id
    assert await stage.waiting(DUTY_SMS) == []
    sent = 0
    for step in range(2, 8):
        await stage.later(minutes=7.5 if step == 2 else 15)
        assert await stage.climb() == 1
        sent += len(await stage.send_sms())
        row = await case_of(stage, case)
        assert (row["step"], row["owner_id"], row["state"]) == (step, VERA.staff_id, "open")
    assert sent == 4
    assert len(stage.carrier.messages) == 4
    assert len(await stage.waiting(CLIMB)) == 1
    assert len(await stage.audited("system:escalation:paged")) == 7


async def test_a_timer_that_fires_twice_takes_one_step(stage: Stage) -> None:
    _, case = await raised(stage)
    await stage.later(minutes=15)
    await stage.climb(times=3)
    assert (await case_of(stage, case))["step"] == 2
    assert len(await stage.waiting(DUTY_SMS)) == 1


async def test_a_timer_that_is_early_comes_again(stage: Stage) -> None:
    _, case = await raised(stage)
    with pytest.raises(Later) as early:
        await stage.climbing.climb(case.id, 1, step=1)
    assert 400 < early.value.delay_s <= 450
    assert (await case_of(stage, case))["step"] == 0


async def test_two_workers_take_one_step(stage: Stage) -> None:
    _, case = await raised(stage)
    await stage.later(minutes=15)
    ends = await asyncio.gather(
        *(stage.climbing.climb(case.id, 1, step=1) for _ in range(4)), return_exceptions=True
    )
    assert ends == [None] * 4
    assert len(await stage.waiting(DUTY_SMS)) == 1
    assert (await timeline(stage, case)).count("paged") == 1


async def test_taking_it_stops_the_ladder(stage: Stage) -> None:
    _, case = await raised(stage)
    await stage.later(minutes=7.5)
    await stage.climb()
    await stage.cases.acknowledge(SENYA, case.id)
    assert await stage.waiting(CLIMB) == []
    await stage.later(hours=30)
    # A timer that another worker held already, and the net under the timers.
    await stage.climbing.climb(case.id, 1, step=2)
    assert await stage.climbing.sweep() == 0
    row = await case_of(stage, case)
    assert (row["step"], row["state"], row["owner_id"]) == (1, "acknowledged", SENYA.staff_id)
    assert await stage.waiting(DUTY_SMS) == []


async def test_a_lost_timer_is_found(stage: Stage) -> None:
    _, case = await raised(stage)
    await stage.later(minutes=60)
    assert len(await stage.take(CLIMB)) == 1
    assert await stage.climbing.sweep() == 1
    assert await stage.climbing.sweep() == 1
    assert await stage.climb() == 1
    row = await case_of(stage, case)
    assert (row["step"], row["owner_id"]) == (5, VERA.staff_id)
    assert len(await stage.waiting(DUTY_SMS)) == 1


async def test_one_person_takes_it(stage: Stage) -> None:
    _, case = await raised(stage)
    ends = await asyncio.gather(
        *(stage.cases.acknowledge(who, case.id) for who in (VERA, NINA, SENYA)),
        return_exceptions=True,
    )
    taken = [end for end in ends if isinstance(end, Case)]
    assert len(taken) == 1
    assert all(isinstance(end, Case | Conflict) for end in ends)
    row = await case_of(stage, case)
    assert row["owner_id"] == row["acked_by"] == taken[0].acked_by
    assert len(await stage.audited("staff:escalation:acknowledged")) == 1


async def test_insisting_and_taking_at_once_do_not_block_each_other(stage: Stage) -> None:
    contact, case = await raised(stage, Level.NORMAL)
    await asyncio.gather(
        *(stage.cases.escalate(ANA, contact.id, DANGER) for _ in range(4)),
        *(stage.cases.acknowledge(VERA, case.id) for _ in range(4)),
    )
    row = await case_of(stage, case)
    assert (row["state"], row["level"]) == ("acknowledged", "urgent")
    assert await stage.waiting(CLIMB) == []


async def test_the_same_person_may_press_twice(stage: Stage) -> None:
    _, case = await raised(stage)
    first = await stage.cases.acknowledge(VERA, case.id)
    assert await stage.cases.acknowledge(VERA, case.id) == first
    with pytest.raises(Conflict, match="already-acknowledged"):
        await stage.cases.acknowledge(NINA, case.id)


async def test_a_case_closes_only_after_a_person_took_it(stage: Stage) -> None:
    _, case = await raised(stage)
    with pytest.raises(Conflict, match="case-not-acknowledged"):
        await stage.cases.close(VERA, case.id, CaseResult.HELPED, "дома")
    await stage.cases.acknowledge(VERA, case.id)
    with pytest.raises(Invalid) as refused:
        await stage.cases.close(VERA, case.id, CaseResult.HELPED, "  ")
    assert refused.value.fields == {"text": "required"}
    closed = await stage.cases.close(VERA, case.id, CaseResult.HELPED, "дома")
    assert (closed.state, closed.result) == (CaseState.CLOSED, CaseResult.HELPED)
    for late in (
        stage.cases.close(VERA, case.id, CaseResult.HELPED, "ещё"),
        stage.cases.note(VERA, case.id, "ещё"),
    ):
        with pytest.raises(Conflict, match="case-closed"):
            await late


async def test_notes_are_sealed_and_read_in_order(stage: Stage) -> None:
    _, case = await raised(stage)
    for words in ("первое", "второе"):
        await stage.cases.note(VERA, case.id, words)
    async with stage.db.uow() as uow:
        rows = await uow.fetch("select * from case_event")
    assert "первое" not in repr(rows)
    assert not any(r["sealed"] and "первое".encode() in r["sealed"] for r in rows)
    page = await stage.board.read(NINA, case.id)
    notes = [e for e in page["timeline"] if e["kind"] == "note"]
    assert [(e["staff"], e["fields"]["text"]) for e in notes] == [
        ("Vera", "первое"),
        ("Vera", "второе"),
    ]


async def test_one_damaged_note_does_not_hide_the_case(stage: Stage) -> None:
    _, case = await raised(stage)
    await stage.cases.note(VERA, case.id, "первое")
    async with stage.db.uow() as uow:
        await uow.execute("update case_event set sealed = set_byte(sealed, 200, 0)")
        await uow.execute("update case_event set sealed = set_byte(sealed, 201, 0)")
    page = await stage.board.read(VERA, case.id)
    (note,) = [e for e in page["timeline"] if e["kind"] == "note"]
    assert note["fields"] == {"text": None, "error": "unreadable"}
    assert page["reason"] == WORDS


async def test_every_read_of_words_is_on_record(stage: Stage) -> None:
    _, case = await raised(stage)
    for who in (VERA, SENYA):
        await stage.board.read(who, case.id)
    assert [(who, what) for who, what, _ in await stage.audited("staff:case:read")] == [
        (VERA.staff_id, str(case.id)),
        (SENYA.staff_id, str(case.id)),
    ]
    await stage.board.listed(VERA, None)
    assert len(await stage.audited("staff:case:read")) == 2


@pytest.mark.parametrize("who", [BORIS, IGOR, MALLORY], ids=lambda who: who.name)
async def test_nobody_else_gets_in(stage: Stage, who: Actor) -> None:
    contact, case = await raised(stage)
    tries = (
        stage.cases.escalate(who, contact.id, DANGER),
        stage.cases.acknowledge(who, case.id),
        stage.cases.note(who, case.id, "x"),
        stage.cases.close(who, case.id, CaseResult.HELPED, "x"),
        stage.board.read(who, case.id),
        stage.board.listed(who, None),
    )
    for attempt in tries:
        with pytest.raises(Forbidden):
            await attempt
    assert await stage.audited("staff:case:read") == []
    async with stage.db.uow() as uow:
        assert await stage.board.snapshot(uow, who) == {}
    assert await stage.board.live_card({"id": str(case.id)}, who) is None


async def test_the_operator_who_raised_it_does_not_read_the_case(stage: Stage) -> None:
    _, case = await raised(stage)
    with pytest.raises(Forbidden):
        await stage.board.read(ANA, case.id)


async def test_a_supervisor_may_raise_for_anybody(stage: Stage) -> None:
    contact = await stage.contact("waiting")
    case = await stage.cases.escalate(VERA, contact.id, DANGER)
    assert case.raised_by == VERA.staff_id


async def test_what_does_not_exist_is_not_found(stage: Stage) -> None:
    for attempt in (
        stage.cases.escalate(VERA, UNKNOWN, DANGER),
        stage.cases.acknowledge(VERA, UNKNOWN),
        stage.board.read(VERA, UNKNOWN),
    ):
        with pytest.raises(NotFound):
            await attempt


async def test_an_escalation_with_nobody_to_own_it_still_climbs(db: Database, vault: Vault) -> None:
    stage = Stage(db, vault)
    _, case = await raised(stage)
    assert case.owner_id is None
    await stage.hire(VERA)
    await stage.later(minutes=7.5)
    await stage.climb()
    assert (await case_of(stage, case))["owner_id"] == VERA.staff_id


async def test_desks_are_alarmed_and_told(stage: Stage) -> None:
    _, case = await raised(stage)
    audience = "perm:case:escalation:ack"

    def hint(kind: str) -> LiveEvent:
        return LiveEvent(kind, audience, f"{kind}:{case.id}", {"id": str(case.id)})

    assert hint("escalation.alert") in await stage.told()
    await stage.later(minutes=15)
    await stage.climb()
    assert hint("escalation.alert") in await stage.told()
    await stage.cases.acknowledge(VERA, case.id)
    assert hint("escalation.changed") in await stage.told()
    card = await stage.board.live_card({"id": str(case.id)}, VERA)
    assert card is not None
    assert (card["state"], card["owner"]) == (
        "acknowledged",
        {"id": VERA.staff_id, "name": "Vera"},
    )
    assert card["overdue"] is False


async def test_the_snapshot_has_what_is_not_closed(stage: Stage) -> None:
    _, case = await raised(stage)
    await stage.later(minutes=16)
    async with stage.db.uow() as uow:
        (card,) = (await stage.board.snapshot(uow, SENYA))["escalations"]
    assert (card["id"], card["overdue"]) == (case.id, True)
    await stage.cases.acknowledge(VERA, case.id)
    await stage.cases.close(VERA, case.id, CaseResult.HELPED, "дома")
    async with stage.db.uow() as uow:
        assert await stage.board.snapshot(uow, SENYA) == {"escalations": [], "back": []}


async def test_what_nobody_took_never_falls_off_the_snapshot(db: Database, vault: Vault) -> None:
    stage = Stage(db, vault, page_size=2)
    made = []
    for n in range(3):
        contact = await stage.contact(caller=str(n))
        made.append((await stage.cases.escalate(ANA, contact.id, DANGER)).id)
    for taken in made[1:]:
        await stage.cases.acknowledge(VERA, taken)
    async with stage.db.uow() as uow:
        cards = (await stage.board.snapshot(uow, VERA))["escalations"]
    assert [card["id"] for card in cards] == made[:2]


async def test_lists_go_on_where_they_ended(db: Database, vault: Vault) -> None:
    stage = Stage(db, vault, page_size=2)
    made = []
    for n in range(5):
        contact = await stage.contact(caller=str(n))
        made.append((await stage.cases.escalate(ANA, contact.id, DANGER)).id)
    seen: list[object] = []
    page = await stage.board.listed(VERA, CaseState.OPEN)
    while True:
        seen += [card["id"] for card in page.cards]
        if page.next is None:
            break
        page = await stage.board.listed(VERA, CaseState.OPEN, before=page.next)
    assert seen == made[::-1]
    assert (await stage.board.listed(VERA, CaseState.CLOSED)).cards == []
