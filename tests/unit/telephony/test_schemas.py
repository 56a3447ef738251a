"""Forms of any carrier, and of anybody who pretends to be one."""

from urllib.parse import urlencode
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from multidict import MultiDict

from hotline.carrier import form as forms
from hotline.kernel.ids import new_id
from hotline.telephony.machine import Change
from hotline.telephony.model import LegState, identity, staff_of
from hotline.telephony.schemas import RoomForm, VoiceForm, event_key

_VALUE = st.one_of(
    st.text(),
    st.text(st.characters(categories=["Cs", "Cc"])),
    st.sampled_from(["", "\0", "٣", "²", "1e9", "-1", "9" * 400, "in-progress", "client:op_zz"]),
)
_NAMES = ["CallSid", "From", "To", "CallStatus", "Digits", "SequenceNumber", "DialCallStatus"]
_NAMES += ["ConferenceSid", "FriendlyName", "StatusCallbackEvent", "ParticipantCallStatus", "Odd"]
_FORMS = st.lists(st.tuples(st.sampled_from(_NAMES), _VALUE)).map(MultiDict)


@given(_FORMS)
def test_nothing_in_a_form_can_make_it_unreadable(form: "MultiDict[str]") -> None:
    voice, room = VoiceForm.read(form), RoomForm.read(form)

    assert len(voice.sid) <= 64
    assert voice.digit is None or len(voice.digit) == 1
    assert room.sequence >= 0
    for text in (voice.sid, voice.origin.raw, voice.dialled, room.name, room.sid):
        text.encode()
        assert "\0" not in text
    assert event_key("/voice/in", form, None)


@given(st.binary(max_size=300))
def test_no_bytes_can_make_a_body_unreadable(body: bytes) -> None:
    form = forms.read(body)

    VoiceForm.read(form)
    event_key("/voice/in", form, None)


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("+996555123456", "number"),
        ("0555123456", "number"),
        ("189", "short"),
        ("", "hidden"),
        ("anonymous", "hidden"),
        ("Restricted", "hidden"),
        ("+266696687", "hidden"),
        ("sip:alice@trunk.example", "sip"),
        ("client:op_1", "client"),
        ("\0\x01", "hidden"),
    ],
)
def test_every_source_is_somebody(source: str, kind: str) -> None:
    read = VoiceForm.read(MultiDict({"CallSid": "CA1", "From": source}))

    assert read.origin.kind == kind


def test_a_strange_word_for_the_state_is_no_state() -> None:
    assert VoiceForm.read(MultiDict(CallStatus="exploded")).state is None
    assert VoiceForm.read(MultiDict(CallStatus="no-answer")).state is LegState.NO_ANSWER
    assert VoiceForm.read(MultiDict(CallStatus="completed")).over


def test_the_first_key_counts() -> None:
    assert VoiceForm.read(MultiDict(Digits="#")).digit == "#"
    assert VoiceForm.read(MultiDict(Digits="12")).digit == "1"
    assert VoiceForm.read(MultiDict(Digits=" ")).digit is None


def test_the_end_of_a_room_is_about_nobody() -> None:
    form = MultiDict(StatusCallbackEvent="conference-end", CallSid="CA1", SequenceNumber="7")

    read = RoomForm.read(form)

    assert (read.change, read.sid, read.sequence) == (Change.END, "", 7)
    assert RoomForm.read(MultiDict(StatusCallbackEvent="participant-mute")).change is None


def test_a_repetition_is_known_by_its_token_or_by_its_content() -> None:
    first = MultiDict(CallSid="CA1", Digits="1", Timestamp="Mon, 1")
    again = MultiDict(Timestamp="Tue, 2", Digits="1", CallSid="CA1")
    other = MultiDict(CallSid="CA1", Digits="2")

    assert event_key("/voice/step?n=1", first, None) == event_key("/voice/step?n=1", again, None)
    assert event_key("/voice/step?n=1", first, None) != event_key("/voice/step?n=2", first, None)
    assert event_key("/voice/step?n=1", first, None) != event_key("/voice/step?n=1", other, None)
    assert event_key("/a", first, "token") == event_key("/b", other, "token")
    assert len(event_key("/a", first, "\0ы" * 4000)) < 200


def test_an_operators_address_is_read_back() -> None:
    staff = new_id()

    assert staff_of(f"client:{identity(staff)}") == staff
    for strange in ("", "client:", "client:op_", "client:op_zz", f"op_{staff.hex}", "+996555"):
        assert staff_of(strange) is None
    assert UUID(hex=identity(staff).removeprefix("op_")) == staff


def test_a_form_survives_the_wire() -> None:
    body = urlencode({"From": "+996 555", "Body": "Салам & жардам"}).encode()

    assert dict(forms.read(body)) == {"From": "+996 555", "Body": "Салам & жардам"}
