"""The chat room with everything below it on the real database, and short verbs for tests."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from hotline.access.model import Actor
from hotline.audit.service import Audit
from hotline.callbacks.model import Rules as CallRules
from hotline.callbacks.requests import Requests
from hotline.callbacks.service import Callbacks
from hotline.chat import replies, wiring
from hotline.chat.alarming import Alarming
from hotline.chat.attention import Attention
from hotline.chat.delivery import Delivery
from hotline.chat.editing import Editing
from hotline.chat.erasing import Erasing
from hotline.chat.fetching import Fetching
from hotline.chat.fileviews import FileViews
from hotline.chat.helping import Helping
from hotline.chat.helpjobs import HelpJobs
from hotline.chat.helpviews import HelpViews
from hotline.chat.holding import Holding
from hotline.chat.interview import Interview
from hotline.chat.memory import SilentChannel, SilentFiles
from hotline.chat.model import ChatRules, InboundKind, Message
from hotline.chat.ports import Attached, Channel, Inbound
from hotline.chat.reading import Reading
from hotline.chat.reception import Reception, Wishes
from hotline.chat.recognising import Recognising
from hotline.chat.reminding import Reminding
from hotline.chat.replies import Replies
from hotline.chat.sending import Sending
from hotline.chat.service import Chat
from hotline.chat.transcript import Transcript
from hotline.chat.views import Views
from hotline.chat.wiping import Wiping
from hotline.chat.wiring import Files, Helps, Talks
from hotline.consultations import forms
from hotline.contacts import zones
from hotline.contacts.links import Links
from hotline.contacts.model import Contact
from hotline.contacts.outreach import Outreach
from hotline.contacts.safecontact import SafeContact
from hotline.contacts.service import Contacts
from hotline.infra.blobs import Blobs
from hotline.infra.bus import Bus
from hotline.infra.crypto import Vault
from hotline.infra.db import Database, Uow
from hotline.infra.jobcontext import JobContext, Later
from hotline.infra.memory import MemoryLive
from hotline.infra.metrics import Metrics
from hotline.infra.scrub import Scrub
from hotline.intake.flows import Flows
from hotline.intake.hours import Hours, always
from hotline.intake.model import State
from hotline.kernel.clock import SystemClock
from hotline.kernel.languages import LANGS
from hotline.knowledge.library import Library
from hotline.line.reader import LineReader
from hotline.routing.matching import Relaxing
from hotline.routing.service import Routing, Rules
from hotline.staff.directory import Directory
from tests.unit.intake.flowing import ROOT, shipped_catalogue, shipped_flows

PERSON = "555000156"
SHUT = Hours(ZoneInfo("Asia/Bishkek"), ((),) * 7, {})
READY = replies.read(ROOT / "config")
ZONES = zones.load(ROOT / "config")
LIBRARY = Library.load(
    ROOT / "config", shipped_catalogue(), forms.load(ROOT / "config").intake_topics
)
CALLS = CallRules(
    prefixes=("+996", "+7"),
    calls_per_day=300,
    minutes_per_day=2000,
    calls_per_number=5,
    pauses=(timedelta(minutes=10),),
    keep_for=timedelta(hours=4),
)
RULES = ChatRules(settle=timedelta(0), send_timeout_s=5)
RELAXING = Relaxing((), frozenset(LANGS), frozenset())
_NEXT = """
update job set state = 'running', attempts = attempts + 1, owner = 'test',
       leased_until = now() + interval '1 hour'
where id = (select j.id from job j
            where j.state = 'ready' and ($1 or j.run_at <= now())
              and (j.kind not in ('chat.idle', 'chat.remind') or $2)
              and not exists (select 1 from job e where e.lane = j.lane and e.id < j.id
                              and e.state in ('ready', 'running'))
            order by j.run_at, j.id limit 1)
returning id, kind, lane, payload, attempts
"""


@dataclass
class HeldBack:
    """Says of every contact what it is told to."""

    now: bool = False

    async def held(self, uow: Uow, contact_id: UUID) -> bool:
        del uow, contact_id
        return self.now


@dataclass
class House:
    """One process's worth of the chat room."""

    db: Database
    vault: Vault
    channels: dict[str, Channel] = field(default_factory=dict)
    rules: ChatRules = RULES
    hours: Hours = field(default_factory=always)
    tries: int = 10
    holds: HeldBack = field(default_factory=HeldBack)

    def __post_init__(self) -> None:
        self.files = SilentFiles()
        self.telegram = SilentChannel("telegram", files=self.files)
        self.sms = SilentChannel("sms", can_lookup=True)
        self.channels = {"telegram": self.telegram, "sms": self.sms} | self.channels
        self.live = MemoryLive()
        self.metrics = Metrics()
        self.catalogue = shipped_catalogue()
        self.contacts = Contacts(self.vault)
        self.audit = Audit(self.db, self.vault.audit_mac)
        a_while = timedelta(seconds=60)
        self.routing = Routing(self.db, self.contacts, self.audit, Rules(a_while, RELAXING))
        self.blobs = Blobs(self.db, self.vault)
        self.transcript = Transcript(self.vault, self.catalogue, self.blobs)
        flows = replace(shipped_flows(), hours=self.hours)
        self.line = LineReader(self.hours, SystemClock())
        self._receives(flows)
        self.delivery = Delivery(
            self.db,
            self.transcript,
            self.channels,
            self.rules,
            Holding(self.db, self.transcript, self.contacts, self.outreach),
            clock=SystemClock(),
            metrics=self.metrics,
        )
        directory = Directory(self.db, self.vault)
        self.chat = Chat(
            self.db,
            self.transcript,
            self.contacts,
            self.audit,
            directory,
            self.safe,
            self.outreach,
        )
        self.room = wiring.room(
            self.chat,
            self.reception,
            self.delivery,
            self.live,
            self._with_talks(),
            self._with_files(),
            self._with_help(),
        )
        self.bus = Bus()
        for event_type, handler in self.room.subscriptions:
            self.bus.on(event_type, handler)
        self.db.wanted = self.bus.wanted
        self._numbers = count(1)

    def _with_talks(self) -> Talks:
        db, transcript, contacts = self.db, self.transcript, self.contacts
        self.editing = Editing(db, transcript, contacts, self.audit, self.channels, self.rules)
        self.attention = Attention(db, transcript, contacts, self.channels, self.rules)
        self.replies = Replies(db, READY, self.catalogue, self.line, number="189")
        self.views = Views(self.chat, self.editing, self.attention, self.replies)
        return Talks(self.editing, self.attention, self.views)

    def _with_help(self) -> Helps:
        wiping = Wiping(
            self.db,
            self.transcript,
            self.contacts,
            self.audit,
            self.channels,
            self.rules,
            self.outreach,
        )
        helps = HelpJobs(self.db, self.chat, self.erasing, wiping, self.live, self.rules)
        return Helps(helps, HelpViews(self.erasing), self.reminding)

    def _with_files(self) -> Files:
        db, scrub = self.db, Scrub()
        self.sending = Sending(db, self.transcript, self.chat, self.blobs, scrub, self.channels)
        self.reading = Reading(db, self.vault, self.contacts, self.blobs, self.audit)
        self.file_views = FileViews(self.sending, self.reading)
        self.fetching = Fetching(
            db, self.transcript, self.contacts, self.blobs, scrub, self.channels, self.rules
        )
        return Files(self.fetching, self.file_views)

    def _receives(self, flows: Flows) -> None:
        self.safe = SafeContact(self.db, self.vault, self.contacts, self.audit, ZONES)
        self.outreach = Outreach(self.contacts, self.safe)
        callbacks = Callbacks(
            self.db, self.vault, self.contacts, self.routing, CALLS, self.safe, self.line
        )
        requests = Requests(
            self.contacts,
            self.routing,
            callbacks,
            self.safe,
            CALLS,
            self.line,
            lambda language: State(step="wait", language=language).to_json(),
        )
        self.reminding = Reminding(
            self.db, self.transcript, self.contacts, self.line, self.safe, self.rules
        )
        helping = Helping(self.transcript, self.routing, flows, self.line, LIBRARY, requests)
        interview = Interview(
            self.transcript,
            self.contacts,
            self.routing,
            flows,
            self.line,
            helping,
            self.reminding,
        )
        self.erasing = Erasing(self.db, self.transcript, self.contacts, self.audit, self.holds)
        self.links = Links(self.db, self.vault, self.contacts, self.audit)
        known = Recognising(self.transcript, self.contacts, self.routing, self.links, self.rules)
        danger_s = flows.telegram.risk.danger_s
        alarming = Alarming(self.contacts, self.routing, self.safe, priority=danger_s)
        wishes = Wishes(self.erasing, self.outreach, alarming)
        self.reception = Reception(
            self.db, self.transcript, self.contacts, interview, known, wishes, self.rules
        )

    async def comes(
        self,
        text: str | None = None,
        kind: InboundKind = "text",
        *,
        channel: str = "telegram",
        address: str = PERSON,
        at: datetime | None = None,
        **more: str,
    ) -> bool:
        """Something arrives from outside; it happened `at`, by the provider's clock."""
        event_id = more.pop("event_id", f"t:{next(self._numbers)}")
        inbound = Inbound(
            channel=channel,
            event_id=event_id,
            address=address,
            display=f"{channel} ··{address[-2:]}",
            kind=kind,
            line=channel,
            text=text,
            at=at,
        )
        return await self.reception.receive(
            replace(
                inbound,
                press=more.get("press"),
                token=more.get("token"),
                pressed_id=more.get("pressed_id"),
                payload=more.get("payload"),
                provider_message_id=more.get("name"),
                reply_to=more.get("reply_to"),
            )
        )

    async def brings(
        self, kind: InboundKind, *files: Attached, text: str | None = None, address: str = PERSON
    ) -> bool:
        """Files arrive from outside."""
        event_id = f"t:{next(self._numbers)}"
        return await self.reception.receive(
            Inbound(
                channel="telegram",
                event_id=event_id,
                address=address,
                display="Telegram ··56",
                kind=kind,
                line="telegram",
                text=text,
                files=files,
            )
        )

    async def presses(self, choice: str, **more: Any) -> bool:  # noqa: ANN401 - as `comes` takes
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
