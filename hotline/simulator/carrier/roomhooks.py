"""Where the events of a room go: to the first participant's callback, in order, numbered."""

from __future__ import annotations

from collections.abc import Mapping

from hotline.simulator.carrier.desk import Desk
from hotline.simulator.carrier.dialects import DialectName
from hotline.simulator.carrier.hooks import Hook
from hotline.simulator.carrier.verbs import StatusHook
from hotline.simulator.clock import rfc2822

_GROUPS = {
    "conference-start": "start",
    "conference-end": "end",
    "participant-join": "join",
    "participant-leave": "leave",
    "participant-mute": "mute",
    "participant-unmute": "mute",
    "participant-hold": "hold",
    "participant-unhold": "hold",
    "participant-modify": "modify",
    "announcement-end": "announcement",
    "announcement-fail": "announcement",
}
_NOT_ON_SIGNALWIRE = {"participant-modify", "announcement-end", "announcement-fail"}


class RoomReporter:
    """Number the events of one room and send those that were asked for."""

    def __init__(self, desk: Desk, room_sid: str, hook: StatusHook) -> None:
        self._desk = desk
        self._room_sid = room_sid
        self._hook = hook
        self._sequence = 0

    def tell(self, event: str, form: Mapping[str, str]) -> None:
        """Send an event; numbers are used up by events that nobody asked for as well."""
        self._sequence += 1
        signalwire = self._desk.dialect.name is DialectName.SIGNALWIRE
        if signalwire and event in _NOT_ON_SIGNALWIRE:
            return
        self._desk.journal.write("room.event", room=self._room_sid, event=event)
        if not self._hook.url or _GROUPS[event] not in self._hook.events:
            return
        full = {
            "AccountSid": self._desk.account_sid,
            "StatusCallbackEvent": event,
            "SequenceNumber": str(self._sequence),
            "Timestamp": rfc2822(self._desk.clock.now()) or "",
        } | dict(form)
        if signalwire:
            full = {name: value for name, value in full.items() if not name.startswith("Reason")}
        self._desk.hooks.post(
            Hook(
                kind="conference",
                url=self._hook.url,
                form=full,
                method=self._hook.method,
                subject=self._room_sid,
            ),
            lane=f"room {self._room_sid}",
        )
