"""Operators on a telephone of their own: rung by the carrier, and believed only with the key."""

import pytest

from hotline.simulator.carrier.phonebook import Behaviour
from tests.town import Town
from tests.wire import CALLER

MOBILE = "+996700246810"
SIP = "sip:ana@pbx.example"


def dialect(name: str) -> dict[str, str]:
    return {"HOTLINE__CARRIER__DIALECT": name, "HOTLINE__PHONE__MODES": "fake,own"}


rooms = pytest.mark.parametrize(
    "environ", [dialect("twilio"), dialect("signalwire")], ids=["twilio", "signalwire"]
)
bridges = pytest.mark.parametrize("environ", [dialect("somleng")], ids=["somleng"])


@rooms
@pytest.mark.parametrize("address", [MOBILE, SIP])
async def test_the_key_brings_the_operator_to_the_caller(town: Town, address: str) -> None:
    phone = town.world.phone(address)
    phone.expect()
    ana = await town.on_shift("ana", own=address)
    caller = await town.caller(CALLER)
    card = await town.accepted(ana)
    await phone.wait_ringing()
    phone.pick_up()
    await phone.wait_for("ru/ivr-op-take")
    assert not town.world.journal.find("room.join")

    await phone.press("1")

    await caller.wait_talking()
    await town.card(ana, card["id"], "talking", call="live")
    joins = town.world.journal.find("room.join")
    assert [join["label"] for join in joins] == ["operator", "caller"]
    await ana.post(f"/api/calls/{card['id']}/hangup")
    await caller.wait_ended()
    await phone.wait_ended()
    await town.written_up(ana, card["id"])


@rooms
@pytest.mark.parametrize("key", ["", "2"])
async def test_a_voicemail_never_takes_a_call(town: Town, key: str) -> None:
    phone = town.world.phone(MOBILE)
    phone.expect(Behaviour.VOICEMAIL)
    ana, boris = await town.on_shift("ana", own=MOBILE), await town.on_shift("boris")
    caller = await town.caller(CALLER)
    card = await town.accepted(ana)
    await phone.wait_ringing()
    await phone.wait_for("ru/ivr-op-take")

    await phone.press(key)

    await phone.wait_ended()
    again = await town.talking(boris, caller)
    assert again["id"] == card["id"]
    await town.presence(ana, "not_answering")
    await caller.hang_up()
    await town.written_up(boris, card["id"])


@bridges
async def test_without_rooms_the_own_telephone_is_dialled_from_the_callers_leg(town: Town) -> None:
    phone = town.world.phone(SIP)
    phone.expect(Behaviour.ANSWER, ring_s=0)
    ana = await town.on_shift("ana", own=SIP)
    caller = await town.caller(CALLER)
    card = await town.talking(ana, caller)
    await town.card(ana, card["id"], "talking", call="live")
    await caller.hang_up()
    await phone.wait_ended()
    await town.written_up(ana, card["id"])


@bridges
async def test_without_the_key_only_a_sip_telephone_may_be_rung(town: Town) -> None:
    ana = await town.desk("ana")
    status, said = await ana.refused("POST", "/api/me/phone", {"number": MOBILE})
    assert (status, said["error"]) == (400, "own-phone-sip")


@rooms
async def test_a_shift_on_a_telephone_nobody_knows_does_not_begin(town: Town) -> None:
    ana = await town.desk("ana")
    status, said = await ana.refused("POST", "/api/shift/start", {"phone_mode": "own"})
    assert (status, said["error"]) == (400, "own-phone-unknown")

    chosen = await ana.post("/api/me/phone", {"number": "0700 246 810"})
    assert chosen == await ana.get("/api/me/phone") == {"phone": "+996 700 ··· ·10"}
    await town.audited(ana, "staff:phone:changed", ana.me["id"])
    assert (await ana.post("/api/me/phone", {"number": ""})) == {"phone": None}
    assert (await ana.refused("POST", "/api/shift/start", {"phone_mode": "own"}))[0] == 400
