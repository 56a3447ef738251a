"""Conferences: who joins, starts, leaves and ends them."""

import pytest

from hotline.simulator import Behaviour, PhoneCaller, Softphone, World
from hotline.simulator.carrier.ear import Heard
from tests.contracts.simulator.customer import Customer, Rest

CALLER = "+996555000001"


def room(label: str, *, end: bool = False, extra: str = "") -> str:
    return f"""<Response><Dial action="/voice/after"><Conference beep="false"
      startConferenceOnEnter="true" endConferenceOnExit="{str(end).lower()}"
      participantLabel="{label}" waitUrl="" statusCallback="/voice/conf"
      statusCallbackEvent="start end join leave mute hold modify" {extra}>c-1</Conference>
      </Dial></Response>"""


@pytest.fixture
def talk(customer: Customer) -> Customer:
    customer.pages |= {
        "/voice/in": room("caller", end=True),
        "/voice/op": room("operator"),
        "/voice/after": "<Response><Hangup/></Response>",
    }
    return customer


async def join(world: World) -> tuple[PhoneCaller, Softphone]:
    operator, caller = world.softphone("op_7"), world.phone(CALLER)
    await operator.connect()
    await world.journal.wait_for("room.event", event="participant-join")
    await caller.dial()
    await caller.wait_talking()
    return caller, operator


def events(customer: Customer) -> list[str]:
    return [one.form["StatusCallbackEvent"] for one in customer.requests("/voice/conf")]


async def test_caller_leaving_ends_the_room_for_all(world: World, talk: Customer) -> None:
    caller, operator = await join(world)

    await caller.hang_up()

    assert await operator.wait_ended() == "completed"
    await talk.wait_form("/voice/conf", StatusCallbackEvent="conference-end")
    assert events(talk) == [
        "participant-join", "participant-join", "conference-start",
        "participant-leave", "participant-leave", "conference-end",
    ]  # fmt: skip
    requests = talk.requests("/voice/conf")
    assert [one.form["SequenceNumber"] for one in requests] == ["1", "2", "3", "4", "5", "6"]
    assert [one.form.get("ReasonParticipantLeft") for one in requests[3:5]] == [
        "participant_hung_up", "moderator_ended_conference",
    ]  # fmt: skip
    end = requests[5].form
    assert end["ReasonConferenceEnded"] == "participant-with-end-conference-on-exit-left"
    assert end["ParticipantLabelEndingConference"] == "caller"
    assert end["CallSidEndingConference"] == caller.call.sid
    after = await talk.wait("/voice/after", times=2)
    assert {one.form["DialCallStatus"] for one in after} == {"answered"}


async def test_operator_leaving_leaves_the_caller_alone_in_the_room(
    world: World, talk: Customer, rest: Rest
) -> None:
    caller, operator = await join(world)

    await operator.hang_up()

    await caller.wait_alone()
    assert caller.call.live
    _, body = await rest.ask("GET", "/Conferences.json", FriendlyName="c-1", Status="in-progress")
    found = body["conferences"][0]
    status, _ = await rest.ask("POST", f"/Conferences/{found['sid']}.json", Status="completed")
    assert status == 200
    end = await talk.wait_form("/voice/conf", StatusCallbackEvent="conference-end")
    assert end.form["ReasonConferenceEnded"] == "conference-ended-via-api"
    assert await caller.wait_ended() == "completed"


async def test_redirecting_the_caller_takes_it_out_of_the_room(
    world: World, talk: Customer, rest: Rest
) -> None:
    talk.pages["/voice/in"] = room("caller")
    talk.pages["/voice/hold"] = "<Response><Play loop='0'>/audio/hold.wav</Play></Response>"
    caller, operator = await join(world)

    await rest.ask("POST", f"/Calls/{caller.call.sid}.json", Url=f"{talk.url}/voice/hold")

    await caller.wait_for("hold.wav")
    await operator.wait_alone()
    left = await talk.wait_form("/voice/conf", StatusCallbackEvent="participant-leave")
    assert left.form["ReasonParticipantLeft"] == "participant_updated_via_api"
    assert talk.requests("/voice/after") == []


async def test_hold_mute_and_kick(world: World, talk: Customer, rest: Rest) -> None:
    talk.pages["/voice/in"] = room("caller")
    caller, operator = await join(world)
    _, body = await rest.ask("GET", "/Conferences.json", Status="in-progress")
    base = f"/Conferences/{body['conferences'][0]['sid']}/Participants"

    _, held = await rest.ask("POST", f"{base}/caller.json", Hold="true", Muted="true")
    await operator.wait_alone()
    status, shown = await rest.ask("GET", f"{base}/{caller.call.sid}.json")

    assert (status, held["hold"], shown["muted"], shown["label"]) == (200, True, True, "caller")
    assert (await rest.ask("DELETE", f"{base}/operator.json"))[0] == 204
    await operator.wait_ended()
    assert (await rest.ask("GET", f"{base}/operator.json"))[0] == 404
    await talk.wait_form("/voice/conf", StatusCallbackEvent="participant-leave")
    assert events(talk)[3:5] == ["participant-mute", "participant-hold"]


async def test_supervisor_coaches_the_operator(world: World, talk: Customer, rest: Rest) -> None:
    _, operator = await join(world)
    coach = f'coach="{operator.call.sid}" muted="false"'
    talk.pages["/voice/op"] = room("supervisor", extra=coach)
    supervisor = world.softphone("sup_1")
    await supervisor.connect()
    await supervisor.wait_talking()
    _, body = await rest.ask("GET", "/Conferences.json", Status="in-progress")
    base = f"/Conferences/{body['conferences'][0]['sid']}/Participants"

    _, whisper = await rest.ask("GET", f"{base}/supervisor.json")
    _, barge = await rest.ask("POST", f"{base}/supervisor.json", Coaching="false", Muted="false")

    assert (whisper["coaching"], whisper["call_sid_to_coach"]) == (True, operator.call.sid)
    assert (barge["coaching"], barge["call_sid_to_coach"]) == (False, None)


async def test_third_person_is_called_into_the_room(
    world: World, talk: Customer, rest: Rest
) -> None:
    await join(world)
    interpreter = world.phone("+996555000009")
    interpreter.expect(Behaviour.ANSWER)
    _, body = await rest.ask("GET", "/Conferences.json", Status="in-progress")
    sid = body["conferences"][0]["sid"]

    status, added = await rest.ask(
        "POST", f"/Conferences/{sid}/Participants.json",
        From="189", To=interpreter.number, Label="interpreter", EndConferenceOnExit="false",
        StatusCallback=f"{talk.url}/voice/status",
        StatusCallbackEvent=["initiated", "ringing", "answered", "completed"],
    )  # fmt: skip

    assert (status, added["status"], added["label"]) == (201, "queued", "interpreter")
    moment = None
    while moment is None or moment.what != "2":
        moment = await interpreter.wait_talking()
    await interpreter.hang_up()
    await talk.wait_form("/voice/status", CallStatus="completed")
    statuses = [one.form["CallStatus"] for one in talk.requests("/voice/status")]
    assert statuses == ["initiated", "ringing", "in-progress", "completed"]


async def test_parties_are_rung_and_the_first_to_accept_is_joined(
    world: World, customer: Customer
) -> None:
    customer.pages |= {
        "/voice/in": """<Response><Dial action="/voice/after" timeout="20" callerId="189">
            <Number>+996555000011</Number>
            <Number url="/whisper">+996555000012</Number></Dial></Response>""",
        "/whisper": '<Response><Gather numDigits="1" action="/accept"><Play>/audio/menu.wav</Play>'
        "</Gather><Hangup/></Response>",
        "/accept": "<Response/>",
    }
    slow, quick, caller = (world.phone(f"+9965550000{n}") for n in ("11", "12", "01"))
    slow.expect(Behaviour.NO_ANSWER)
    quick.expect(Behaviour.ANSWER)
    await caller.dial()

    await quick.wait_ringing()
    await quick.wait_gather()
    await quick.press("1")
    await caller.wait_talking()
    assert await slow.wait_ended() == "canceled"
    await quick.hang_up()

    (after,) = await customer.wait("/voice/after")
    assert after.form["DialCallStatus"] == "completed"
    assert after.form["DialCallSid"] == quick.call.sid
    assert after.form["DialBridged"] == "true"
    (whisper,) = customer.requests("/whisper")
    assert whisper.form["ParentCallSid"] == caller.call.sid
    assert await caller.wait_ended() == "completed"


@pytest.mark.parametrize(
    ("behaviour", "status"),
    [
        (Behaviour.BUSY, "busy"),
        (Behaviour.NO_ANSWER, "no-answer"),
        (Behaviour.UNKNOWN, "failed"),
    ],
)
async def test_dial_says_why_nobody_came(
    world: World, customer: Customer, behaviour: Behaviour, status: str
) -> None:
    customer.pages["/voice/in"] = (
        '<Response><Dial action="/voice/after" timeout="5">+996555000011</Dial></Response>'
    )
    world.phone("+996555000011").expect(behaviour)
    await world.phone(CALLER).dial()

    (after,) = await customer.wait("/voice/after")
    assert after.form["DialCallStatus"] == status


async def test_caller_hanging_up_while_it_rings_stops_the_ringing(
    world: World, customer: Customer
) -> None:
    customer.pages["/voice/in"] = (
        '<Response><Dial action="/voice/after">+996555000011</Dial></Response>'
    )
    called, caller = world.phone("+996555000011"), world.phone(CALLER)
    called.expect(Behaviour.HAND)
    await caller.dial()
    await called.wait_ringing()

    await caller.hang_up()

    assert await called.wait_ended() == "canceled"
    (after,) = await customer.wait("/voice/after")
    assert after.form["CallStatus"] == "completed"
    assert after.form["DialCallStatus"] == "no-answer"


async def test_caller_hanging_up_in_a_dialled_talk_has_been_answered(
    world: World, customer: Customer
) -> None:
    customer.pages["/voice/in"] = (
        '<Response><Dial action="/voice/after">+996555000011</Dial></Response>'
    )
    world.phone("+996555000011").expect(Behaviour.ANSWER)
    caller = world.phone(CALLER)
    await caller.dial()
    await caller.wait_talking()

    await caller.hang_up()

    (after,) = await customer.wait("/voice/after")
    assert after.form["DialCallStatus"] == "completed"


async def test_an_announcement_is_played_to_its_end_or_said_to_have_failed(
    world: World, talk: Customer, rest: Rest
) -> None:
    talk.pages["/voice/in"] = room("caller").replace("hold modify", "hold announcement")
    talk.pages["/news"] = "<Response><Play>/audio/bye.wav</Play></Response>"
    talk.pages["/voice/op"] = room("operator").replace("hold modify", "hold announcement")
    caller, _ = await join(world)
    _, body = await rest.ask("GET", "/Conferences.json", Status="in-progress")
    path = f"/Conferences/{body['conferences'][0]['sid']}"

    await rest.ask("POST", f"{path}.json", AnnounceUrl=f"{talk.url}/news")
    await caller.wait_for("bye.wav")
    end = await talk.wait_form("/voice/conf", StatusCallbackEvent="announcement-end")
    assert end.form["AnnounceUrl"] == f"{talk.url}/news"

    talk.pages["/news"] = "no document"
    await rest.ask("POST", f"{path}/Participants/caller.json", AnnounceUrl=f"{talk.url}/news")
    fail = await talk.wait_form("/voice/conf", StatusCallbackEvent="announcement-fail")
    assert (fail.form["CallSid"], fail.form["ReasonAnnouncementFailed"][:8]) == (
        caller.call.sid, "Document",
    )  # fmt: skip


async def test_others_hear_a_tone_when_somebody_comes_and_goes(
    world: World, talk: Customer
) -> None:
    talk.pages["/voice/in"] = room("caller").replace('beep="false"', 'beep="onExit"')
    caller, operator = await join(world)
    await caller.hang_up()
    await operator.wait_alone()
    assert [moment.kind for moment in operator.heard].count(Heard.BEEP) == 1
    assert not any(moment.kind is Heard.BEEP for moment in caller.heard)
