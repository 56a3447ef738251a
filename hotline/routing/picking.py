"""People instead of the match: somebody takes a waiting contact, or a supervisor gives it away."""

from typing import Final
from uuid import UUID

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.access.policy import require
from hotline.audit.service import Audit
from hotline.audit.tags import Tag
from hotline.contacts.model import Contact, ContactState
from hotline.contacts.service import Contacts
from hotline.infra.db import Database, Uow
from hotline.kernel.errors import Conflict
from hotline.kernel.ids import StaffId
from hotline.routing import matching, matchstore, operatorstore, pickstore, store
from hotline.routing.endings import GONE, Endings
from hotline.routing.events import OfferAccepted, OfferMade, QueueChanged
from hotline.routing.model import OfferState, OperatorState, Presence
from hotline.routing.service import Routing, Rules

_TAKE: Final = {
    "off-shift": "take-unavailable",
    "break": "take-unavailable",
    "not-answering": "take-unavailable",
    "busy": "take-busy",
    "sealed": "take-sealed",
}
_ASSIGN: Final = {
    "off-shift": "assign-off-shift",
    "break": "assign-break",
    "not-answering": "assign-not-answering",
    "busy": "assign-busy",
    "sealed": "assign-sealed",
    "asked": "assign-asked",
}


class Picking:
    """Both hold the match's lock, so that nobody is offered meanwhile; see ADR 27.

    `offer_id` is made by who presses: a press that comes again finds it used, and changes nothing.
    """

    def __init__(
        self,
        db: Database,
        contacts: Contacts,
        routing: Routing,
        audit: Audit,
        rules: Rules,
        endings: Endings,
    ) -> None:
        self._db = db
        self._contacts = contacts
        self._routing = routing
        self._audit = audit
        self._rules = rules
        self._endings = endings

    async def take(self, actor: Actor, contact_id: UUID, offer_id: UUID) -> Contact:
        """Whoever has the right takes a waiting contact, whatever it asks for.

        It is withdrawn from who is being asked about it, and so is what the taker is asked about.
        Raises Conflict("offer-gone") with how and by whom, Conflict("take-unavailable"),
        Conflict("take-busy"), Conflict("take-sealed").
        """
        require(actor, Permission.QUEUE_CONTACT_PICK)
        me = actor.staff_id
        async with self._db.uow() as uow:
            contact, state, allowed = await self._held(uow, contact_id, me)
            if why := _hindrance(state, contact.channel.kind, allowed=allowed):
                raise Conflict(_TAKE[why])
            for other in await store.pending_offers(uow, staff_id=me):
                await self._routing.end_offer(uow, other, OfferState.WITHDRAWN)
            await self._routing.unask(uow, contact.id)
            if not await pickstore.picked(uow, offer_id, contact.id, me):
                raise Conflict(GONE, how="withdrawn")
            await self._contacts.note(uow, contact.id, "picked", me)
            contact = await self._routing.take(uow, contact, me)
            await self._audit.record(
                uow, actor, Tag.OFFER_PICKED, object_type="contact", object_id=contact.id
            )
            uow.publish(
                OfferAccepted(contact_id=contact.id, offer_id=offer_id, staff_id=me),
                QueueChanged(contact_id=contact.id),
            )
            await self._routing.tell_presence(uow, me)
        return contact

    async def assign(
        self, actor: Actor, contact_id: UUID, staff_id: StaffId, offer_id: UUID
    ) -> None:
        """A waiting contact is offered now, and to them only, whatever they speak or know.

        When they pass or do not answer, it waits where it waited, and the match goes on. Nothing
        when they are being asked about it already. Raises Conflict("offer-gone") with how and by
        whom, Conflict("assign-...") with what hinders: busy, break, not-answering, off-shift,
        asked (about another contact), sealed (for seniors only).
        """
        require(actor, Permission.QUEUE_CONTACT_ASSIGN)
        async with self._db.uow() as uow:
            contact, state, allowed = await self._held(uow, contact_id, staff_id)
            asked = [one.contact_id for one in await store.pending_offers(uow, staff_id=staff_id)]
            if contact.id in asked:
                return
            why = _hindrance(state, contact.channel.kind, allowed=allowed)
            if why := why or ("asked" if asked else None):
                raise Conflict(_ASSIGN[why])
            await self._routing.unask(uow, contact.id)
            if not await pickstore.assigned(
                uow,
                offer_id,
                contact.id,
                staff_id,
                offer_for=self._rules.offer_for,
                made_by=actor.staff_id,
            ):
                raise Conflict(GONE, how="withdrawn")
            await self._contacts.note(uow, contact.id, "assigned", actor.staff_id, to=str(staff_id))
            await self._contacts.note(uow, contact.id, "offered", staff_id)
            await self._audit.record(
                uow, actor, Tag.OFFER_ASSIGNED, object_type="contact", object_id=contact.id
            )
            uow.publish(
                OfferMade(
                    contact_id=contact.id,
                    offer_id=offer_id,
                    staff_id=staff_id,
                    deadline=await uow.time() + self._rules.offer_for,
                ),
                QueueChanged(contact_id=contact.id),
            )

    async def _held(
        self, uow: Uow, contact_id: UUID, staff_id: StaffId
    ) -> tuple[Contact, OperatorState | None, bool]:
        """A contact that waits, the operator, whether they may have it; all held, in this order."""
        await matchstore.lock_group(uow)
        await pickstore.lock_operators(uow, contact_id, staff_id)
        contact = await self._contacts.get(uow, contact_id, lock=True)
        allowed = await pickstore.place(uow, contact.id, staff_id)
        if contact.state is not ContactState.WAITING or allowed is None:
            raise await self._endings.gone(uow, contact)
        if await self._routing.away(uow, [contact]):
            raise Conflict(GONE, how="adrift")
        state = (await operatorstore.operators(uow, [staff_id])).get(staff_id)
        return contact, state, allowed


def _hindrance(state: OperatorState | None, kind: str, *, allowed: bool) -> str | None:
    """Why somebody cannot have a contact now; None when they can."""
    if state is None or state.presence is Presence.OFFLINE:
        return "off-shift"
    if state.presence is Presence.NOT_ANSWERING:
        return "not-answering"
    if state.presence is Presence.BREAK or state.pending_break is not None:
        return "break"
    if not matching.has_room(state, kind):
        return "busy"
    return None if allowed else "sealed"
