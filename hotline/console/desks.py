"""One person's live desk: numbered frames, kept long enough that a reconnect loses nothing."""

import json
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from hotline.access.model import Actor
from hotline.infra.web.http import iso, json_bytes
from hotline.infra.web.websocket import Socket

KEPT_FRAMES: Final = 5_000
KEPT_S: Final = 600.0
REVOKED: Final = "session.revoked"
Json = dict[str, Any]

# Sent at once and never merged; everything else waits for the tick, where the last per key wins.
URGENT: Final = frozenset(
    {
        "call.offer",
        "chat.message",
        "chat.offer",
        "contact.card",
        "contact.gone",
        "escalation.alert",
        "offer.gone",
        "presence.self",
        REVOKED,
    }
)


@dataclass(slots=True)
class Frame:
    """A frame as it was sent, with the monotonic time of sending."""

    number: int
    text: str
    at: float


@dataclass
class Desk:
    """The live side of one person in this process; outlives a lost socket by `KEPT_S` seconds."""

    actor: Actor
    epoch: str
    sockets: set[Socket] = field(default_factory=set)
    left_at: float = 0.0
    _number: int = 0
    _frames: deque[Frame] = field(default_factory=lambda: deque(maxlen=KEPT_FRAMES))

    @property
    def number(self) -> int:
        """The number of the newest frame."""
        return self._number

    def hears(self, audience: str) -> bool:
        """Whether a live event is for this person: `all`, `staff:<id>` or `perm:<permission>`."""
        kind, _, who = audience.partition(":")
        if kind == "staff":
            return who == str(self.actor.staff_id)
        return kind == "all" or who in self.actor.permissions

    def send(self, events: list[Json], *, now: datetime, monotonic: float) -> None:
        """Number, keep and send one frame."""
        self._number += 1
        frame = {"e": self.epoch, "s": self._number, "t": iso(now), "ev": events}
        text = json_bytes(frame).decode()
        self._frames.append(Frame(self._number, text, monotonic))
        while self._frames and self._frames[0].at < monotonic - KEPT_S:
            self._frames.popleft()
        for socket in self.sockets:
            socket.put(text)

    def since(self, resume: str) -> list[str] | None:
        """The frames after `<epoch>.<number>`; None when some are gone and a snapshot is needed."""
        epoch, _, last = resume.partition(".")
        if (
            epoch != self.epoch
            or not (last.isascii() and last.isdecimal())
            or int(last) > self._number
        ):
            return None
        missing = [f for f in self._frames if f.number > int(last)]
        if len(missing) != self._number - int(last):
            return None
        return [f.text for f in missing]


def is_heartbeat(text: str) -> bool:
    """Whether a desk says that it is alive; anything else it may say is ignored."""
    try:
        message = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(message, dict) and message.get("k") == "hb"
