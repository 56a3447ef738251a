"""An operator's own telephone: asked who picked up, believed only for the call it rang for."""

import pytest

from hotline.contacts.model import ContactState
from hotline.infra.crypto import Vault
from hotline.telephony.model import Leg, Room
from tests.builders import ANA
from tests.service.telephony.document import Document
from tests.service.telephony.exchange import Exchange
from tests.service.telephony.own import MOBILE, own_phone


@pytest.fixture(autouse=True)
async def ana(exchange: Exchange, vault: Vault) -> None:
    await own_phone(exchange, vault, ANA, "ana")


async def whisper(exchange: Exchange, leg: Leg, room: str, key: str = "") -> Document:
    more = {"Digits": key} if key else {}
    form = exchange.form(leg.sid, Direction="outbound-api", To=MOBILE, **more)
    return Document(await exchange.entrance.whisper(form, room))


async def rung(exchange: Exchange) -> tuple[str, Room, Leg]:
    caller, room = await exchange.accepted(phone="own")
    return caller, room, await exchange.operator_leg(caller)


async def test_the_number_is_rung_at_the_door_that_asks(exchange: Exchange) -> None:
    _, room, leg = await rung(exchange)
    call = exchange.carrier.calls[leg.sid]
    assert call.to == MOBILE
    assert f"/voice/whisper?room={room.name}" in call.url

    asked = await whisper(exchange, leg, room.name)

    assert asked.verbs == ["Gather", "Hangup"]
    assert asked.plays == ["ky/ivr-op-take"] * 2


async def test_the_key_is_answered_with_the_room_also_twice(exchange: Exchange) -> None:
    _, room, leg = await rung(exchange)
    for _ in range(2):
        assert (await whisper(exchange, leg, room.name, "1")).room == room.name


@pytest.mark.parametrize("key", ["2", "0", "#"])
async def test_any_other_key_is_a_telephone_that_was_not_answered(
    exchange: Exchange, key: str
) -> None:
    caller, room, leg = await rung(exchange)

    assert (await whisper(exchange, leg, room.name, key)).verbs == ["Hangup"]
    await exchange.status(leg.sid, "completed")
    await exchange.work()

    assert (await exchange.contact(caller)).state is ContactState.WAITING


async def test_a_key_that_comes_late_takes_neither_this_call_nor_the_next(
    exchange: Exchange,
) -> None:
    caller, room, leg = await rung(exchange)
    await exchange.work("voice.no_join")
    assert (await exchange.contact(caller)).state is ContactState.WAITING

    assert (await whisper(exchange, leg, room.name, "1")).plays == ["ky/ivr-op-gone"]
    await exchange.on_shift(phone="own")
    await exchange.accept()
    late = await whisper(exchange, leg, room.name, "1")

    assert late.plays == ["ky/ivr-op-gone"]
    assert (await exchange.room(caller)).name != room.name


async def test_a_room_nobody_knows_lets_nobody_in(exchange: Exchange) -> None:
    caller, _, leg = await rung(exchange)
    for name in ("", "c-" + "0" * 32, "x" * 64):
        assert (await whisper(exchange, leg, name, "1")).plays == ["ru/ivr-op-none"]
    assert (await exchange.contact(caller)).state is ContactState.RESERVED


async def test_a_number_forgotten_during_the_shift_costs_the_caller_nothing(
    exchange: Exchange,
) -> None:
    caller = await exchange.waiting()
    await exchange.on_shift(phone="own")
    await exchange.phones.assign(None, ANA.staff_id, "")

    await exchange.accept()

    assert (await exchange.contact(caller)).state is ContactState.WAITING
    assert not [call for call in exchange.carrier.calls.values() if call.to == MOBILE]


async def test_who_is_rung_elsewhere_is_given_the_time_to_pick_up(exchange: Exchange) -> None:
    waits = "select extract(epoch from run_at - now())::int from job where kind = 'voice.no_join'"
    await exchange.accepted(phone="own")
    assert await exchange.count(waits) > 30
