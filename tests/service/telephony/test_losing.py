"""Operators vanish, callers leave, reports get lost: nobody is dropped and nothing stays open."""

from hotline.contacts.model import ContactState, Outcome
from hotline.routing import operatorstore
from hotline.routing import store as routing_store
from hotline.routing.model import Presence
from hotline.telephony.errands import GRACE
from tests.builders import ANA
from tests.service.telephony.exchange import Exchange


async def test_an_operator_who_comes_back_within_the_grace_goes_on_talking(
    exchange: Exchange,
) -> None:
    caller, operator, room = await exchange.talking()

    await exchange.leaves(operator, room)
    assert await exchange.call_state(caller) == "lost"
    assert (await exchange.operator("CAnew")).room == room.name
    await exchange.joins("CAnew", room)
    await exchange.work(GRACE)

    assert (await exchange.contact(caller)).state is ContactState.TALKING
    assert await exchange.call_state(caller) == "live"


async def test_an_operator_who_stays_away_loses_the_caller_to_the_front(
    exchange: Exchange,
) -> None:
    caller, operator, room = await exchange.talking()
    exchange.carrier.rooms[room.name] = {}

    await exchange.leaves(operator, room)
    await exchange.work(GRACE)

    contact = await exchange.contact(caller)
    assert (contact.state, contact.operator_id) == (ContactState.WAITING, None)
    assert "/voice/hold?n=0" in exchange.carrier.calls[caller].url
    assert exchange.carrier.calls[operator].status == "completed"
    assert room.name not in exchange.carrier.rooms
    document = await exchange.hold(caller, 0)
    assert document.plays == ["ru/ivr-operator-lost", "all/hold-15s"]
    async with exchange.db.uow() as uow:
        assert await routing_store.position(uow, contact.id) == 1


async def test_the_end_of_the_operators_leg_counts_as_leaving(exchange: Exchange) -> None:
    caller, operator, _ = await exchange.talking()

    await exchange.status(operator, "completed")
    assert await exchange.call_state(caller) == "lost"
    await exchange.work(GRACE)

    assert (await exchange.contact(caller)).state is ContactState.WAITING


async def test_the_next_operator_gets_a_room_of_their_own(exchange: Exchange) -> None:
    caller, operator, first = await exchange.talking()
    await exchange.leaves(operator, first)
    await exchange.work(GRACE)

    await exchange.accept()

    second = await exchange.room(caller)
    assert second.name != first.name
    await exchange.joins(operator, first)
    assert (await exchange.contact(caller)).state is ContactState.RESERVED
    assert (await exchange.after(operator)).room is None


async def test_a_caller_who_hangs_up_ends_the_talk_and_both_legs(exchange: Exchange) -> None:
    caller, operator, room = await exchange.talking()

    await exchange.leaves(caller, room, ParticipantCallStatus="completed")
    await exchange.status(caller, "completed")
    await exchange.work()

    contact = await exchange.contact(caller)
    assert (contact.state, contact.outcome) == (ContactState.WRAP_UP, Outcome.ANSWERED)
    assert exchange.carrier.calls[operator].status == "completed"
    assert (await exchange.after(operator)).plays == ["ru/ivr-op-gone"]


async def test_the_dial_action_of_a_caller_who_hung_up_is_the_end_not_a_return(
    exchange: Exchange,
) -> None:
    caller, *_ = await exchange.talking()

    await exchange.after(caller, "completed")

    assert (await exchange.contact(caller)).state is ContactState.WRAP_UP


async def test_a_caller_thrown_out_of_the_room_comes_back_to_the_operator(
    exchange: Exchange,
) -> None:
    caller, operator, room = await exchange.talking()

    document = await exchange.after(caller)

    assert document.room == room.name
    assert operator in {leg.sid for leg in await exchange.legs(caller) if leg.in_room}
    refused = await exchange.after(caller, dialled="failed")
    assert refused.holds


async def test_a_late_copy_of_leaving_does_not_tear_the_caller_out_again(
    exchange: Exchange,
) -> None:
    caller, _, room = await exchange.talking()
    first = await exchange.after(caller, key="token:left")
    await exchange.joins(caller, room)
    await exchange.work()
    exchange.carrier.calls[caller].url = ""

    copy = await exchange.after(caller, key="token:left")
    await exchange.work()

    assert copy.text == first.text
    assert exchange.carrier.calls[caller].url == ""
    assert await exchange.call_state(caller) == "live"


async def test_each_way_into_a_room_has_an_end_of_its_own(exchange: Exchange) -> None:
    caller, *_ = await exchange.talking()

    ends = {dial.attrib["action"] for _ in (1, 2) for dial in (await exchange.bridge(caller)).root}

    assert len(ends) == 2


async def test_a_caller_thrown_out_is_not_pulled_from_where_they_are_sent(
    exchange: Exchange,
) -> None:
    caller, _, room = await exchange.talking()
    exchange.carrier.calls[caller].url = ""

    await exchange.leaves(caller, room)
    assert await exchange.work() == ["Later"]
    assert (await exchange.after(caller)).room == room.name
    await exchange.joins(caller, room)

    assert await exchange.again() == []
    assert exchange.carrier.calls[caller].url == ""


async def test_a_caller_sent_to_a_room_who_never_arrives_is_pulled(exchange: Exchange) -> None:
    caller, _, room = await exchange.talking()
    exchange.carrier.calls[caller].url = ""
    await exchange.leaves(caller, room)
    await exchange.work()
    await quiet(exchange, seconds=6)

    assert await exchange.again() == []

    assert "/voice/bridge" in exchange.carrier.calls[caller].url


async def test_an_operator_whose_desk_is_gone_loses_the_call_however_alive_the_telephone(
    exchange: Exchange,
) -> None:
    caller, operator, _ = await exchange.talking()

    async with exchange.db.uow() as uow:
        await exchange.connector.drop_operator(uow, ANA.staff_id)
    await exchange.work()
    assert exchange.carrier.calls[operator].status == "completed"
    await exchange.status(operator, "completed")
    await exchange.work(GRACE)

    contact = await exchange.contact(caller)
    assert (contact.state, contact.operator_id) == (ContactState.WAITING, None)
    async with exchange.db.uow() as uow:
        assert await routing_store.position(uow, contact.id) == 1


async def test_a_late_copy_of_an_older_leg_does_not_end_the_newer(exchange: Exchange) -> None:
    await exchange.accepted(phone="browser")
    await exchange.operator("CAold")
    exchange.carrier.calls["CAold"] = exchange.carrier.incoming()
    exchange.carrier.calls["CAnew"] = exchange.carrier.incoming()
    await exchange.operator("CAnew")

    await exchange.operator("CAold")
    await exchange.work()

    assert exchange.carrier.calls["CAnew"].status != "completed"


async def test_an_operator_who_loads_the_page_again_while_connecting_stays_in_the_rotation(
    exchange: Exchange,
) -> None:
    caller, room = await exchange.accepted(phone="browser")
    for sid in ("CAold", "CAnew"):
        await exchange.operator(sid)
        await exchange.joins(sid, room)
        await exchange.status(sid, "completed")
        assert (await exchange.contact(caller)).state is ContactState.RESERVED

    await exchange.work(GRACE)

    contact = await exchange.contact(caller)
    async with exchange.db.uow() as uow:
        state = (await operatorstore.operators(uow, [ANA.staff_id]))[ANA.staff_id]
        (note,) = [
            n for n in await exchange.contacts.timeline(uow, contact.id) if n.kind == "requeued"
        ]
    assert note.fields == {"why": "operator_lost"}
    assert state.presence is Presence.AVAILABLE


async def test_a_caller_alone_after_the_room_hears_music_until_the_grace_is_over(
    exchange: Exchange,
) -> None:
    caller, operator, room = await exchange.talking()
    await exchange.leaves(operator, room)

    assert (await exchange.after(caller)).holds
    assert (await exchange.contact(caller)).state is ContactState.TALKING
    await exchange.work(GRACE)

    assert (await exchange.contact(caller)).state is ContactState.WAITING


async def test_a_room_that_ended_is_empty_for_us_too(exchange: Exchange) -> None:
    caller, _, room = await exchange.talking()

    await exchange.room_says("conference-end", "", room)
    await exchange.work(GRACE)

    assert (await exchange.contact(caller)).state is ContactState.WAITING


async def test_a_talk_is_over_for_every_late_request(exchange: Exchange) -> None:
    caller, operator, room = await exchange.talking()
    await exchange.status(caller, "completed")
    await exchange.work()

    for document in (
        await exchange.hold(caller),
        await exchange.bridge(caller),
        await exchange.hold_key(caller, "0"),
        await exchange.step(caller, "1", 2),
        await exchange.after(caller),
    ):
        assert document.plays == ["ru/ivr-goodbye"]
        assert document.verbs[-1] == "Hangup"
    await exchange.joins(caller, room)
    await exchange.joins(operator, room)
    assert (await exchange.contact(caller)).state is ContactState.WRAP_UP


async def test_a_call_whose_end_was_never_reported_is_found_out(exchange: Exchange) -> None:
    lost, there = await exchange.waiting(), await exchange.waiting()
    exchange.carrier.calls[lost].status = "completed"
    await quiet(exchange, seconds=61)

    assert await exchange.lines.reconcile() == 1
    assert await exchange.lines.reconcile() == 0
    await exchange.work()

    contact = await exchange.contact(lost)
    assert (contact.state, contact.outcome) == (ContactState.CLOSED, Outcome.ABANDONED)
    assert (await exchange.contact(there)).state is ContactState.WAITING


async def test_a_call_the_carrier_does_not_know_has_ended(exchange: Exchange) -> None:
    sid = await exchange.waiting()
    del exchange.carrier.calls[sid]
    await quiet(exchange, seconds=61)

    assert await exchange.lines.reconcile() == 1


async def test_people_who_talk_may_be_silent_for_minutes(exchange: Exchange) -> None:
    await exchange.talking()
    await quiet(exchange, seconds=200)
    assert await taken(exchange) == 0

    await quiet(exchange, seconds=301)
    assert await taken(exchange) == 2


async def test_legs_of_a_talk_that_is_over_are_asked_about_sooner(exchange: Exchange) -> None:
    caller, operator, _ = await exchange.talking()
    await exchange.calls.hang_up(ANA, (await exchange.contact(caller)).id)
    await exchange.work()
    assert {exchange.carrier.calls[sid].status for sid in (caller, operator)} == {"completed"}
    await quiet(exchange, seconds=61)

    assert await exchange.lines.reconcile() == 2


async def quiet(exchange: Exchange, *, seconds: int) -> None:
    async with exchange.db.uow() as uow:
        await uow.execute(
            "update call_leg set last_seen_at = now() - make_interval(secs => $1)", seconds
        )


async def taken(exchange: Exchange) -> int:
    await exchange.lines.reconcile()
    fresh = "select count(*) from call_leg where looked_at > now() - interval '9 s'"
    return await exchange.count(fresh)
