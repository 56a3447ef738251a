"""Routing with everything below it, and short verbs for tests."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from hotline.access.model import Actor
from hotline.audit.service import Audit
from hotline.contacts.model import Channel, Contact
from hotline.contacts.service import Contacts
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.routing import store
from hotline.routing.model import Offer, OperatorState
from hotline.routing.service import Routing, Rules
from hotline.routing.shifts import Shifts
from tests.builders import ANA, a_contact

RULES = Rules(
    offer_for=timedelta(seconds=20),
    relax_topic=timedelta(seconds=60),
    relax_language=timedelta(seconds=120),
)


class Floor:
    """Routing with everything below it, and short verbs for tests."""

    def __init__(self, db: Database, vault: Vault) -> None:
        self.db = db
        self.contacts = Contacts(vault)
        self.routing = Routing(db, self.contacts, Audit(db, vault.audit_mac), RULES)
        self.shifts = Shifts(db, self.contacts, self.routing, phone_modes=("fake",))

    async def arrives(
        self,
        caller: str = "1",
        channel: Channel = Channel.VOICE,
        *,
        language: str = "ru",
        topic: str | None = None,
        priority: int = 0,
        danger: bool = False,
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
            return (await store.operators(uow, [actor.staff_id]))[actor.staff_id]

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

    async def age(self, seconds: int) -> None:
        """Let the queue wait: its times move back by so much."""
        async with self.db.uow() as uow:
            await uow.execute(
                "update queue_entry set since = since - $1::interval, "
                "effective_at = effective_at - $1::interval",
                timedelta(seconds=seconds),
            )

    async def overdue(self) -> None:
        """Let all pending offers run out."""
        async with self.db.uow() as uow:
            await uow.execute("update offer set deadline = now() - interval '1 second'")

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
