"""One suite for every carrier: the fake in memory, and Twilio's dialect against the simulator."""

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import jwt
import pytest
from typing_extensions import override

from hotline.carrier import capabilities
from hotline.carrier.ports import CallRef, CarrierError, OutcomeUnknown
from hotline.carrier.transport import Reply, Transport
from hotline.carrier.twilio import Account, TwilioCarrier
from hotline.kernel.clock import ManualClock, SystemClock
from hotline.kernel.secret import Secret
from hotline.simulator.carrier.dialects import DialectName
from hotline.simulator.faults import Fault
from hotline.simulator.world import World, WorldConfig
from tests.contracts.carriers import OPERATOR, PERSON, STATUS, URL, Line, speak


def just_now() -> datetime:
    return SystemClock().now() - timedelta(seconds=1)


async def ring(line: Line, to: str = OPERATOR) -> CallRef:
    return await line.carrier.call(to, URL, STATUS, caller_id="+996312000189", timeout_s=20)


async def test_a_call_we_make_is_known_to_the_carrier(line: Line) -> None:
    made = await ring(line)

    assert not made.over
    assert (await line.carrier.fetch_call(made.sid)).sid == made.sid
    assert [one.sid for one in await line.carrier.find_calls(OPERATOR, just_now())] == [made.sid]


async def test_live_calls_are_listed_with_who_made_them(line: Line) -> None:
    before = just_now()
    sid = await line.live_call()

    (live,) = await line.carrier.live_calls()

    assert live.sid == sid
    assert live.since is not None
    assert live.since >= before - timedelta(seconds=1)
    assert live.made == (line.world is not None)  # over there we made it by the API
    await line.carrier.hang_up(sid)
    await line.ended(sid)
    assert await line.carrier.live_calls() == []


async def test_calls_to_others_or_before_the_moment_are_not_found(line: Line) -> None:
    await ring(line)
    later = SystemClock().now() + timedelta(minutes=1)

    assert await line.carrier.find_calls(OPERATOR, later) == []
    assert await line.carrier.find_calls(PERSON, just_now()) == []


async def test_a_recording_is_found_heard_and_deleted_for_good(line: Line) -> None:
    leg, recording = await line.records()

    (found,) = await line.carrier.recordings(leg)
    sound = b"".join([piece async for piece in line.carrier.recording(recording)])

    assert (found.sid, found.length_s) == (recording, 1)
    assert sound.startswith(b"RIFF")
    assert len(sound) > 1000
    stays = line.world is not None and line.world.config.dialect is DialectName.SOMLENG
    assert await line.carrier.delete_recording(recording) is not stays
    if stays:  # its storage drops them
        return
    assert not await line.carrier.delete_recording(recording)
    assert await line.carrier.recordings(leg) == []
    with pytest.raises(CarrierError) as missing:
        await anext(aiter(line.carrier.recording(recording)))
    assert missing.value.gone


async def test_an_impossible_number_is_refused_for_good(line: Line) -> None:
    with pytest.raises(CarrierError) as refused:
        await ring(line, "nobody at all")

    assert (refused.value.code, refused.value.permanent) == ("21211", True)
    assert PERSON not in str(refused.value)


async def test_a_broken_answer_to_a_new_call_is_an_unknown_outcome(line: Line) -> None:
    line.break_next()

    with pytest.raises(OutcomeUnknown):
        await ring(line)


async def test_a_refusal_for_the_moment_may_be_tried_again(line: Line) -> None:
    line.refuse_all()

    with pytest.raises(CarrierError) as refused:
        await ring(line)

    assert not refused.value.permanent


async def test_a_live_call_can_be_taken_elsewhere_again_and_again(line: Line) -> None:
    sid = await line.live_call()

    await line.carrier.redirect(sid, URL)
    assert not (await line.carrier.fetch_call(sid)).over


async def test_nobody_knows_where_a_call_is_after_a_broken_answer(line: Line) -> None:
    sid = await line.live_call()
    line.break_next()

    with pytest.raises(OutcomeUnknown):
        await line.carrier.redirect(sid, URL)


async def test_a_call_that_has_ended_is_gone_for_a_redirect_but_may_be_hung_up(line: Line) -> None:
    sid = await line.live_call()
    await line.carrier.hang_up(sid)
    await line.ended(sid)

    assert (await line.carrier.fetch_call(sid)).over
    with pytest.raises(CarrierError) as gone:
        await line.carrier.redirect(sid, URL)
    assert gone.value.gone
    await line.carrier.hang_up(sid)


async def test_a_call_nobody_knows_is_gone(line: Line) -> None:
    unknown = "CA" + "f" * 32

    for ask in (line.carrier.fetch_call(unknown), line.carrier.redirect(unknown, URL)):
        with pytest.raises(CarrierError) as gone:
            await ask
        assert gone.value.gone
        assert gone.value.permanent
    await line.carrier.hang_up(unknown)


async def test_a_message_is_found_again_with_its_text(line: Line) -> None:
    before = just_now()
    sent = await line.carrier.send_message(PERSON, "Салам, ½", STATUS, validity_s=600)

    found = await line.carrier.find_messages(PERSON, before)

    assert [(one.sid, one.body, one.to) for one in found] == [(sent.sid, "Салам, ½", PERSON)]
    assert await line.carrier.find_messages("+996555999888", before) == []
    assert "Салам" not in repr(found)


async def test_a_broken_answer_to_a_message_is_an_unknown_outcome(line: Line) -> None:
    line.break_next()

    with pytest.raises(OutcomeUnknown):
        await line.carrier.send_message(PERSON, "text", STATUS, validity_s=600)


async def test_a_message_to_no_number_is_refused_for_good(line: Line) -> None:
    with pytest.raises(CarrierError) as refused:
        await line.carrier.send_message("abc", "text", STATUS, validity_s=600)

    assert refused.value.permanent


async def test_what_came_to_us_is_listed_oldest_first(line: Line) -> None:
    before = just_now()
    await line.carrier.send_message(PERSON, "ours", STATUS, validity_s=600)
    sids = [await line.writes_to_us(body) for body in ("Салам, ½", "2", "")]
    later = SystemClock().now() + timedelta(minutes=1)

    found = await line.carrier.received_messages(before)

    assert [one.sid for one in found] == sids
    assert [one.body for one in found] == ["Салам, ½", "2", ""]
    assert {(one.sender, one.num_media, one.at.microsecond) for one in found} == {(PERSON, 0, 0)}
    assert all(before <= one.at + timedelta(seconds=1) <= later for one in found)
    assert await line.carrier.received_messages(later) == []
    assert "Салам" not in repr(found)
    assert PERSON not in repr(found)


async def test_a_message_of_the_same_second_is_not_missed(line: Line) -> None:
    sid = await line.writes_to_us("в ту же секунду")
    at = (await line.carrier.received_messages(just_now()))[0].at

    found = await line.carrier.received_messages(at + timedelta(milliseconds=900))

    assert [one.sid for one in found] == [sid]


async def test_what_came_to_us_is_listed_page_after_page(line: Line) -> None:
    before = just_now()
    sids = [await line.writes_to_us(f"{number}") for number in range(230)]

    assert [one.sid for one in await line.carrier.received_messages(before)] == sids


async def test_a_list_that_cannot_be_had_may_be_asked_for_again(line: Line) -> None:
    sid = await line.writes_to_us("слово")
    line.refuse_all()

    with pytest.raises(CarrierError) as refused:
        await line.carrier.received_messages(just_now())

    assert not refused.value.permanent
    if line.world is not None:
        line.world.faults.disarm(Fault.REST_429)
    assert [one.sid for one in await line.carrier.received_messages(just_now())] == [sid]


async def test_only_what_came_whole_and_to_our_number_is_listed() -> None:
    world = World(WorldConfig())
    async with world.running():
        carrier = speak(world, "twilio")
        messages = world.carrier.messages
        await messages.receive(PERSON, "+996312000777", "not ours")
        half = await messages.receive(PERSON, world.config.sms_number, "half")
        half.status = "receiving"
        assert await carrier.received_messages(just_now()) == []
        half.status = "received"
        assert [one.sid for one in await carrier.received_messages(just_now())] == [half.sid]
        await carrier.close()


async def test_a_carrier_that_knows_no_filters_is_read_only_as_far_as_needed() -> None:
    start = datetime(2026, 3, 1, 12, tzinfo=UTC)
    ours = "+996312000189"

    def row(sid: str, *, minutes: int, to: str = ours, **more: str) -> dict[str, object]:
        sent = format_datetime(start + timedelta(minutes=minutes))
        usual = {"sid": sid, "from": PERSON, "to": to, "direction": "inbound", "num_media": "1"}
        return {**usual, "date_sent": sent, "status": "received", "body": None, **more}

    class Unfiltered(Transport):
        asked = 0

        @override
        async def send(self, method: str, url: str, **_: Any) -> Reply:
            self.asked += 1
            rows = [
                row("SM6", minutes=6, to=ours[1:]),  # without its plus
                row("SM5", minutes=5, to="+996312000777"),
                row("SM4", minutes=4, direction="outbound-api"),
                row("SM3", minutes=3),
                row("SM2", minutes=-2),
                row("SM7", minutes=1),  # out of its order
                row("SM1", minutes=-70),
            ]
            page = {"messages": rows, "next_page_uri": "/2010-04-01/more", "page": 0}
            return Reply(200, json.dumps(page), {})

    account = Account("AC1", "https://x.example", ours, "AP1", "SK1", Secret("s" * 32))
    wire = Unfiltered("AC1", Secret("t" * 32))
    carrier = TwilioCarrier(account, capabilities.of("somleng"), wire, ManualClock(start))

    found = await carrier.received_messages(start)

    assert [(one.sid, one.num_media, one.body) for one in found] == [
        ("SM7", 1, ""),
        ("SM3", 1, ""),
        ("SM6", 1, ""),
    ]
    assert wire.asked == 1


async def test_the_wire_says_what_the_port_was_told() -> None:
    world = World(WorldConfig())
    async with world.running():
        carrier = speak(world, "twilio")
        made = await carrier.call(OPERATOR, URL, STATUS, caller_id="+996312000189", timeout_s=20)
        call = world.carrier.legs.by_sid[made.sid]
        assert call.callbacks.url == STATUS
        assert set(call.callbacks.events) == {"initiated", "ringing", "answered", "completed"}
        await carrier.close()


async def test_calls_go_out_by_the_trunk_of_the_national_operator() -> None:
    forms = []

    class Wire(Transport):
        @override
        async def send(self, method: str, url: str, **more: Any) -> Reply:
            forms.append(more["form"])
            return Reply(201, json.dumps({"sid": "CA1", "status": "queued"}), {})

    trunk = "BY" + "0" * 32
    account = Account("AC1", "https://x.example", "", "AP1", "SK1", Secret("s" * 32), trunk)
    clock = ManualClock(datetime(2026, 3, 1, 12, tzinfo=UTC))
    wire = Wire("AC1", Secret("t" * 32))
    carrier = TwilioCarrier(account, capabilities.of("twilio"), wire, clock)

    await carrier.call("+996555000001", URL, STATUS, caller_id="+996312000189", timeout_s=20)

    assert forms[0]["Byoc"] == trunk


def test_a_browser_token_is_valid_for_a_clock_that_is_a_little_slow() -> None:
    start = datetime(2026, 3, 1, 12, tzinfo=UTC)
    account = Account("AC1", "https://x.example", "", "AP1", "SK1", Secret("s" * 32))
    transport = Transport("AC1", Secret("t" * 32))
    carrier = TwilioCarrier(account, capabilities.of("twilio"), transport, ManualClock(start))

    token = carrier.access_token("op_7")
    read = jwt.decode(token.jwt.reveal(), options={"verify_signature": False})

    assert read["nbf"] == int(start.timestamp()) - 60
    assert read["exp"] == int(start.timestamp()) + token.ttl_s
    assert read["grants"]["identity"] == "op_7"
    assert read["grants"]["voice"]["outgoing"] == {"application_sid": "AP1"}
