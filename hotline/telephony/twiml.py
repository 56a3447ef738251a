"""Typed verbs to TwiML. Pure; everything that comes from outside is escaped here and nowhere else.

Written by hand because the SDK's builder is the dearest thing on the path of a call; held to its
output by tests.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal
from xml.sax.saxutils import escape

CONTENT_TYPE: Final = "text/xml"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>'
_KEPT: Final = 1024
_QUOTE: Final = {'"': "&quot;"}


@dataclass(frozen=True, slots=True)
class Play:
    """A sound file."""

    url: str


@dataclass(frozen=True, slots=True)
class Pause:
    """Silence."""

    length_s: int


@dataclass(frozen=True, slots=True)
class Gather:
    """One key, taken while the sounds play or up to `timeout_s` after them.

    `always`: the action is asked for also when no key came. No key ends the input, so that `#` and
    `*` are keys like others.
    """

    action: str
    plays: tuple[Play, ...] = ()
    timeout_s: int = 5
    always: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """What is said after a tone, until a key of `ends`, silence of `timeout_s`, or `longest_s`.

    `action` is asked for unless nothing was said: then the next verb follows.
    """

    action: str
    status_url: str
    ends: str
    longest_s: int
    timeout_s: int


@dataclass(frozen=True, slots=True)
class Redirect:
    """Go on with another document."""

    url: str


@dataclass(frozen=True, slots=True)
class Hangup:
    """End the call."""


@dataclass(frozen=True, slots=True)
class Reject:
    """Do not answer: the caller hears the engaged tone and pays nothing."""


@dataclass(frozen=True, slots=True)
class Conference:
    """A room. Events are those of whoever enters first, so all must be given the same."""

    name: str
    label: str
    end_on_exit: bool
    wait_url: str
    status_url: str
    muted: bool = False


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody to ring, where the carrier has no rooms."""

    noun: Literal["Client", "Sip", "Number"]
    address: str


@dataclass(frozen=True, slots=True)
class Dial:
    """Join the call with a room or a party; `action` is asked for when that is over."""

    target: Conference | Party
    action: str
    time_limit_s: int | None = 5400
    timeout_s: int | None = None
    caller_id: str | None = None


Verb = Play | Pause | Gather | Record | Redirect | Hangup | Reject | Dial


def render(verbs: Sequence[Verb]) -> str:
    """The document; the same verbs are written once and then found."""
    return _written(tuple(verbs))


@lru_cache(maxsize=_KEPT)
def _written(verbs: tuple[Verb, ...]) -> str:
    return f"{_HEAD}<Response>{''.join(_verb(verb) for verb in verbs)}</Response>"


def _verb(verb: Verb) -> str:
    match verb:
        case Play(url):
            return _element("Play", {}, escape(url))
        case Pause(length_s):
            return _element("Pause", {"length": str(length_s)})
        case Gather() | Record():
            return _gather(verb) if isinstance(verb, Gather) else _record(verb)
        case Redirect(url):
            return _element("Redirect", {}, escape(url))
        case Hangup() | Reject():
            return _end(verb)
        case Dial():
            return _dial(verb)


def _end(verb: Hangup | Reject) -> str:
    if isinstance(verb, Hangup):
        return _element("Hangup", {})
    return _element("Reject", {"reason": "busy"})


def _gather(verb: Gather) -> str:
    attributes = {
        "action": verb.action,
        "actionOnEmptyResult": "true" if verb.always else None,
        "finishOnKey": "",
        "numDigits": "1",
        "timeout": str(verb.timeout_s),
    }
    return _element("Gather", attributes, "".join(_verb(play) for play in verb.plays))


def _record(verb: Record) -> str:
    attributes = {
        "action": verb.action,
        "finishOnKey": verb.ends,
        "maxLength": str(verb.longest_s),
        "playBeep": "true",
        "recordingStatusCallback": verb.status_url,
        "recordingStatusCallbackEvent": "completed absent",
        "timeout": str(verb.timeout_s),
    }
    return _element("Record", attributes)


def _dial(verb: Dial) -> str:
    attributes = {
        "action": verb.action,
        "callerId": verb.caller_id,
        "timeLimit": _number(verb.time_limit_s),
        "timeout": _number(verb.timeout_s),
    }
    if isinstance(verb.target, Party):
        inside = _element(verb.target.noun, {}, escape(verb.target.address))
    else:
        inside = _conference(verb.target)
    return _element("Dial", attributes, inside)


def _conference(room: Conference) -> str:
    attributes = {
        "beep": "false",
        "endConferenceOnExit": "true" if room.end_on_exit else "false",
        "maxParticipants": "12",
        "muted": "true" if room.muted else None,
        "participantLabel": room.label,
        "startConferenceOnEnter": "true",
        "statusCallback": room.status_url,
        "statusCallbackEvent": "start end join leave mute hold modify",
        "waitUrl": room.wait_url,
    }
    return _element("Conference", attributes, escape(room.name))


def _number(value: int | None) -> str | None:
    return None if value is None else str(value)


def _element(name: str, attributes: Mapping[str, str | None], inside: str = "") -> str:
    written = "".join(
        f' {key}="{escape(value, _QUOTE)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>"
