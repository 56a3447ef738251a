"""Handing a talk on without a word first, or to somebody outside."""

import pytest

from hotline.carrier.ports import Wish
from hotline.contacts.model import ContactState
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.kernel.errors import HotlineError, Invalid
from hotline.routing import store as routing_store
from hotline.routing.model import Presence
from hotline.telephony.errands import GRACE, GUEST_LATE, NO_JOIN
from hotline.telephony.model import Role
from hotline.telephony.talks import Goal
from tests.builders import ANA, BORIS, an_actor
from tests.service.routing.floor import Seals
from tests.service.telephony.exchange import Exchange
from tests.service.telephony.handing import TO_NUMBER, presence, transfer_of
from tests.service.telephony.test_talks import HELD, NUMBER

TO_BORIS = Goal("staff", str(BORIS.staff_id))
PRESENCE = "select presence from operator_state where staff_id = $1"
HERA = an_actor("hera", *ANA.roles, languages=("uz",))


async def test_handed_on_cold_the_caller_waits_in_front_for_one_colleague_first(
    exchange: Exchange,
) -> None:
    caller, operator, room = await exchange.talking()
    await exchange.on_shift(HERA)  # speaks another language, and was chosen all the same
    await exchange.on_shift(BORIS)

    await exchange.talks.hand_on(
        ANA, room.contact_id, Goal("staff", str(HERA.staff_id)), warm=False
    )
    await exchange.work()

    assert (await exchange.hold(caller, 0)).plays[0] == "ru/ivr-handed-on"
    assert exchange.carrier.calls[operator].status == "completed"
    assert await presence(exchange, ANA) == (0, 0)
    async with exchange.db.uow() as uow:
        (offer,) = await routing_store.pending_offers(uow, contact_id=room.contact_id)
    assert offer.staff_id == HERA.staff_id
    await exchange.accept(HERA)
    assert (await exchange.contact(caller)).operator_id == HERA.staff_id


async def test_without_rooms_nobody_is_blamed_for_whom_the_first_still_talks_with(
    db: Database, vault: Vault
) -> None:
    exchange = Exchange(db, vault, "somleng")
    caller, room = await exchange.accepted()
    await exchange.hold(caller)
    await exchange.on_shift(BORIS)
    await exchange.talks.hand_on(ANA, room.contact_id, TO_BORIS, warm=False)
    await exchange.work()
    await exchange.accept(BORIS)

    assert await exchange.work(NO_JOIN) == []

    async with exchange.db.uow() as uow:
        timeline = await exchange.contacts.timeline(uow, room.contact_id)
        boris = await uow.fetchval(PRESENCE, BORIS.staff_id)
    whys = [line.fields["why"] for line in timeline if line.kind == "requeued"]
    assert (whys, boris) == (["transferred", "operator_lost"], "available")


async def test_a_colleague_who_cannot_have_it_is_refused_and_the_talk_goes_on(
    exchange: Exchange,
) -> None:
    caller, _, room = await exchange.talking()
    exchange.routing.sealed = seals = Seals()

    async def refused(why: str, goal: Goal = TO_BORIS) -> None:
        with pytest.raises(HotlineError, match=why):
            await exchange.talks.hand_on(ANA, room.contact_id, goal, warm=False)

    await refused("not-found", Goal("staff", str(room.contact_id)))
    await refused("colleague-busy", Goal("staff", str(ANA.staff_id)))
    await exchange.on_shift(BORIS)
    seals.contacts.add(room.contact_id)
    await refused("colleague-sealed")
    seals.contacts.clear()
    await exchange.shifts.set(BORIS, Presence.BREAK, "meal")
    await refused("colleague-busy")
    await exchange.work()

    contact = await exchange.contact(caller)
    assert (contact.state, contact.operator_id) == (ContactState.TALKING, ANA.staff_id)
    assert not await exchange.count("select count(*) from call_transfer")


async def test_a_colleague_who_leaves_meanwhile_is_wanted_for_one_offer_time_only(
    exchange: Exchange,
) -> None:
    caller, _, room = await exchange.talking()
    await exchange.on_shift(BORIS)
    await exchange.talks.hand_on(ANA, room.contact_id, TO_BORIS, warm=False)
    await exchange.shifts.set(BORIS, Presence.BREAK, "meal")
    await exchange.work()
    await exchange.routing.match()
    assert not await exchange.count("select count(*) from offer where state = 'pending'")

    async with exchange.db.uow() as uow:
        await uow.execute("update queue_entry set wanted_until = now()")
    assert await exchange.routing.match() == 1

    assert (await exchange.contact(caller)).state is ContactState.WAITING


async def test_handed_on_to_the_queue_the_contact_asks_for_what_it_needs_now(
    exchange: Exchange,
) -> None:
    caller, _, room = await exchange.talking()

    with pytest.raises(Invalid):
        await exchange.talks.hand_on(
            ANA, room.contact_id, Goal("queue", topic="nonsense"), warm=False
        )
    with pytest.raises(Invalid):
        await exchange.talks.hand_on(ANA, room.contact_id, Goal("queue", language="fr"), warm=False)
    await exchange.talks.hand_on(
        ANA, room.contact_id, Goal("queue", topic="wages", language="uz"), warm=False
    )
    await exchange.work()

    contact = await exchange.contact(caller)
    assert (contact.state, contact.language, contact.topic) == (
        ContactState.WAITING,
        "uz",
        "wages",
    )


async def test_handed_on_to_a_number_the_operator_leaves_when_it_answers(
    exchange: Exchange,
) -> None:
    caller, operator, room = await exchange.talking()
    await exchange.talks.hand_on(ANA, room.contact_id, TO_NUMBER, warm=False)
    await exchange.work()
    third = exchange.rung(NUMBER)
    inside = exchange.carrier.rooms[room.name]
    assert inside == {operator: Wish(), caller: HELD}

    await exchange.comes(third, room)
    await exchange.work(GUEST_LATE)

    contact = await exchange.contact(caller)
    assert (contact.state, contact.operator_id) == (ContactState.WRAP_UP, ANA.staff_id)
    assert exchange.carrier.calls[operator].status == "completed"
    await exchange.status(operator, "completed")
    await exchange.leaves(operator, room)
    await exchange.work(GRACE)
    assert (inside[caller], inside[third]) == (Wish(), Wish())
    assert exchange.carrier.calls[third].status == "in-progress"
    assert (await exchange.bridge(caller)).room == room.name  # wherever it is asked from
    assert await exchange.call_state(caller) == "ended"


@pytest.mark.parametrize("who", [Role.CALLER, Role.THIRD])
async def test_the_talk_without_us_ends_with_whoever_hangs_up(
    exchange: Exchange, who: Role
) -> None:
    caller, operator, room = await exchange.talking()
    await exchange.talks.hand_on(ANA, room.contact_id, TO_NUMBER, warm=False)
    await exchange.work()
    third = exchange.rung(NUMBER)
    await exchange.comes(third, room)
    await exchange.status(operator, "completed")
    await exchange.work()

    await exchange.status(caller if who is Role.CALLER else third, "completed")
    await exchange.work(GRACE, GUEST_LATE)

    assert room.name not in exchange.carrier.rooms
    if who is Role.CALLER:
        assert exchange.carrier.calls[third].status == "completed"
    else:
        assert (await exchange.after(caller)).plays == ["ru/ivr-goodbye"]
    assert not await exchange.count("select count(*) from conference where ended_at is null")
    assert not await exchange.count("select count(*) from call_guest where ended_at is null")


async def test_first_spoken_with_a_number_is_given_the_caller_in_the_end(
    exchange: Exchange,
) -> None:
    caller, operator, room = await exchange.talking()
    await exchange.talks.hand_on(ANA, room.contact_id, Goal("partner", "consular"), warm=True)
    await exchange.work()
    third = exchange.rung("+996999312002")
    await exchange.comes(third, room)
    inside = exchange.carrier.rooms[room.name]
    assert inside == {operator: Wish(), caller: HELD, third: Wish()}
    assert await transfer_of(exchange, caller) == {
        "to_name": "Консульский департамент МИД",
        "warm": True,
        "state": "talking",
        "mine": "from",
    }

    await exchange.talks.finish(ANA, room.contact_id)
    await exchange.work()

    assert (await exchange.contact(caller)).state is ContactState.WRAP_UP
    assert inside[caller] == Wish()
    assert exchange.carrier.calls[operator].status == "completed"


@pytest.mark.parametrize("warm", [True, False])
async def test_where_nobody_answers_the_caller_is_back_with_the_operator(
    exchange: Exchange,
    warm: bool,  # noqa: FBT001 - a column of the table
) -> None:
    caller, operator, room = await exchange.talking()
    await exchange.talks.hand_on(ANA, room.contact_id, TO_NUMBER, warm=warm)
    await exchange.work()

    await exchange.status(exchange.rung(NUMBER), "no-answer")
    await exchange.work(GUEST_LATE)

    assert exchange.carrier.rooms[room.name] == {operator: Wish(), caller: Wish()}
    assert (await exchange.contact(caller)).state is ContactState.TALKING
    assert await transfer_of(exchange, caller) is None
