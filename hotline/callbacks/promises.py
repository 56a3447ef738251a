"""What staff may do with callbacks: see them, have one made now, put it off, close it."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.access.policy import require
from hotline.audit.service import Audit
from hotline.audit.tags import Tag
from hotline.callbacks import store
from hotline.callbacks.listening import Listening
from hotline.callbacks.model import Callback, CallbackState, Why
from hotline.callbacks.ports import Line
from hotline.callbacks.service import Callbacks
from hotline.contacts.model import Contact, ContactState, Outcome
from hotline.contacts.service import Contacts
from hotline.infra.db import Database, Uow
from hotline.kernel.errors import Conflict, NotFound
from hotline.routing.service import Routing

_SHOWN: Final = 100


class Promises:
    """The list of callbacks. What an operator has in hand is changed by nobody else."""

    def __init__(
        self,
        db: Database,
        contacts: Contacts,
        routing: Routing,
        audit: Audit,
        line: Line,
        callbacks: Callbacks,
        listening: Listening,
    ) -> None:
        self._db = db
        self._contacts = contacts
        self._routing = routing
        self._audit = audit
        self._line = line
        self._callbacks = callbacks
        self._listening = listening

    async def shown(self, actor: Actor, state: CallbackState) -> list[dict[str, Any]]:
        """The callbacks in a state, the next to be made first; numbers are masked."""
        require(actor, Permission.CALLBACK_PROMISE_MANAGE)
        async with self._db.uow() as uow:
            found = await store.listed(uow, state, limit=_SHOWN)
            messages = await self._listening.of(uow, [one.contact_id for one in found])
            return [
                await self._row(uow, one, messages.get(one.contact_id, []))
                for one in found
                if one.contact_id in messages or not one.begins(await uow.time())
            ]

    async def one(self, actor: Actor, callback_id: UUID) -> dict[str, Any]:
        """One of them, whatever its state."""
        require(actor, Permission.CALLBACK_PROMISE_MANAGE)
        async with self._db.uow() as uow:
            found = await store.named(uow, callback_id)
            if found is None:
                raise NotFound
            messages = await self._listening.of(uow, [found.contact_id])
            return await self._row(uow, found, messages.get(found.contact_id, []))

    async def hurry(self, actor: Actor, callback_id: UUID) -> None:
        """It waits for nothing but an operator from now on, at first for whoever asked."""
        async with self._db.uow() as uow:
            callback, contact = await self._free(uow, actor, callback_id)
            await self._may_call(uow, callback)
            await store.put_off(uow, callback.id, None)
            await self._routing.wait_for(uow, contact, actor.staff_id)
            await self._noted(uow, actor, contact, Tag.CALLBACK_HURRIED)

    async def put_off(self, actor: Actor, callback_id: UUID, at: datetime) -> None:
        """Nobody is called before then. Raises Conflict when it would be too late by then."""
        async with self._db.uow() as uow:
            callback, contact = await self._free(uow, actor, callback_id)
            await self._may_call(uow, callback)
            if not await uow.time() < at < callback.expires_at:
                raise _too_late()
            await store.put_off(uow, callback.id, at)
            await self._routing.withdraw(uow, contact.id)
            await self._noted(uow, actor, contact, Tag.CALLBACK_PUT_OFF)

    async def close(self, actor: Actor, callback_id: UUID, reason: str) -> None:
        """Nobody is called; who is on the line all the same keeps waiting there."""
        async with self._db.uow() as uow:
            callback, contact = await self._free(uow, actor, callback_id)
            await self._callbacks.end(uow, callback, CallbackState.CLOSED)
            await self._noted(uow, actor, contact, Tag.CALLBACK_CLOSED, reason=reason)
            if not await self._line.caller_there(uow, contact.id):
                message = callback.why is Why.MESSAGE
                outcome = Outcome.MESSAGE if message else Outcome.NOT_REACHED
                await self._contacts.caller_left(uow, contact, outcome=outcome)

    async def _may_call(self, uow: Uow, callback: Callback) -> None:
        """Nobody is called before what they said was heard: perhaps they must not be."""
        if not await self._callbacks.can_ring(uow, callback):
            code = "callback-cannot"
            raise Conflict(code)
        if await self._listening.unheard(uow, callback.contact_id):
            code = "message-unheard"
            raise Conflict(code)

    async def _free(self, uow: Uow, actor: Actor, callback_id: UUID) -> tuple[Callback, Contact]:
        """The open callback and its contact, locked, in nobody's hands."""
        require(actor, Permission.CALLBACK_PROMISE_MANAGE)
        contact_id = await store.contact_of(uow, callback_id)
        if contact_id is None:
            raise NotFound
        contact = await self._contacts.get(uow, contact_id, lock=True)
        callback = await store.open_of(uow, contact_id)
        free = contact.state is ContactState.WAITING
        if callback is None or callback.id != callback_id or not free:
            code = "conflict"
            raise Conflict(code)
        return callback, contact

    async def _noted(
        self, uow: Uow, actor: Actor, contact: Contact, tag: Tag, **fields: object
    ) -> None:
        """In the timeline and on record."""
        kind = {
            Tag.CALLBACK_HURRIED: "callback_hurried",
            Tag.CALLBACK_PUT_OFF: "callback_put_off",
            Tag.CALLBACK_CLOSED: "callback_closed",
        }[tag]
        await self._contacts.note(uow, contact.id, kind, actor.staff_id, **fields)
        await self._audit.record(uow, actor, tag, object_type="contact", object_id=contact.id)

    async def _row(
        self, uow: Uow, callback: Callback, messages: list[dict[str, Any]]
    ) -> dict[str, Any]:
        contact = await self._contacts.get(uow, callback.contact_id)
        seen = await self._contacts.callers(uow, [contact.caller_id])
        return {
            "id": callback.id,
            "contact_id": contact.id,
            "why": callback.why,
            "state": callback.state,
            "masked": seen[contact.caller_id].masked,
            "language": contact.language,
            "topic": contact.topic,
            "danger": contact.danger,
            "asked_at": callback.asked_at,
            "due_at": callback.next_at,
            "expires_at": callback.expires_at,
            "attempts": callback.attempts,
            "window": None,
            "code_phrase": None,
            "message": messages[-1] if messages else None,
            "can_call": await self._callbacks.can_ring(uow, callback),
            "busy": contact.state is not ContactState.WAITING,
        }


def _too_late() -> Conflict:
    code = "callback-too-late"
    return Conflict(code)
