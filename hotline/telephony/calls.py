"""What a desk may do with its call, and what it shows of it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.access.policy import require
from hotline.callbacks.service import Callbacks
from hotline.contacts.model import Channel, Contact, ContactState
from hotline.contacts.service import Contacts
from hotline.infra.db import Database, Uow
from hotline.kernel.errors import Conflict, NotFound
from hotline.kernel.ids import ContactId
from hotline.telephony import store
from hotline.telephony.company import Company
from hotline.telephony.model import Role, Situation
from hotline.telephony.parties import Parties
from hotline.telephony.rooms import Rooms


class Calls:
    """Calls in hand."""

    def __init__(
        self,
        db: Database,
        contacts: Contacts,
        rooms: Rooms,
        company: Company,
        parties: Parties,
        callbacks: Callbacks,
        two_turns: timedelta,
    ) -> None:
        self._db = db
        self._contacts = contacts
        self._rooms = rooms
        self._company = company
        self._parties = parties
        self._callbacks = callbacks
        self._two_turns = two_turns

    async def hang_up(self, actor: Actor, contact_id: UUID) -> None:
        """End one's own call; before the caller was reached, they wait again. Twice is once.

        While a colleague is spoken with the caller is left to the colleague, not cut off.
        """
        require(actor, Permission.CALL_LINE_TALK)
        async with self._db.uow() as uow:
            situation = await self._own(uow, actor, contact_id)
            contact = situation.contact
            if contact.state is ContactState.RESERVED:
                # Not "no_join": who hangs up is at the desk, and stays in the rotation.
                await self._rooms.requeue(uow, situation, "operator_lost")
            elif contact.state is ContactState.TALKING:
                if await self._company.take_over(uow, situation):
                    self._company.tell(uow, situation)
                    return
                await self._contacts.end_talk(uow, contact, actor.staff_id)

    async def call_back(self, actor: Actor, contact_id: UUID) -> None:
        """What protects the person was read: ring them. Pressed twice, they are rung once.

        Raises Conflict before the operator is in the room, and when nobody is to be called.
        """
        require(actor, Permission.CALL_LINE_TALK)
        async with self._db.uow() as uow:
            situation = await self._own(uow, actor, contact_id)
            room, caller = situation.room, situation.caller
            if situation.contact.state is not ContactState.RESERVED or room is None:
                raise _not_now()
            if caller is not None and not caller.over:
                return
            if not await self._rooms.call_back(uow, situation, room):
                raise _not_now()

    async def wrong_answer(self, actor: Actor, contact_id: UUID) -> None:
        """Somebody else is on the line: the call ends, nothing is said, and it is written down."""
        require(actor, Permission.CALL_LINE_TALK)
        async with self._db.uow() as uow:
            situation = await self._own(uow, actor, contact_id)
            contact = situation.contact
            if contact.state is not ContactState.TALKING:
                raise _not_now()
            await self._contacts.note(uow, contact.id, "wrong_answer", actor.staff_id)
            await self._callbacks.wrong(uow, actor, contact)
            await self._contacts.end_talk(uow, contact, actor.staff_id)

    async def _own(self, uow: Uow, actor: Actor, contact_id: UUID) -> Situation:
        situation = await self._rooms.situation(uow, contact_id)
        contact = situation.contact
        if contact.operator_id != actor.staff_id or contact.channel != Channel.VOICE:
            raise NotFound
        return situation

    async def call_states(
        self, uow: Uow, contact_ids: Sequence[UUID], actor: Actor
    ) -> dict[ContactId, dict[str, Any]]:
        """Routing's `CallStates`: the `call` of each contact that is on the telephone, or will be.

        Who is to be called back has no leg yet.
        """
        return await self._parties.of(uow, contact_ids, actor) if contact_ids else {}

    async def caller_there(self, uow: Uow, contact_id: UUID) -> bool:
        """The callbacks' `Line`: whether the caller has a leg that lives."""
        legs = await store.legs(uow, contact_id)
        return any(leg.role is Role.CALLER and not leg.over for leg in legs)

    async def adrift(self, uow: Uow, contacts: Sequence[Contact]) -> set[ContactId]:
        """Routing's `Reach`: which waiting calls ask us for nothing any more.

        The carrier has taken them to its fallback document while we were away, and somebody may be
        talking there. They wait again with the next turn that they ask for.
        """
        calls = [one.id for one in contacts if one.channel == Channel.VOICE]
        adrift = await store.lose_sight(uow, calls, self._two_turns) if calls else set()
        for contact_id in adrift:
            await self._contacts.note(uow, contact_id, "adrift")
        return adrift

    async def caller_legs(self, uow: Uow, contact_id: UUID) -> list[str]:
        """The callbacks' `Line`: the carrier's ids of all legs of the caller."""
        return [leg.sid for leg in await store.legs(uow, contact_id) if leg.role is Role.CALLER]

    async def left(self, uow: Uow, contact_id: UUID) -> list[dict[str, Any]]:
        """What the caller said after the tone, for the log's page."""
        return await self._parties.messages(uow, contact_id)

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


def _not_now() -> Conflict:
    code = "contact-not-talking"
    return Conflict(code)
