"""Supervisors in the talks of others: they listen, whisper to the operator, or speak to both.

The operator sees it, and each change is on record.
"""

from typing import Final
from uuid import UUID

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.access.policy import require
from hotline.audit.service import Audit
from hotline.audit.tags import Tag
from hotline.carrier.capabilities import Capabilities
from hotline.contacts.model import Channel, ContactState
from hotline.contacts.service import Contacts
from hotline.infra.db import Database, Uow
from hotline.kernel.errors import Conflict, NotFound
from hotline.kernel.ids import new_id
from hotline.routing.service import Routing
from hotline.telephony import errands, talkstore
from hotline.telephony.company import Company
from hotline.telephony.model import Guest, Mode, Role, Situation
from hotline.telephony.rooms import Rooms

FAKE: Final = "fake"


class Watching:
    """One supervisor is in one talk at a time, and in none beside their own."""

    def __init__(
        self,
        db: Database,
        contacts: Contacts,
        rooms: Rooms,
        company: Company,
        routing: Routing,
        audit: Audit,
        capabilities: Capabilities,
    ) -> None:
        self._db = db
        self._contacts = contacts
        self._rooms = rooms
        self._company = company
        self._routing = routing
        self._audit = audit
        self._able = capabilities

    async def watch(self, actor: Actor, contact_id: UUID, mode: Mode | None) -> None:
        """Come in, be there differently, or (None) leave. Twice is once."""
        require(actor, Permission.CALL_LINE_WATCH)
        async with self._db.uow() as uow:
            situation = await self._rooms.situation(uow, contact_id)
            if situation.contact.channel != Channel.VOICE:
                raise NotFound
            mine = next((one for one in situation.guests if _is_theirs(one, actor)), None)
            if (mine.mode if mine else None) is mode:
                return
            if mine is None and mode is not None:
                await self._come(uow, situation, actor, mode)
            elif mine is not None and mode is not None:
                await talkstore.set_mode(uow, mine.id, mode)
                errands.tune(uow, contact_id)
            elif mine is not None:
                await self._company.dismiss(uow, situation, mine)
            await self._audit.record(
                uow,
                actor,
                Tag.CALL_WATCHED,
                object_type="contact",
                object_id=contact_id,
                groups=[mode or "off"],
            )
            self._company.tell(uow, situation)

    async def _come(self, uow: Uow, situation: Situation, actor: Actor, mode: Mode) -> None:
        contact, room = situation.contact, situation.room
        if not self._able.conference:
            raise _refused("carrier-cannot")
        if contact.state is not ContactState.TALKING or room is None:
            raise _refused("contact-not-talking")
        held = await self._contacts.of_operator(uow, actor.staff_id)
        on_a_call = any(one.live and one.channel == Channel.VOICE for one in held)
        if on_a_call or await talkstore.guest_of_staff(uow, actor.staff_id):
            raise _refused("already-on-a-call")
        ring = await self._routing.phone_mode(uow, actor.staff_id) == FAKE
        guest = Guest(new_id(), contact.id, room.name, Role.SUPERVISOR, actor.staff_id, mode)
        await self._company.invite(uow, guest, ring=ring)


def _is_theirs(guest: Guest, actor: Actor) -> bool:
    return guest.role is Role.SUPERVISOR and guest.staff_id == actor.staff_id


def _refused(code: str) -> Conflict:
    return Conflict(code)
