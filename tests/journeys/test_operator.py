"""What becomes of a caller when an operator comes back, passes or pauses, or somebody takes over.

What becomes of them when an operator misses or is lost, `test_dialects.py` shows.
"""

from hotline.kernel.ids import new_id
from tests.town import Town

CALLER = "+996555123456"


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


async def test_a_passed_offer_goes_to_somebody_else(town: Town) -> None:
    ana, boris = await town.on_shift("ana"), await town.on_shift("boris")
    caller = await town.caller(CALLER)
    offer = await town.offer(ana)

    await ana.post(f"/api/offers/{offer['id']}/pass", {"reason": "technical"})

    card = await town.talking(boris, caller)
    assert card["id"] == offer["contact_id"]
    await town.presence(ana, "available")
    await caller.hang_up()
    await town.written_up(boris, card["id"])


async def test_whoever_takes_a_caller_talks_and_who_was_asked_hears_who(town: Town) -> None:
    ana, vera = await town.on_shift("ana"), await town.on_shift("vera")
    caller = await town.caller(CALLER)
    async with ana.live() as live:
        offer = await live.wait("call.offer")
        contact = offer["contact_id"]
        press = {"offer_id": str(new_id())}
        card = (await vera.post(f"/api/queue/{contact}/take", press))["contact"]
        gone = await live.wait("offer.gone", lambda one: one["id"] == offer["id"])
    assert (gone["how"], gone["by"]) == ("taken", vera.me["name"])
    status, said = await ana.refused("POST", f"/api/offers/{offer['id']}/accept")
    assert (status, said["error"], said["fields"]) == (
        409,
        "offer-gone",
        {"how": "taken", "by": vera.me["name"]},
    )
    await caller.wait_talking()
    await town.card(vera, card["id"], "talking")

    status, said = await vera.refused(
        "POST",
        f"/api/queue/{contact}/assign",
        {"staff_id": ana.me["id"], "offer_id": str(new_id())},
    )
    assert (status, said["fields"]["by"]) == (409, vera.me["name"])
    staff = {one["id"]: one["state"] for one in (await vera.get("/api/queue/staff"))["staff"]}
    assert staff == {ana.me["id"]: "available", vera.me["id"]: "busy"}
    await caller.hang_up()
    await town.written_up(vera, card["id"])
