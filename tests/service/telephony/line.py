"""A carrier under a talk as it really is: who is in the room, and the news still on their way."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from uuid import UUID

from hotline.carrier.ports import FINAL_CALL_STATES, Wish
from hotline.telephony.model import Room
from tests.builders import ANA
from tests.service.telephony.document import Document
from tests.service.telephony.exchange import Exchange

News = Callable[[], Awaitable[object]]


@dataclass
class Line:
    """What the carrier did is true at once; we hear of it when, and if, a piece of news arrives."""

    exchange: Exchange
    caller: str
    room: Room
    news: list[News] = field(default_factory=list)
    _there: set[str] = field(default_factory=set)
    _ended: set[str] = field(default_factory=set)
    _sent: dict[str, str] = field(default_factory=dict)

    @property
    def inside(self) -> dict[str, Wish]:
        """Who is in the room, and how."""
        return self.exchange.carrier.rooms.get(self.room.name, {})

    def live(self, sid: str) -> bool:
        """Whether a leg has not ended."""
        return self.exchange.carrier.calls[sid].status not in FINAL_CALL_STATES

    def ringing(self) -> list[str]:
        """Legs that we ring, and nobody has answered."""
        calls = self.exchange.carrier.calls.values()
        return [call.sid for call in calls if call.status == "queued"]

    def people(self) -> list[str]:
        """Live legs beside the caller's."""
        return [
            sid
            for sid, call in self.exchange.carrier.calls.items()
            if sid != self.caller and call.status == "in-progress"
        ]

    def begin(self) -> None:
        """From now on everything that happens is news."""
        self._there = set(self.inside)
        self._sent = {sid: call.url for sid, call in self.exchange.carrier.calls.items()}

    async def answer(self, sid: str) -> None:
        """Whoever is rung takes the call."""
        call = self.exchange.carrier.calls[sid]
        call.status = "in-progress"
        await self.hear(sid, await self.exchange.guest(self._guest(sid), sid))

    async def hear(self, sid: str, document: Document) -> None:
        """A leg does what its document says."""
        for _ in range(3):
            if document.root.find("Redirect") is None or document.holds:
                break
            document = await self.exchange.bridge(sid)  # told to come again in a moment
        if document.room is not None:
            muted = 'muted="true"' in document.text
            rooms = self.exchange.carrier.rooms
            rooms.setdefault(document.room, {})[sid] = Wish(muted=muted)
            self._room_says("participant-join", sid)
            self._there.add(sid)
        elif document.root.find("Hangup") is not None:
            self.end(sid)

    def end(self, sid: str, status: str = "completed") -> None:
        """A leg is over, from whichever side."""
        self.exchange.carrier.calls[sid].status = status

    async def settle(self) -> None:
        """What follows at the carrier from what was asked of it, until nothing more does."""
        carrier = self.exchange.carrier
        moving = True
        while moving:
            moving = False
            for sid, call in list(carrier.calls.items()):
                if not self.live(sid) and sid not in self._ended:
                    self._ended.add(sid)
                    self._leave(sid)
                    self._status(sid, call.status)
                    moving = True
                elif sid == self.caller and self.live(sid) and call.url != self._sent.get(sid):
                    self._sent[sid] = call.url
                    self._leave(sid)
                    hold = "/voice/hold" in call.url
                    ask = self.exchange.hold(sid, 0) if hold else self.exchange.bridge(sid)
                    await self.hear(sid, await ask)
                    moving = True
            for sid in [one for one in self._there if one not in self.inside]:
                self._leave(sid)
                if self.live(sid):
                    await self.hear(sid, await self.exchange.after(sid))
                moving = True

    def _leave(self, sid: str) -> None:
        if sid not in self._there:
            return
        self._there.discard(sid)
        self.inside.pop(sid, None)
        self._room_says("participant-leave", sid)
        if sid == self.caller:
            self.exchange.carrier.rooms.pop(self.room.name, None)

    def _room_says(self, event: str, sid: str) -> None:
        number = str(next(self.exchange._sequence))
        self.news.append(lambda: self.exchange.room_says(event, sid, self.room, sequence=number))

    def _status(self, sid: str, status: str) -> None:
        url = self.exchange.carrier.calls[sid].url
        if "?g=" in url:
            form, guest = self.exchange.form(sid, status), self._guest(sid)
            self.news.append(lambda: self.exchange.entrance.status(form, guest))
        else:
            self.news.append(lambda: self.exchange.status(sid, status))

    def _guest(self, sid: str) -> UUID:
        url = self.exchange.carrier.calls[sid].url
        return UUID(url.partition("?g=")[2].partition("#")[0])


async def line_of(exchange: Exchange) -> Line:
    """Ana talks with somebody."""
    caller, _, room = await exchange.talking(ANA)
    line = Line(exchange, caller, room)
    line.begin()
    return line
