"""Reading of Dial and of what may stand inside it."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from hotline.simulator.carrier.dialects import Dialect
from hotline.simulator.carrier.errors import DocumentError
from hotline.simulator.carrier.reading import Attributes
from hotline.simulator.carrier.verbs import Dial, Party, Room, StatusHook, Via

_MAX_PARTIES = 10
_CALL_EVENTS = frozenset({"initiated", "ringing", "answered", "completed"})
_ROOM_EVENTS = frozenset(
    {"start", "end", "join", "leave", "mute", "hold", "modify", "speaker", "announcement"}
)
_BEEPS = frozenset({"true", "false", "onEnter", "onExit"})


def read_dial(element: ET.Element, dialect: Dialect) -> tuple[Dial, list[str]]:
    """Return the verb and the unknown attributes."""
    a = Attributes("Dial", element.attrib)
    a.known("hangupOnStar", "record", "trim", "ringTone", "sequential", "referUrl", "referMethod")
    a.known("recordingStatusCallback", "recordingStatusCallbackMethod", "recordingTrack")
    a.known("recordingStatusCallbackEvent")
    for child in element:
        if child.tag not in dialect.nouns:
            raise DocumentError(12200, f"<{child.tag}> is not allowed within <Dial>")
    warnings: list[str] = []
    rooms = [_room(child, warnings) for child in element if child.tag == "Conference"]
    parties = [_party(child, warnings) for child in element if child.tag != "Conference"]
    text = (element.text or "").strip()
    if text:
        hook = StatusHook(url=None, method="POST", events=())
        parties.append(Party(via=Via.NUMBER, address=text, whisper=None, method="POST", hook=hook))
    if not (len(rooms) == 1 and not parties) and not (parties and not rooms):
        raise DocumentError(12200, "Dial takes one Conference, or parties to ring")
    if len(parties) > _MAX_PARTIES:
        raise DocumentError(12200, "Dial takes at most 10 parties")
    verb = Dial(
        parties=tuple(parties),
        room=rooms[0] if rooms else None,
        action=a.text("action"),
        method=a.method(),
        timeout_s=a.number("timeout", default=30, low=1, high=600),
        time_limit_s=a.number("timeLimit", default=14_400, low=1, high=86_400),
        caller_id=a.text("callerId"),
        answer_on_bridge=a.flag("answerOnBridge", default=False),
    )
    return verb, a.unknown() + warnings


def _hook(attributes: Attributes, *, default: str, allowed: frozenset[str]) -> StatusHook:
    return StatusHook(
        url=attributes.text("statusCallback"),
        method=attributes.method("statusCallbackMethod"),
        events=attributes.words("statusCallbackEvent", default=default, allowed=allowed),
    )


def _party(element: ET.Element, warnings: list[str]) -> Party:
    a = Attributes(element.tag, element.attrib)
    a.known("sendDigits", "byoc", "username", "password", "machineDetection")
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
    )
    warnings.extend(a.unknown())
    return party


def _room(element: ET.Element, warnings: list[str]) -> Room:
    a = Attributes("Conference", element.attrib)
    a.known("record", "region", "trim", "recordingStatusCallback", "jitterBufferSize")
    a.known("recordingStatusCallbackMethod", "recordingStatusCallbackEvent", "eventCallbackUrl")
    a.choice("beep", default="true", allowed=_BEEPS)
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
    )
    warnings.extend(a.unknown())
    return room
