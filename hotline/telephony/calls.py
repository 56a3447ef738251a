"""What a desk may do with its call, and what it shows of it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.access.policy import require
from hotline.callbacks.service import Callbacks
from hotline.carrier.ports import Carrier, PhoneToken
from hotline.contacts.model import Channel, ContactState
from hotline.contacts.service import Contacts
from hotline.infra.db import Database, Uow
from hotline.kernel.errors import NotFound
from hotline.kernel.ids import ContactId
from hotline.telephony import store
from hotline.telephony.model import CallState, Role, by_contact, call_state, identity
from hotline.telephony.rooms import Rooms


class Calls:
    """Calls in hand. `browser` says whether operators may talk in the browser."""

    def __init__(
        self,
        db: Database,
        contacts: Contacts,
        rooms: Rooms,
        carrier: Carrier,
        callbacks: Callbacks,
        *,
        browser: bool,
    ) -> None:
        self._db = db
        self._contacts = contacts
        self._rooms = rooms
        self._carrier = carrier
        self._callbacks = callbacks
        self._browser = browser

    async def hang_up(self, actor: Actor, contact_id: UUID) -> None:
        """End one's own call; before the caller was reached, they wait again. Twice is once."""
        require(actor, Permission.CALL_LINE_TALK)
        async with self._db.uow() as uow:
            situation = await self._rooms.situation(uow, contact_id)
            contact = situation.contact
            if contact.operator_id != actor.staff_id or contact.channel is not Channel.VOICE:
                raise NotFound
            if contact.state is ContactState.RESERVED:
                # Not "no_join": who hangs up is at the desk, and stays in the rotation.
                await self._rooms.requeue(uow, situation, "operator_lost")
            elif contact.state is ContactState.TALKING:
                await self._contacts.end_talk(uow, contact, actor.staff_id)

    def phone_token(self, actor: Actor) -> PhoneToken:
        """What makes the actor's browser a telephone. NotFound where there are none."""
        require(actor, Permission.CALL_LINE_TALK)
        if not self._browser:
            raise NotFound
        return self._carrier.access_token(identity(actor.staff_id))

    async def call_states(self, uow: Uow, contact_ids: Sequence[UUID]) -> dict[ContactId, str]:
        """Routing's `CallStates`: a word for each contact that has a telephone leg."""
        if not contact_ids:
            return {}
        legs = by_contact(await store.legs_of(uow, contact_ids))
        rooms = await store.latest_rooms(uow, contact_ids)
        promised = await self._callbacks.open_among(uow, contact_ids)
        states: dict[ContactId, str] = dict.fromkeys(promised, CallState.CONNECTING)
        for contact, its in legs.items():
            states[contact] = call_state(its, rooms.get(contact), promised=contact in promised)
        return states

    async def caller_there(self, uow: Uow, contact_id: UUID) -> bool:
        """The callbacks' `Line`: whether the caller has a leg that lives."""
        legs = await store.legs(uow, contact_id)
        return any(leg.role is Role.CALLER and not leg.over for leg in legs)

    async def legs(self, uow: Uow, contact_id: UUID) -> list[dict[str, Any]]:
        """Who was on the telephone, for the log's page: role, state, from when to when."""
        return [
            {
                "role": leg.role,
                "state": leg.state,
                "opened_at": leg.opened_at,
                "ended_at": leg.ended_at,
            }
            for leg in await store.legs(uow, contact_id)
        ]
