"""How an offer ended, and who took the contact: what the one who was second is told."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from typing import Any, Final, TypeVar
from uuid import UUID

from hotline.access.model import Actor
from hotline.contacts.model import Contact, ContactState
from hotline.contacts.service import Contacts
from hotline.infra.db import Database, Uow
from hotline.kernel.errors import Conflict, HotlineError
from hotline.kernel.ids import StaffId
from hotline.routing import store
from hotline.routing.model import Offer, OfferState, Purpose

T = TypeVar("T")
Json = dict[str, Any]
Names = Callable[[Iterable[UUID], Uow], Awaitable[dict[UUID, str]]]
GONE: Final = "offer-gone"


def how_ended(offer: Offer, contact: Contact, now: datetime) -> str:
    """passed, expired, taken, caller_left, or withdrawn: as the rows are at this moment.

    An offer past its deadline has ended, also before the sweep has come by.
    """
    if offer.state is OfferState.PASSED:
        return "passed"
    if offer.state is OfferState.EXPIRED or (
        offer.state is OfferState.PENDING and offer.deadline <= now
    ):
        return "expired"
    return how_it_went(contact, offer.purpose)


def how_it_went(contact: Contact, purpose: Purpose = Purpose.QUEUE) -> str:
    """taken, caller_left, or withdrawn; who is asked into a talk finds it in other hands."""
    if purpose is Purpose.QUEUE and contact.operator_id is not None:
        return "taken"
    over = contact.state in {ContactState.WRAP_UP, ContactState.CLOSED}
    return "caller_left" if over else "withdrawn"


class Endings:
    """Reads only. `names` gives names by staff id; a name goes to colleagues, never into a log."""

    def __init__(self, db: Database, contacts: Contacts, names: Names) -> None:
        self._db = db
        self._contacts = contacts
        self._names = names

    async def explained(self, actor: Actor, offer_id: UUID, answer: Awaitable[T]) -> T:
        """What the answer to an offer gives.

        Raises Conflict("offer-gone") with `how` (see `how_ended`) and, where somebody has the
        contact, `by`. Of an offer to somebody else nothing is told.
        """
        try:
            return await answer
        except Conflict as lost:
            if lost.code != GONE:
                raise
        # The answer's own transaction is undone, so what is read here is what the winner wrote.
        async with self._db.reads() as uow:
            raise Conflict(GONE, **await self._told(uow, actor.staff_id, offer_id))

    async def gone(self, uow: Uow, contact: Contact) -> Conflict:
        """Who wanted a contact that waits no longer hears this."""
        how = how_it_went(contact)
        return Conflict(GONE, how=how, **await self._by(uow, contact, Purpose.QUEUE))

    async def live_gone(self, body: Json, actor: Actor) -> Json:
        """Fill in `offer.gone`: how it ended, and who took the contact.

        The ringing must stop, also when that cannot be read just now.
        """
        try:
            async with self._db.reads() as uow:
                return body | await self._told(uow, actor.staff_id, UUID(body["id"]))
        except HotlineError:
            return body

    async def _told(self, uow: Uow, staff_id: StaffId, offer_id: UUID) -> dict[str, str]:
        offer = await store.offer_of(uow, offer_id, staff_id)
        if offer is None:
            return {"how": "withdrawn"}
        contact = await self._contacts.get(uow, offer.contact_id)
        how = how_ended(offer, contact, await uow.time())
        return {"how": how, **await self._by(uow, contact, offer.purpose)}

    async def _by(self, uow: Uow, contact: Contact, purpose: Purpose) -> dict[str, str]:
        if purpose is not Purpose.QUEUE or contact.operator_id is None:
            return {}
        names = await self._names([contact.operator_id], uow)
        return {"by": names[contact.operator_id]} if contact.operator_id in names else {}
