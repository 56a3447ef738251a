"""Conference rooms: who is in, what they hear, and the events in the documented order."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from hotline.simulator.carrier.calls import Call, Script
from hotline.simulator.carrier.desk import Desk
from hotline.simulator.carrier.ear import Heard
from hotline.simulator.carrier.errors import DocumentError
from hotline.simulator.carrier.legs import forget_oldest
from hotline.simulator.carrier.roomhooks import RoomReporter
from hotline.simulator.carrier.verbs import Room, StatusHook
from hotline.simulator.tasks import drop


@dataclass(slots=True, eq=False)
class Participant:
    """A leg in a room."""

    call: Call
    label: str
    muted: bool
    start_on_enter: bool
    end_on_exit: bool
    coach_sid: str | None
    coaching: bool
    created: datetime
    updated: datetime
    wait_url: str | None
    wait_method: str
    beep: str = "true"
    hold: bool = False
    hold_url: str = ""
    hold_method: str = "POST"
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the participant must leave; ``reason`` says why."""
    reason: str = ""
    sound: asyncio.Task[None] | None = None


@dataclass(slots=True, eq=False)
class Conference:
    """A room; its status callback, and whether it is recorded, come from who came first."""

    sid: str
    name: str
    created: datetime
    updated: datetime
    reporter: RoomReporter
    recording: StatusHook | None = None
    done: asyncio.Event = field(default_factory=asyncio.Event)
    status: str = "init"
    participants: dict[str, Participant] = field(default_factory=dict)
    reason_ended: str | None = None
    ended_by: str | None = None
    past: dict[str, Participant] = field(default_factory=dict)

    @property
    def over(self) -> bool:
        """Say whether the room has ended."""
        return self.status == "completed"

    def find(self, key: str) -> Participant | None:
        """Find who is in the room by CallSid or by label."""
        if key in self.participants:
            return self.participants[key]
        return next((one for one in self.participants.values() if one.label == key), None)


class Rooms:
    """All rooms of the account.

    ``serenade`` plays a waiting document until cancelled, ``recite`` one once, ``record`` begins to
    record. Above ``kept`` rooms, the oldest that have ended are forgotten.
    """

    serenade: Callable[[Call, str, str], Awaitable[None]]
    recite: Callable[[Call, Script], Awaitable[None]]
    record: Callable[[Conference], None]

    def __init__(self, desk: Desk, *, kept: int) -> None:
        self._desk = desk
        self._kept = kept
        self.by_sid: dict[str, Conference] = {}
        self._open: dict[str, Conference] = {}

    def open_named(self, name: str) -> Conference | None:
        """Return the room of that name that has not ended."""
        room = self._open.get(name)
        return None if room is None or room.over else room

    def enter(self, call: Call, spec: Room) -> tuple[Conference, Participant]:
        """Let a leg in; opens the room if there is none of that name."""
        if spec.coach is not None:
            self._check_coach(spec)
        room = self.open_named(spec.name) or self.reserve(spec)
        if len(room.participants) >= spec.max_participants:
            raise DocumentError(13225, "The conference is full")
        participant = self.expected(call, spec)
        room.participants[call.sid] = participant
        call.ear.hear(Heard.ROOM, room.name)
        self._desk.journal.write("room.join", room=room.sid, call=call.sid, label=spec.label)
        self.tell(room, "participant-join", participant)
        self._maybe_start(room)
        self._beep(room, participant, "onEnter")
        self.retune(room)
        return room, participant

    def expected(self, call: Call, spec: Room) -> Participant:
        """Return the participant a leg will be, before it is in."""
        now = self._desk.clock.now()
        return Participant(
            call=call,
            label=spec.label,
            muted=spec.muted,
            start_on_enter=spec.start_on_enter,
            end_on_exit=spec.end_on_exit,
            coach_sid=spec.coach,
            coaching=spec.coach is not None,
            created=now,
            updated=now,
            wait_url=spec.wait_url,
            wait_method=spec.wait_method,
            beep=spec.beep,
        )

    async def leave(self, room: Conference, participant: Participant, reason: str) -> None:
        """Take a leg out; the last one, or one with endConferenceOnExit, ends the room."""
        if participant.sound is not None:
            await drop(participant.sound)
        sid = participant.call.sid
        if room.participants.pop(sid, None) is None:
            return
        room.past[sid] = participant
        self._desk.journal.write("room.leave", room=room.sid, call=sid, reason=reason)
        self.tell(room, "participant-leave", participant, ReasonParticipantLeft=reason)
        kicked = reason in {"participant_updated_via_api", "conference_ended_via_api"}
        if room.over:
            self._close_if_empty(room)
        elif participant.end_on_exit:
            manner = "kicked" if kicked else "left"
            self._end(room, f"participant-with-end-conference-on-exit-{manner}", participant)
        elif not room.participants:
            self._end(room, f"last-participant-{'kicked' if kicked else 'left'}", participant)
        else:
            self._beep(room, participant, "onExit")
            self.retune(room)

    def end(self, room: Conference) -> None:
        """End a room from outside (REST)."""
        self._end(room, "conference-ended-via-api", None)

    def kick(self, participant: Participant, reason: str) -> None:
        """Ask a participant out; its leg goes on with what follows the room."""
        participant.reason = participant.reason or reason
        participant.gone.set()

    def announce(self, room: Conference, only: Participant | None, script: Script) -> None:
        """Play a document to one, or to all who are in; what became of it is an event."""
        work = self._announce(room, only, script)
        self._desk.tasks.start(work, name=f"announcement {room.sid}")

    async def _announce(self, room: Conference, only: Participant | None, script: Script) -> None:
        listeners = list(room.participants.values()) if only is None else [only]
        event, more = "announcement-end", {"AnnounceUrl": script.url}
        for one in listeners:
            one.call.ear.hear(Heard.ANNOUNCEMENT, script.url)
        try:
            await asyncio.gather(*(self.recite(one.call, script) for one in listeners))
        except DocumentError as error:
            event, more["ReasonAnnouncementFailed"] = "announcement-fail", error.message
        if not room.over:
            self.tell(room, event, only, **more)

    def _beep(self, room: Conference, participant: Participant, moment: str) -> None:
        """Let the others hear a tone when somebody comes or goes, where that is wanted."""
        if participant.beep not in {"true", moment} or room.status != "in-progress":
            return
        for one in room.participants.values():
            if one is not participant:
                one.call.ear.hear(Heard.BEEP)

    def tell(
        self, room: Conference, event: str, participant: Participant | None, **more: str
    ) -> None:
        """Send an event of the room."""
        form = {"FriendlyName": room.name, "ConferenceSid": room.sid} | more
        if participant is not None:
            form |= participant_form(participant)
            if event == "participant-leave":
                form["ParticipantCallStatus"] = participant.call.status.value
        room.reporter.tell(event, form)

    def retune(self, room: Conference) -> None:
        """Let everybody in the room hear what fits its state."""
        for one in room.participants.values():
            if one.sound is not None:
                one.sound.cancel()
                one.sound = None
            if one.hold:
                self._play(one, Heard.HOLD, one.hold_url, one.hold_method)
            elif room.status == "init":
                self._play(one, Heard.MUSIC, one.wait_url, one.wait_method)
            else:
                others = sum(1 for other in room.participants.values() if not other.hold) - 1
                one.call.ear.hear(Heard.TALKING if others else Heard.ALONE, str(others))

    def _play(self, one: Participant, kind: Heard, url: str | None, method: str) -> None:
        one.call.ear.hear(kind, "carrier music" if url is None else url)
        if url:
            # Made only when it begins: music that is stopped at once was never begun.
            work = _quietly(partial(self.serenade, one.call, url, method))
            one.sound = self._desk.tasks.spawn(work, name="room music")

    def reserve(self, spec: Room) -> Conference:
        """Open a room for somebody who is still being rung."""
        desk = self._desk
        sid, now, name = desk.dialect.new_sid("CF"), desk.clock.now(), spec.name
        reporter = RoomReporter(desk, sid, spec.hook)
        room = Conference(sid=sid, name=name, created=now, updated=now, reporter=reporter)
        room.recording = spec.recording
        self.by_sid[sid] = self._open[name] = room
        forget_oldest(self.by_sid, self._kept, over=lambda one: one.over)
        desk.journal.write("room.created", room=sid, name=name)
        return room

    async def forget_unused(self, room: Conference, call: Call) -> None:
        """End a reserved room that nobody ever entered."""
        await call.over.wait()
        if not room.participants and not room.past:
            self._shut(room)

    def _maybe_start(self, room: Conference) -> None:
        ready = any(one.start_on_enter for one in room.participants.values())
        if room.status == "init" and ready and len(room.participants) > 1:
            room.status = "in-progress"
            room.updated = self._desk.clock.now()
            self._desk.journal.write("room.started", room=room.sid)
            self.tell(room, "conference-start", None)
            if room.recording is not None:
                self.record(room)

    def _end(self, room: Conference, reason: str, last: Participant | None) -> None:
        if room.over:
            return
        self._shut(room)
        room.reason_ended = reason
        room.ended_by = None if last is None else last.call.sid
        room.updated = self._desk.clock.now()
        why = "moderator_ended_conference" if last is not None else "conference_ended_via_api"
        for one in room.participants.values():
            self.kick(one, why)
        self._close_if_empty(room)

    def _shut(self, room: Conference) -> None:
        room.status = "completed"
        self._open.pop(room.name, None)
        room.done.set()

    def _close_if_empty(self, room: Conference) -> None:
        if room.participants:
            return
        form = {"ReasonConferenceEnded": room.reason_ended or "", "Reason": room.reason_ended or ""}
        last = room.past.get(room.ended_by or "")
        if last is not None:
            form["CallSidEndingConference"] = last.call.sid
            form["ParticipantLabelEndingConference"] = last.label
        self._desk.journal.write("room.ended", room=room.sid, reason=room.reason_ended)
        self.tell(room, "conference-end", None, **form)

    def _check_coach(self, spec: Room) -> None:
        room = self.open_named(spec.name)
        if room is None or spec.coach not in room.participants:
            raise DocumentError(13247, "The coached call is not in the conference")


def participant_form(one: Participant) -> dict[str, str]:
    """Return the fields of a participant event."""
    form = {
        "CallSid": one.call.sid,
        "Muted": _flag(value=one.muted),
        "Hold": _flag(value=one.hold),
        "Coaching": _flag(value=one.coaching),
        "EndConferenceOnExit": _flag(value=one.end_on_exit),
        "StartConferenceOnEnter": _flag(value=one.start_on_enter),
    }
    if one.label:
        form["ParticipantLabel"] = one.label
    if one.coach_sid is not None:
        form["CallSidToCoach"] = one.coach_sid
    return form


def _flag(*, value: bool) -> str:
    return "true" if value else "false"


async def _quietly(play: Callable[[], Awaitable[None]]) -> None:
    """Turn waiting music that cannot be played into silence."""
    try:
        await play()
    except DocumentError:
        return
