"""Recordings of calls and rooms, from start to deletion; steps are reported if asked for."""

from __future__ import annotations

import asyncio
import io
import math
import wave
from array import array
from dataclasses import dataclass
from datetime import datetime

from hotline.simulator.carrier.calls import Call
from hotline.simulator.carrier.desk import Desk
from hotline.simulator.carrier.hooks import Hook
from hotline.simulator.carrier.verbs import StatusHook
from hotline.simulator.carrier.wording import API_VERSION
from hotline.simulator.clock import rfc2822

UNREPORTED = StatusHook(url=None, method="POST", events=())
_RATE = 8_000
_LONGEST_S = 600
_LOUD = 3_000
_PITCH = 8  # samples of a wave: 1 kHz


@dataclass(slots=True, eq=False)
class Recording:
    """One recording; ``status`` as the update resource has it. What is paused is not counted.

    That of a room has its ``room_sid``, and as ``call`` whoever came first.
    """

    sid: str
    call: Call
    source: str
    channels: int
    hook: StatusHook
    created: datetime
    updated: datetime
    status: str = "in-progress"
    recorded_s: float = 0.0
    since: float = 0.0
    room_sid: str | None = None
    trimmed_s: float = 0.0
    """Of which so much was silence, and was cut off."""

    @property
    def open(self) -> bool:
        """Whether it can still be paused, resumed or stopped."""
        return self.status in {"in-progress", "paused"}

    @property
    def duration(self) -> str | None:
        """Whole seconds as a string; None while it goes on."""
        if self.open or self.status == "absent":
            return None
        return str(max(1, round(self.seconds)))

    @property
    def seconds(self) -> float:
        """How long what is kept is."""
        return self.recorded_s - self.trimmed_s


class Recordings:
    """All recordings of the account, by SID. ``home`` is where they can be fetched."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.home = "https://api.twilio.com"
        self.by_sid: dict[str, Recording] = {}

    def start(
        self, call: Call, source: str, *, hook: StatusHook = UNREPORTED, channels: int = 1
    ) -> Recording:
        """Record a call until it is stopped or the call ends."""
        return self._start(call, source, hook=hook, channels=channels, room_sid=None, end=call.over)

    def start_room(
        self, room_sid: str, first: Call, *, hook: StatusHook, end: asyncio.Event
    ) -> Recording:
        """Record a room until it is stopped or the room ends."""
        return self._start(first, "Conference", hook=hook, channels=1, room_sid=room_sid, end=end)

    def _start(
        self,
        call: Call,
        source: str,
        *,
        hook: StatusHook,
        channels: int,
        room_sid: str | None,
        end: asyncio.Event,
    ) -> Recording:
        now = self._desk.clock.now()
        sid = self._desk.dialect.new_sid("RE")
        recording = Recording(sid, call, source, channels, hook, now, now, room_sid=room_sid)
        recording.since = self._desk.clock.instant()
        self.by_sid[sid] = recording
        self._desk.journal.write("recording", sid=sid, call=call.sid, status=recording.status)
        self._report(recording, "in-progress")
        self._desk.tasks.start(self._until_over(recording, end), name=f"recording {sid}")
        return recording

    def current(self, call: Call) -> Recording | None:
        """Return the recording of a call that goes on, the youngest if there are more."""
        found = [one for one in self.by_sid.values() if one.call is call and one.room_sid is None]
        return next((one for one in reversed(found) if one.open), None)

    def current_of_room(self, room_sid: str) -> Recording | None:
        """Return the recording of a room that goes on."""
        found = (one for one in self.by_sid.values() if one.room_sid == room_sid)
        return next((one for one in found if one.open), None)

    def pause(self, recording: Recording) -> None:
        """Stop listening for a while."""
        self._count(recording)
        self._move(recording, "paused")

    def resume(self, recording: Recording) -> None:
        """Listen again."""
        self._count(recording)
        self._move(recording, "in-progress")

    def stop(self, recording: Recording) -> None:
        """End it; a second time changes nothing."""
        if not recording.open:
            return
        self._count(recording)
        self._move(recording, "completed")
        self._report(recording, "completed")

    def close(self, call: Call) -> dict[str, str]:
        """End what was asked for with the call itself; what its last report says of that."""
        mine = (one for one in self.by_sid.values() if one.call is call)
        found = next((one for one in mine if one.source == "OutboundAPI"), None)
        if found is None:
            return {}
        self.stop(found)
        return self.form(found)

    def drop(self, recording: Recording) -> None:
        """End it and keep nothing, as nothing was said."""
        self._count(recording)
        self._move(recording, "absent")
        self._report(recording, "absent")

    def delete(self, recording: Recording) -> None:
        """Forget it: what was recorded cannot be fetched any more."""
        self.by_sid.pop(recording.sid, None)
        self._desk.journal.write("recording", sid=recording.sid, status="deleted")

    def url(self, recording: Recording) -> str:
        """Return where its sound can be fetched, without the ending that chooses a format."""
        prefix = f"{self.home}{self._desk.dialect.rest_prefix}"
        account = f"{prefix}/Accounts/{recording.call.account_sid}"
        if not self._desk.dialect.rich_parameters:
            account = f"{account}/Calls/{recording.call.sid}"
        return f"{account}/Recordings/{recording.sid}"

    def form(self, recording: Recording) -> dict[str, str]:
        """Return the fields by which a recording is told to the customer."""
        return {
            "RecordingSid": recording.sid,
            "RecordingUrl": self.url(recording),
            "RecordingDuration": recording.duration or "0",
        }

    def answer(self, recording: Recording, digits: str) -> dict[str, str]:
        """Return what the action of the verb is told."""
        told = self.form(recording) | {"Digits": digits}
        if self._desk.dialect.rich_parameters:
            return told
        return {name: told[name] for name in ("RecordingUrl", "RecordingDuration")}

    def _count(self, recording: Recording) -> None:
        now = self._desk.clock.instant()
        if recording.status == "in-progress":
            recording.recorded_s += now - recording.since
        recording.since = now

    def _move(self, recording: Recording, status: str) -> None:
        recording.status = status
        recording.updated = self._desk.clock.now()
        self._desk.journal.write("recording", sid=recording.sid, status=status)

    async def _until_over(self, recording: Recording, end: asyncio.Event) -> None:
        await end.wait()
        if not recording.call.lost:
            self.stop(recording)

    def _report(self, recording: Recording, status: str) -> None:
        hook = recording.hook
        if not hook.url or status not in hook.events:
            return
        form = {
            "AccountSid": recording.call.account_sid,
            "ApiVersion": API_VERSION,
            **self._about(recording),
            "RecordingStatus": status,
            "RecordingChannels": str(recording.channels),
            "RecordingStartTime": rfc2822(recording.created) or "",
            "RecordingSource": recording.source,
        } | self.form(recording)
        if self._desk.dialect.rich_parameters:
            form["RecordingTrack"] = "both"
        subject = recording.room_sid or recording.call.sid
        request = Hook("recording", hook.url, form, method=hook.method, subject=subject)
        self._desk.hooks.post(request, lane=f"recording {recording.sid}")

    @staticmethod
    def _about(recording: Recording) -> dict[str, str]:
        if recording.room_sid is not None:
            return {"ConferenceSid": recording.room_sid}
        return {"CallSid": recording.call.sid}


def sound(recording: Recording) -> bytes:
    """Return a WAV file as long as the recording: a steady tone, as nobody really spoke."""
    tone = array("h", (round(_LOUD * math.sin(math.tau * n / _PITCH)) for n in range(_PITCH)))
    seconds = min(_LONGEST_S, max(1, round(recording.seconds)))
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(recording.channels)
        out.setsampwidth(tone.itemsize)
        out.setframerate(_RATE)
        out.writeframes(tone.tobytes() * (seconds * _RATE // _PITCH * recording.channels))
    return file.getvalue()
