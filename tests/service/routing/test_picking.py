"""Taking from the queue, and assigning: one outcome, and whoever loses hears who won."""

import asyncio
from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from hotline.access.roles import Role
from hotline.contacts.model import Channel, Contact, ContactState
from hotline.kernel.errors import Conflict, Invalid, NotFound
from hotline.kernel.ids import new_id
from hotline.routing import store as routing_store
from hotline.routing.model import Presence
from tests.builders import ANA, BORIS, VERA, an_actor
from tests.service.routing.floor import Floor

MANY = 24
BUSY_ANA = an_actor("ana", Role.OPERATOR, max_chats=99)
BUSY_VERA = an_actor("vera", Role.SUPERVISOR, max_chats=99)


async def offers_of(floor: Floor, contact: Contact) -> list[tuple[Any, ...]]:
    """Who was asked, how that ended, and who made it, in order."""
    async with floor.db.uow() as uow:
        rows = await uow.fetch(
            "select staff_id, state, made_by from offer where contact_id = $1 order by made_at",
            contact.id,
        )
    return [tuple(row) for row in rows]


async def story(floor: Floor, contact_id: UUID) -> list[str]:
    async with floor.db.uow() as uow:
        return [line.kind for line in await floor.contacts.timeline(uow, contact_id)]


async def leaves(floor: Floor, contact: Contact) -> None:
    """The caller hangs up, and routing hears of it."""
    async with floor.db.uow() as uow:
        await floor.contacts.caller_left(uow, await floor.contacts.get(uow, contact.id, lock=True))
    async with floor.db.uow() as uow:
        await floor.routing.caller_gone(uow, await floor.contacts.get(uow, contact.id))


def told(error: object) -> tuple[str | None, str | None]:
    assert isinstance(error, Conflict), error
    assert error.code == "offer-gone"
    return error.fields.get("how"), error.fields.get("by")


async def test_who_takes_a_contact_has_it_and_whoever_was_asked_hears_who(floor: Floor) -> None:
    await floor.shifts.start(ANA, "fake")
    await floor.shifts.start(VERA, "fake")
    contact = await floor.arrives(language="uz")
    await floor.age(300)
    await floor.routing.match()
    asked = await floor.the_offer(ANA)
    assert (await floor.takes(VERA, contact)).operator_id == VERA.staff_id

    with pytest.raises(Conflict) as lost:
        await floor.accepts(ANA, asked.id)
    assert told(lost.value) == ("taken", "vera")
    live = await floor.endings.live_gone({"id": str(asked.id)}, ANA)
    assert (live["how"], live["by"]) == ("taken", "vera")
    assert await offers_of(floor, contact) == [
        (ANA.staff_id, "withdrawn", None),
        (VERA.staff_id, "accepted", VERA.staff_id),
    ]
    assert (await story(floor, contact.id))[-3:] == ["offered", "picked", "reserved"]
    async with floor.db.uow() as uow:
        assert await routing_store.position(uow, contact.id) is None
        assert await uow.fetchval("select count(*) from audit_row where tag like '%picked'") == 1


async def test_nobody_takes_what_they_cannot_carry(floor: Floor) -> None:
    one, two = await floor.arrives("1"), await floor.arrives("2")
    with pytest.raises(Conflict, match="take-unavailable"):
        await floor.takes(VERA, one)
    await floor.shifts.start(VERA, "fake")
    await floor.shifts.set(VERA, Presence.BREAK, "meal")
    with pytest.raises(Conflict, match="take-unavailable"):
        await floor.takes(VERA, one)
    await floor.shifts.set(VERA, Presence.AVAILABLE, None)
    await floor.takes(VERA, one)
    with pytest.raises(Conflict, match="take-busy"):
        await floor.takes(VERA, two)
    await floor.shifts.start(ANA, "fake")
    with pytest.raises(NotFound):
        await floor.takes(ANA, two)
    assert (await floor.contact(two.id)).state is ContactState.WAITING


async def test_one_of_those_who_press_at_once_wins_and_the_others_hear_who(floor: Floor) -> None:
    """Ana in two tabs, and Vera from the queue, many times over."""
    await floor.shifts.start(BUSY_ANA, "fake")
    await floor.shifts.start(BUSY_VERA, "fake")
    winners: Counter[str] = Counter()
    for n in range(MANY):
        contact = await floor.arrives(str(n), Channel.TELEGRAM)
        await floor.routing.match()
        offer = await floor.the_offer(ANA)
        presses = [
            floor.accepts(ANA, offer.id),
            floor.accepts(ANA, offer.id),
            floor.takes(VERA, contact),
        ]
        order = (n % 3, (n + 1) % 3, (n + 2) % 3)  # none is always the first to be sent
        results = await asyncio.gather(*(presses[at] for at in order), return_exceptions=True)
        (won,) = [one for one in results if isinstance(one, Contact)]
        name = {ANA.staff_id: "ana", VERA.staff_id: "vera"}[won.operator_id or ANA.staff_id]
        lost = [told(one) for one in results if not isinstance(one, Contact)]
        assert lost == [("taken", name)] * 2
        assert [o[1] for o in await offers_of(floor, contact)].count("accepted") == 1
        winners[name] += 1
    assert winners.total() == MANY


async def test_an_assigned_contact_is_offered_to_exactly_one_and_goes_back_to_its_place(
    floor: Floor,
) -> None:
    await floor.shifts.start(ANA, "fake")
    contact = await floor.arrives("1", language="uz")
    await floor.arrives("2", language="uz")
    await floor.picking.assign(VERA, contact.id, ANA.staff_id, new_id())
    offer = await floor.the_offer(ANA)
    assert (offer.contact_id, offer.assigned) == (contact.id, True)
    assert await floor.routing.match() == 0
    await floor.routing.pass_(ANA, offer.id, "language")
    assert await floor.routing.match() == 0
    async with floor.db.uow() as uow:
        assert await routing_store.position(uow, contact.id) == 1
    assert await offers_of(floor, contact) == [(ANA.staff_id, "passed", VERA.staff_id)]
    assert (await story(floor, contact.id))[-3:] == ["assigned", "offered", "passed"]

    uzbek = an_actor("dina", Role.OPERATOR, languages=("uz",))
    await floor.shifts.start(uzbek, "fake")
    assert await floor.routing.match() == 1
    assert (await floor.the_offer(uzbek)).contact_id == contact.id
    await floor.picking.assign(VERA, contact.id, ANA.staff_id, new_id())
    assert await offers_of(floor, contact) == [
        (ANA.staff_id, "passed", VERA.staff_id),
        (uzbek.staff_id, "withdrawn", None),
        (ANA.staff_id, "pending", VERA.staff_id),
    ]


async def test_who_cannot_be_assigned_to_is_said_and_nothing_changes(floor: Floor) -> None:
    sealed = await floor.arrives("sealed", senior=True)
    other = await floor.arrives("other")
    await floor.shifts.start(BORIS, "fake")
    await floor.routing.match()  # Boris is asked about the other one

    async def refused(contact: Contact, actor: Any, why: str) -> None:  # noqa: ANN401 - an Actor
        with pytest.raises(Conflict, match=f"^Conflict: assign-{why}$|^assign-{why}$"):
            await floor.picking.assign(VERA, contact.id, actor.staff_id, new_id())

    await refused(sealed, ANA, "off-shift")
    await floor.shifts.start(ANA, "fake")
    await refused(sealed, ANA, "sealed")
    await floor.shifts.set(ANA, Presence.BREAK, "meal")
    await refused(other, ANA, "break")
    await floor.shifts.set(ANA, Presence.AVAILABLE, None)
    await floor.shifts.unreachable([ANA.staff_id])
    await refused(other, ANA, "not-answering")
    third = await floor.arrives("third")
    await refused(third, BORIS, "asked")
    await floor.routing.accept(BORIS, (await floor.the_offer(BORIS)).id)
    await refused(third, BORIS, "busy")
    with pytest.raises(NotFound):
        await floor.picking.assign(ANA, third.id, BORIS.staff_id, new_id())
    assert await offers_of(floor, sealed) == await offers_of(floor, third) == []
    with pytest.raises(Conflict) as gone:
        await floor.picking.assign(VERA, other.id, ANA.staff_id, new_id())
    assert told(gone.value) == ("taken", "boris")


async def test_a_supervisor_and_the_match_assign_at_once(floor: Floor) -> None:
    await floor.shifts.start(BUSY_ANA, "fake")
    await floor.shifts.start(BORIS, "fake")
    for n in range(8):
        contact = await floor.arrives(str(n), Channel.TELEGRAM)
        await asyncio.gather(
            floor.routing.match(),
            floor.picking.assign(VERA, contact.id, ANA.staff_id, new_id()),
            floor.routing.match(),
        )
        pending = [one for one in await offers_of(floor, contact) if one[1] == "pending"]
        assert [one[0] for one in pending] == [ANA.staff_id]
        assert not await floor.offers(BORIS)
        won = await floor.accepts(ANA, (await floor.the_offer(ANA)).id)
        assert won.id == contact.id


async def test_a_stale_press_wins_nothing(floor: Floor) -> None:
    """The fencing number is the offer's id: an offer that ended never wins, nor does its press."""
    await floor.shifts.start(ANA, "fake")
    await floor.shifts.start(VERA, "fake")
    contact = await floor.arrives()
    await floor.routing.match()
    first = await floor.the_offer(ANA)
    await floor.accepts(ANA, first.id)
    await floor.lost(contact)
    await floor.again(contact)
    with pytest.raises(Conflict) as late:  # the same press, sent again
        await floor.accepts(ANA, first.id)
    assert told(late.value) == ("withdrawn", None)

    press = new_id()
    await floor.picking.take(VERA, contact.id, press)
    with pytest.raises(Conflict) as late:
        await floor.picking.take(VERA, contact.id, press)
    assert told(late.value) == ("taken", "vera")
    await floor.lost(contact)
    await floor.again(contact)
    with pytest.raises(Conflict) as late:
        await floor.picking.take(VERA, contact.id, press)
    assert told(late.value) == ("withdrawn", None)
    with pytest.raises(Conflict):
        await floor.picking.assign(VERA, contact.id, ANA.staff_id, first.id)

    await floor.routing.match()
    second = await floor.the_offer(ANA)
    with pytest.raises(Conflict):
        await floor.accepts(ANA, first.id)
    assert (await floor.accepts(ANA, second.id)).operator_id == ANA.staff_id


async def test_who_was_too_late_hears_that_it_went_on_and_to_whom(floor: Floor) -> None:
    await floor.shifts.start(ANA, "fake")
    await floor.arrives()
    await floor.routing.match()
    offer = await floor.the_offer(ANA)
    await floor.overdue()
    with pytest.raises(Conflict) as late:
        await floor.accepts(ANA, offer.id)
    assert told(late.value) == ("expired", None)
    await floor.routing.expire_due()
    await floor.shifts.start(BORIS, "fake")
    await floor.in_hand(BORIS)
    with pytest.raises(Conflict) as late:
        await floor.accepts(ANA, offer.id)
    assert told(late.value) == ("expired", "boris")
    with pytest.raises(Conflict) as strange:  # of an offer to somebody else nothing is told
        await floor.accepts(VERA, offer.id)
    assert told(strange.value) == ("withdrawn", None)


async def test_a_caller_who_hangs_up_while_somebody_presses(floor: Floor) -> None:
    await floor.shifts.start(BUSY_ANA, "fake")
    await floor.shifts.start(BUSY_VERA, "fake")
    for n in range(8):
        contact = await floor.arrives(str(n), Channel.TELEGRAM)
        await floor.routing.match()
        offer = await floor.the_offer(ANA)
        press = floor.takes(VERA, contact) if n % 2 else floor.accepts(ANA, offer.id)
        won, _ = await asyncio.gather(press, leaves(floor, contact), return_exceptions=True)
        after = await floor.contact(contact.id)
        kinds = await story(floor, contact.id)
        assert kinds.count("caller_left") == 1
        if isinstance(won, Contact):
            assert (after.state, after.operator_id) == (ContactState.CLOSED, won.operator_id)
        else:
            assert told(won) == ("caller_left", None)
            assert after.state is ContactState.CLOSED
            assert "reserved" not in kinds
        assert "pending" not in [one[1] for one in await offers_of(floor, contact)]


async def test_an_account_that_is_closed_while_its_person_is_asked(floor: Floor) -> None:
    await floor.shifts.start(ANA, "fake")
    contact = await floor.arrives()
    await floor.routing.match()
    offer = await floor.the_offer(ANA)
    await floor.shifts.sign_off(ANA.staff_id)
    with pytest.raises(Conflict) as late:
        await floor.accepts(ANA, offer.id)
    assert told(late.value) == ("withdrawn", None)
    assert await offers_of(floor, contact) == [(ANA.staff_id, "withdrawn", None)]
    await floor.shifts.start(BORIS, "fake")
    assert (await floor.in_hand(BORIS)).id == contact.id


async def test_an_account_that_is_closed_while_its_person_presses(floor: Floor) -> None:
    for n in range(8):
        await floor.shifts.start(ANA, "fake")
        contact = await floor.arrives(str(n), Channel.TELEGRAM)
        await floor.routing.match()
        press = floor.accepts(ANA, (await floor.the_offer(ANA)).id)
        won, _ = await asyncio.gather(
            press, floor.shifts.sign_off(ANA.staff_id), return_exceptions=True
        )
        waits = await floor.contact(contact.id)
        assert (waits.state, waits.operator_id) == (ContactState.WAITING, None)
        ((_, ended, _),) = await offers_of(floor, contact)
        if isinstance(won, Contact):
            assert ended == "accepted"
            assert (await story(floor, contact.id))[-1] == "requeued"
            await floor.again(contact)
        else:
            assert (told(won), ended) == (("withdrawn", None), "withdrawn")
        await leaves(floor, contact)


async def test_a_clock_that_jumps_during_an_offer(floor: Floor) -> None:
    """Back: the offer has its whole time again, and no more. Forward: it is over at once."""
    await floor.shifts.start(ANA, "fake")
    contact = await floor.arrives()
    await floor.routing.match()

    async def jumps(by: timedelta) -> None:
        async with floor.db.uow() as uow:
            await uow.execute(
                "update offer set made_at = made_at - $1::interval, "
                "deadline = deadline - $1::interval",
                by,
            )

    await jumps(timedelta(hours=-1))
    assert await floor.routing.expire_due() == 0
    offer = await floor.the_offer(ANA)
    async with floor.db.uow() as uow:
        assert offer.deadline <= await uow.time() + timedelta(seconds=20)
    await jumps(timedelta(hours=1))
    with pytest.raises(Conflict) as late:
        await floor.accepts(ANA, offer.id)
    assert told(late.value) == ("expired", None)
    assert await floor.routing.expire_due() == 1
    assert await offers_of(floor, contact) == [(ANA.staff_id, "expired", None)]
    assert (await story(floor, contact.id))[-2:] == ["offered", "missed"]


async def test_a_reason_for_passing_is_one_of_the_list(floor: Floor) -> None:
    await floor.shifts.start(ANA, "fake")
    await floor.arrives()
    await floor.routing.match()
    offer = await floor.the_offer(ANA)
    with pytest.raises(Invalid) as wrong:
        await floor.routing.pass_(ANA, offer.id, "bored")
    assert wrong.value.fields == {"reason": "unknown"}
    assert await floor.offers(ANA)
    await floor.routing.pass_(ANA, offer.id, "know_caller")
