"""Documents as text, and as the SDK would have written them."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.twiml.voice_response import Dial as SdkDial
from twilio.twiml.voice_response import Gather as SdkGather
from twilio.twiml.voice_response import VoiceResponse

from hotline.simulator.carrier.dialects import DialectName, dialect
from hotline.simulator.carrier.parser import parse
from hotline.telephony.twiml import (
    Conference,
    Dial,
    Gather,
    Hangup,
    Party,
    Pause,
    Play,
    Record,
    Redirect,
    Verb,
    render,
)

HEAD = '<?xml version="1.0" encoding="UTF-8"?><Response>'
ROOM = Conference("c-1", "caller", end_on_exit=True, wait_url="/w", status_url="/s?a=1&b=2")

GOLDEN: list[tuple[list[Verb], str]] = [
    ([Hangup()], "<Hangup/>"),
    ([Play("https://x.example/a.wav?b=1&c=2")], "<Play>https://x.example/a.wav?b=1&amp;c=2</Play>"),
    ([Pause(60), Redirect("/r")], '<Pause length="60"/><Redirect>/r</Redirect>'),
    (
        [Gather("/voice/step?n=1#rc=2&rp=ct", (Play("/a"), Play("/b")), 6, always=True)],
        (
            '<Gather action="/voice/step?n=1#rc=2&amp;rp=ct" actionOnEmptyResult="true"'
            ' finishOnKey="" numDigits="1" timeout="6"><Play>/a</Play><Play>/b</Play></Gather>'
        ),
    ),
    (
        [Record("/m?n=1", "/s", "#0", 120, 8), Redirect("/m?n=1")],
        (
            '<Record action="/m?n=1" finishOnKey="#0" maxLength="120" playBeep="true"'
            ' recordingStatusCallback="/s" recordingStatusCallbackEvent="completed absent"'
            ' timeout="8"/><Redirect>/m?n=1</Redirect>'
        ),
    ),
    ([Gather("/k", timeout_s=1)], '<Gather action="/k" finishOnKey="" numDigits="1" timeout="1"/>'),
    (
        [Dial(ROOM, "/after")],
        (
            '<Dial action="/after" timeLimit="5400"><Conference beep="false"'
            ' endConferenceOnExit="true" maxParticipants="12" participantLabel="caller"'
            ' startConferenceOnEnter="true" statusCallback="/s?a=1&amp;b=2"'
            ' statusCallbackEvent="start end join leave mute hold modify"'
            ' waitUrl="/w">c-1</Conference></Dial>'
        ),
    ),
    (
        [Dial(Party("Sip", "sip:op_1@gw.example"), "/after", time_limit_s=None, timeout_s=20)],
        '<Dial action="/after" timeout="20"><Sip>sip:op_1@gw.example</Sip></Dial>',
    ),
]


@pytest.mark.parametrize(("verbs", "inside"), GOLDEN)
def test_documents_are_written_as_agreed(verbs: list[Verb], inside: str) -> None:
    assert render(verbs) == f"{HEAD}{inside}</Response>"


def canonical(document: str) -> str:
    return ET.canonicalize(document)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_whatever_stands_in_a_document_comes_out_as_it_went_in(text: str) -> None:
    document = render([Gather(text, (Play(text),)), Dial(Party("Number", text), text)])

    root = ET.fromstring(document)  # noqa: S314 - our own document

    assert root[0].attrib["action"] == root[1].attrib["action"]
    assert root[0].attrib["action"].split() == text.split()
    assert (root[0][0].text or "") == text.replace("\r", "\n")
    assert {child.tag for child in root.iter()} == {"Response", "Gather", "Play", "Dial", "Number"}


@given(
    url=st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=40),
    timeout=st.integers(0, 600),
    exits=st.booleans(),
)
def test_documents_equal_those_of_the_sdk(url: str, timeout: int, *, exits: bool) -> None:
    ours = render(
        [
            Gather(url, (Play(url),), timeout, always=True),
            Record(url, url, "#0", 120, timeout),
            Redirect(url),
            Dial(Conference("c-1", "caller", end_on_exit=exits, wait_url=url, status_url=url), url),
            Hangup(),
        ]
    )
    theirs = VoiceResponse()
    gather = SdkGather(
        action=url, num_digits=1, finish_on_key="", timeout=timeout, action_on_empty_result=True
    )
    gather.play(url)
    theirs.append(gather)
    theirs.record(
        action=url,
        finish_on_key="#0",
        max_length=120,
        play_beep=True,
        recording_status_callback=url,
        recording_status_callback_event="completed absent",
        timeout=timeout,
    )
    theirs.redirect(url)
    dial = SdkDial(action=url, time_limit=5400)
    dial.conference(
        "c-1",
        beep="false",
        end_conference_on_exit=exits,
        max_participants=12,
        participant_label="caller",
        start_conference_on_enter=True,
        status_callback=url,
        status_callback_event="start end join leave mute hold modify",
        wait_url=url,
    )
    theirs.append(dial)
    theirs.hangup()

    assert canonical(ours) == canonical(str(theirs))


@pytest.mark.parametrize(("verbs", "inside"), GOLDEN)
def test_a_carrier_reads_them_without_a_warning(verbs: list[Verb], inside: str) -> None:
    document = parse(render(verbs), dialect(DialectName.TWILIO))

    assert document.warnings == ()
    assert len(document.verbs) == len(verbs)
