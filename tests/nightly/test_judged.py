"""The vendor's library speaks to the simulator; the vendor's own file judges what both say."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from typing import TypeVar

import aiohttp
import pytest
from twilio.rest import Client
from twilio.rest.api.v2010.account.call import CallInstance

from hotline.simulator import Behaviour, World, WorldConfig
from tests.contracts.simulator.customer import Customer
from tests.nightly.judging import Judge, missing, sitting

pytestmark = [
    pytest.mark.timeout(500),
    pytest.mark.skipif(bool(missing()), reason=missing() or "there is a judge"),
]
CALLER = "+996555000001"
ROOM = "<Response><Dial><Conference>r</Conference></Dial></Response>"
T = TypeVar("T")


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    with sitting(tmp_path_factory.mktemp("judge")) as made:
        yield made


@pytest.fixture
async def judged(judge: Judge, customer: Customer) -> AsyncIterator[World]:
    config = WorldConfig(voice_url=f"{customer.url}/voice/in", factor=20, port=judge.upstream)
    customer.pages["/voice/in"] = customer.pages["/room"] = ROOM
    async with World(config).running() as world:
        yield world
    assert world.failures == []


@pytest.fixture
def sdk(judge: Judge, judged: World) -> Client:
    client = Client(judged.config.account_sid, judged.config.auth_token)
    client.api.base_url = judge.url
    return client


async def ask(work: Callable[[], T]) -> T:
    return await asyncio.to_thread(work)


async def test_calls_and_recordings(judged: World, customer: Customer, sdk: Client) -> None:
    judged.phone(CALLER).expect(Behaviour.ANSWER)
    made = await ask(
        lambda: sdk.calls.create(
            to=CALLER, from_="189", url=f"{customer.url}/room", timeout=20, send_digits="1w2",
            machine_detection="Enable", async_amd="true",
            async_amd_status_callback=f"{customer.url}/amd",
            status_callback=f"{customer.url}/voice/status",
            status_callback_event=["initiated", "answered", "completed"],
        )
    )  # fmt: skip
    await judged.journal.wait_for("room.join", call=made.sid)
    await customer.wait("/amd")
    call = sdk.calls(made.sid or "")
    recording = await ask(call.recordings.create)
    await ask(call.recordings.list)
    await ask(lambda: call.update(status=CallInstance.UpdateStatus.COMPLETED))
    await judged.journal.wait_for("recording", sid=recording.sid, status="completed")
    fetched = await ask(call.fetch)
    assert (str(fetched.status), fetched.answered_by) == ("completed", "human")
    assert [one.sid for one in await ask(lambda: sdk.calls.list(status="completed"))] == [made.sid]
    assert len(await ask(sdk.recordings.list)) == 1
    assert await ask(lambda: sdk.recordings(recording.sid or "").delete())


async def test_rooms_and_who_is_in_them(judged: World, customer: Customer, sdk: Client) -> None:
    judged.phone(CALLER).expect(Behaviour.ANSWER)
    call = await judged.phone("+996555000002").dial()
    entry = await judged.journal.wait_for("room.join", call=call.sid)
    room = sdk.conferences(str(entry["room"]))
    third = await ask(
        lambda: room.participants.create(
            from_="189", to=CALLER, label="third", end_conference_on_exit=False,
            status_callback_event=["answered", "completed"],
            status_callback=f"{customer.url}/voice/status",
        )
    )  # fmt: skip
    await judged.journal.wait_for("room.join", call=third.call_sid)
    held = await ask(lambda: room.participants("third").update(hold=True, muted=True))
    assert (held.hold, held.muted) == (True, True)
    assert len(await ask(room.participants.list)) == 2
    assert (await ask(lambda: room.participants(call.sid).fetch())).call_sid == call.sid
    assert await ask(lambda: room.participants("third").delete())
    assert len(await ask(lambda: sdk.conferences.list(friendly_name="r"))) == 1
    assert str((await ask(room.fetch)).status) == "in-progress"
    assert str((await ask(lambda: room.update(status="completed"))).status) == "completed"


async def test_queues_and_recorded_rooms(judged: World, customer: Customer, sdk: Client) -> None:
    made = await ask(lambda: sdk.queues.create(friendly_name="desk", max_size=5))
    queue = sdk.queues(made.sid or "")
    customer.pages["/voice/in"] = "<Response><Enqueue>desk</Enqueue></Response>"
    call = await judged.phone(CALLER).dial()
    await judged.journal.wait_for("queue.join", call=call.sid)
    assert (await ask(queue.fetch)).current_size == 1
    assert len(await ask(sdk.queues.list)) == 1
    assert (await ask(queue.update)).friendly_name == "desk"
    assert len(await ask(queue.members.list)) == 1
    assert (await ask(lambda: queue.members("Front").fetch())).call_sid == call.sid
    recorded = ROOM.replace("<Conference>", '<Conference record="record-from-start">')
    customer.pages["/room"] = customer.pages["/voice/in"] = recorded
    url = f"{customer.url}/room"
    await ask(lambda: queue.members(call.sid).update(url=url))
    assert await ask(queue.delete)
    await judged.phone("+996555000002").dial()
    entry = await judged.journal.wait_for("room.started")
    recordings = sdk.conferences(str(entry["room"])).recordings
    (one,) = await ask(recordings.list)
    assert (await ask(lambda: recordings(one.sid or "").fetch())).conference_sid == entry["room"]
    await ask(lambda: sdk.conferences(str(entry["room"])).update(status="completed"))
    await judged.journal.wait_for("recording", sid=one.sid, status="completed")
    assert await ask(lambda: recordings(one.sid or "").delete())


async def test_messages_and_numbers(judged: World, sdk: Client) -> None:
    sms = judged.config.sms_number
    made = await ask(lambda: sdk.messages.create(to=CALLER, from_=sms, body="Салам"))
    await judged.journal.wait_for("sms.status", sid=made.sid, status="delivered")
    message = sdk.messages(made.sid or "")
    assert str((await ask(message.fetch)).status) == "delivered"
    assert len(await ask(lambda: sdk.messages.list(to=CALLER, page_size=1))) == 1
    assert (await ask(lambda: message.update(body=""))).body == ""
    assert await ask(message.delete)
    numbers = await ask(sdk.incoming_phone_numbers.list)
    assert {one.phone_number for one in numbers} == {judged.config.number, sms}


async def test_the_judge_judges(judge: Judge, judged: World) -> None:
    token = aiohttp.encode_basic_auth(judged.config.account_sid, judged.config.auth_token)
    account = f"{judge.url}/2010-04-01/Accounts/{judged.config.account_sid}"
    async with (
        aiohttp.ClientSession(headers={"Authorization": token}) as session,
        session.post(f"{account}/Calls.json", data={"From": "189"}) as answer,
    ):
        assert answer.status == 422
        assert "prism" in await answer.text()
