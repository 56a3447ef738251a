"""Who answered, a person or a machine: told with the first document, or apart from it."""

import asyncio

import pytest
from twilio.rest import Client

from hotline.simulator import Behaviour, World
from hotline.simulator.carrier.ear import Heard
from tests.contracts.simulator.customer import Customer, Rest

PERSON = "+996555000001"
RESULT = ["AccountSid", "AnsweredBy", "CallSid", "MachineDetectionDuration"]


@pytest.fixture
def sdk(world: World, customer: Customer) -> Client:
    customer.pages["/gate"] = "<Response><Pause length='600'/></Response>"
    client = Client(world.config.account_sid, world.config.auth_token)
    client.api.base_url = world.url
    return client


@pytest.mark.parametrize(
    ("behaviour", "how", "answered_by"),
    [
        (Behaviour.ANSWER, "Enable", "human"),
        (Behaviour.VOICEMAIL, "DetectMessageEnd", "machine_end_beep"),
        (Behaviour.FAX, "Enable", "fax"),
    ],
)
async def test_the_call_goes_on_and_the_result_comes_apart(
    world: World, customer: Customer, sdk: Client, behaviour: Behaviour, how: str, answered_by: str
) -> None:
    world.phone(PERSON).expect(behaviour)

    made = await asyncio.to_thread(
        lambda: sdk.calls.create(
            to=PERSON, from_="189", url=f"{customer.url}/gate", machine_detection=how,
            async_amd="true", async_amd_status_callback=f"{customer.url}/amd",
        )
    )  # fmt: skip
    (result,) = await customer.wait("/amd")

    assert sorted(result.form) == RESULT
    assert (result.form["CallSid"], result.form["AnsweredBy"]) == (made.sid, answered_by)
    assert int(result.form["MachineDetectionDuration"]) >= 1000
    (gate,) = customer.requests("/gate")
    assert "AnsweredBy" not in gate.form
    fetched = await asyncio.to_thread(lambda: sdk.calls(made.sid or "").fetch())
    assert fetched.answered_by == answered_by


async def test_who_is_dialled_or_called_into_a_room_may_be_looked_into(
    world: World, customer: Customer, sdk: Client, rest: Rest
) -> None:
    number = "<Number machineDetection='Enable' amdStatusCallback='/amd' sendDigits='w12#'>"
    customer.pages["/voice/in"] = f"<Response><Dial>{number}{PERSON}</Number></Dial></Response>"
    person = world.phone(PERSON)
    person.expect(Behaviour.VOICEMAIL)
    caller = world.phone("+996555000002")
    await caller.dial()
    (result,) = await customer.wait("/amd")
    assert (result.form["CallSid"], result.form["AnsweredBy"]) == (person.call.sid, "machine_start")
    tones = next(moment for moment in person.heard if moment.kind is Heard.TONES)
    assert (tones.what, tones.seconds) == ("w12#", 1.25)
    await caller.hang_up()

    status, _ = await rest.ask(
        "POST", "/Conferences/r/Participants.json", From="189", To=PERSON,
        MachineDetection="Enable", AmdStatusCallback=f"{customer.url}/amd",
    )  # fmt: skip
    assert status == 201
    assert len(await customer.wait("/amd", times=2)) == 2


async def test_longer_than_allowed_is_unknown_and_nonsense_is_refused(
    world: World, customer: Customer, sdk: Client, rest: Rest
) -> None:
    world.phone(PERSON).expect(Behaviour.VOICEMAIL)
    call = {"To": PERSON, "From": "189", "Url": f"{customer.url}/gate", "SendDigits": "1ww2"}
    await rest.ask(
        "POST", "/Calls.json", **call, MachineDetection="Enable", MachineDetectionTimeout="3"
    )
    (gate,) = await customer.wait("/gate")
    assert gate.form["AnsweredBy"] == "unknown"
    assert [m.what for m in world.phone(PERSON).heard if m.kind is Heard.TONES] == ["1ww2"]

    for wrong in (
        {"MachineDetection": "Maybe"},
        {"MachineDetectionTimeout": "60"},
        {"MachineDetectionSilenceTimeout": "100"},
        {"SendDigits": "one"},
    ):
        status, body = await rest.ask("POST", "/Calls.json", **(call | wrong))
        assert (status, body["code"]) == (400, 20001)
