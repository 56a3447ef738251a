"""What can be done in a talk, on every carrier that has rooms: what is heard, in which order."""

from dataclasses import dataclass
from typing import Any

from hotline.simulator import PhoneCaller, Softphone
from hotline.simulator.carrier.ear import Heard, Moment
from tests import dialects
from tests.desk import Desk
from tests.town import Town, eventually

CALLER = "+996555123456"
NUMBER = "+996312663322"
on_both = dialects.on("twilio", "signalwire")
on_all = dialects.on()
without_rooms = dialects.on("somleng")
Json = dict[str, Any]


async def hears(phone: PhoneCaller, kind: Heard, *, after: int = -1) -> Moment:
    """Wait until somebody hears that, past or future."""
    return await eventually(
        lambda: _now(next((m for m in phone.heard[after + 1 :] if m.kind is kind), None))
    )


async def _now(moment: Moment | None) -> Moment | None:
    return moment


def outside(town: Town) -> PhoneCaller:
    """Somebody with a telephone, who answers it."""
    person = town.world.phone(NUMBER)
    person.expect()
    return person


async def picks_up(person: PhoneCaller) -> None:
    await person.wait_ringing()
    person.pick_up()
    await person.wait_talking()


async def comes(phone: PhoneCaller) -> None:
    """Wait until the telephone of a colleague was rung, and they are in the room."""
    await phone.wait_ringing()
    await phone.wait_talking()


async def in_order(town: Town, *wanted: tuple[str, str]) -> None:
    """Wait until rooms have told all of that, and make sure that it happened in this order."""

    async def told() -> list[int] | None:
        order = events(town)
        return [order.index(one) for one in wanted] if set(wanted) <= set(order) else None

    places = await eventually(told)
    assert places == sorted(places), events(town)


def events(town: Town) -> list[tuple[str, str]]:
    """What rooms told of whom, in their own order."""
    told = {}
    for entry in town.world.journal.find("webhook", hook="conference"):
        form: Any = entry["params"]
        key = (form["ConferenceSid"], int(form["SequenceNumber"]))
        kind = form["StatusCallbackEvent"].removeprefix("participant-")
        told[key] = (kind, form.get("ParticipantLabel", "").partition("-")[0])
    return [told[key] for key in sorted(told)]


async def call_of(desk: Desk, contact: str, **wanted: object) -> Json:
    """Wait until a card's call is like that."""

    async def found() -> Json | None:
        mine = (await desk.get("/api/desk/snapshot"))["mine"]
        call = next((card["call"] for card in mine if card["id"] == contact), None)
        fits = call is not None and all(call[key] == value for key, value in wanted.items())
        return call if fits else None

    return await eventually(found)


@on_both
async def test_a_caller_is_put_on_hold_and_spoken_with_again(town: Town) -> None:
    ana = await town.on_shift("ana")
    contact, caller = await town.call(ana, CALLER)

    await ana.post(f"/api/calls/{contact}/hold", {"on": True})
    music = await hears(caller, Heard.HOLD)
    assert "/voice/music" in music.what
    await hears(caller, Heard.PROMPT, after=music.index)
    await call_of(ana, contact, held=True, state="live")
    await ana.post(f"/api/calls/{contact}/hold", {"on": False})

    await hears(caller, Heard.TALKING, after=music.index)
    await in_order(town, ("join", "operator"), ("hold", "caller"), ("unhold", "caller"))
    await ana.post(f"/api/calls/{contact}/hangup")
    await town.written_up(ana, contact)


@on_both
async def test_an_interpreter_comes_into_the_talk_and_leaves_it(town: Town) -> None:
    ana = await town.on_shift("ana")
    contact, caller = await town.call(ana, CALLER)
    interpreter = outside(town)

    body = {"number": "0312 663322", "partner": None, "caller_held": True}
    leg = (await ana.post(f"/api/calls/{contact}/third", body))["leg"]
    await picks_up(interpreter)
    call = await call_of(ana, contact, held=True)
    assert [p["role"] for p in call["parties"]] == ["caller", "operator", "third"]
    await in_order(town, ("hold", "caller"), ("join", "guest"))

    after = caller.heard[-1].index
    await ana.post(f"/api/calls/{contact}/hold", {"on": False})
    both = await hears(caller, Heard.TALKING, after=after)
    assert both.what == "2"
    await ana.delete(f"/api/calls/{contact}/third/{leg}")
    await interpreter.wait_ended()

    await town.card(ana, contact, "talking", call="live")
    await caller.hang_up()
    await town.written_up(ana, contact)
    notes = await town.timeline(contact)
    assert [kind for kind in notes if kind in {"third_asked", "held", "resumed"}] == [
        "held",
        "third_asked",
        "resumed",
    ]


@dataclass
class Aside:
    """Ana has asked Boris into her talk; the two speak, and the caller hears music."""

    town: Town
    ana: Desk
    boris: Desk
    phones: tuple[Softphone, Softphone]
    contact: str
    caller: PhoneCaller

    async def with_caller_again(self) -> None:
        """Wait until the caller is spoken with, after the music."""
        music = next(m.index for m in self.caller.heard if m.kind is Heard.HOLD)
        await hears(self.caller, Heard.TALKING, after=music)


async def ask_aside(town: Town) -> Aside:
    ana = await town.on_shift("ana")
    phone = town.telephone(ana)
    contact, caller = await town.call(ana, CALLER)
    boris = await town.on_shift("boris")
    other = town.telephone(boris)
    (target,) = (await ana.get(f"/api/calls/{contact}/targets"))["staff"]
    assert (target["name"], target["state"]) == ("Boris", "available")
    to = {"kind": "staff", "id": target["id"], "topic": None, "language": None}
    await ana.post(f"/api/calls/{contact}/transfer", {"to": to, "warm": True})
    await hears(caller, Heard.HOLD)
    offer = await town.offer(boris)
    assert (offer["contact_id"], offer["purpose"]) == (contact, "transfer")
    await boris.post(f"/api/offers/{offer['id']}/accept")
    await comes(other)
    shown = {"to_name": "Boris", "warm": True, "state": "talking", "mine": "to"}
    await call_of(boris, contact, held=True, transfer=shown)
    await in_order(town, ("hold", "caller"), ("join", "guest"))
    return Aside(town, ana, boris, (phone, other), contact, caller)


@on_both
async def test_a_talk_is_handed_to_a_colleague_who_was_spoken_with_first(town: Town) -> None:
    now = await ask_aside(town)
    await now.ana.record(now.contact, {"summary": "Нужен узбекский."})
    assert (await now.boris.refused("GET", f"/api/contacts/{now.contact}/record"))[0] == 404

    await now.ana.post(f"/api/calls/{now.contact}/transfer/finish")

    await now.phones[0].wait_ended()
    await now.with_caller_again()
    await town.presence(now.ana, "available")
    call = await call_of(now.boris, now.contact, held=False, transfer=None, state="live")
    assert [p["label"] for p in call["parties"]] == [None, "Boris"]
    assert (await now.ana.get("/api/desk/snapshot"))["mine"] == []
    record = await now.boris.get(f"/api/contacts/{now.contact}/record")
    assert (record["author"]["name"], record["summary"]) == ("Boris", "Нужен узбекский.")
    await now.caller.hang_up()
    await town.written_up(now.boris, now.contact)
    assert "handed_over" in await town.timeline(now.contact)


@on_both
async def test_a_talk_is_taken_back(town: Town) -> None:
    now = await ask_aside(town)

    await now.ana.post(f"/api/calls/{now.contact}/transfer/back")

    await now.phones[1].wait_ended()
    await now.with_caller_again()
    await town.presence(now.boris, "available")
    await call_of(now.ana, now.contact, held=False, transfer=None, state="live")
    await now.caller.hang_up()
    await town.written_up(now.ana, now.contact)


@on_both
async def test_whoever_asked_is_lost_and_the_colleague_goes_on(town: Town) -> None:
    now = await ask_aside(town)

    await now.phones[0].hang_up()
    await town.now_due("voice.grace")

    await now.with_caller_again()
    await town.card(now.boris, now.contact, "talking", call="live")
    await now.boris.post(f"/api/calls/{now.contact}/hangup")
    await now.caller.wait_ended()
    await town.written_up(now.boris, now.contact)


@on_all
async def test_a_talk_is_handed_to_the_queue_in_another_language(town: Town) -> None:
    ana = await town.on_shift("ana")
    phone = town.telephone(ana)
    contact, caller = await town.call(ana, CALLER)
    to = {"kind": "queue", "id": None, "topic": None, "language": "uz"}

    await ana.post(f"/api/calls/{contact}/transfer", {"to": to, "warm": False})
    if town.settings.carrier.dialect == "somleng":  # no room she could be sent out of
        await phone.hang_up()
    await phone.wait_ended()
    await caller.wait_for("uz/ivr-handed-on")
    boris = await town.on_shift("boris")
    card = await town.talking(boris, caller)

    assert (card["id"], card["language"]) == (contact, "uz")
    await town.presence(ana, "available")
    await caller.hang_up()
    await town.written_up(boris, contact)


@without_rooms
async def test_a_colleague_is_rung_at_once_when_the_telephone_is_put_down_late(town: Town) -> None:
    ana = await town.on_shift("ana")
    phone = town.telephone(ana)
    contact, caller = await town.call(ana, CALLER)
    boris = await town.on_shift("boris")
    to = {"kind": "staff", "id": boris.me["id"], "topic": None, "language": None}
    await ana.post(f"/api/calls/{contact}/transfer", {"to": to, "warm": False})
    assert (await town.accepted(boris))["id"] == contact  # while the two still say goodbye

    await phone.hang_up()

    await town.card(boris, contact, "talking", call="live")
    await caller.hang_up()
    await town.written_up(boris, contact)


@on_both
async def test_a_talk_is_handed_to_a_number_and_goes_on_without_us(town: Town) -> None:
    ana = await town.on_shift("ana")
    phone = town.telephone(ana)
    contact, caller = await town.call(ana, CALLER)
    consul = outside(town)
    to = {"kind": "number", "id": NUMBER, "topic": None, "language": None}

    await ana.post(f"/api/calls/{contact}/transfer", {"to": to, "warm": False})
    music = await hears(caller, Heard.HOLD)
    await picks_up(consul)
    await phone.wait_ended()
    await hears(caller, Heard.TALKING, after=music.index)
    await town.written_up(ana, contact)
    assert (await town.rows("select 1 from call_leg where ended_at is null")) != []

    await consul.hang_up()
    await caller.wait_for("ru/ivr-goodbye")
    await caller.wait_ended()


@on_both
async def test_nobody_answers_and_the_caller_is_back_with_the_operator(town: Town) -> None:
    ana = await town.on_shift("ana")
    contact, caller = await town.call(ana, CALLER)
    consul = outside(town)
    to = {"kind": "number", "id": NUMBER, "topic": None, "language": None}
    await ana.post(f"/api/calls/{contact}/transfer", {"to": to, "warm": True})
    music = await hears(caller, Heard.HOLD)
    await consul.wait_ringing()

    consul.refuse()

    await hears(caller, Heard.TALKING, after=music.index)
    await call_of(ana, contact, held=False, transfer=None)
    await caller.hang_up()
    await town.written_up(ana, contact)


@on_both
async def test_a_supervisor_listens_whispers_and_speaks(town: Town) -> None:
    ana = await town.on_shift("ana")
    phone = town.telephone(ana)
    contact, caller = await town.call(ana, CALLER)
    vera = await town.desk("vera")
    phones = phone, town.telephone(vera)

    def room() -> dict[str, tuple[bool, str | None]]:
        open_rooms = town.world.carrier.rooms.by_sid.values()
        (now,) = [one for one in open_rooms if not one.over]
        return {sid: (p.muted, p.coach_sid) for sid, p in now.participants.items()}

    async def is_so(muted: bool, coaches: str | None) -> None:  # noqa: FBT001 - as it reads
        async def so() -> bool:
            return room().get(phones[1].call.sid) == (muted, coaches)

        await eventually(so)

    await vera.post(f"/api/calls/{contact}/watch", {"mode": "listen"})
    await comes(phones[1])
    await is_so(muted=True, coaches=None)
    call = await call_of(ana, contact, watched=True)
    assert call["parties"][-1]["role"] == "supervisor"
    await vera.post(f"/api/calls/{contact}/watch", {"mode": "whisper"})
    await is_so(muted=False, coaches=phones[0].call.sid)
    await vera.post(f"/api/calls/{contact}/watch", {"mode": "barge"})
    await is_so(muted=False, coaches=None)
    await vera.post(f"/api/calls/{contact}/watch", {"mode": "off"})
    await phones[1].wait_ended()

    await call_of(ana, contact, watched=False, state="live")
    await town.audited(vera, "staff:call:watched", contact)
    status, said = await ana.refused("POST", f"/api/calls/{contact}/watch", {"mode": "listen"})
    assert (status, said["error"]) == (404, "not-found")
    await caller.hang_up()
    await town.written_up(ana, contact)


@on_both
async def test_an_operator_whose_page_dies_finds_the_guests_there(town: Town) -> None:
    ana = await town.on_shift("ana")
    phone, interpreter = town.telephone(ana), outside(town)
    contact, caller = await town.call(ana, CALLER)
    body = {"number": NUMBER, "partner": None, "caller_held": False}
    await ana.post(f"/api/calls/{contact}/third", body)
    await picks_up(interpreter)

    await phone.hang_up()
    await town.until("select 1 from job where kind = 'voice.grace' and state = 'ready'")
    await phone.connect()
    await phone.wait_talking()

    call = await call_of(ana, contact, state="live")
    assert len(call["parties"]) == 3
    await caller.hang_up()
    await interpreter.wait_ended()
    await town.written_up(ana, contact)


@without_rooms
async def test_where_there_are_no_rooms_the_verbs_are_refused_in_words(town: Town) -> None:
    ana = await town.on_shift("ana")
    caller = await town.caller(CALLER)
    card = await town.accepted(ana)
    await town.card(ana, card["id"], "talking")
    path = f"/api/calls/{card['id']}"

    vera = await town.on_shift("vera")
    to = {"kind": "number", "id": NUMBER, "topic": None, "language": None}
    for verb, body in (
        ("hold", {"on": True}),
        ("third", {"number": NUMBER, "partner": None, "caller_held": False}),
        ("transfer", {"to": to, "warm": False}),
        ("transfer", {"to": to | {"kind": "staff", "id": vera.me["id"]}, "warm": True}),
    ):
        status, said = await ana.refused("POST", f"{path}/{verb}", body)
        assert (status, said["error"]) == (409, "carrier-cannot")
        assert said["text"] == "Этот оператор связи так не умеет."
    can = (await ana.get(f"{path}/targets"))["can"]
    assert [verb for verb, able in can.items() if able] == ["transfer"]
    await caller.hang_up()
    await town.written_up(ana, card["id"])
