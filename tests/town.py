"""A town as a journey uses it: its people, desks and calls, and what the database says of them."""

import asyncio
import io
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from hotline.app.ground import Ground
from hotline.app.run import Running
from hotline.infra.db import Database
from hotline.settings import Settings
from hotline.simulator import PhoneCaller, Softphone, World
from hotline.telephony.model import identity
from tests.desk import Desk

Json = dict[str, Any]
T = TypeVar("T")
PASSWORD = "saffron-window-35-moth"
WITHIN_S = 30.0
BEAT_S = 5.0
POLL_S = 0.02
# A record with every answer that must be there.
COMPLETE: Json = {
    "kind": "consultation",
    "danger_now": "no",
    "outcome": "advice_given",
    "summary": "Спрашивали о выезде на работу за границу.",
}


@dataclass
class Town:
    """A running house, a world of callers, and everything the house logged.

    `db` is a way of our own to PostgreSQL, which stays when a test takes the house's away.
    """

    ground: Ground
    running: Running
    world: World
    settings: Settings
    db: Database
    logged: io.StringIO
    desks: list[Desk] = field(default_factory=list)
    ended: dict[UUID, str] = field(default_factory=dict)
    # What a test expects to go wrong; the fixture looks at everything else.
    errors: set[str] = field(default_factory=set)
    refusals: set[int] = field(default_factory=set)
    dead: int = 0
    # The world leaves a request of ours without an answer: its end stays open for a while.
    unanswered: bool = False
    letters: int = 0
    # Numbers, names and texts that the world outside does not know were used.
    clues: set[str] = field(default_factory=set)

    @property
    def url(self) -> str:
        return self.settings.public_base_url

    async def desk(self, login: str) -> Desk:
        """Somebody of the cast, signed in."""
        desk = Desk(self.url, login, PASSWORD)
        self.desks.append(desk)
        await desk.open()
        return desk

    async def on_shift(self, login: str, *, own: str = "") -> Desk:
        """Signed in and available, with a heart that beats; `own` is a telephone elsewhere."""
        desk = await self.desk(login)
        if own:
            await desk.post("/api/me/phone", {"number": own})
        await self.ground.heartbeats.beat(desk.me["id"])
        self.ground.tasks.spawn("heart", self._beat(desk.me["id"]))
        await desk.post("/api/shift/start", {"phone_mode": "own" if own else "fake"})
        return desk

    async def _beat(self, staff_id: UUID) -> None:
        """As the page does, or a slow machine would take the operator out of rotation."""
        while True:
            await asyncio.sleep(BEAT_S)
            await self.ground.heartbeats.beat(staff_id)

    def telephone(self, desk: Desk) -> Softphone:
        """The telephone of an operator; ask for it before it rings."""
        return self.world.softphone(identity(UUID(desk.me["id"])))

    async def caller(self, number: str, keys: str = "21") -> PhoneCaller:
        """Somebody dials and answers the questions one by one, with the last key in the queue."""
        caller = self.world.phone(number)
        await caller.dial()
        for key in keys:
            await caller.wait_gather()
            await caller.press(key)
        return caller

    async def waiting(self, number: str, keys: str = "21") -> tuple[PhoneCaller, UUID]:
        """Somebody dials, answers and waits; the caller and the contact."""
        caller = await self.caller(number, keys)
        return caller, await self.contact_of(caller, "waiting")

    async def contact_of(self, caller: PhoneCaller, state: str) -> UUID:
        """The contact of a call, once it is in a state."""
        rows = await self.until(
            "select c.id from contact c join call_leg l on l.contact_id = c.id"
            " where l.sid = $1 and c.state = $2",
            caller.call.sid,
            state,
        )
        found: UUID = rows[0]["id"]
        return found

    async def rows(self, sql: str, *args: object) -> list[Json]:
        """What the database says."""
        async with self.db.uow() as uow:
            return [dict(row) for row in await uow.fetch(sql, *args)]

    async def until(self, sql: str, *args: object) -> list[Json]:
        """Wait until a query finds something."""
        return await eventually(lambda: self.rows(sql, *args))

    async def state(self, contact: UUID | str, state: str) -> None:
        """Wait until a contact is in a state."""
        await self.until("select 1 from contact where id = $1 and state = $2", _id(contact), state)

    async def over(self, contact: UUID | str, outcome: str) -> None:
        """The contact is over: wait until it is closed, and say how it ended."""
        await self.state(contact, "closed")
        rows = await self.rows("select outcome from contact where id = $1", _id(contact))
        assert rows[0]["outcome"] == outcome
        self.ended[_id(contact)] = outcome

    async def now_due(self, kind: str) -> None:
        """Wait until a timer is set; then its time has come."""
        await self.until(
            "with due as (update job set run_at = now() where kind = $1 and state = 'ready'"
            " returning 1) select pg_notify('job', '') from due",
            kind,
        )

    async def lapse(self) -> None:
        """Whoever has work in hand had it for too long."""
        await self.rows("update job set leased_until = now() where state = 'running'")

    async def timeline(self, contact: UUID | str) -> list[str]:
        """What happened to a contact, in short."""
        rows = await self.rows(
            "select kind from contact_event where contact_id = $1 order by id", _id(contact)
        )
        return [row["kind"] for row in rows]

    async def offer(self, desk: Desk) -> Json:
        """Wait until the desk is asked, and say what."""

        async def asked() -> Json | None:
            offers: list[Json] = (await desk.get("/api/desk/snapshot"))["offers"]
            return offers[0] if offers else None

        return await eventually(asked)

    async def accepted(self, desk: Desk) -> Json:
        """Wait until the desk is asked, and take it; the contact's card."""
        offer = await self.offer(desk)
        card: Json = (await desk.post(f"/api/offers/{offer['id']}/accept"))["contact"]
        return card

    async def card(
        self, desk: Desk, contact: UUID | str, state: str, *, call: str | None = None
    ) -> Json:
        """Wait until a contact in hand is in a state, and its call in one."""

        def fits(card: Json) -> bool:
            same = (card["id"], card["state"]) == (str(contact), state)
            return same and (call is None or card["call"]["state"] == call)

        async def found() -> Json | None:
            mine: list[Json] = (await desk.get("/api/desk/snapshot"))["mine"]
            return next(filter(fits, mine), None)

        return await eventually(found)

    async def talking(self, desk: Desk, caller: PhoneCaller) -> Json:
        """Wait until the desk is asked, take it, and wait until the two talk; the card."""
        card = await self.accepted(desk)
        await caller.wait_talking()
        await self.card(desk, card["id"], "talking")
        return card

    async def written_up(
        self, desk: Desk, contact: UUID | str, kind: str = "test", *, no_alarm: str = ""
    ) -> None:
        """The operator closes the contact in one press; says why, where no alarm was raised."""
        await self.card(desk, contact, "wrap_up")
        body = {"kind": kind, "no_escalation_reason": no_alarm}
        await desk.post(f"/api/contacts/{contact}/non-data", body)
        await self.over(contact, "answered")

    async def chatting(self, desk: Desk) -> str:
        """Wait until the desk is asked, take the chat, and wait until it is open; the contact."""
        card = await self.accepted(desk)
        await self.card(desk, card["id"], "talking")
        return str(card["id"])

    async def write(self, desk: Desk, contact: str, text: str) -> Json:
        """The operator writes."""
        self.letters += 1
        body = {"client_id": f"letter-{self.letters}", "text": text}
        message: Json = (await desk.post(f"/api/chats/{contact}/messages", body))["message"]
        return message

    async def thread(self, desk: Desk, contact: str) -> list[Json]:
        """The chat as the desk shows it."""
        messages: list[Json] = (await desk.get(f"/api/chats/{contact}/messages"))["messages"]
        return messages

    async def message(self, desk: Desk, sent: Json, state: str) -> Json:
        """Wait until a message is in a state."""

        async def found() -> Json | None:
            thread = await self.thread(desk, sent["contact_id"])
            return next((m for m in thread if (m["id"], m["state"]) == (sent["id"], state)), None)

        return await eventually(found)

    async def chat_over(self, desk: Desk, contact: str, *, no_alarm: str = "") -> None:
        """The operator ends the chat and closes the contact."""
        await desk.post(f"/api/chats/{contact}/close")
        await self.written_up(desk, contact, no_alarm=no_alarm)

    async def presence(self, desk: Desk, state: str) -> None:
        """Wait until the desk shows a state."""

        async def shown() -> bool:
            snapshot = await desk.get("/api/desk/snapshot")
            return bool(snapshot["presence"]["state"] == state)

        await eventually(shown)

    async def call(self, desk: Desk, number: str, keys: str = "21") -> tuple[str, PhoneCaller]:
        """A caller and an operator talk; the contact and the caller."""
        caller = await self.caller(number, keys)
        card = await self.talking(desk, caller)
        return str(card["id"]), caller

    async def audited(self, desk: Desk, tag: str, object_id: str) -> None:
        """Who did what is on record."""
        assert await self.rows(
            "select 1 from audit_row where actor_id = $1 and tag = $2 and object_id = $3",
            UUID(desk.me["id"]),
            tag,
            object_id,
        ), f"{tag} is not on record"

    def log_lines(self) -> list[Json]:
        """Everything logged so far."""
        return [json.loads(line) for line in self.logged.getvalue().splitlines() if line]


async def eventually(ask: Callable[[], Awaitable[T | None]]) -> T:
    """Ask until there is an answer."""
    async with asyncio.timeout(WITHIN_S):
        while True:
            if found := await ask():
                return found
            await asyncio.sleep(POLL_S)


def _id(contact: UUID | str) -> UUID:
    return contact if isinstance(contact, UUID) else UUID(contact)
