"""Looks on from the carrier's side: what a long run must still know when the journal forgets."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from hotline.simulator.journal import Entry, Journal

_CLIENT = "client:"


@dataclass
class Watch:
    """Told every entry of the journal in order; decides by itself, without I/O.

    ``taken``: calls whose first webhook was answered. ``talked``: calls that heard an operator.
    ``doubles``: rooms in which a caller was together with more than one operator.
    """

    taken: set[str] = field(default_factory=set)
    talked: set[str] = field(default_factory=set)
    doubles: list[str] = field(default_factory=list)
    _operators: dict[str, str] = field(default_factory=dict)
    _inside: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def see(self, entry: Entry) -> None:
        """Take in one entry."""
        match entry["kind"]:
            case "call.created":
                who = next((str(entry[k]) for k in ("origin", "to") if _is_client(entry[k])), None)
                if who is not None:
                    self._operators[str(entry["call"])] = who
            case "webhook" if entry["hook"] == "voice" and entry["failure"] is None:
                self.taken.add(str(entry["subject"]))
            case "room.join":
                self._inside[str(entry["room"])].add(str(entry["call"]))
                self._look(str(entry["room"]))
            case "room.leave":
                self._inside[str(entry["room"])].discard(str(entry["call"]))
            case "room.ended":
                self._inside.pop(str(entry["room"]), None)
            case _:
                return

    async def follow(self, journal: Journal) -> None:
        """See what happens, as it happens, until cancelled."""
        with journal.following() as queue:
            while True:
                self.see(await queue.get())

    def _look(self, room: str) -> None:
        here = self._inside[room]
        callers = {call for call in here if call not in self._operators}
        operators = {self._operators[call] for call in here - callers}
        if operators:
            self.talked |= callers
        if callers and len(operators) > 1:
            self.doubles.append(room)


def _is_client(address: object) -> bool:
    return str(address).startswith(_CLIENT)
