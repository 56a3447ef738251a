"""Called back: the caller hangs up, keeps the place, and takes the call with a key."""

from uuid import UUID

from hotline.simulator.carrier.phonebook import Behaviour
from tests import dialects
from tests.desk import Desk
from tests.town import Json, Town, eventually
from tests.wire import CALLER

ANSWER, REASON = "Карта у мамы", "Спросить о копии документа"


async def _asked(town: Town) -> str:
    """Somebody asks to be called back and hangs up; the contact."""
    caller, contact = await town.waiting(CALLER)
    await caller.press("9")
    await caller.wait_for("ru/ivr-called-back")
    await caller.hang_up()
    await caller.wait_ended()
    await town.until(
        "select 1 from contact_event where contact_id = $1 and kind = 'callback_kept'", contact
    )
    return str(contact)


@dialects.on()
async def test_the_caller_is_called_back_and_the_two_talk(town: Town) -> None:
    contact = await _asked(town)
    person = town.world.phone(CALLER)
    person.expect()
    ana = await town.on_shift("ana")
    card = await town.accepted(ana)
    assert card["id"] == contact

    await person.wait_ringing()
    person.pick_up()
    await person.wait_for("ru/ivr-gate")
    await person.wait_gather()
    heard = " ".join(moment.what for moment in person.heard)
    assert "ivr-welcome" not in heard
    assert "hold" not in heard
    await person.press("1")

    await person.wait_talking()
    await town.card(ana, contact, "talking")
    await person.hang_up()
    await town.written_up(ana, contact)


@dialects.on()
async def test_who_does_not_answer_frees_the_operator_and_is_called_later(town: Town) -> None:
    contact = await _asked(town)
    person = town.world.phone(CALLER)
    person.expect(Behaviour.BUSY)
    ana = await town.on_shift("ana")
    await town.accepted(ana)

    await town.until("select 1 from callback where next_at is not null")
    await town.presence(ana, "available")

    first = person.call
    person.expect()
    await town.until("update callback set next_at = now() where next_at is not null returning 1")
    await town.accepted(ana)

    async def rings_again() -> bool:
        return person.call is not first

    await eventually(rings_again)
    person.pick_up()
    await person.wait_for("ru/ivr-gate")
    await person.press("1")
    await person.wait_talking()
    await town.card(ana, contact, "talking")
    await person.hang_up()
    await town.written_up(ana, contact)


async def _promised(town: Town, ana: Desk) -> Json:
    """Ana asks a caller how they may be reached, promises a call in an hour, and writes them up."""
    person, _ = await town.waiting(CALLER)
    talk = await town.talking(ana, person)
    await person.hang_up()
    await town.card(ana, talk["id"], "wrap_up")
    record = {"rev": 0, "zone": "Europe/Moscow", "channels": ["voice"], "they_say": ANSWER}
    await ana.put(f"/api/contacts/{talk['id']}/safety", record)
    (row,) = await town.rows("select now() + interval '1 hour' as at")
    wish = {"at": row["at"].isoformat(), "reason": REASON}
    made = await ana.post(f"/api/contacts/{talk['id']}/callback", wish)
    await town.written_up(ana, talk["id"])
    return made


@dialects.on()
async def test_an_agreed_call_is_made_at_its_time_once_the_operator_has_read(town: Town) -> None:
    ana = await town.on_shift("ana")
    made = await _promised(town, ana)
    person = town.world.phone(CALLER)
    person.expect()
    await town.until("update callback set next_at = now(), from_at = now() returning 1")
    card = await town.accepted(ana)
    contact: str = card["id"]
    assert contact == made["contact_id"]
    assert card["call"]["callback"]["reason"] == REASON
    bridged = town.settings.carrier.dialect == "somleng"  # the caller's leg dials the operator
    await town.until(
        "select 1 from conference c where contact_id = $1 and ended_at is null and ($2 or exists"
        " (select 1 from call_leg where room = c.name and role = 'operator' and in_room))",
        UUID(contact),
        bridged,
    )
    assert await town.rows("select 1 from callback_attempt") == []
    read = await ana.get(f"/api/contacts/{contact}/safety")
    assert read["safety"]["they_say"] == ANSWER
    await ana.post(f"/api/calls/{contact}/call-back")

    await person.wait_ringing()
    person.pick_up()
    await person.wait_for("ivr-gate")
    await person.press("1")
    await person.wait_talking()
    await town.card(ana, contact, "talking")
    await ana.post(f"/api/calls/{contact}/wrong-answer")
    await person.wait_ended()
    await town.written_up(ana, contact, "wrong_number")
    assert "wrong_answer" in await town.timeline(contact)


@dialects.on()
async def test_a_mailbox_that_picks_up_hears_two_neutral_sentences(town: Town) -> None:
    contact = await _asked(town)
    person = town.world.phone(CALLER)
    person.expect(Behaviour.ANSWER)
    ana = await town.on_shift("ana")
    await town.accepted(ana)

    await town.until("select 1 from callback where next_at is not null")

    heard = {moment.what.rpartition("/")[2] for moment in person.heard if "/" in moment.what}
    assert {one for one in heard if one.endswith(".mp3")} == {
        "ivr-gate.mp3",
        "ivr-press-1.mp3",
        "ivr-gate-end.mp3",
    }
    await town.until("update callback set expires_at = now() returning 1")
    await town.over(contact, "not_reached")


@dialects.on(HOTLINE__CALLBACKS__MISSED_LINES="+996312000189")
async def test_a_missed_call_costs_nothing_and_is_returned(town: Town) -> None:
    person = town.world.phone(CALLER)
    await person.dial("+996312000189")
    assert await person.wait_ended() == "busy"
    first = person.call
    person.expect(Behaviour.ANSWER)
    ana = await town.on_shift("ana")
    card = await town.accepted(ana)

    async def rings() -> bool:
        return person.call is not first

    await eventually(rings)
    await person.wait_for("ivr-gate")
    await person.press("1")
    await person.wait_talking()
    await town.card(ana, card["id"], "talking")
    await person.hang_up()
    await town.written_up(ana, card["id"])
