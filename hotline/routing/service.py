"""The queue and the offers: who is asked, who wins, what happens when nobody answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.access.policy import require
from hotline.audit.service import Audit
from hotline.audit.tags import Tag
from hotline.contacts.model import Contact, ContactState
from hotline.contacts.service import Contacts
from hotline.infra.db import Database, Taken, Uow
from hotline.kernel.errors import Conflict, Invalid
from hotline.kernel.ids import ContactId, StaffId
from hotline.routing import hands, matching, matchstore, operatorstore, putback, sealstore, store
from hotline.routing.events import (
    OfferAccepted,
    OfferEnded,
    OfferMade,
    PresenceChanged,
    QueueChanged,
    SealedWaits,
)
from hotline.routing.matching import Relaxing
from hotline.routing.matchstore import Pair
from hotline.routing.model import (
    PASS_REASONS,
    PHONE_MODES,
    Offer,
    OfferState,
    OperatorState,
    Purpose,
    shown_state,
)
from hotline.routing.outlook import Outlook, Outlooks
from hotline.routing.ports import Reach, Sealed

_PER_TURN = 100
_TURNS = 20


@dataclass(frozen=True, slots=True)
class Rules:
    """The deadlines of routing, from the settings.

    `wrap_up_for`: after that a record that nobody finished is given up; the operator is free much
    earlier, after `write_up`, which one may have `more` of once. `pause_for`: after a hard call.
    `set_back`: who calls out of a flood waits as if they had come so much later. `zone`: where a
    day begins and ends.
    """

    offer_for: timedelta
    relaxing: Relaxing
    wrap_up_for: timedelta = timedelta(hours=12)
    write_up: timedelta = timedelta(seconds=120)
    more: timedelta = timedelta(seconds=120)
    pause_for: timedelta = timedelta(minutes=5)
    set_back: timedelta = timedelta(minutes=10)
    zone: str = "Asia/Bishkek"


class Routing:
    """Queue and offers. Races are decided by PostgreSQL; the loser hears Conflict.

    Until the telephone and the cases are there to say so, nobody is adrift, and nobody sealed.
    """

    def __init__(self, db: Database, contacts: Contacts, audit: Audit, rules: Rules) -> None:
        self._db = db
        self._contacts = contacts
        self._audit = audit
        self._rules = rules
        self._outlooks = Outlooks(contacts, rules.write_up + rules.more)
        self.reach: Reach | None = None
        self.sealed: Sealed | None = None

    async def enqueue(
        self,
        uow: Uow,
        contact: Contact,
        *,
        front: bool = False,
        ahead: bool = False,
        behind: bool = False,
    ) -> None:
        """The contact waits (it must be in state waiting). Again with more danger: it moves up.

        `front`: of everybody. `ahead`: of all who are behind the last in danger. `behind`: the
        caller's numbers are in a flood; danger is never set back. Whoever a sealed case is about
        waits for senior operators only.
        """
        senior = self.sealed is not None and await self.sealed.is_sealed(uow, contact)
        behind = behind and not contact.danger
        now = await uow.time()  # the clock may have been put back since they came
        since = min(contact.waiting_since or now, now)
        effective = matching.effective_at(since, priority_s=contact.priority)
        if behind:
            effective += self._rules.set_back
        if front or ahead:
            first = await store.front(uow, past_danger=not front and not contact.danger)
            effective = min(effective, first or effective)
        # As if it had not waited yet: what is due already is dropped by the next match.
        relaxing, danger = self._rules.relaxing, contact.danger
        asks = relaxing.asks(contact.language, contact.topic, danger=danger, senior=senior)
        strict = senior and not danger  # a life comes before the seal
        if strict:
            await self.unask(uow, contact.id, seniors=False)
        await store.enqueue(
            uow,
            contact,
            since=since,
            effective_at=effective,
            behind=behind,
            asks=asks,
            relax_at=relaxing.next_at(since, danger=danger),
        )
        uow.publish(QueueChanged(contact_id=contact.id))
        if strict:  # as in `withdraw`
            await self.unask(uow, contact.id, seniors=False)
        if senior:
            uow.publish(SealedWaits(contact_id=contact.id))

    async def set_back(self, uow: Uow, contact_ids: Sequence[UUID], *, behind: bool) -> None:
        """Put those of them who wait behind everybody else, or where they were; twice is once."""
        moved = await store.set_back(uow, contact_ids, self._rules.set_back, behind=behind)
        uow.publish(*(QueueChanged(contact_id=contact_id) for contact_id in moved))

    async def behind(self, uow: Uow) -> list[ContactId]:
        """Who was put behind everybody else."""
        return await store.behind(uow)

    async def withdraw(self, uow: Uow, contact_id: UUID) -> None:
        """The contact waits no longer: out of the queue, and whoever is being asked is told.

        The operator comes before the place in the queue, as when they accept; then once more for
        an offer that a match made meanwhile.
        """
        await self.unask(uow, contact_id)
        if await store.dequeue(uow, contact_id):
            uow.publish(QueueChanged(contact_id=contact_id))
            await self.unask(uow, contact_id)

    async def unask(self, uow: Uow, contact_id: UUID, *, seniors: bool = True) -> None:
        """Whoever is being asked about the contact is not asked any more, and is told.

        `seniors`: those too who may have it when it is sealed.
        """
        offers = await store.pending_offers(uow, contact_id=contact_id)
        asked = [offer.staff_id for offer in offers]
        stay = await sealstore.seniors(uow, asked) if asked and not seniors else ()
        for offer in offers:
            if offer.staff_id not in stay:
                await self.end_offer(uow, offer, OfferState.WITHDRAWN)

    async def outlook(self, uow: Uow, contact: Contact) -> Outlook | None:
        """Its place and how long it will still wait; None when it is not in the queue."""
        return await self._outlooks.of(uow, contact)

    async def match(self) -> int:
        """Make every offer that can be made now; how many were made. Safe to call at any time."""
        made = 0
        for _ in range(_TURNS):
            async with self._db.uow() as uow:
                found = await matchstore.decide(uow, _PER_TURN)
                offered = await self._offer(uow, found.pairs) if found.pairs else 0
            made += offered
            if found.due:
                await self.relax()
            elif not found.more and offered == len(found.pairs):
                break
        return made

    async def relax(self) -> None:
        """Who has waited long enough asks for less from now on."""
        async with self._db.uow() as uow:
            await matchstore.relax(uow, self._rules.relaxing)

    async def begin(self) -> int:
        """At the start: a language or topic that the configuration no longer knows is not asked."""
        async with self._db.uow() as uow:
            return await matchstore.forget(uow, self._rules.relaxing)

    async def tend(self) -> int:
        """A match, as the net under those that events ask for; how many offers were made."""
        async with self._db.uow() as uow:
            await matchstore.new_day(uow, self._rules.zone)
            await matchstore.alone(uow)
        return await self.match()

    async def look_again(self) -> int:
        """The net under the wishes: one that nobody made would otherwise never be granted."""
        async with self._db.uow() as uow:
            return await matchstore.anew(uow)

    async def _offer(self, uow: Uow, pairs: list[Pair]) -> int:
        """Ask them all, except where one of the two left while we were looking; how many."""
        contacts = await self._contacts.several(uow, [one for one, _ in pairs], lock=True)
        away = await self.away(uow, contacts.values())
        for contact_id in away:
            await self.withdraw(uow, contact_id)
        asked = [pair for pair in pairs if pair[0] not in away]
        made = await matchstore.offer(uow, asked, self._rules.offer_for)
        self._contacts.note_each(uow, "offered", [(one.contact_id, one.staff_id) for one in made])
        uow.publish(
            *(
                OfferMade(
                    contact_id=one.contact_id,
                    offer_id=one.id,
                    staff_id=one.staff_id,
                    deadline=one.deadline,
                )
                for one in made
            )
        )
        done = {one.contact_id for one in made}
        if missed := [pair for pair in pairs if pair[0] not in done]:
            await matchstore.wish(uow, missed)
        return len(made)

    async def away(self, uow: Uow, contacts: Iterable[Contact]) -> set[ContactId]:
        """Who of those in the queue waits no longer, or is with somebody else."""
        waiting = [one for one in contacts if one.state is ContactState.WAITING]
        away = {one.id for one in contacts} - {one.id for one in waiting}
        return away | (await self.reach.adrift(uow, waiting) if self.reach else set())

    async def accept(self, actor: Actor, offer_id: UUID) -> Contact:
        """Take the contact. Raises Conflict("offer-gone") for whoever is second or too late."""
        require(actor, Permission.OFFER_OWN_ANSWER)
        async with self._db.uow() as uow:
            await operatorstore.lock_operator(uow, actor.staff_id)
            offer = await store.accept(uow, offer_id, actor.staff_id)
            if offer is None:
                raise _gone()
            contact = await self._contacts.get(uow, offer.contact_id, lock=True)
            if offer.purpose is Purpose.TRANSFER:
                if contact.state is not ContactState.TALKING:
                    raise _gone()
                await hands.assign(uow, contact.id, actor.staff_id, hands.GUEST)
            else:
                contact = await self.take(uow, contact, actor.staff_id)
            await self._audit.record(
                uow, actor, Tag.OFFER_ACCEPTED, object_type="contact", object_id=contact.id
            )
            uow.publish(
                OfferAccepted(
                    contact_id=contact.id,
                    offer_id=offer.id,
                    staff_id=actor.staff_id,
                    purpose=offer.purpose,
                ),
                QueueChanged(contact_id=contact.id),
            )
            await self.tell_presence(uow, actor.staff_id)
        return contact

    async def pass_(self, actor: Actor, offer_id: UUID, reason: str) -> None:
        """Let somebody else take it, for one of PASS_REASONS (else raises Invalid).

        Raises Conflict("offer-gone") when it ended already.
        """
        require(actor, Permission.OFFER_OWN_ANSWER)
        if reason not in PASS_REASONS:
            raise Invalid("invalid", reason="unknown")
        async with self._db.uow() as uow:
            offer = await store.end_offer(
                uow, offer_id, OfferState.PASSED, reason=reason, staff_id=actor.staff_id
            )
            if offer is None:
                raise _gone()
            await self._contacts.note(
                uow, offer.contact_id, "passed", actor.staff_id, reason=reason
            )
            self._tell_ended(uow, offer)

    async def expire_due(self) -> int:
        """End offers past their deadline; who missed one is out of rotation until they say so."""
        async with self._db.uow() as uow:
            await putback.offers(uow)
            expired = await store.due_offers(uow)
            for offer in expired:
                await self._contacts.note(uow, offer.contact_id, "missed", offer.staff_id)
                await operatorstore.out_of_rotation(uow, offer.staff_id)
                self._tell_ended(uow, offer)
                await self.tell_presence(uow, offer.staff_id)
        return len(expired)

    async def caller_gone(self, uow: Uow, contact: Contact) -> None:
        """The caller's side is over: nobody is asked any more; an operator in hand writes up."""
        await self.withdraw(uow, contact.id)
        if contact.state is ContactState.CLOSED:
            await self._release(uow, contact.id)
            return
        await hands.stop_talking(uow, contact.id, self._rules.write_up)
        if contact.operator_id is not None:
            await self.tell_presence(uow, contact.operator_id)

    async def again(self, uow: Uow, contact: Contact, why: str) -> None:
        """The operator was lost: the contact is theirs no longer and waits in front.

        Who was called back and not reached is not in the queue before the time of the next call.
        Nothing when somebody has it in hand since: then this is told again, or late.
        """
        if contact.state not in {ContactState.WAITING, ContactState.CLOSED}:
            return
        lost = await self._release(uow, contact.id)
        if lost is not None and why == "no_join":
            await operatorstore.out_of_rotation(uow, lost)
            await self.tell_presence(uow, lost)
        if contact.state is ContactState.WAITING and why != "not_reached":
            await self.enqueue(uow, contact, front=True)

    async def written_up(self, uow: Uow, contact_id: UUID) -> None:
        """The consultation is finished: the operator is free of this contact."""
        await self._release(uow, contact_id)

    async def tell_presence(self, uow: Uow, staff_id: UUID) -> OperatorState | None:
        """Publish the operator's state as it is now; the state, or None when never on shift."""
        operator = (await operatorstore.operators(uow, [staff_id])).get(StaffId(staff_id))
        if operator is not None:
            uow.publish(PresenceChanged(staff_id=staff_id, state=shown_state(operator)))
        return operator

    async def take(self, uow: Uow, contact: Contact, staff_id: StaffId) -> Contact:
        """Out of the queue, into these hands; both are locked. Raises Conflict("offer-gone").

        Conflict("contact-not-yet-free") while what follows from a loss has not let go of it.
        """
        if contact.state is not ContactState.WAITING:
            raise _gone()
        await store.dequeue(uow, contact.id)
        try:
            await hands.assign(uow, contact.id, staff_id, contact.channel.kind)
        except Taken:
            code = "contact-not-yet-free"
            raise Conflict(code) from None
        if contact.danger:
            await operatorstore.had_danger(uow, staff_id, self._rules.zone)
        return await self._contacts.reserve(uow, contact, staff_id)

    async def _release(self, uow: Uow, contact_id: UUID) -> StaffId | None:
        """Out of the operator's hands; a break that was waiting for the last contact begins."""
        staff_id = await hands.release(uow, contact_id)
        if staff_id is not None:
            await self.freed(uow, contact_id, staff_id)
        return staff_id

    async def freed(self, uow: Uow, contact_id: UUID, staff_id: StaffId) -> None:
        """What follows when somebody has one contact less in hand."""
        await operatorstore.idle_from_now(uow, staff_id)
        await operatorstore.begin_break(uow, staff_id, self._rules.pause_for)
        await self.tell_presence(uow, staff_id)
        uow.publish(QueueChanged(contact_id=contact_id))

    async def wait_for(self, uow: Uow, contact: Contact, wanted: StaffId | None) -> None:
        """The contact was handed on: it waits in front, at first for one person if there is one."""
        await self.again(uow, contact, "transferred")
        if wanted is not None:
            await sealstore.want(uow, contact.id, wanted, self._rules.offer_for)

    async def prefer(self, uow: Uow, contact_id: UUID, staff_id: StaffId | None) -> None:
        """Somebody who could take it now is asked first about it, for one offer time.

        Never in danger: then whoever is free is asked.
        """
        if staff_id is not None:
            await sealstore.prefer(uow, contact_id, staff_id, self._rules.offer_for)

    async def end_offer(self, uow: Uow, offer: Offer, how: OfferState) -> None:
        """End a pending offer for a reason of ours and tell; nothing when it ended already."""
        ended = await store.end_offer(uow, offer.id, how, reason=None, staff_id=None)
        if ended:
            self._tell_ended(uow, ended)

    async def phone_mode(self, uow: Uow, staff_id: UUID) -> str:
        """Which telephone the operator chose at the start of the shift."""
        operator = (await operatorstore.operators(uow, [staff_id])).get(StaffId(staff_id))
        return operator.phone_mode if operator else PHONE_MODES[0]

    def _tell_ended(self, uow: Uow, offer: Offer) -> None:
        uow.publish(
            OfferEnded(
                contact_id=offer.contact_id,
                offer_id=offer.id,
                staff_id=offer.staff_id,
                how=offer.state,
                purpose=offer.purpose,
            ),
            QueueChanged(contact_id=offer.contact_id),
        )


def _gone() -> Conflict:
    return Conflict("offer-gone")
