"""Reading of form bodies: fields the vendor does not document are refused."""

from __future__ import annotations

from collections.abc import Iterable

from aiohttp import web

from hotline.simulator.carrier.errors import RestError, invalid
from hotline.simulator.carrier.verbs import StatusHook


class Form:
    """The fields of one request."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._values: dict[str, list[str]] = {}
        for name, value in pairs:
            self._values.setdefault(name, []).append(value)

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def text(self, name: str, default: str = "") -> str:
        """Return the last value of a field."""
        return self._values.get(name, [default])[-1]

    def all(self, name: str) -> tuple[str, ...]:
        """Return all values of a repeated field."""
        return tuple(self._values.get(name, ()))

    def flag(self, name: str, *, default: bool) -> bool:
        """Return a boolean field."""
        value = self.text(name).lower()
        if value not in {"", "true", "false"}:
            raise invalid(f"Invalid value for {name}")
        return default if not value else value == "true"

    def number(self, name: str, *, default: int, low: int, high: int) -> int:
        """Return an integer field within its range."""
        value = self.text(name)
        if not value:
            return default
        if not value.isdecimal() or not low <= int(value) <= high:
            raise invalid(f"Invalid value for {name}")
        return int(value)

    def url(self, name: str) -> str:
        """Return an absolute URL, or nothing."""
        value = self.text(name)
        if value and not value.startswith(("http://", "https://")):
            raise RestError(400, 21205, f"{name} is not a valid URL: {value}")
        return value

    def method(self, name: str) -> str:
        """Return GET or POST (the default)."""
        value = self.text(name, "POST").upper()
        if value not in {"GET", "POST"}:
            raise invalid(f"Invalid value for {name}")
        return value


_RECORDING_EVENTS = frozenset({"in-progress", "completed", "absent"})


def recording_hook(form: Form, of: str = "") -> StatusHook:
    """Return where a recording is reported; ``of`` is what its fields begin with."""
    name = f"{of}RecordingStatusCallback"
    events = tuple(" ".join(form.all(f"{name}Event")).split()) or ("completed",)
    if not _RECORDING_EVENTS.issuperset(events):
        raise invalid(f"Invalid value for {name}Event")
    return StatusHook(url=form.url(name), method=form.method(f"{name}Method"), events=events)


async def read(request: web.Request, allowed: frozenset[str]) -> Form:
    """Read a form body; an unknown field or a file is refused with 20001."""
    pairs: list[tuple[str, str]] = []
    for name, value in (await request.post()).items():
        if name not in allowed or not isinstance(value, str):
            raise invalid(f"Unknown parameter {name}")
        pairs.append((name, value))
    return Form(pairs)


def query(request: web.Request, allowed: frozenset[str]) -> Form:
    """Read the filters of a list; paging fields are always allowed."""
    paging = {"Page", "PageSize", "PageToken"}
    for name in request.query:
        if name not in allowed and name not in paging:
            raise invalid(f"Unknown parameter {name}")
    return Form(request.query.items())


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


CALL_CREATE = _names(
    "To From Url Twiml ApplicationSid Method FallbackUrl FallbackMethod StatusCallback "
    "StatusCallbackEvent StatusCallbackMethod SendDigits Timeout Record RecordingChannels "
    "RecordingStatusCallback RecordingStatusCallbackMethod RecordingStatusCallbackEvent "
    "RecordingTrack SipAuthUsername SipAuthPassword MachineDetection MachineDetectionTimeout "
    "MachineDetectionSpeechThreshold MachineDetectionSpeechEndThreshold "
    "MachineDetectionSilenceTimeout Trim CallerId AsyncAmd AsyncAmdStatusCallback "
    "AsyncAmdStatusCallbackMethod Byoc CallReason CallToken TimeLimit"
)
SOMLENG_CALL_CREATE = _names("To From Url Method Twiml StatusCallback StatusCallbackMethod")
CALL_UPDATE = _names(
    "Url Method Status FallbackUrl FallbackMethod StatusCallback StatusCallbackMethod Twiml "
    "TimeLimit"
)
MESSAGE_CREATE = _names(
    "To From MessagingServiceSid Body MediaUrl ContentSid StatusCallback ApplicationSid "
    "MaxPrice ProvideFeedback Attempt ValidityPeriod ForceDelivery ContentRetention "
    "AddressRetention SmartEncoded PersistentAction TrafficType ShortenUrls ScheduleType "
    "SendAt SendAsMms ContentVariables RiskCheck"
)
MESSAGE_UPDATE = frozenset({"Body", "Status"})
PARTICIPANT_CREATE = _names(
    "From To StatusCallback StatusCallbackMethod StatusCallbackEvent Label Timeout Record "
    "Muted Beep StartConferenceOnEnter EndConferenceOnExit WaitUrl WaitMethod EarlyMedia "
    "MaxParticipants ConferenceRecord ConferenceTrim ConferenceStatusCallback "
    "ConferenceStatusCallbackMethod ConferenceStatusCallbackEvent RecordingChannels "
    "RecordingStatusCallback RecordingStatusCallbackMethod RecordingStatusCallbackEvent "
    "SipAuthUsername SipAuthPassword Region ConferenceRecordingStatusCallback "
    "ConferenceRecordingStatusCallbackMethod ConferenceRecordingStatusCallbackEvent Coaching "
    "CallSidToCoach JitterBufferSize Byoc CallerId CallReason RecordingTrack TimeLimit "
    "MachineDetection MachineDetectionTimeout MachineDetectionSpeechThreshold "
    "MachineDetectionSpeechEndThreshold MachineDetectionSilenceTimeout AmdStatusCallback "
    "AmdStatusCallbackMethod Trim CallToken"
)
PARTICIPANT_UPDATE = _names(
    "Muted Hold HoldUrl HoldMethod AnnounceUrl AnnounceMethod WaitUrl WaitMethod BeepOnExit "
    "EndConferenceOnExit Coaching CallSidToCoach"
)
CONFERENCE_UPDATE = frozenset({"Status", "AnnounceUrl", "AnnounceMethod"})
