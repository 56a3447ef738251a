"""Routing's way to bring an operator and a caller together on the telephone."""

from hotline.infra.db import Uow
from hotline.kernel.ids import ContactId, StaffId
from hotline.routing.model import OWN_PHONE
from hotline.telephony.model import Ring
from hotline.telephony.rooms import Rooms
from hotline.telephony.talks import Talks

_RINGS = {"fake": Ring.FAKE, OWN_PHONE: Ring.OWN}


class CallConnector:
    """Implements routing's `Connector`. Operator first, caller second.

    A `browser` telephone dials in by itself; a `fake` one and the operator's own are rung by the
    carrier, and the own one is asked for a key before it is believed.
    """

    def __init__(self, rooms: Rooms, talks: Talks) -> None:
        self._rooms = rooms
        self._talks = talks

    async def connect(self, contact_id: ContactId, staff_id: StaffId, phone_mode: str) -> None:
        """Open the room of a reservation, or ask a colleague into the talk they were offered.

        Idempotent, and nothing once that is over.
        """
        ring = _RINGS.get(phone_mode)
        if not await self._rooms.connect(contact_id, staff_id, ring=ring):
            await self._talks.joins(contact_id, staff_id, ring=ring is Ring.FAKE)

    async def drop_operator(self, uow: Uow, staff_id: StaffId) -> None:
        """End the operator's legs, however alive their telephone still is."""
        await self._rooms.drop_operator(uow, staff_id)
