"""Handing a talk on to a colleague who is spoken with first."""

import pytest

from hotline.access.model import Actor
from hotline.carrier.ports import Wish
from hotline.contacts.model import ContactState
from hotline.kernel.errors import Conflict, Invalid, NotFound
from hotline.routing import store as routing_store
from hotline.routing.model import Presence
from hotline.telephony.errands import GRACE, GUEST_LATE
from hotline.telephony.model import Room, identity
from hotline.telephony.talks import Goal
from tests.builders import ANA, BORIS, VERA
from tests.service.routing.floor import Seals
from tests.service.telephony.exchange import Exchange
from tests.service.telephony.handing import TO_NUMBER, presence, transfer_of
from tests.service.telephony.test_talks import HELD

TO_BORIS = Goal("staff", str(BORIS.staff_id))
BORIS_PHONE = f"client:{identity(BORIS.staff_id)}"


async def ask(exchange: Exchange) -> tuple[str, str, Room]:
    """Ana talks and asks Boris into the talk."""
    caller, operator, room = await exchange.talking()
    await exchange.on_shift(BORIS)
    await exchange.talks.hand_on(ANA, room.contact_id, TO_BORIS, warm=True)
    await exchange.work()
    return caller, operator, room


async def aside(exchange: Exchange) -> tuple[str, str, str, Room]:
    """Ana and Boris talk, the caller hears music: caller, both operators, room."""
    caller, operator, room = await ask(exchange)
    await exchange.accept(BORIS)
    colleague = exchange.rung(BORIS_PHONE)
    await exchange.comes(colleague, room)
    return caller, operator, colleague, room


async def test_a_colleague_is_asked_by_an_offer_while_the_caller_hears_music(
    exchange: Exchange,
) -> None:
    caller, operator, room = await ask(exchange)

    assert exchange.carrier.rooms[room.name] == {operator: Wish(), caller: HELD}
    async with exchange.db.uow() as uow:
        (offer,) = await routing_store.pending_offers(uow, staff_id=BORIS.staff_id)
    assert (offer.contact_id, offer.purpose) == (room.contact_id, "transfer")
    assert await transfer_of(exchange, caller) == {
        "to_name": None,
        "warm": True,
        "state": "asked",
        "mine": "from",
    }
    with pytest.raises(Conflict, match="transfer-open"):
        await exchange.talks.hold(ANA, room.contact_id, on=False)
    with pytest.raises(Conflict, match="transfer-open"):
        await exchange.talks.hand_on(ANA, room.contact_id, TO_NUMBER, warm=False)
    with pytest.raises(Conflict, match="transfer-not-there"):
        await exchange.talks.finish(ANA, room.contact_id)


async def test_the_two_talk_and_then_the_colleague_goes_on_with_the_caller(
    exchange: Exchange,
) -> None:
    caller, operator, colleague, room = await aside(exchange)
    inside = exchange.carrier.rooms[room.name]
    assert inside == {operator: Wish(), caller: HELD, colleague: Wish()}
    assert await presence(exchange, BORIS) == (1, 1)
    shown = await transfer_of(exchange, caller, BORIS)
    assert shown == {"to_name": None, "warm": True, "state": "talking", "mine": "to"}
    assert (await exchange.contact(caller)).operator_id == ANA.staff_id

    await exchange.talks.finish(ANA, room.contact_id)
    await exchange.work()
    await exchange.status(operator, "completed")
    await exchange.leaves(operator, room)
    await exchange.work(GRACE, GUEST_LATE)

    contact = await exchange.contact(caller)
    assert (contact.state, contact.operator_id) == (ContactState.TALKING, BORIS.staff_id)
    assert exchange.carrier.calls[operator].status == "completed"
    assert (inside[caller], inside[colleague]) == (Wish(), Wish())
    assert await exchange.call_state(caller) == "live"
    assert await presence(exchange, ANA) == (0, 0)
    assert await presence(exchange, BORIS) == (1, 1)
    assert (await exchange.operator("CAboris2", BORIS)).room == room.name
    told = [(e.kind, e.audience) for _, e in exchange.live._told]
    assert ("contact.gone", f"staff:{ANA.staff_id}") in told
    assert ("contact.card", f"staff:{BORIS.staff_id}") in told

    await exchange.calls.hang_up(BORIS, contact.id)
    await exchange.work(GUEST_LATE)
    assert exchange.carrier.calls[colleague].status == "completed"
    assert (await exchange.contact(caller)).state is ContactState.WRAP_UP


@pytest.mark.parametrize("side", [ANA, BORIS])
async def test_either_side_can_leave_the_caller_with_whom_they_were(
    exchange: Exchange, side: Actor
) -> None:
    caller, operator, colleague, room = await aside(exchange)

    await exchange.talks.take_back(side, room.contact_id)
    await exchange.work(GUEST_LATE)

    contact = await exchange.contact(caller)
    assert (contact.state, contact.operator_id) == (ContactState.TALKING, ANA.staff_id)
    assert exchange.carrier.rooms[room.name][caller] == Wish()
    assert exchange.carrier.calls[colleague].status == "completed"
    assert exchange.carrier.calls[operator].status == "in-progress"
    assert await presence(exchange, BORIS) == (0, 0)
    assert await transfer_of(exchange, caller) is None
    with pytest.raises(Conflict, match="no-transfer"):
        await exchange.talks.take_back(ANA, room.contact_id)


async def test_taken_back_before_it_was_accepted_the_offer_is_gone(exchange: Exchange) -> None:
    caller, _, room = await ask(exchange)
    async with exchange.db.uow() as uow:
        (offer,) = await routing_store.pending_offers(uow, staff_id=BORIS.staff_id)

    await exchange.talks.take_back(ANA, room.contact_id)
    await exchange.work()

    with pytest.raises(Conflict, match="offer-gone"):
        await exchange.routing.accept(BORIS, offer.id)
    assert exchange.carrier.rooms[room.name][caller] == Wish()


@pytest.mark.parametrize("whom", [VERA, BORIS])
async def test_taken_back_somebody_else_or_the_same_can_be_asked_at_once(
    exchange: Exchange, whom: Actor
) -> None:
    caller, operator, room = await ask(exchange)
    async with exchange.db.uow() as uow:
        (first,) = await routing_store.pending_offers(uow, staff_id=BORIS.staff_id)
    if whom is VERA:
        await exchange.on_shift(VERA)

    await exchange.talks.take_back(ANA, room.contact_id)
    to = Goal("staff", str(whom.staff_id))
    await exchange.talks.hand_on(ANA, room.contact_id, to, warm=True)  # no job ran in between
    with pytest.raises(Conflict, match="offer-gone"):
        await exchange.routing.accept(BORIS, first.id)
    await exchange.accept(whom)

    assert await exchange.work() == []
    told = [e.body.get("id") for _, e in exchange.live._told if e.kind == "offer.gone"]
    assert str(first.id) in told
    assert await presence(exchange, whom) == (1, 1)
    await exchange.comes(exchange.rung(f"client:{identity(whom.staff_id)}"), room)
    await exchange.talks.finish(ANA, room.contact_id)
    await exchange.work()
    assert (await exchange.contact(caller)).operator_id == whom.staff_id
    assert exchange.carrier.calls[operator].status == "completed"


async def test_accepted_in_the_moment_it_was_taken_back_leaves_the_colleague_free(
    exchange: Exchange,
) -> None:
    caller, _, room = await ask(exchange)
    async with exchange.db.uow() as uow:
        (offer,) = await routing_store.pending_offers(uow, staff_id=BORIS.staff_id)

    await exchange.talks.take_back(ANA, room.contact_id)
    await exchange.routing.accept(BORIS, offer.id)
    await exchange.work(GUEST_LATE)

    assert await presence(exchange, BORIS) == (0, 0)
    assert exchange.carrier.rooms[room.name][caller] == Wish()
    assert len((await exchange.card(caller))["parties"]) == 2


@pytest.mark.parametrize("how", ["passed", "expired"])
async def test_a_colleague_who_does_not_take_it_leaves_the_caller_with_the_operator(
    exchange: Exchange, how: str
) -> None:
    caller, operator, room = await ask(exchange)
    async with exchange.db.uow() as uow:
        (offer,) = await routing_store.pending_offers(uow, staff_id=BORIS.staff_id)
        if how == "expired":
            await uow.execute("update offer set deadline = now() - interval '1 second'")

    if how == "passed":
        await exchange.routing.pass_(BORIS, offer.id, "other")
    else:
        await exchange.routing.expire_due()
    await exchange.work()

    assert exchange.carrier.rooms[room.name] == {operator: Wish(), caller: Wish()}
    assert await transfer_of(exchange, caller) is None
    assert (await exchange.contact(caller)).operator_id == ANA.staff_id


async def test_only_somebody_free_is_asked(exchange: Exchange) -> None:
    caller, *_ = await exchange.talking()
    contact = await exchange.contact(caller)

    async def refused(goal: Goal) -> None:
        with pytest.raises(Conflict, match="colleague-busy"):
            await exchange.talks.hand_on(ANA, contact.id, goal, warm=True)

    with pytest.raises(NotFound):
        await exchange.talks.hand_on(ANA, contact.id, TO_BORIS, warm=True)
    await refused(Goal("staff", str(ANA.staff_id)))
    await exchange.shifts.start(BORIS, "fake")
    await exchange.shifts.set(BORIS, Presence.BREAK, "meal")
    await refused(TO_BORIS)
    await exchange.shifts.set(BORIS, Presence.AVAILABLE, None)
    await exchange.waiting()
    await exchange.work()
    await refused(TO_BORIS)
    with pytest.raises(Invalid):
        await exchange.talks.hand_on(ANA, contact.id, Goal("staff", "boris"), warm=True)
    with pytest.raises(Invalid):
        await exchange.talks.hand_on(ANA, contact.id, Goal("queue"), warm=True)


async def test_what_is_sealed_is_handed_on_to_seniors_only(exchange: Exchange) -> None:
    caller, *_ = await exchange.talking()
    contact = await exchange.contact(caller)
    exchange.routing.sealed = seals = Seals()
    seals.contacts.add(contact.id)
    await exchange.shifts.start(BORIS, "fake")
    await exchange.shifts.start(VERA, "fake")
    with pytest.raises(Conflict, match="colleague-sealed"):
        await exchange.talks.hand_on(ANA, contact.id, TO_BORIS, warm=True)
    async with exchange.db.uow() as uow:
        assert await routing_store.pending_offers(uow, staff_id=BORIS.staff_id) == []
    to_vera = Goal("staff", str(VERA.staff_id))
    await exchange.talks.hand_on(ANA, contact.id, to_vera, warm=True)
    async with exchange.db.uow() as uow:
        (offer,) = await routing_store.pending_offers(uow, staff_id=VERA.staff_id)
    assert offer.contact_id == contact.id


async def test_a_colleague_who_is_lost_leaves_the_caller_with_the_operator(
    exchange: Exchange,
) -> None:
    caller, operator, colleague, room = await aside(exchange)

    await exchange.status(colleague, "completed")
    await exchange.leaves(colleague, room)
    await exchange.work(GRACE, GUEST_LATE)

    assert exchange.carrier.rooms[room.name][caller] == Wish()
    assert exchange.carrier.calls[operator].status == "in-progress"
    assert (await exchange.contact(caller)).operator_id == ANA.staff_id
    assert await presence(exchange, BORIS) == (0, 0)


async def test_a_colleague_whose_telephone_is_not_answered_is_not_waited_for(
    exchange: Exchange,
) -> None:
    caller, _, room = await ask(exchange)
    await exchange.accept(BORIS)

    await exchange.status(exchange.rung(BORIS_PHONE), "no-answer")
    await exchange.work()

    assert exchange.carrier.rooms[room.name][caller] == Wish()
    assert await presence(exchange, BORIS) == (0, 0)


async def test_an_asker_who_is_lost_leaves_the_caller_to_the_colleague(
    exchange: Exchange,
) -> None:
    caller, operator, colleague, room = await aside(exchange)

    await exchange.status(operator, "completed")
    await exchange.leaves(operator, room)
    await exchange.work()
    assert (await exchange.contact(caller)).operator_id == ANA.staff_id  # she may come back
    await exchange.work(GRACE)

    contact = await exchange.contact(caller)
    assert (contact.state, contact.operator_id) == (ContactState.TALKING, BORIS.staff_id)
    assert exchange.carrier.rooms[room.name][caller] == Wish()
    assert exchange.carrier.calls[colleague].status == "in-progress"
    assert await presence(exchange, ANA) == (0, 0)


async def test_hanging_up_while_a_colleague_is_there_does_not_cut_the_caller_off(
    exchange: Exchange,
) -> None:
    caller, operator, _, room = await aside(exchange)

    await exchange.calls.hang_up(ANA, room.contact_id)
    await exchange.work()

    contact = await exchange.contact(caller)
    assert (contact.state, contact.operator_id) == (ContactState.TALKING, BORIS.staff_id)
    assert exchange.carrier.calls[operator].status == "completed"


async def test_when_both_are_lost_the_caller_waits_in_front(exchange: Exchange) -> None:
    caller, operator, colleague, room = await aside(exchange)

    for sid in (colleague, operator):
        await exchange.status(sid, "completed")
        await exchange.leaves(sid, room)
    await exchange.work(GRACE, GUEST_LATE)

    assert (await exchange.contact(caller)).state is ContactState.WAITING
    assert "/voice/hold?n=0" in exchange.carrier.calls[caller].url
    assert (await exchange.hold(caller, 0)).plays[0] == "ru/ivr-operator-lost"


async def test_a_caller_who_hangs_up_meanwhile_frees_everybody(exchange: Exchange) -> None:
    caller, operator, colleague, _ = await aside(exchange)

    await exchange.status(caller, "completed")
    await exchange.work(GRACE, GUEST_LATE)

    contact = await exchange.contact(caller)
    assert (contact.state, contact.operator_id) == (ContactState.WRAP_UP, ANA.staff_id)
    assert await presence(exchange, BORIS) == (0, 0)
    for sid in (operator, colleague):
        assert exchange.carrier.calls[sid].status == "completed"
    assert not await exchange.count("select count(*) from call_transfer where ended_at is null")


async def test_a_browser_telephone_dials_into_the_talk_it_was_asked_into(
    exchange: Exchange,
) -> None:
    caller, _, room = await exchange.talking()
    await exchange.on_shift(BORIS, "browser")
    await exchange.talks.hand_on(ANA, room.contact_id, TO_BORIS, warm=True)
    await exchange.work()
    await exchange.accept(BORIS)

    assert (await exchange.operator("CAboris", BORIS)).room == room.name
    await exchange.joins("CAboris", room)
    await exchange.work()

    assert exchange.carrier.rooms[room.name][caller] == HELD
    shown = await transfer_of(exchange, caller)
    assert isinstance(shown, dict)
    assert shown["state"] == "talking"
    assert (await exchange.operator("CAx", VERA)).plays == ["ru/ivr-op-none"]
