"""Hold, third parties and supervisors in a talk, and what the carrier is asked for."""

import asyncio
from uuid import UUID

import pytest

from hotline.access.roles import Role as StaffRole
from hotline.carrier.ports import CarrierError, Wish
from hotline.contacts.model import ContactState
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from hotline.telephony.errands import GRACE, GUEST_LATE
from hotline.telephony.model import Mode, identity
from tests.builders import ANA, BORIS, VERA, an_actor
from tests.service.telephony.document import BASE
from tests.service.telephony.exchange import Exchange

MUSIC = f"{BASE}/voice/music#ct=2000&rt=4000&rc=2&rp=ct,rt,5xx"
HELD = Wish(held=True, hold_url=MUSIC)
NUMBER = "+996312663322"
POLICE = "102"
VERA_PHONE = f"client:{identity(VERA.staff_id)}"
GONE = CarrierError("20404", permanent=True)


async def test_a_held_caller_hears_music_until_they_are_spoken_with_again(
    exchange: Exchange,
) -> None:
    caller, operator, room = await exchange.talking()
    contact = await exchange.contact(caller)

    await exchange.talks.hold(ANA, contact.id, on=True)
    await exchange.work()
    assert exchange.carrier.rooms[room.name] == {operator: Wish(), caller: HELD}
    card = await exchange.card(caller)
    assert (card["held"], card["state"]) == (True, "live")
    assert [p["state"] for p in card["parties"] if p["role"] == "caller"] == ["held"]

    await exchange.talks.hold(ANA, contact.id, on=False)
    await exchange.talks.hold(ANA, contact.id, on=False)
    await exchange.work()
    assert exchange.carrier.rooms[room.name][caller] == Wish()
    assert not (await exchange.card(caller))["held"]


async def test_a_hold_is_asked_for_until_the_carrier_has_done_it_and_then_no_more(
    exchange: Exchange,
) -> None:
    caller, _, room = await exchange.talking()
    contact = await exchange.contact(caller)
    exchange.carrier.failures.append(CarrierError("too-many", permanent=False))

    await exchange.talks.hold(ANA, contact.id, on=True)
    assert await exchange.work() == ["CarrierError"]
    assert await exchange.again() == []
    assert exchange.carrier.rooms[room.name][caller] == HELD

    exchange.carrier.failures.append(CarrierError("not-asked", permanent=True))
    await exchange.joins("CAnobody", room)
    assert await exchange.work() == []
    assert exchange.carrier.failures != []


async def test_who_comes_into_the_room_again_is_put_on_hold_again(exchange: Exchange) -> None:
    caller, _, room = await exchange.talking()
    contact = await exchange.contact(caller)
    await exchange.talks.hold(ANA, contact.id, on=True)
    await exchange.work()

    await exchange.leaves(caller, room)
    exchange.carrier.rooms[room.name][caller] = Wish()
    await exchange.joins(caller, room)
    await exchange.work()

    assert exchange.carrier.rooms[room.name][caller] == HELD


async def test_a_caller_who_left_meanwhile_cannot_be_held_and_that_is_no_error(
    exchange: Exchange,
) -> None:
    caller, _, room = await exchange.talking()
    contact = await exchange.contact(caller)
    del exchange.carrier.rooms[room.name][caller]

    await exchange.talks.hold(ANA, contact.id, on=True)

    assert await exchange.work() == []


async def test_only_the_operator_of_a_talk_that_goes_on_may_do_anything_with_it(
    exchange: Exchange,
) -> None:
    caller, room = await exchange.accepted()
    contact = await exchange.contact(caller)
    assert room.contact_id == contact.id
    with pytest.raises(Conflict, match="contact-not-talking"):
        await exchange.talks.hold(ANA, contact.id, on=True)
    with pytest.raises(NotFound):
        await exchange.talks.hold(BORIS, contact.id, on=True)


async def test_where_the_carrier_has_no_rooms_a_talk_can_only_be_handed_on(
    db: Database, vault: Vault
) -> None:
    exchange = Exchange(db, vault, "somleng")
    caller, _ = await exchange.accepted()
    await exchange.hold(caller)
    contact = await exchange.contact(caller)
    assert contact.state is ContactState.TALKING

    with pytest.raises(Conflict, match="carrier-cannot"):
        await exchange.talks.hold(ANA, contact.id, on=True)
    with pytest.raises(Conflict, match="carrier-cannot"):
        await exchange.talks.bring(ANA, contact.id, number=NUMBER, partner=None, caller_held=False)
    with pytest.raises(Conflict, match="carrier-cannot"):
        await exchange.watching.watch(VERA, contact.id, Mode.LISTEN)
    targets = await exchange.talks.targets(ANA, contact.id)
    assert [verb for verb, able in targets["can"].items() if able] == ["transfer"]
    assert (await exchange.card(caller))["can"] == targets["can"]


# --------------------------------------------------------------------------------- third parties


async def test_a_third_party_is_rung_sealed_and_talks_with_both(exchange: Exchange) -> None:
    caller, operator, room = await exchange.talking()
    contact = await exchange.contact(caller)

    guest = await exchange.talks.bring(
        ANA, contact.id, number="0312 663322", partner=None, caller_held=False
    )
    await exchange.work()
    third = exchange.rung(NUMBER)
    (party,) = [p for p in (await exchange.card(caller))["parties"] if p["role"] == "third"]
    assert party == {
        "leg": guest.id,
        "role": "third",
        "label": "+996 312 ··· ·22",
        "state": "ringing",
    }
    assert not await exchange.count(
        "select count(*) from call_guest g where g::text like '%663322%'"
    )

    await exchange.comes(third, room)
    assert set(exchange.carrier.rooms[room.name]) == {operator, caller, third}
    assert set(exchange.carrier.rooms[room.name].values()) == {Wish()}
    assert (await exchange.contact(caller)).state is ContactState.TALKING
    assert await exchange.call_state(caller) == "live"

    await exchange.talks.dismiss(ANA, contact.id, guest.id)
    await exchange.work(GUEST_LATE)
    assert exchange.carrier.calls[third].status == "completed"
    assert len((await exchange.card(caller))["parties"]) == 2


async def test_a_third_party_comes_in_only_when_the_caller_hears_music(
    exchange: Exchange,
) -> None:
    caller, operator, room = await exchange.talking()
    contact = await exchange.contact(caller)
    guest = await exchange.talks.bring(
        ANA, contact.id, number=None, partner="police", caller_held=True
    )
    too_soon = await exchange.guest(guest.id, "CAthird")
    assert too_soon.verbs == ["Pause", "Redirect"]

    await exchange.work()

    assert (await exchange.bridge("CAthird")).room == room.name
    assert exchange.carrier.rooms[room.name] == {operator: Wish(), caller: HELD}


async def test_what_becomes_of_a_third_party_never_moves_the_talk(exchange: Exchange) -> None:
    caller, _, room = await exchange.talking()
    contact = await exchange.contact(caller)
    for _ in range(2):
        await exchange.talks.bring(
            ANA, contact.id, number=None, partner="police", caller_held=False
        )
    await exchange.work()
    busy, other = [c.sid for c in exchange.carrier.calls.values() if c.to == POLICE]

    await exchange.status(busy, "busy")
    await exchange.comes(other, room)
    await exchange.leaves(other, room)
    await exchange.work(GUEST_LATE)

    assert (await exchange.contact(caller)).state is ContactState.TALKING
    assert [p["role"] for p in (await exchange.card(caller))["parties"]] == ["caller", "operator"]
    assert not await exchange.count("select count(*) from job where kind = $1", GRACE)


async def test_a_third_party_may_be_busy_before_we_know_their_leg(exchange: Exchange) -> None:
    caller, *_ = await exchange.talking()
    contact = await exchange.contact(caller)
    guest = await exchange.talks.bring(
        ANA, contact.id, number=None, partner="police", caller_held=False
    )

    assert await exchange.entrance.status(exchange.form("CAbusy", "busy"), guest.id)
    assert not await exchange.entrance.status(exchange.form("CAbusy", "ringing"), guest.id)
    assert not await exchange.entrance.status(exchange.form("CAbusy", "busy"), UUID(int=1))
    await exchange.work(GUEST_LATE)

    assert len((await exchange.card(caller))["parties"]) == 2
    assert not [call for call in exchange.carrier.calls.values() if call.to == POLICE]


async def test_whoever_does_not_answer_is_not_waited_for_for_ever(exchange: Exchange) -> None:
    caller, *_ = await exchange.talking()
    contact = await exchange.contact(caller)
    await exchange.talks.bring(ANA, contact.id, number=None, partner="police", caller_held=False)
    await exchange.work()

    await exchange.work(GUEST_LATE)

    assert exchange.carrier.calls[exchange.rung(POLICE)].status == "completed"
    assert len((await exchange.card(caller))["parties"]) == 2


async def test_a_third_party_is_rung_once_however_often_the_job_runs(exchange: Exchange) -> None:
    caller, *_ = await exchange.talking()
    contact = await exchange.contact(caller)
    guest = await exchange.talks.bring(
        ANA, contact.id, number=NUMBER, partner=None, caller_held=False
    )
    ring = exchange.jobs.handlers["voice.ring_guest"]
    await exchange.work()
    async with exchange.db.uow() as uow:  # the carrier rang them, and we never heard its answer
        await uow.execute("update call_guest set sid = null")

    await ring({"guest": str(guest.id)}, None)  # type: ignore[arg-type]  # it does not use it

    assert len([c for c in exchange.carrier.calls.values() if c.to == NUMBER]) == 1


@pytest.mark.parametrize(
    "number", ["+79161234567", "102", "", "anonymous", "+99690012", "sip:x@y", "client:op_1"]
)
async def test_numbers_outside_the_rules_are_not_rung(exchange: Exchange, number: str) -> None:
    caller, *_ = await exchange.talking()
    contact = await exchange.contact(caller)

    with pytest.raises(Invalid, match="number-not-allowed"):
        await exchange.talks.bring(ANA, contact.id, number=number, partner=None, caller_held=False)
    with pytest.raises(Invalid):
        await exchange.talks.bring(
            ANA, contact.id, number=None, partner="nobody", caller_held=False
        )
    await exchange.work()

    assert not [c for c in exchange.carrier.calls.values() if c.to == number]


async def test_when_the_caller_hangs_up_everybody_is_let_go(exchange: Exchange) -> None:
    caller, operator, room = await exchange.talking()
    contact = await exchange.contact(caller)
    await exchange.talks.bring(ANA, contact.id, number=NUMBER, partner=None, caller_held=False)
    await exchange.work()
    await exchange.comes(exchange.rung(NUMBER), room)

    await exchange.status(caller, "completed")
    await exchange.work(GUEST_LATE, GRACE)

    assert (await exchange.contact(caller)).state is ContactState.WRAP_UP
    for sid in (operator, exchange.rung(NUMBER)):
        assert exchange.carrier.calls[sid].status == "completed"
    assert not await exchange.count("select count(*) from call_guest where ended_at is null")


async def test_an_operator_who_is_lost_takes_the_guests_along_and_the_caller_waits_in_front(
    exchange: Exchange,
) -> None:
    caller, operator, room = await exchange.talking()
    contact = await exchange.contact(caller)
    await exchange.talks.bring(ANA, contact.id, number=NUMBER, partner=None, caller_held=False)
    await exchange.work()
    await exchange.comes(exchange.rung(NUMBER), room)

    await exchange.leaves(operator, room)
    await exchange.work(GRACE)

    assert (await exchange.contact(caller)).state is ContactState.WAITING
    assert exchange.carrier.calls[exchange.rung(NUMBER)].status == "completed"
    assert "/voice/hold?n=0" in exchange.carrier.calls[caller].url


async def test_an_operator_who_comes_back_in_time_finds_the_guests_there(
    exchange: Exchange,
) -> None:
    caller, operator, room = await exchange.talking()
    contact = await exchange.contact(caller)
    await exchange.talks.bring(ANA, contact.id, number=NUMBER, partner=None, caller_held=False)
    await exchange.work()
    third = exchange.rung(NUMBER)
    await exchange.comes(third, room)
    await exchange.leaves(operator, room)
    await exchange.work()

    assert (await exchange.operator("CAagain")).room == room.name
    await exchange.joins("CAagain", room)
    await exchange.work(GRACE)

    assert (await exchange.contact(caller)).state is ContactState.TALKING
    assert exchange.carrier.calls[third].status == "in-progress"


# ----------------------------------------------------------------------------------- supervisors


async def test_a_supervisor_listens_whispers_and_speaks_and_it_is_on_record(
    exchange: Exchange,
) -> None:
    caller, operator, room = await exchange.talking()
    contact = await exchange.contact(caller)

    await exchange.watching.watch(VERA, contact.id, Mode.LISTEN)
    await exchange.work()
    vera = exchange.rung(VERA_PHONE)
    url = exchange.carrier.calls[vera].url
    document = await exchange.guest(UUID(url.partition("?g=")[2].partition("#")[0]), vera)
    assert 'muted="true"' in document.text
    assert 'endConferenceOnExit="false"' in document.text
    await exchange.comes(vera, room)
    inside = exchange.carrier.rooms[room.name]
    inside[vera] = Wish(muted=True)
    card = await exchange.card(caller)
    assert card["watched"]
    assert [p["role"] for p in card["parties"]] == ["caller", "operator", "supervisor"]

    await exchange.watching.watch(VERA, contact.id, Mode.WHISPER)
    await exchange.work()
    assert inside == {operator: Wish(), caller: Wish(), vera: Wish(coaches=operator)}
    await exchange.watching.watch(VERA, contact.id, Mode.BARGE)
    await exchange.work()
    assert inside[vera] == Wish()
    await exchange.watching.watch(VERA, contact.id, None)
    await exchange.watching.watch(VERA, contact.id, None)
    await exchange.work(GUEST_LATE)

    assert exchange.carrier.calls[vera].status == "completed"
    assert not (await exchange.card(caller))["watched"]
    assert (await exchange.contact(caller)).state is ContactState.TALKING
    assert (
        await exchange.count(
            "select count(*) from audit_row where tag = 'staff:call:watched' and actor_id = $1",
            VERA.staff_id,
        )
        == 4
    )


async def test_a_whisper_is_silence_while_there_is_no_operator_to_hear_it(
    exchange: Exchange,
) -> None:
    caller, operator, room = await exchange.talking()
    contact = await exchange.contact(caller)
    await exchange.watching.watch(VERA, contact.id, Mode.WHISPER)
    await exchange.work()
    vera = exchange.rung(VERA_PHONE)
    await exchange.comes(vera, room)

    await exchange.leaves(operator, room)
    await exchange.work()

    assert exchange.carrier.rooms[room.name][vera] == Wish(muted=True)


async def test_only_supervisors_watch_and_only_one_talk_at_a_time(exchange: Exchange) -> None:
    caller, *_ = await exchange.talking()
    contact = await exchange.contact(caller)

    for nobody in (ANA, BORIS, an_actor("admin", StaffRole.ADMINISTRATOR)):
        with pytest.raises(Forbidden):
            await exchange.watching.watch(nobody, contact.id, Mode.LISTEN)

    await exchange.watching.watch(VERA, contact.id, Mode.LISTEN)
    other, *_ = await exchange.talking(BORIS)
    with pytest.raises(Conflict, match="already-on-a-call"):
        await exchange.watching.watch(VERA, (await exchange.contact(other)).id, Mode.LISTEN)


async def test_two_verbs_at_once_end_as_if_one_came_after_the_other(exchange: Exchange) -> None:
    caller, operator, room = await exchange.talking()
    contact = await exchange.contact(caller)

    await asyncio.gather(
        exchange.talks.hold(ANA, contact.id, on=True),
        exchange.watching.watch(VERA, contact.id, Mode.LISTEN),
        exchange.talks.hold(ANA, contact.id, on=True),
    )
    await exchange.work()

    assert exchange.carrier.rooms[room.name] == {operator: Wish(), caller: HELD}
