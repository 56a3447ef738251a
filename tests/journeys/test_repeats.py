"""Webhooks come twice and out of order: one effect, one answer."""

from hotline.simulator import Fault
from tests.town import Town
from tests.wire import CALL, CALLER, TEXT, Wire, a_message


async def test_a_webhook_that_comes_twice_has_one_effect_and_one_answer(
    town: Town, wire: Wire
) -> None:
    once, again = [await wire.carrier("/voice/in", CALL) for _ in range(2)]
    assert once == again
    step = {**CALL, "Digits": "2", "CallStatus": "in-progress"}
    once, again = [await wire.carrier("/voice/step?n=1", step) for _ in range(2)]
    assert once == again
    assert "ivr-topic" in once.body
    end = {**CALL, "CallStatus": "completed"}
    assert [(await wire.carrier("/voice/status", end)).status for _ in range(2)] == [200, 200]
    once, again = [await wire.carrier("/sms/in", TEXT) for _ in range(2)]
    assert once == again
    update = a_message(77, "Я пишу вам впервые")
    assert [(await wire.telegram(update)).status for _ in range(2)] == [200, 200]

    rows = await town.rows("select channel, count(*) as n from contact group by 1 order by 1")
    assert [tuple(row.values()) for row in rows] == [("sms", 1), ("telegram", 1), ("voice", 1)]
    assert len(await town.rows("select 1 from message where author = 'caller'")) == 2
    assert len(await town.rows("select 1 from call_leg")) == 1
    voice = await town.rows("select id from contact where channel = 'voice'")
    await town.over(voice[0]["id"], "left_in_intake")
    ended = await town.timeline(voice[0]["id"])
    assert ended.count("caller_left") == 1


async def test_a_whole_call_with_every_webhook_doubled_and_reordered(town: Town) -> None:
    ana = await town.on_shift("ana")
    town.world.faults.arm(Fault.WEBHOOK_DUPLICATE, times=200)
    town.world.faults.arm(Fault.STATUS_REORDER, times=50, every=2)
    caller = await town.caller(CALLER)
    card = await town.talking(ana, caller)
    await caller.hang_up()
    await town.written_up(ana, card["id"])
    kinds = [k for k in await town.timeline(card["id"]) if k != "answered"]
    assert kinds == [
        "opened",
        "waiting",
        "offered",
        "reserved",
        "talking",
        "caller_left",
        "closed",
    ]
