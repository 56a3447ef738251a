"""Routing as the product runs it, and the mirror beside it: each verb moves both.

Events are heard from the transactions themselves; what follows from them is done as by the handlers
of the room, at the same moment of virtual time.
"""

from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from typing_extensions import override

from hotline.access.model import Actor
from hotline.contacts.events import CallerLeft, ContactRequeued, TalkEnded, WrapUpEnded
from hotline.contacts.model import Contact, ContactState
from hotline.infra.crypto import KeySet, Vault
from hotline.infra.db import Uow
from hotline.kernel.errors import Conflict
from hotline.kernel.events import Event
from hotline.kernel.ids import StaffId
from hotline.rehearsal.account import Waiter, Worker, begin_break, could_take, may_have
from hotline.rehearsal.mirror import PAUSE, Mirror
from hotline.rehearsal.paper import PaperAudit, PaperContacts
from hotline.rehearsal.plan import Member
from hotline.rehearsal.virtual import VirtualDatabase
from hotline.routing.events import (
    OfferEnded,
    OfferMade,
    OperatorGone,
    PresenceChanged,
    QueueChanged,
)
from hotline.routing.model import PHONE_MODES, OperatorState, Presence
from hotline.routing.ports import Sealed
from hotline.routing.service import Routing, Rules
from hotline.routing.shifts import UNREACHABLE, Shifts
from hotline.staff.phones import PhoneRules, Phones


class _Routing(Routing):
    """Routing that says when it has let people ask for less, and shows nothing to desks."""

    relaxed: Callable[[], None]
    mirror: Mirror

    @override
    async def relax(self) -> None:
        await super().relax()
        self.relaxed()

    @override
    async def tell_presence(self, uow: Uow, staff_id: UUID) -> OperatorState | None:
        """That something changed; what a desk would show of it is read by nobody."""
        uow.publish(PresenceChanged(staff_id=staff_id, state=""))
        worker = self.mirror.workers.get(staff_id)
        return worker.state if worker else None


class _Seals(Sealed):
    """Whom sealed cases are about, by contact: who calls again is somebody else here."""

    def __init__(self) -> None:
        self.contacts: set[UUID] = set()

    @override
    async def is_sealed(self, uow: Uow, contact: Contact) -> bool:
        return contact.id in self.contacts


class Floor:
    """Who waits and who works, in the database and in the mirror.

    `asked`, `missed` and `freed` collect the offers made, who let one run out, and who has nothing
    in hand any more, since last emptied.
    `wake` is called with each time at which something falls due, and for whom.
    """

    def __init__(
        self,
        db: VirtualDatabase,
        rules: Rules,
        mirror: Mirror,
        wake: Callable[[datetime, UUID], None],
    ) -> None:
        vault = Vault(KeySet.fresh())
        audit = PaperAudit(db, vault.audit_mac)
        self.db = db
        self.mirror = mirror
        self.contacts = PaperContacts(vault)
        self.contacts.begin()
        self.routing = _Routing(db, self.contacts, audit, rules)
        self.routing.relaxed = self._relaxed
        self.routing.mirror = mirror
        self.routing.sealed = self._seals = _Seals()
        phones = Phones(db, vault, audit, PhoneRules((), numbers=False))
        self.shifts = Shifts(db, self.contacts, self.routing, phones, rules, phone_modes=("fake",))
        self.asked: list[OfferMade] = []
        self.missed: list[UUID] = []
        self.freed: list[UUID] = []
        self._rules = rules
        self._wake = wake
        self._offers: dict[UUID, OfferMade] = {}
        self._events: deque[Event] = deque()
        self._look = False
        db.hear = self._hear

    # ------------------------------------------------------------------------------ who waits

    async def arrives(
        self, contact: Contact, *, behind: bool, sealed: bool, asks_for: UUID | None
    ) -> None:
        """Somebody waits from now on, perhaps first for one person."""
        self.contacts.rows[contact.id] = contact
        if sealed:
            self._seals.contacts.add(contact.id)
        async with self.db.uow() as uow:
            contact = await self.contacts.wait(uow, contact)
            await self.routing.enqueue(uow, contact, behind=behind)
            if asks_for is not None:
                await self.routing.prefer(uow, contact.id, StaffId(asks_for))
        self._waits(contact, front=False, behind=behind)
        if asks_for is not None and could_take(*self._both(contact.id, asks_for)):
            self._kept_for(contact.id, asks_for)

    async def alarms(self, contact: Contact, head_start_s: int) -> None:
        """Somebody who waits says that they are in danger: they move up."""
        async with self.db.uow() as uow:
            contact = await self.contacts.set_intake(
                uow, contact, contact.intake, priority=head_start_s, danger=True
            )
            await self.routing.enqueue(uow, contact)
        self._waits(contact, front=False, behind=False)

    async def leaves(self, contact: Contact) -> None:
        """The caller hangs up, wherever they are."""
        async with self.db.uow() as uow:
            await self.contacts.caller_left(uow, contact)

    async def flood(self, ids: Sequence[UUID]) -> None:
        """They are set back, as callers out of a flood are."""
        async with self.db.uow() as uow:
            await self.routing.set_back(uow, ids, behind=True)
        self.mirror.moved(ids, behind=True)

    async def calm(self) -> None:
        """The flood is over: everybody is where they were."""
        async with self.db.uow() as uow:
            ids = await self.routing.behind(uow)
            await self.routing.set_back(uow, ids, behind=False)
        self.mirror.moved(ids, behind=False)

    # ----------------------------------------------------------------------------- who is asked

    async def takes(self, actor: Actor, offer: OfferMade) -> Contact | None:
        """The press on "answer": whoever is in time and not withdrawn must win, nobody else may."""
        in_time = self.stands(offer) and self.db.now < offer.deadline
        try:
            contact = await self.routing.accept(actor, offer.offer_id)
        except Conflict:
            if in_time:
                self.mirror.report(f"{actor.staff_id} pressed in time and lost {offer.contact_id}")
            return None
        if not in_time:
            self.mirror.report(f"{actor.staff_id} won {offer.contact_id}, which was gone")
        self._offers.pop(offer.contact_id, None)
        self.mirror.accepted(contact, actor.staff_id, self.db.now)
        return contact

    def stands(self, offer: OfferMade) -> bool:
        """Whether the offer still waits for an answer."""
        return self._offers.get(offer.contact_id) is offer

    async def passes(self, actor: Actor, offer: OfferMade) -> None:
        """Somebody else shall take it."""
        if self.stands(offer):
            await self.routing.pass_(actor, offer.offer_id, "paperwork")
            self._wake(self.db.now + PAUSE, offer.contact_id)

    async def expire(self) -> None:
        """The sweep of offers that nobody answered."""
        await self.routing.expire_due()

    # ------------------------------------------------------------------------------ who is with

    async def joins(self, contact: Contact) -> Contact:
        """Caller and operator are together."""
        async with self.db.uow() as uow:
            return await self.contacts.talk(uow, contact)

    async def ends_talk(self, contact: Contact) -> Contact:
        """The talk is over; the operator writes up."""
        assert contact.operator_id is not None  # noqa: S101 - they talk
        async with self.db.uow() as uow:
            return await self.contacts.end_talk(uow, contact, contact.operator_id)

    async def writes_up(self, contact: Contact) -> None:
        """The record is finished."""
        async with self.db.uow() as uow:
            await self.contacts.finish(uow, contact, "consultation")

    async def hands_on(self, contact: Contact, wanted: UUID | None) -> None:
        """The contact goes back to the queue, in front, perhaps first for one person."""
        async with self.db.uow() as uow:
            contact = await self.contacts.requeue(uow, contact, "transferred")
            to = StaffId(wanted) if wanted else None
            await self.routing.wait_for(uow, contact, to)
        self._again(contact, "transferred")
        if wanted is not None and may_have(*self._both(contact.id, wanted)):
            self._kept_for(contact.id, wanted)

    async def lost(self, contact: Contact, why: str) -> None:
        """The operator never came, or is gone."""
        async with self.db.uow() as uow:
            await self.contacts.requeue(uow, contact, why)

    # ------------------------------------------------------------------------------ who works

    async def signs_on(self, member: Member) -> None:
        """The start of a watch."""
        self.mirror.signed_on(member, self.db.now)
        await self.shifts.start(member.actor, PHONE_MODES[0])

    async def rests(self, actor: Actor) -> None:
        """A break; with contacts in hand it begins after the last one."""
        await self.shifts.set(actor, Presence.BREAK, "short")
        worker = self.mirror.workers[actor.staff_id]
        if worker.state.presence is not Presence.BREAK:  # there is no other kind of break here
            self.mirror.presence(actor.staff_id, Presence.AVAILABLE, self.db.now, "short")
            begin_break(worker)

    async def returns(self, actor: Actor) -> None:
        """Available again."""
        await self.shifts.set(actor, Presence.AVAILABLE, None)
        self.mirror.presence(actor.staff_id, Presence.AVAILABLE, self.db.now)

    async def signs_off(self, actor: Actor) -> bool:
        """The end of a watch; False, as it must be, while anything is in hand."""
        busy = self.mirror.workers[actor.staff_id].hands
        try:
            await self.shifts.end(actor)
        except Conflict:
            if not busy:
                self.mirror.report(f"{actor.staff_id} may not leave, with nothing in hand")
            return False
        if busy:
            self.mirror.report(f"{actor.staff_id} left with {busy} in hand")
        self.mirror.presence(actor.staff_id, Presence.OFFLINE, self.db.now)
        return True

    async def falls_silent(self, staff_id: StaffId) -> None:
        """Nothing was heard of the desk for too long."""
        await self.shifts.unreachable([staff_id])
        self.mirror.out_of_rotation(staff_id, reason=UNREACHABLE)

    async def is_heard_again(self, staff_id: StaffId) -> None:
        """The desk lives."""
        await self.shifts.reachable([staff_id])
        self.mirror.back_in_rotation(staff_id, self.db.now, reason=UNREACHABLE)

    async def is_given_up(self, staff_id: StaffId) -> None:
        """What they held goes to others."""
        await self.shifts.hand_over([staff_id])

    # --------------------------------------------------------------------------- what follows

    async def look(self) -> None:
        """A match, because something fell due."""
        self._look = True

    async def tend(self) -> None:
        """The sweep of each second."""
        self.mirror.tend(self.db.now)
        await self.routing.tend()

    async def settle(self) -> None:
        """Do what follows from what was heard, match, and look whether anybody is left."""
        while self._events or self._look:
            if self._events:
                await self._react(self._events.popleft())
            else:
                self._look = False
                await self.routing.match()
        self.mirror.settled(self.db.now)

    def _hear(self, events: Sequence[Event]) -> None:
        made = [one for one in events if isinstance(one, OfferMade)]
        if made:
            self.mirror.made([(one.contact_id, one.staff_id) for one in made], self.db.now)
            self._offers.update((one.contact_id, one) for one in made)
            self.asked.extend(made)
        for event in events:
            match event:
                case QueueChanged() | PresenceChanged():
                    self._look = True
                case OfferEnded():
                    self._offers.pop(event.contact_id, None)
                    self.mirror.ended(event.contact_id, event.staff_id, event.how, self.db.now)
                    if event.how == "expired":
                        self.missed.append(event.staff_id)
                case (
                    CallerLeft() | TalkEnded() | ContactRequeued() | WrapUpEnded() | OperatorGone()
                ):
                    self._events.append(event)
                case _:
                    pass

    async def _react(self, event: Event) -> None:
        match event:
            case CallerLeft() | TalkEnded():
                async with self.db.uow() as uow:
                    contact = await self.contacts.get(uow, event.contact_id)
                    await self.routing.caller_gone(uow, contact)
                self.mirror.gone(contact.id)
                if contact.state is ContactState.CLOSED:
                    self._released(contact)
            case ContactRequeued():
                async with self.db.uow() as uow:
                    contact = await self.contacts.get(uow, event.contact_id, lock=True)
                    await self.routing.again(uow, contact, event.why)
                self._again(contact, event.why)
            case WrapUpEnded():
                contact = self.contacts.rows[event.contact_id]
                async with self.db.uow() as uow:
                    await self.routing.written_up(uow, contact.id)
                self._released(contact)
            case OperatorGone():
                for one in list(self.contacts.rows.values()):
                    theirs = one.operator_id == event.staff_id and one.channel.kind == "call"
                    if theirs and one.state in {ContactState.RESERVED, ContactState.TALKING}:
                        await self.lost(one, "operator_lost")
            case _:
                pass

    def _again(self, contact: Contact, why: str) -> None:
        if contact.state not in {ContactState.WAITING, ContactState.CLOSED}:
            return
        lost = self._released(contact)
        if lost is not None and why == "no_join":
            self.mirror.out_of_rotation(lost)
            self.missed.append(lost)
        if contact.state is ContactState.WAITING:
            self._waits(contact, front=True, behind=False)

    def _released(self, contact: Contact) -> UUID | None:
        staff_id = self.mirror.released(contact, self.db.now)
        if staff_id is not None and not self.mirror.workers[staff_id].hands:
            self.freed.append(staff_id)
        return staff_id

    def _waits(self, contact: Contact, *, front: bool, behind: bool) -> None:
        senior = contact.id in self._seals.contacts
        waiter = self.mirror.enqueued(
            contact, self.db.now, front=front, behind=behind, senior=senior
        )
        if waiter.relax_at is not None:
            self._wake(waiter.relax_at, contact.id)

    def _kept_for(self, contact_id: UUID, staff_id: UUID) -> None:
        until = self.db.now + self._rules.offer_for
        self.mirror.kept_for(contact_id, staff_id, until)
        self._wake(until, contact_id)

    def _relaxed(self) -> None:
        for waiter in self.mirror.relax(self.db.now):
            if waiter.relax_at is not None:
                self._wake(waiter.relax_at, waiter.id)

    def _both(self, contact_id: UUID, staff_id: UUID) -> tuple[Waiter, Worker | None]:
        return self.mirror.waiting[contact_id], self.mirror.workers.get(staff_id)
