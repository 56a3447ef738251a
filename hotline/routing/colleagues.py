"""One operator asks another into a talk: the same offer as any, to exactly one person."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from hotline.contacts.model import Contact
from hotline.contacts.service import Contacts
from hotline.infra.db import Database, Uow
from hotline.kernel.errors import Conflict, NotFound
from hotline.kernel.ids import OfferId, StaffId
from hotline.routing import (
    hands,
    matching,
    matchstore,
    operatorstore,
    pickstore,
    sealstore,
    store,
)
from hotline.routing.events import OfferMade
from hotline.routing.model import OfferState, OperatorState, Presence, Purpose, shown_state
from hotline.routing.service import Routing, Rules
from hotline.staff.directory import Directory


class Colleagues:
    """Who could be asked, who is asked, and who is free of it again."""

    def __init__(
        self, db: Database, contacts: Contacts, routing: Routing, rules: Rules, staff: Directory
    ) -> None:
        self._db = db
        self._contacts = contacts
        self._routing = routing
        self._rules = rules
        self._staff = staff

    async def on_shift(self, uow: Uow) -> Sequence[OperatorState]:
        """Everybody on shift, longest first."""
        ids = await operatorstore.on_shift(uow)
        states = await operatorstore.operators(uow, ids)
        return [states[one] for one in ids if one in states]

    async def listed(self, uow: Uow, *, but: UUID | None = None) -> list[dict[str, Any]]:
        """Everybody on shift except one, as they are shown to who chooses among them."""
        states = [one for one in await self.on_shift(uow) if one.staff_id != but]
        members = await self._staff.by_ids([one.staff_id for one in states], uow)
        return [
            {
                "id": one.staff_id,
                "name": members[one.staff_id].name,
                "state": shown_state(one),
                "languages": members[one.staff_id].languages,
            }
            for one in states
            if one.staff_id in members and one.presence is not Presence.OFFLINE
        ]

    async def free(self, uow: Uow, contact_id: UUID, staff_id: StaffId) -> None:
        """Make sure that somebody can be asked about it now, and by nobody else meanwhile.

        Whoever is being asked about it still is asked no more. Called before the contact is locked,
        as whoever accepts does. Raises NotFound, Conflict("colleague-busy").
        """
        await matchstore.lock_group(uow)
        await pickstore.lock_operators(uow, contact_id, staff_id)
        await self._routing.unask(uow, contact_id)
        state = (await operatorstore.operators(uow, [staff_id])).get(staff_id)
        if state is None:
            raise NotFound
        if (
            state.presence is not Presence.AVAILABLE
            or state.pending_break is not None
            or not matching.has_room(state, "call")
            or await store.pending_offers(uow, staff_id=staff_id)
        ):
            code = "colleague-busy"
            raise Conflict(code)

    async def allow(self, uow: Uow, contact: Contact, staff_id: StaffId) -> None:
        """Raise Conflict("colleague-sealed") where only seniors may have the contact."""
        sealed = self._routing.sealed
        if (
            sealed is not None
            and await sealed.is_sealed(uow, contact)
            and not await sealstore.seniors(uow, [staff_id])
        ):
            code = "colleague-sealed"
            raise Conflict(code)

    async def ask(self, uow: Uow, contact: Contact, staff_id: StaffId) -> OfferId:
        """Offer the talk to somebody who is `free` and allowed it, with the usual deadline."""
        wait = self._rules.offer_for
        offer = await store.offer(uow, contact.id, staff_id, wait, Purpose.TRANSFER)
        assert offer is not None  # noqa: S101 - they are free, and their row is locked
        await self._contacts.note(uow, contact.id, "offered", staff_id)
        uow.publish(
            OfferMade(
                contact_id=contact.id,
                offer_id=offer.id,
                staff_id=staff_id,
                deadline=offer.deadline,
            )
        )
        return offer.id

    async def let_go(self, contact_id: UUID, staff_id: UUID, offer_id: UUID | None) -> bool:
        """They are not to take it after all: neither asked nor in the talk; whether they were in.

        Only what that offer began; one that was made since stands.
        """
        async with self._db.uow() as uow:
            pending = await store.pending_offers(uow, staff_id=staff_id, contact_id=contact_id)
            for offer in pending:
                if offer.id == offer_id:
                    await self._routing.end_offer(uow, offer, OfferState.WITHDRAWN)
            began = await store.offer_of(uow, offer_id, staff_id) if offer_id else None
            if began is not None and began.state is not OfferState.ACCEPTED:
                return False
            if not await hands.release_guest(uow, contact_id, staff_id):
                return False
            await self._routing.freed(uow, contact_id, StaffId(staff_id))
        return True

    async def handed_over(self, contact_id: UUID, before: UUID, staff_id: UUID) -> None:
        """The colleague has the contact in hand, and the operator before them no longer."""
        async with self._db.uow() as uow:
            if not await hands.release_one(uow, contact_id, before):
                return
            if not await hands.promote(uow, contact_id, staff_id):
                await hands.assign(uow, contact_id, StaffId(staff_id), "call")
            await self._routing.freed(uow, contact_id, StaffId(before))
            await self._routing.tell_presence(uow, staff_id)
