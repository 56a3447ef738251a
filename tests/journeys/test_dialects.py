"""A call from the first ring to the end, whoever leaves: the same on every carrier."""

from hotline.carrier import capabilities
from hotline.carrier.capabilities import Capabilities
from tests import dialects
from tests.town import COMPLETE, Town

CALLER = "+996555123456"
OTHER = "+996700987654"

pytestmark = dialects.on()


def able(town: Town) -> Capabilities:
    """What the carrier of this town can do."""
    return capabilities.of(town.settings.carrier.dialect)


async def test_a_call_is_answered_and_ended_at_the_desk(town: Town) -> None:
    ana = await town.on_shift("ana")
    phone = town.telephone(ana)
    caller = town.world.phone(CALLER)
    await caller.dial()
    for prompt, key in (("ky/ivr-welcome", "2"), ("ru/ivr-notice", "1"), ("ru/ivr-wait", "")):
        await caller.wait_for(prompt)
        await caller.press(key)
    card = await town.talking(ana, caller)
    assert (card["language"], card["topic"], card["channel"]) == ("ru", "abroad", "voice")
    await town.card(ana, card["id"], "talking", call="live")
    if able(town).conference:
        joins = town.world.journal.find("room.join")
        assert [join["label"] for join in joins] == ["operator", "caller"]

    await ana.post(f"/api/calls/{card['id']}/hangup")

    await caller.wait_ended()
    await phone.wait_ended()
    await town.card(ana, card["id"], "wrap_up")
    await ana.record(card["id"], COMPLETE)
    done = await ana.post(f"/api/contacts/{card['id']}/finish")
    assert done["contact"]["finished"] is True
    await town.over(card["id"], "answered")
    life = ["opened", "waiting", "offered", "reserved", "talking", "talk_ended", "closed"]
    assert [kind for kind in await town.timeline(card["id"]) if kind in life] == life


async def test_the_caller_hangs_up_after_the_talk(town: Town) -> None:
    ana = await town.on_shift("ana")
    phone = town.telephone(ana)
    caller = await town.caller(CALLER)
    card = await town.talking(ana, caller)

    await caller.hang_up()

    await phone.wait_ended()
    await town.card(ana, card["id"], "wrap_up", call="ended")
    await town.written_up(ana, card["id"], "hang_up")
    await town.presence(ana, "available")


async def test_a_missed_offer_goes_to_the_next_operator(town: Town) -> None:
    ana, boris = await town.on_shift("ana"), await town.on_shift("boris")
    caller = await town.caller(CALLER)
    offer = await town.offer(ana)

    await town.rows("update offer set deadline = now() where id::text = $1", offer["id"])

    card = await town.talking(boris, caller)
    assert card["id"] == offer["contact_id"]
    await town.presence(ana, "not_answering")
    await caller.hang_up()
    await town.written_up(boris, card["id"])


async def test_an_operator_who_does_not_answer_the_telephone_is_out(town: Town) -> None:
    ana, boris = await town.on_shift("ana"), await town.on_shift("boris")
    phone = town.telephone(ana)
    phone.expect()
    caller = await town.caller(CALLER)
    card = await town.accepted(ana)
    await phone.wait_ringing()

    phone.refuse()

    again = await town.talking(boris, caller)
    assert again["id"] == card["id"]
    await town.presence(ana, "not_answering")
    await caller.hang_up()
    await town.written_up(boris, card["id"])


async def test_an_operator_who_is_lost_gives_the_caller_back_to_the_front(town: Town) -> None:
    ana = await town.on_shift("ana")
    phone = town.telephone(ana)
    caller, contact = await town.waiting(CALLER)
    await town.talking(ana, caller)
    behind, other = await town.waiting(OTHER, "20")  # danger has a head start, and is behind

    await phone.hang_up()
    if able(town).conference:  # where there is a room, the operator may come back to it
        await caller.wait_alone()
        await town.now_due("voice.grace")

    await caller.wait_for("ru/ivr-operator-lost")
    again = await town.talking(ana, caller)  # her desk is there; only her telephone went
    assert again["id"] == str(contact)
    await ana.post(f"/api/calls/{contact}/hangup")
    await town.written_up(ana, contact)
    await behind.hang_up()
    await town.over(other, "abandoned")


async def test_the_caller_leaves_while_waiting(town: Town) -> None:
    caller, contact = await town.waiting(CALLER)
    await caller.hang_up()
    await town.over(contact, "abandoned")


async def test_the_caller_leaves_in_the_menu(town: Town) -> None:
    caller = await town.caller(CALLER, "2")
    contact = await town.contact_of(caller, "intake")
    await caller.hang_up()
    await town.over(contact, "left_in_intake")


async def test_the_caller_leaves_while_being_joined(town: Town) -> None:
    ana = await town.on_shift("ana")
    phone = town.telephone(ana)
    phone.expect()  # rings, and is not answered yet
    caller, contact = await town.waiting(CALLER)
    await town.accepted(ana)
    await phone.wait_ringing()

    await caller.hang_up()

    await phone.wait_ended()
    if able(town).conference:
        await town.over(contact, "abandoned")
        await town.presence(ana, "available")
    else:  # whether the operator had answered is not told: they say so themselves
        await town.written_up(ana, contact, "hang_up")


async def test_the_danger_key_moves_a_waiting_caller_ahead(town: Town) -> None:
    calm, one = await town.waiting(CALLER)
    afraid, two = await town.waiting(OTHER)

    await afraid.press("0")
    await afraid.wait_for("ru/ivr-wait-danger")

    ana = await town.on_shift("ana")
    card = await town.talking(ana, afraid)
    assert (card["id"], card["danger"]) == (str(two), True)
    await calm.hang_up()
    await town.over(one, "abandoned")
    await afraid.hang_up()
    await town.written_up(ana, card["id"], no_alarm="Ребёнок играл с телефоном")
