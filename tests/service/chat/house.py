"""The chat room with everything below it on the real database, and short verbs for tests."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from uuid import UUID
from zoneinfo import ZoneInfo

from hotline.access.model import Actor
from hotline.audit.service import Audit
from hotline.chat import replies, wiring
from hotline.chat.attention import Attention
from hotline.chat.delivery import Delivery
from hotline.chat.editing import Editing
from hotline.chat.interview import Interview
from hotline.chat.memory import SilentChannel
from hotline.chat.model import ChatRules, InboundKind, Message
from hotline.chat.ports import Channel, Inbound
from hotline.chat.reception import Reception
from hotline.chat.recognising import Recognising
from hotline.chat.replies import Replies
from hotline.chat.service import Chat
from hotline.chat.transcript import Transcript
from hotline.chat.views import Views
from hotline.contacts import zones
from hotline.contacts.links import Links
from hotline.contacts.model import Contact
from hotline.contacts.safecontact import SafeContact
from hotline.contacts.service import Contacts
from hotline.infra.bus import Bus
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.infra.house import Room
from hotline.infra.jobcontext import JobContext, Later
from hotline.infra.memory import MemoryLive
from hotline.infra.metrics import Metrics
from hotline.intake.flows import Flows
from hotline.intake.hours import Hours, always
from hotline.kernel.clock import SystemClock
from hotline.line.reader import LineReader
from hotline.routing.service import Routing, Rules
from hotline.staff.directory import Directory
from tests.unit.intake.flowing import ROOT, shipped_catalogue, shipped_flows

PERSON = "555000156"
SHUT = Hours(ZoneInfo("Asia/Bishkek"), ((),) * 7, {})
READY = replies.read(ROOT / "config")
ZONES = zones.load(ROOT / "config")
RULES = ChatRules(settle=timedelta(0), send_timeout_s=5)
_NEXT = """
update job set state = 'running', attempts = attempts + 1, owner = 'test',
       leased_until = now() + interval '1 hour'
where id = (select j.id from job j
            where j.state = 'ready' and ($1 or j.run_at <= now())
              and (j.kind <> 'chat.idle' or $2)
              and not exists (select 1 from job e where e.lane = j.lane and e.id < j.id
                              and e.state in ('ready', 'running'))
            order by j.run_at, j.id limit 1)
returning id, kind, lane, payload, attempts
"""


@dataclass
class House:
    """One process's worth of the chat room."""

    db: Database
    vault: Vault
    channels: dict[str, Channel] = field(default_factory=dict)
    rules: ChatRules = RULES
    hours: Hours = field(default_factory=always)
    tries: int = 10

    def __post_init__(self) -> None:
        self.telegram = SilentChannel("telegram")
        self.sms = SilentChannel("sms", can_lookup=True)
        self.channels = {"telegram": self.telegram, "sms": self.sms} | self.channels
        self.live = MemoryLive()
        self.metrics = Metrics()
        self.catalogue = shipped_catalogue()
        self.contacts = Contacts(self.vault)
        self.audit = Audit(self.db, self.vault.audit_mac)
        a_while = timedelta(seconds=60)
        self.routing = Routing(self.db, self.contacts, self.audit, Rules(a_while, a_while, a_while))
        self.transcript = Transcript(self.vault, self.catalogue)
        flows = Flows(shipped_flows().by_channel, self.hours)
        self.line = LineReader(self.hours, SystemClock())
        interview = Interview(self.transcript, self.contacts, self.routing, flows, self.line)
        self.links = Links(self.db, self.vault, self.contacts, self.audit)
        known = Recognising(self.transcript, self.contacts, self.routing, self.links, self.rules)
        self.reception = Reception(
            self.db, self.vault, self.transcript, self.contacts, interview, known, self.rules
        )
        self.delivery = Delivery(
            self.db,
            self.transcript,
            self.channels,
            self.rules,
            clock=SystemClock(),
            metrics=self.metrics,
        )
        directory = Directory(self.db, self.vault)
        self.safe = SafeContact(self.db, self.vault, self.contacts, self.audit, ZONES)
        self.chat = Chat(self.db, self.transcript, self.contacts, self.audit, directory, self.safe)
        self.editing = Editing(
            self.db, self.transcript, self.contacts, self.audit, self.channels, self.rules
        )
        self.attention = Attention(
            self.db, self.transcript, self.contacts, self.channels, self.rules
        )
        self.replies = Replies(self.db, READY, self.catalogue, self.line, number="189")
        self.views = Views(self.chat, self.editing, self.attention, self.replies)
        self.room: Room = wiring.room(
            self.chat,
            self.reception,
            self.delivery,
            self.editing,
            self.attention,
            self.views,
            self.live,
        )
        self.bus = Bus()
        for event_type, handler in self.room.subscriptions:
            self.bus.on(event_type, handler)
        self.db.wanted = self.bus.wanted
        self._numbers = count(1)

    async def comes(
        self,
        text: str | None = None,
        kind: InboundKind = "text",
        *,
        channel: str = "telegram",
        address: str = PERSON,
        **more: str,
    ) -> bool:
        """Something arrives from outside."""
        event_id = more.pop("event_id", f"t:{next(self._numbers)}")
        inbound = Inbound(
            channel=channel,
            event_id=event_id,
            address=address,
            display=f"{channel} ··{address[-2:]}",
            kind=kind,
            line=channel,
            text=text,
        )
        return await self.reception.receive(
            replace(
                inbound,
                press=more.get("press"),
                token=more.get("token"),
                pressed_id=more.get("pressed_id"),
                provider_message_id=more.get("name"),
                reply_to=more.get("reply_to"),
                payload=more.get("payload"),
            )
        )

    async def presses(self, choice: str, **more: str) -> bool:
        """A button is pressed."""
        return await self.comes(None, "press", **more, press=choice)

    async def work(self, *, now: bool = False, idle: bool = False) -> list[str]:
        """Run the jobs that are due (`now`: all but timers); names of the errors on the way."""
        errors: list[str] = []
        while True:
            async with self.db.uow() as uow:
                row = await uow.fetchrow(_NEXT, now, idle)
            if row is None:
                return errors
            job = JobContext(
                id=row["id"],
                kind=row["kind"],
                lane=row["lane"],
                attempt=row["attempts"],
                last=row["attempts"] >= self.tries,
                owner="test",
            )
            handler = self.bus.dispatch if job.kind == "event" else self.room.jobs[job.kind]
            try:
                await handler(row["payload"], job)
            except Later as later:
                await self._put_back(job.id, later.delay_s)
                errors.append("Later")
                if now:
                    return errors
            except Exception as error:  # noqa: BLE001 - as the runner does
                await self._put_back(job.id, 3600)
                errors.append(getattr(error, "code", repr(error)))
            else:
                async with self.db.uow() as uow:
                    await job.done(uow)

    async def _put_back(self, job_id: int, delay_s: float) -> None:
        async with self.db.uow() as uow:
            await uow.execute(
                "update job set state = 'ready', owner = null, run_at = now() + $2 where id = $1",
                job_id,
                timedelta(seconds=delay_s),
            )

    async def contact(self) -> Contact:
        """The newest contact."""
        async with self.db.uow() as uow:
            number = await uow.fetchval("select id from contact order by opened_at desc limit 1")
            return await self.contacts.get(uow, number)

    async def taken_by(self, actor: Actor) -> Contact:
        """The newest contact talks with this operator."""
        contact = await self.contact()
        async with self.db.uow() as uow:
            await self.contacts.reserve(
                uow, await self.contacts.get(uow, contact.id, lock=True), actor.staff_id
            )
        await self.chat.join(contact.id, actor.staff_id)
        return await self.contact()

    async def all_messages(self, contact_id: UUID) -> list[Message]:
        """The whole conversation."""
        async with self.db.uow() as uow:
            messages, more = await self.chat.transcript(uow, contact_id)
        assert not more
        return messages

    async def count(self, table: str) -> int:
        """Rows of a table."""
        async with self.db.uow() as uow:
            number: int = await uow.fetchval(f"select count(*) from {table}")  # noqa: S608
            return number
