"""What becomes of a caller when an operator is lost, comes back, misses, passes or pauses."""

from tests.town import Town

CALLER = "+996555123456"
OTHER = "+996700987654"


async def test_an_operator_who_is_lost_gives_the_caller_back_to_the_front(town: Town) -> None:
    ana = await town.on_shift("ana")
    phone = town.telephone(ana)
    caller, contact = await town.waiting(CALLER)
    await town.talking(ana, caller)
    waiting, other = await town.waiting(OTHER, "20")  # danger has a head start, and is behind

    await phone.hang_up()
    await caller.wait_alone()
    await town.now_due("voice.grace")

    await caller.wait_for("ru/ivr-operator-lost")
    offer = await town.offer(ana)  # her desk is there; only her telephone went
    assert offer["contact_id"] == str(contact)
    await ana.post(f"/api/offers/{offer['id']}/pass", {"reason": "technical"})
    assert (await town.offer(ana))["contact_id"] == str(other)
    boris = await town.on_shift("boris")
    again = await town.talking(boris, caller)
    assert again["id"] == str(contact)
    await boris.post(f"/api/calls/{contact}/hangup")
    await town.written_up(boris, contact)
    await waiting.hang_up()
    await town.over(other, "abandoned")


async def test_the_same_operator_may_come_back_in_time(town: Town) -> None:
    ana = await town.on_shift("ana")
    phone = town.telephone(ana)
    caller = await town.caller(CALLER)
    card = await town.talking(ana, caller)

    await phone.hang_up()
    await caller.wait_alone()
    await town.until("select 1 from job where kind = 'voice.grace' and state = 'ready'")
    await phone.connect()
    await phone.wait_talking()

    await caller.wait_talking()
    await town.card(ana, card["id"], "talking", call="live")
    await caller.hang_up()
    await town.written_up(ana, card["id"])


async def test_a_break_asked_for_in_a_talk_begins_also_when_the_talk_is_lost(town: Town) -> None:
    ana = await town.on_shift("ana")
    phone = town.telephone(ana)
    caller = await town.caller(CALLER)
    card = await town.talking(ana, caller)
    await ana.post("/api/presence", {"state": "break", "reason": "meal"})

    await phone.hang_up()
    await town.now_due("voice.grace")

    await town.until("select 1 from operator_state where presence = 'break' and reason = 'meal'")
    await town.state(card["id"], "waiting")
    await caller.hang_up()
    await town.over(card["id"], "abandoned")


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


async def test_a_passed_offer_goes_to_somebody_else(town: Town) -> None:
    ana, boris = await town.on_shift("ana"), await town.on_shift("boris")
    caller = await town.caller(CALLER)
    offer = await town.offer(ana)

    await ana.post(f"/api/offers/{offer['id']}/pass", {"reason": "busy"})

    card = await town.talking(boris, caller)
    assert card["id"] == offer["contact_id"]
    await town.presence(ana, "available")
    await caller.hang_up()
    await town.written_up(boris, card["id"])
