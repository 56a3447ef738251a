"""Routing's way to bring an operator and a caller together on the telephone."""

from hotline.infra.db import Uow
from hotline.kernel.ids import ContactId, StaffId
from hotline.telephony.rooms import Rooms

FAKE = "fake"


class CallConnector:
    """Implements routing's `Connector`. Operator first, caller second.

    A `browser` telephone dials in by itself; a `fake` one is rung by the carrier.
    """

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    async def connect(self, contact_id: ContactId, staff_id: StaffId, phone_mode: str) -> None:
        """Open the room; idempotent, and nothing once the reservation is over."""
        await self._rooms.connect(contact_id, staff_id, ring=phone_mode == FAKE)

    async def drop_operator(self, uow: Uow, staff_id: StaffId) -> None:
        """The carrier itself says when the operator's leg is lost."""
