"""Routing with everything below it, and short verbs for tests."""

import asyncio
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from typing_extensions import override

from hotline.access.model import Actor
from hotline.audit.service import Audit
from hotline.contacts.model import Channel, Contact
from hotline.contacts.service import Contacts
from hotline.infra.crypto import Vault
from hotline.infra.db import Database, Uow
from hotline.infra.jobcontext import JobContext
from hotline.infra.memory import MemoryLive
from hotline.infra.streams import Live
from hotline.kernel.ids import ContactId, StaffId, new_id
from hotline.routing import operatorstore, store
from hotline.routing.colleagues import Colleagues
from hotline.routing.endings import Endings
from hotline.routing.events import OperatorGone
from hotline.routing.handlers import Handlers
from hotline.routing.matching import EXPERT, HELPS, KNOWS, Relaxing, Step
from hotline.routing.model import Offer, OperatorState
from hotline.routing.picking import Picking
from hotline.routing.ports import Connector, Sealed
from hotline.routing.service import Routing, Rules
from hotline.routing.shifts import Shifts
from hotline.staff.directory import Directory
from hotline.staff.phones import PhoneRules, Phones
from tests.builders import ANA, BORIS, VERA, a_contact

RELAXING = Relaxing(
    (
        Step(timedelta(seconds=60), HELPS, KNOWS, reserve=False),
        Step(timedelta(seconds=120), 0, 0, reserve=False),
        Step(timedelta(seconds=240), 0, 0, reserve=True),
    ),
    frozenset({"ky", "ru", "uz"}),
    frozenset({"wages", "ban", "danger"}),
    {"ban": EXPERT},
)
RULES = Rules(timedelta(seconds=20), RELAXING)
JOB = JobContext(id=1, kind="event", lane="x", attempt=1, last=False, owner="test")


async def _cast(ids: Iterable[UUID], _uow: Uow) -> dict[UUID, str]:
    """Their names, as the directory would say."""
    names = {one.staff_id: one.name for one in (ANA, BORIS, VERA)}
    return {one: names.get(StaffId(one), "") for one in ids}


class Seals(Sealed):
    """Whom sealed cases are about, by contact."""

    def __init__(self) -> None:
        self.contacts: set[UUID] = set()

    @override
    async def is_sealed(self, uow: Uow, contact: Contact) -> bool:
        return contact.id in self.contacts


class Floor:
    """Routing with everything below it, and short verbs for tests."""

    def __init__(self, db: Database, vault: Vault) -> None:
        self.db = db
        self.vault = vault
        self.contacts = Contacts(vault)
        audit = Audit(db, vault.audit_mac)
        self.routing = Routing(db, self.contacts, audit, RULES)
        self.endings = Endings(db, self.contacts, _cast)
        self.picking = Picking(db, self.contacts, self.routing, audit, RULES, self.endings)
        self.routing.sealed = self.seals = Seals()
        phones = Phones(db, vault, Audit(db, vault.audit_mac), PhoneRules(("+996",), numbers=True))
        self.shifts = Shifts(db, self.contacts, self.routing, phones, RULES, phone_modes=("fake",))

    async def arrives(
        self,
        caller: str = "1",
        channel: Channel = Channel.VOICE,
        *,
        language: str = "ru",
        topic: str | None = None,
        priority: int = 0,
        danger: bool = False,
        senior: bool = False,
    ) -> Contact:
        async with self.db.uow() as uow:
            contact = await a_contact(
                uow,
                self.contacts,
                channel,
                caller=caller,
                language=language,  # type: ignore[arg-type]  # tests also ask for what nobody speaks
                topic=topic,
                priority=priority,
            )
            contact = await self.contacts.set_intake(uow, contact, {}, danger=danger)
            contact = await self.contacts.wait(uow, contact)
            if senior:
                self.seals.contacts.add(contact.id)
            await self.routing.enqueue(uow, contact)
        return contact

    async def offers(self, actor: Actor) -> list[Offer]:
        async with self.db.uow() as uow:
            return await store.pending_offers(uow, staff_id=actor.staff_id)

    async def the_offer(self, actor: Actor) -> Offer:
        (offer,) = await self.offers(actor)
        return offer

    async def contact(self, contact_id: UUID) -> Contact:
        async with self.db.uow() as uow:
            return await self.contacts.get(uow, contact_id)

    async def operator(self, actor: Actor) -> OperatorState:
        async with self.db.uow() as uow:
            return (await operatorstore.operators(uow, [actor.staff_id]))[actor.staff_id]

    async def accepts(self, actor: Actor, offer_id: UUID) -> Contact:
        """As over HTTP: whoever is second is told how it ended, and by whom."""
        answer = self.routing.accept(actor, offer_id)
        return await self.endings.explained(actor, offer_id, answer)

    async def takes(self, actor: Actor, contact: Contact) -> Contact:
        return await self.picking.take(actor, contact.id, new_id())

    async def in_hand(self, actor: Actor) -> Contact:
        """The operator takes the one contact that waits."""
        await self.routing.match()
        return await self.routing.accept(actor, (await self.the_offer(actor)).id)

    async def lost(self, contact: Contact, why: str = "operator_lost") -> Contact:
        """The operator of the contact is lost; nobody heard of it yet."""
        async with self.db.uow() as uow:
            current = await self.contacts.get(uow, contact.id, lock=True)
            return await self.contacts.requeue(uow, current, why)

    async def again(self, contact: Contact, why: str = "operator_lost") -> None:
        """What is done when that is heard."""
        async with self.db.uow() as uow:
            current = await self.contacts.get(uow, contact.id, lock=True)
            await self.routing.again(uow, current, why)

    def handlers(self, live: Live, connector: Connector) -> Handlers:
        """What follows from events, and what desks are told."""
        return Handlers(
            self.db,
            self.contacts,
            self.routing,
            live,
            {"call": connector},
            self.shifts,
            Colleagues(self.db, self.contacts, self.routing, RULES, Directory(self.db, self.vault)),
        )

    async def cut(self) -> list[StaffId]:
        """Whose lines are cut for being gone, since last asked."""
        wires = Wires()
        handlers = self.handlers(MemoryLive(), wires)
        async with self.db.uow() as uow:
            rows = await uow.fetch("delete from job where kind = 'event' returning payload")
        for payload in (row["payload"] for row in rows):
            if payload["name"] == OperatorGone.name:
                await handlers.operator_gone(OperatorGone.from_row(payload["row"]), JOB)
        return wires.dropped

    async def writing_up(self, actor: Actor) -> Contact:
        """The operator has a call to write up."""
        await self.shifts.start(actor, "fake")
        await self.arrives()
        contact = await self.in_hand(actor)
        async with self.db.uow() as uow:
            current = await self.contacts.get(uow, contact.id, lock=True)
            current = await self.contacts.end_talk(uow, current, actor.staff_id)
            await self.routing.caller_gone(uow, current)
        return current

    async def somebody_waits(self) -> None:
        """Until a statement waits for a row that another transaction holds."""
        async with asyncio.timeout(30), self.db.reads() as uow:
            while not await uow.fetchval(
                """
                select exists (select 1 from pg_stat_activity
                               where datname = current_database() and wait_event_type = 'Lock')
                """
            ):
                await uow.execute("select pg_sleep(0.02)")

    async def age(self, seconds: int) -> None:
        """Let the queue wait: its times move back by so much."""
        async with self.db.uow() as uow:
            await uow.execute(
                "update queue_entry set since = since - $1::interval, "
                "effective_at = effective_at - $1::interval, relax_at = relax_at - $1::interval",
                timedelta(seconds=seconds),
            )

    async def overdue(self) -> None:
        """Let all pending offers run out."""
        async with self.db.uow() as uow:
            await uow.execute("update offer set deadline = now() - interval '1 second'")

    async def time_over(self) -> None:
        """Let all time for writing up, and all pauses, run out."""
        async with self.db.uow() as uow:
            await uow.execute("update assignment set wrap_until = now() where wrap_until > now()")
            await uow.execute(
                "update operator_state set pause_until = now() where pause_until > now()"
            )

    async def talking(self) -> Contact:
        """Ana has a chat in hand."""
        await self.shifts.start(ANA, "fake")
        contact = await self.arrives("1", Channel.TELEGRAM)
        await self.routing.match()
        await self.routing.accept(ANA, (await self.the_offer(ANA)).id)
        async with self.db.uow() as uow:
            current = await self.contacts.get(uow, contact.id, lock=True)
            return await self.contacts.talk(uow, current)


class Desks:
    """Heartbeats that a test decides on."""

    def __init__(self) -> None:
        self.alive: set[UUID] = set()
        self.away = False

    async def beat(self, staff_id: UUID) -> None:
        self.alive.add(staff_id)

    async def seen(self, staff_ids: Iterable[UUID]) -> dict[UUID, float | None] | None:
        return None if self.away else {i: 1.0 if i in self.alive else None for i in staff_ids}


class Wires(Connector):
    """A connector that only remembers whom it dropped."""

    def __init__(self) -> None:
        self.dropped: list[StaffId] = []

    @override
    async def connect(self, contact_id: ContactId, staff_id: StaffId, phone_mode: str) -> None:
        raise NotImplementedError

    @override
    async def drop_operator(self, uow: Uow, staff_id: StaffId) -> None:
        self.dropped.append(staff_id)
