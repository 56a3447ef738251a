"""A carrier without a telephone company: for tests and for people who only try the desk."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count

from hotline.carrier.ports import (
    CallRef,
    CarrierError,
    LiveCall,
    MessageFound,
    MessageReceived,
    MessageRef,
    OutcomeUnknown,
    PhoneToken,
    RecordingRef,
    Wish,
)
from hotline.kernel.clock import Clock
from hotline.kernel.secret import Secret

_NO_SUCH = "20404"
_NOT_LIVE = "21220"
_BAD_NUMBER = "21211"


@dataclass(slots=True)
class MemoryCall:
    """A call as the fake keeps it; tests move `status` as the network would."""

    sid: str
    to: str
    at: datetime
    url: str = ""
    status: str = "queued"
    caller_id: str = ""


@dataclass(slots=True)
class MemoryCarrier:
    """Does at once what it is asked, and remembers everything.

    `calls`, `messages`, `received`, `recorded` (leg, seconds, sound), `going` (recordings, their
    legs and how they are) and `rooms` (who is in each, and how) are for tests to read and change.
    What stands in `failures` is raised by the next requests; an `OutcomeUnknown` there is raised
    *after* the work was done. `asked` holds what calls and messages were asked to be like.
    """

    clock: Clock
    calls: dict[str, MemoryCall] = field(default_factory=dict)
    messages: list[MessageFound] = field(default_factory=list)
    received: list[MessageReceived] = field(default_factory=list)
    rooms: dict[str, dict[str, Wish]] = field(default_factory=dict)
    going: dict[str, tuple[str, str]] = field(default_factory=dict)
    failures: list[CarrierError | OutcomeUnknown] = field(default_factory=list)
    recorded: dict[str, tuple[str, int, bytes]] = field(default_factory=dict)
    unready: set[str] = field(default_factory=set)
    asked: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    _begun: set[str] = field(default_factory=set)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def incoming(self, to: str = "189") -> MemoryCall:
        """Somebody calls us: a live call we did not make."""
        made = MemoryCall(self._sid("CA"), to, self.clock.now(), status="in-progress")
        self.calls[made.sid] = made
        return made

    def incoming_message(self, sender: str, body: str, to: str = "189") -> MessageReceived:
        """Somebody writes to us."""
        made = MessageReceived(
            self._sid("SM"), sender, to, body, num_media=0, at=_whole(self.clock.now())
        )
        self.received.append(made)
        return made

    def record(self, call_sid: str, sound: bytes, length_s: int) -> str:
        """Somebody spoke after the tone; the recording."""
        sid = self._sid("RE")
        self.recorded[sid] = (call_sid, length_s, sound)
        return sid

    async def close(self) -> None:
        """Nothing is open."""

    async def call(
        self, to: str, url: str, status_url: str, *, caller_id: str, timeout_s: int
    ) -> CallRef:
        """Ring; it stays queued until a test moves it."""
        wish: dict[str, object] = {"status_url": status_url, "caller_id": caller_id}
        self.asked.append(("call", wish | {"timeout_s": timeout_s}))
        late = self._fail_early()
        _addressable(to)
        made = MemoryCall(self._sid("CA"), to, self.clock.now(), url, caller_id=caller_id)
        self.calls[made.sid] = made
        self._fail_late(late)
        return CallRef(made.sid, made.status)

    async def redirect(self, sid: str, url: str) -> None:
        """Point a live call at another document."""
        late = self._fail_early()
        found = self._known(sid)
        if found.status != "in-progress":
            raise CarrierError(_NOT_LIVE, permanent=True)
        found.url = url
        self._fail_late(late)

    async def hang_up(self, sid: str) -> None:
        """End a call."""
        self._fail_late(self._fail_early())
        found = self.calls.get(sid)
        if found is not None and not CallRef(sid, found.status).over:
            found.status = "completed"

    async def fetch_call(self, sid: str) -> CallRef:
        """How a call is."""
        self._fail_late(self._fail_early())
        return CallRef(sid, self._known(sid).status)

    async def find_calls(self, to: str, since: datetime) -> list[CallRef]:
        """Calls we made to an address."""
        self._fail_late(self._fail_early())
        found = [c for c in self.calls.values() if c.to == to and c.url and c.at >= _whole(since)]
        return [CallRef(c.sid, c.status) for c in reversed(found)]

    async def live_calls(self) -> list[LiveCall]:
        """The calls in progress; those we made show our number."""
        self._fail_late(self._fail_early())
        return [
            LiveCall(call.sid, bool(call.caller_id), call.caller_id, call.at)
            for call in self.calls.values()
            if call.status == "in-progress"
        ]

    async def end_conference(self, name: str) -> None:
        """End a room."""
        self._fail_late(self._fail_early())
        self.rooms.pop(name, None)

    async def tune(self, room: str, sid: str, wish: Wish) -> None:
        """Change how somebody is in a room."""
        self._fail_late(self._fail_early())
        if sid not in self.rooms.get(room, {}):
            raise CarrierError(_NO_SUCH, permanent=True)
        self.rooms[room][sid] = wish

    async def remove(self, room: str, sid: str) -> None:
        """Take somebody out of a room."""
        self._fail_late(self._fail_early())
        self.rooms.get(room, {}).pop(sid, None)

    async def begin_recording(self, call_sid: str, status_url: str) -> RecordingRef:
        """Record a live call; it goes on until it is stopped, or a test ends it."""
        self.asked.append(("recording", {"status_url": status_url}))
        late = self._fail_early()
        if self._known(call_sid).status != "in-progress":
            raise CarrierError(_NOT_LIVE, permanent=True)
        made = RecordingRef(self._sid("RE"), 0, "in-progress")
        self.going[made.sid] = (call_sid, made.status)
        self._begun.add(made.sid)
        self._fail_late(late)
        return made

    async def steer_recording(self, call_sid: str, sid: str, status: str) -> None:
        """Pause, resume or stop."""
        self._fail_late(self._fail_early())
        if sid not in self.going:
            raise CarrierError(_NOT_LIVE, permanent=True)
        self.going[sid] = (call_sid, status)
        if status == "stopped":
            del self.going[sid]
            self.recorded[sid] = (call_sid, 1, b"")

    async def send_message(
        self, to: str, body: str, status_url: str, *, validity_s: int
    ) -> MessageRef:
        """Take a message; it stays queued."""
        self.asked.append(("message", {"status_url": status_url, "validity_s": validity_s}))
        late = self._fail_early()
        _addressable(to)
        made = MessageFound(self._sid("SM"), "queued", to, body, at=self.clock.now())
        self.messages.append(made)
        self._fail_late(late)
        return MessageRef(made.sid, made.status)

    async def find_messages(self, to: str, since: datetime) -> list[MessageFound]:
        """Messages to a number."""
        self._fail_late(self._fail_early())
        found = (m for m in reversed(self.messages) if m.to == to)
        return [m for m in found if m.at is not None and m.at >= _whole(since)]

    async def redact_message(self, sid: str) -> None:
        """Empty it, whichever way it went."""
        self._fail_late(self._fail_early())
        self.messages = [replace(m, body="") if m.sid == sid else m for m in self.messages]
        self.received = [replace(m, body="") if m.sid == sid else m for m in self.received]

    async def received_messages(self, since: datetime) -> list[MessageReceived]:
        """Messages to us, oldest first."""
        self._fail_late(self._fail_early())
        found = [m for m in self.received if m.at >= _whole(since)]
        return sorted(found, key=lambda m: m.at)

    async def recordings(self, call_sid: str) -> list[RecordingRef]:
        """What was said after a tone in a call."""
        self._fail_late(self._fail_early())
        return [
            replace(one, length_s=0, status="processing") if one.sid in self.unready else one
            for one in self._ended(call_sid, begun=False)
        ]

    async def talk_recordings(self, call_sid: str) -> list[RecordingRef]:
        """The recordings of talks on a call."""
        self._fail_late(self._fail_early())
        going = [
            RecordingRef(sid, 0, how) for sid, (leg, how) in self.going.items() if leg == call_sid
        ]
        return [*reversed(going), *self._ended(call_sid, begun=True)]

    async def recording(self, sid: str) -> AsyncIterator[bytes]:
        """The sound, in two pieces."""
        self._fail_late(self._fail_early())
        if sid not in self.recorded:
            raise CarrierError(_NO_SUCH, permanent=False)
        sound = self.recorded[sid][2]
        yield sound[: len(sound) // 2]
        yield sound[len(sound) // 2 :]

    async def delete_recording(self, sid: str) -> bool:
        """Forget it."""
        self._fail_late(self._fail_early())
        return self.recorded.pop(sid, None) is not None

    def access_token(self, identity: str) -> PhoneToken:
        """A token nobody accepts."""
        return PhoneToken(Secret(f"memory.{identity}"), identity)

    def _ended(self, call_sid: str, *, begun: bool) -> list[RecordingRef]:
        ended = reversed(self.recorded.items())
        return [
            RecordingRef(sid, length)
            for sid, (leg, length, _) in ended
            if leg == call_sid and (sid in self._begun) is begun
        ]

    def _known(self, sid: str) -> MemoryCall:
        if sid not in self.calls:
            raise CarrierError(_NO_SUCH, permanent=True)
        return self.calls[sid]

    def _sid(self, prefix: str) -> str:
        return f"{prefix}{next(self._numbers):032x}"

    def _fail_early(self) -> OutcomeUnknown | None:
        failure = self.failures.pop(0) if self.failures else None
        if isinstance(failure, CarrierError):
            raise failure
        return failure

    def _fail_late(self, failure: OutcomeUnknown | None) -> None:
        if failure is not None:
            raise failure


def _addressable(to: str) -> None:
    if not (to.startswith(("+", "client:", "sip:")) or to.isdecimal()):  # 102 is a number too
        raise CarrierError(_BAD_NUMBER, permanent=True)


def _whole(since: datetime) -> datetime:
    """Carriers stamp whole seconds."""
    return since - timedelta(microseconds=since.microsecond)
