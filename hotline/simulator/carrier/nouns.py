"""Reading of Dial and of what may stand inside it."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

from hotline.simulator.carrier.dialects import Dialect
from hotline.simulator.carrier.errors import DocumentError
from hotline.simulator.carrier.reading import Attributes
from hotline.simulator.carrier.verbs import (
    Detection,
    Dial,
    FromQueue,
    Party,
    Room,
    StatusHook,
    Via,
)

_MAX_PARTIES = 10
_LIMIT_S = 14_400
_CALL_EVENTS = frozenset({"initiated", "ringing", "answered", "completed"})
_ROOM_EVENTS = frozenset(
    {"start", "end", "join", "leave", "mute", "hold", "modify", "speaker", "announcement"}
)
_RECORDING_EVENTS = frozenset({"in-progress", "completed", "absent"})
_DIAL_RECORD = frozenset({"do-not-record", "true", "false"}) | frozenset(
    f"record-from-{moment}{ways}" for moment in ("answer", "ringing") for ways in ("", "-dual")
)
_ROOM_RECORD = frozenset({"do-not-record", "record-from-start", "true", "false"})
_NOT_RECORDED = frozenset({"do-not-record", "false"})
_BEEPS = frozenset({"true", "false", "onEnter", "onExit"})
_MACHINES = frozenset({"none", "Enable", "DetectMessageEnd"})


def read_dial(element: ET.Element, dialect: Dialect) -> tuple[Dial, list[str]]:
    """Return the verb and the unknown attributes."""
    a = Attributes("Dial", element.attrib)
    a.known("trim", "ringTone", "sequential", "referUrl", "referMethod", "recordingTrack")
    for child in element:
        if child.tag not in dialect.nouns:
            raise DocumentError(12200, f"<{child.tag}> is not allowed within <Dial>")
    warnings: list[str] = []
    rooms = [_room(child, warnings, dialect) for child in element if child.tag == "Conference"]
    queues = [_queue(child, warnings) for child in element if child.tag == "Queue"]
    places = {"Conference", "Queue"}
    parties = [_party(one, warnings, dialect) for one in element if one.tag not in places]
    text = (element.text or "").strip()
    if text:
        hook = StatusHook(url=None, method="POST", events=())
        parties.append(Party(via=Via.NUMBER, address=text, whisper=None, method="POST", hook=hook))
    if len(rooms) + len(queues) + bool(parties) != 1:
        raise DocumentError(12200, "Dial takes one Conference, one Queue, or parties to ring")
    if len(parties) > _MAX_PARTIES:
        raise DocumentError(12200, "Dial takes at most 10 parties")
    verb = Dial(
        parties=tuple(parties),
        room=rooms[0] if rooms else None,
        queue=queues[0] if queues else None,
        action=a.text("action"),
        method=a.method(),
        timeout_s=a.number("timeout", default=30, low=1, high=600),
        time_limit_s=a.number("timeLimit", default=_LIMIT_S, low=1, high=86_400),
        caller_id=a.text("callerId"),
        answer_on_bridge=a.flag("answerOnBridge", default=False),
        hangup_on_star=a.flag("hangupOnStar", default=False),
        recording=_recorded(a, _DIAL_RECORD, dialect),
    )
    if not dialect.dial_extras:
        verb = replace(
            verb,
            time_limit_s=_LIMIT_S,
            answer_on_bridge=False,
            hangup_on_star=False,
            recording=None,
        )
    return verb, a.unknown() + warnings


def recording_hook(attributes: Attributes, dialect: Dialect) -> StatusHook:
    """Return where a recording is reported; the small carrier reports the end only."""
    events = attributes.words(
        "recordingStatusCallbackEvent", default="completed", allowed=_RECORDING_EVENTS
    )
    return StatusHook(
        url=attributes.text("recordingStatusCallback"),
        method=attributes.method("recordingStatusCallbackMethod"),
        events=events if dialect.progress_events else ("completed",),
    )


def _recorded(
    attributes: Attributes, allowed: frozenset[str], dialect: Dialect
) -> StatusHook | None:
    how = attributes.choice("record", default="do-not-record", allowed=allowed)
    hook = recording_hook(attributes, dialect)
    return None if how in _NOT_RECORDED else hook


def _queue(element: ET.Element, warnings: list[str]) -> FromQueue:
    a = Attributes("Queue", element.attrib)
    a.known("reservationSid", "postWorkActivitySid")
    name = (element.text or "").strip()
    if not name or len(element):
        raise DocumentError(12200, "Queue needs a name and nothing else inside")
    queue = FromQueue(name=name, url=a.text("url"), method=a.method())
    warnings.extend(a.unknown())
    return queue


def _hook(attributes: Attributes, *, default: str, allowed: frozenset[str]) -> StatusHook:
    return StatusHook(
        url=attributes.text("statusCallback"),
        method=attributes.method("statusCallbackMethod"),
        events=attributes.words("statusCallbackEvent", default=default, allowed=allowed),
    )


def _party(element: ET.Element, warnings: list[str], dialect: Dialect) -> Party:
    a = Attributes(element.tag, element.attrib)
    a.known("byoc", "username", "password", "amdStatusCallbackMethod")
    a.known("machineDetectionSpeechThreshold", "machineDetectionSpeechEndThreshold")
    a.known("machineDetectionSilenceTimeout")
    address = (element.text or "").strip()
    via = Via(element.tag)
    for child in element:
        if via is not Via.CLIENT or child.tag not in {"Identity", "Parameter"}:
            raise DocumentError(12200, f"<{child.tag}> is not allowed within <{element.tag}>")
        if child.tag == "Identity":
            address = (child.text or "").strip()
    if not address:
        raise DocumentError(13223, f"<{element.tag}> is empty")
    party = Party(
        via=via,
        address=address,
        whisper=a.text("url"),
        method=a.method(),
        hook=_hook(a, default="completed", allowed=_CALL_EVENTS),
        digits=a.text("sendDigits") or "",
        detection=_detection(a),
    )
    warnings.extend(a.unknown())
    if not dialect.noun_attributes:
        nothing = StatusHook(url=None, method="POST", events=())
        return replace(party, whisper=None, hook=nothing, digits="", detection=None)
    return party


def _detection(attributes: Attributes) -> Detection | None:
    """Who answers a Dial is looked into while the call goes on."""
    how = attributes.choice("machineDetection", default="none", allowed=_MACHINES)
    timeout_s = attributes.number("machineDetectionTimeout", default=30, low=3, high=59)
    url = attributes.text("amdStatusCallback")
    if how == "none":
        return None
    return Detection(how == "DetectMessageEnd", timeout_s, apart=True, url=url)


def _room(element: ET.Element, warnings: list[str], dialect: Dialect) -> Room:
    a = Attributes("Conference", element.attrib)
    a.known("region", "trim", "jitterBufferSize", "eventCallbackUrl")
    name = (element.text or "").strip()
    if not name or len(element):
        raise DocumentError(12200, "Conference needs a name and nothing else inside")
    label = a.text("participantLabel") or ""
    room = Room(
        name=name,
        muted=a.flag("muted", default=False),
        start_on_enter=a.flag("startConferenceOnEnter", default=True),
        end_on_exit=a.flag("endConferenceOnExit", default=False),
        label=label,
        coach=a.text("coach"),
        max_participants=a.number("maxParticipants", default=250, low=1, high=250),
        wait_url=a.text("waitUrl"),
        wait_method=a.method("waitMethod"),
        hook=_hook(a, default="start end", allowed=_ROOM_EVENTS),
        recording=_recorded(a, _ROOM_RECORD, dialect),
        beep=a.choice("beep", default="true", allowed=_BEEPS),
    )
    warnings.extend(a.unknown())
    return room
