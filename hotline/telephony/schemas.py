"""Webhook forms of any carrier as typed values: whatever is strange in them is somebody's call."""

import hashlib
import re
from dataclasses import dataclass
from typing import Final, Self

from multidict import MultiMapping

from hotline.kernel.phone import Number, parse
from hotline.kernel.text import clean
from hotline.telephony.machine import Change, is_final
from hotline.telephony.model import LegState

_SID_LIMIT: Final = 64
_ADDRESS_LIMIT: Final = 160
_WORD_LIMIT: Final = 64
_MAX_SEQUENCE: Final = 2**31 - 1
_URL_LIMIT: Final = 512
_RECORDING: Final = re.compile(r"[A-Za-z0-9-]{1,64}")
_THERE: Final = frozenset({"", "completed"})
_UNTIMED: Final = frozenset({"Timestamp"})


class Field:
    """Reads a form: unknown fields are ignored, absurd values are cut, nothing raises."""

    def __init__(self, form: MultiMapping[str]) -> None:
        self._form = form

    def text(self, name: str, limit: int = _WORD_LIMIT) -> str:
        """The value without NUL, controls and broken characters; empty when there is none."""
        value = self._form.get(name, "")
        return clean(value[: limit * 4], limit=limit).strip()

    def number(self, name: str) -> int:
        """A whole number from 0; 0 for anything else."""
        value = self.text(name, 12)
        if not (value.isascii() and value.isdecimal()):
            return 0
        return min(int(value), _MAX_SEQUENCE)


def _state(word: str) -> LegState | None:
    try:
        return LegState(word)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class VoiceForm:
    """What every voice request says; `digit` is the key that was pressed, if any.

    `dialled` is how a Dial ended, where the request is about that. `outgoing` says that we made the
    call, so that `to` is ours and not what somebody dialled.

    `state` is None when the carrier used a word we do not know.
    """

    sid: str
    origin: Number
    to: Number
    state: LegState | None
    digit: str | None = None
    dialled: str = ""
    outgoing: bool = False

    @classmethod
    def read(cls, form: MultiMapping[str]) -> Self:
        """Read a request, or a status report."""
        field = Field(form)
        digits = field.text("Digits", 8)
        return cls(
            sid=field.text("CallSid", _SID_LIMIT),
            origin=parse(field.text("From", _ADDRESS_LIMIT)),
            to=parse(field.text("To", _ADDRESS_LIMIT)),
            state=_state(field.text("CallStatus")),
            digit=digits[0] if digits else None,
            dialled=field.text("DialCallStatus"),
            outgoing=field.text("Direction") == "outbound-api",
        )

    @property
    def over(self) -> bool:
        """Whether the leg has ended: carriers ask for the end of a Dial even then."""
        return self.state is not None and is_final(self.state)


@dataclass(frozen=True, slots=True)
class RoomForm:
    """An event of a room. `change` is None for events that say nothing of who is there.

    `leg_state` is how the leg was when it left: a caller who hung up has `completed`.
    """

    room_sid: str
    name: str
    sid: str
    sequence: int
    change: Change | None
    leg_state: LegState | None

    @classmethod
    def read(cls, form: MultiMapping[str]) -> Self:
        """Read an event."""
        field = Field(form)
        event = field.text("StatusCallbackEvent")
        change = Change(event) if event in set(Change) else None
        return cls(
            room_sid=field.text("ConferenceSid", _SID_LIMIT),
            name=field.text("FriendlyName"),
            sid="" if change is Change.END else field.text("CallSid", _SID_LIMIT),
            sequence=field.number("SequenceNumber"),
            change=change,
            leg_state=_state(field.text("ParticipantCallStatus")),
        )


@dataclass(frozen=True, slots=True)
class MessageForm:
    """What was said after the tone: the recording (empty: none), and how long it is.

    Small carriers name it only in the address of its sound.
    """

    sid: str
    recording_sid: str
    length_s: int

    @classmethod
    def read(cls, form: MultiMapping[str]) -> Self:
        """Read the answer after the tone, or a report about it."""
        field = Field(form)
        last = field.text("RecordingUrl", _URL_LIMIT).rpartition("/")[2].partition(".")[0]
        named = field.text("RecordingSid") or last
        absent = field.text("RecordingStatus") not in _THERE
        return cls(
            sid=field.text("CallSid", _SID_LIMIT),
            recording_sid="" if absent or not _RECORDING.fullmatch(named) else named,
            length_s=field.number("RecordingDuration"),
        )


def event_key(path: str, form: MultiMapping[str], token: str | None) -> str:
    """What makes a request the same as its repetition: the carrier's token, else its content.

    The moment of sending is left out, because a repetition has another one.
    """
    if token:
        return f"token:{clean(token[:400], limit=100)}"
    fields = sorted((k, v) for k, v in form.items() if k not in _UNTIMED)
    content = "\n".join([path, *(f"{k}={v}" for k, v in fields)])
    return f"form:{hashlib.sha256(content.encode('utf-8', 'surrogatepass')).hexdigest()}"
