"""The carrier's own queues: who waits in them, who takes the first, and what is told of it."""

import asyncio

import pytest
from twilio.rest import Client

from hotline.simulator import World
from hotline.simulator.carrier.ear import Heard
from tests.contracts.simulator.customer import Customer, Rest

CALLER = "+996555000001"
OTHER = "+996555000002"
WAIT = "<Response><Play>/audio/hold.wav</Play></Response>"
ENQUEUE = """<Response><Enqueue waitUrl="/q/wait" action="/q/action">desk</Enqueue></Response>"""
TAKE = (
    """<Response><Dial action="/q/taken"><Queue url="/q/whisper">desk</Queue></Dial></Response>"""
)


@pytest.fixture
def waiting_room(customer: Customer) -> Customer:
    customer.pages |= {"/voice/in": ENQUEUE, "/q/wait": WAIT, "/voice/op": TAKE}
    return customer


async def test_who_waits_is_taken_in_turn(world: World, waiting_room: Customer) -> None:
    caller, operator = world.phone(CALLER), world.softphone("op_1")
    call = await caller.dial()
    await caller.wait_for("hold.wav")
    behind = await world.phone(OTHER).dial()
    (told, *_) = [one.form for one in await waiting_room.wait("/q/wait", times=2)]
    assert (told["QueuePosition"], told["CurrentQueueSize"]) == ("1", "1")

    taking = await operator.connect()
    await caller.wait_talking()
    await operator.wait_talking()
    (whisper,) = waiting_room.requests("/q/whisper")
    assert (whisper.form["CallSid"], whisper.form["DequeingCallSid"]) == (call.sid, taking.sid)

    await operator.hang_up()
    (action,) = await waiting_room.wait("/q/action")
    assert (action.form["QueueResult"], action.form["QueueSid"]) == ("bridged", told["QueueSid"])
    (taken,) = await waiting_room.wait("/q/taken")
    assert taken.form["DialCallStatus"] == "completed"
    assert not behind.final


async def test_a_document_leads_out_of_the_queue(world: World, waiting_room: Customer) -> None:
    enqueue = "<Enqueue waitUrl='/q/wait'>desk</Enqueue>"
    waiting_room.pages |= {
        "/voice/in": f"<Response>{enqueue}<Say>Closed</Say></Response>",
        "/q/wait": "<Response><Say>Wait</Say><Leave/></Response>",
    }
    caller = world.phone(CALLER)
    await caller.dial()
    await caller.wait_for("Wait")
    await caller.wait_for("Closed")


async def test_what_may_not_be_done_while_waiting(world: World, waiting_room: Customer) -> None:
    waiting_room.pages["/q/wait"] = "<Response><Dial>+996312000000</Dial></Response>"
    await world.phone(CALLER).dial()
    (action,) = await waiting_room.wait("/q/action")
    assert action.form["QueueResult"] == "error"
    assert [note["code"] for note in world.journal.find("notification")] == [12200]


@pytest.mark.parametrize("taker", ["nobody", "op"])
async def test_whoever_hangs_up_is_told_of(
    world: World, waiting_room: Customer, taker: str
) -> None:
    caller = world.phone(CALLER)
    await caller.dial()
    await caller.wait_for("hold.wav")
    if taker == "op":
        await world.softphone("op_1").connect()
        await caller.wait_talking()

    await caller.hang_up()

    (action,) = await waiting_room.wait("/q/action")
    assert action.form["QueueResult"] == ("bridged" if taker == "op" else "hangup")


async def test_nobody_comes_or_there_is_no_queue(world: World, waiting_room: Customer) -> None:
    operator = world.softphone("op_1")
    await operator.connect()
    (no_queue,) = await waiting_room.wait("/q/taken")
    world.carrier.queues.make("desk")
    await operator.connect()
    (_, nobody) = await waiting_room.wait("/q/taken", times=2)
    said = [one.form["DialCallStatus"] for one in (no_queue, nobody)]
    assert said == ["failed", "no-answer"]


async def test_the_vendors_library_sees_and_moves_who_waits(
    world: World, waiting_room: Customer, rest: Rest
) -> None:
    sdk = Client(world.config.account_sid, world.config.auth_token)
    sdk.api.base_url = world.url
    made = await asyncio.to_thread(lambda: sdk.queues.create(friendly_name="desk", max_size=1))
    queue = sdk.queues(made.sid or "")
    first, second = world.phone(CALLER), world.phone(OTHER)
    call = await first.dial()
    await first.wait_for("hold.wav")
    await second.dial()
    (full,) = await waiting_room.wait("/q/action")
    assert full.form["QueueResult"] == "queue-full"

    front = await asyncio.to_thread(lambda: queue.members("Front").fetch())
    listed = await asyncio.to_thread(queue.members.list)
    shown = await asyncio.to_thread(queue.fetch)
    assert (front.call_sid, front.position, shown.current_size) == (call.sid, 1, 1)
    assert [one.call_sid for one in listed] == [call.sid]
    status, body = await rest.ask("DELETE", f"/Queues/{made.sid}.json")
    assert (status, body["code"]) == (400, 22002)

    waiting_room.pages["/out"] = "<Response><Say>Out</Say></Response>"
    moved = f"{waiting_room.url}/out"
    await asyncio.to_thread(lambda: queue.members(call.sid).update(url=moved))
    await first.wait_for("Out")
    (_, redirected) = await waiting_room.wait("/q/action", times=2)
    assert redirected.form["QueueResult"] == "redirected"
    assert await asyncio.to_thread(queue.delete)
    assert [one.kind for one in first.heard].count(Heard.TALKING) == 0
