"""What routing does when it hears of contacts, and what it tells the desks."""

from typing import Any, Final
from uuid import UUID

from hotline.access.permissions import Permission
from hotline.contacts.events import (
    CallerLeft,
    ContactHandedOver,
    ContactRequeued,
    ContactTalking,
    TalkEnded,
    WrapUpEnded,
)
from hotline.contacts.service import Contacts
from hotline.infra.db import Database
from hotline.infra.jobcontext import JobContext
from hotline.infra.streams import Live, LiveEvent
from hotline.kernel.ids import ContactId, StaffId
from hotline.routing import waiting
from hotline.routing.colleagues import Colleagues
from hotline.routing.events import (
    OfferAccepted,
    OfferEnded,
    OfferMade,
    OperatorGone,
    PresenceChanged,
    QueueChanged,
    WrapUpOver,
)
from hotline.routing.ports import Connector
from hotline.routing.service import Routing
from hotline.routing.shifts import Shifts
from hotline.staff.events import StaffDisabled

WATCHES: Final = Permission.LINE_SETTINGS_MANAGE


class Handlers:
    """Reacts to contacts; joins operator and caller through the connector of the channel's kind."""

    def __init__(
        self,
        db: Database,
        contacts: Contacts,
        routing: Routing,
        live: Live,
        connectors: dict[str, Connector],
        shifts: Shifts,
        colleagues: Colleagues,
    ) -> None:
        self._db = db
        self._contacts = contacts
        self._routing = routing
        self._live = live
        self._connectors = connectors
        self._shifts = shifts
        self._colleagues = colleagues

    async def caller_left(self, event: CallerLeft, _job: JobContext) -> None:
        """Nobody is asked any more; an operator in hand writes up."""
        async with self._db.uow() as uow:
            contact = await self._contacts.get(uow, event.contact_id)
            await self._routing.caller_gone(uow, contact)
        await self._card(event.contact_id, event.staff_id)

    async def talk_ended(self, event: TalkEnded, _job: JobContext) -> None:
        """The operator writes up."""
        async with self._db.uow() as uow:
            contact = await self._contacts.get(uow, event.contact_id)
            await self._routing.caller_gone(uow, contact)
        await self._card(event.contact_id, event.staff_id)

    async def requeued(self, event: ContactRequeued, _job: JobContext) -> None:
        """The operator was lost: the contact waits in front."""
        async with self._db.uow() as uow:
            contact = await self._contacts.get(uow, event.contact_id, lock=True)
            await self._routing.again(uow, contact, event.why)
        if event.staff_id is not None and contact.operator_id != event.staff_id:
            body = {"id": str(event.contact_id), "why": event.why}
            await self._tell(event.staff_id, "contact.gone", event.contact_id, body)

    async def handed_over(self, event: ContactHandedOver, _job: JobContext) -> None:
        """One operator is free of the contact, another has it."""
        await self._colleagues.handed_over(event.contact_id, event.from_staff, event.staff_id)
        body = {"id": str(event.contact_id), "why": "handed_over"}
        await self._tell(event.from_staff, "contact.gone", event.contact_id, body)
        await self._card(event.contact_id, event.staff_id)

    async def wrap_up_ended(self, event: WrapUpEnded, _job: JobContext) -> None:
        """The operator is free of the contact."""
        async with self._db.uow() as uow:
            await self._routing.written_up(uow, event.contact_id)
        body = {"id": str(event.contact_id), "why": "closed"}
        await self._tell(event.staff_id, "contact.gone", event.contact_id, body)

    async def wrap_up_over(self, event: WrapUpOver, _job: JobContext) -> None:
        """The desk says that new contacts come, and that the record is kept."""
        await self._card(event.contact_id, event.staff_id)

    async def queue_changed(self, event: QueueChanged, _job: JobContext) -> None:
        """Look for a match, and show the queue."""
        await self._routing.match()
        await self._show_queue(event.contact_id)

    async def offer_made(self, event: OfferMade, _job: JobContext) -> None:
        """Ring."""
        async with self._db.uow() as uow:
            contact = await self._contacts.get(uow, event.contact_id)
        kind = f"{contact.channel.kind}.offer"
        await self._tell(event.staff_id, kind, event.offer_id, {"id": str(event.offer_id)})

    async def offer_ended(self, event: OfferEnded, _job: JobContext) -> None:
        """Stop ringing."""
        body = {
            "id": str(event.offer_id),
            "contact_id": str(event.contact_id),
            "reason": event.how,
        }
        await self._tell(event.staff_id, "offer.gone", event.offer_id, body)

    async def offer_accepted(self, event: OfferAccepted, _job: JobContext) -> None:
        """Join operator and caller."""
        async with self._db.uow() as uow:
            contact = await self._contacts.get(uow, event.contact_id)
            phone_mode = await self._routing.phone_mode(uow, event.staff_id)
        body = {
            "id": str(event.offer_id),
            "contact_id": str(event.contact_id),
            "reason": "accepted",
        }
        await self._tell(event.staff_id, "offer.gone", event.offer_id, body)
        await self._card(event.contact_id, event.staff_id)
        connector = self._connectors[contact.channel.kind]
        await connector.connect(ContactId(event.contact_id), StaffId(event.staff_id), phone_mode)

    async def talking(self, event: ContactTalking, _job: JobContext) -> None:
        """Operator and caller are together: the desk shows it."""
        await self._card(event.contact_id, event.staff_id)

    async def presence_changed(self, event: PresenceChanged, _job: JobContext) -> None:
        """Show the operator their state, and look for a match: somebody may be free now."""
        await self._tell(event.staff_id, "presence.self", event.staff_id, {})
        await self._live.tell(LiveEvent("presence.staff", f"perm:{WATCHES}", "presence.staff", {}))
        await self._routing.match()

    async def operator_gone(self, event: OperatorGone, _job: JobContext) -> None:
        """End what still connects them."""
        async with self._db.uow() as uow:
            for connector in self._connectors.values():
                await connector.drop_operator(uow, StaffId(event.staff_id))

    async def staff_disabled(self, event: StaffDisabled, _job: JobContext) -> None:
        """The account is closed: whoever the person held is served by somebody else."""
        await self._shifts.sign_off(StaffId(event.staff_id))

    async def _show_queue(self, contact_id: UUID) -> None:
        async with self._db.uow() as uow:
            waits = await waiting.queue_item(uow, contact_id) is not None
        kind = "queue.item" if waits else "queue.gone"
        body = {"id": str(contact_id)} if waits else {"id": str(contact_id), "why": "left"}
        await self._live.tell(
            LiveEvent(kind, "all", f"queue:{contact_id}", body),
            LiveEvent("queue.stats", "all", "stats", {}),
        )

    async def _card(self, contact_id: UUID, staff_id: UUID | None) -> None:
        if staff_id is not None:
            await self._tell(staff_id, "contact.card", contact_id, {"contact_id": str(contact_id)})

    async def _tell(self, staff_id: UUID, kind: str, key: UUID, body: dict[str, Any]) -> None:
        await self._live.tell(LiveEvent(kind, f"staff:{staff_id}", f"{kind}:{key}", body))
