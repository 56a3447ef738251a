"""What staff may do with callbacks: see them, have one made now, put it off, close it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.access.policy import require
from hotline.audit.service import Audit
from hotline.audit.tags import Tag
from hotline.callbacks import store
from hotline.callbacks.agreeing import outside_aad
from hotline.callbacks.listening import Listening, due
from hotline.callbacks.machine import OUTSIDE_FOR, next_allowed
from hotline.callbacks.model import Callback, CallbackState, Why
from hotline.callbacks.ports import Line
from hotline.callbacks.service import Callbacks
from hotline.callbacks.windows import is_outside
from hotline.contacts.model import Contact, ContactState, Outcome
from hotline.contacts.safety import STALE_AFTER, Safety, safe_until
from hotline.contacts.service import Contacts
from hotline.infra.crypto import Vault
from hotline.infra.db import Database, Uow
from hotline.kernel.errors import Conflict, NotFound

_SHOWN: Final = 100


class Promises:
    """The list of callbacks. What an operator has in hand is changed by nobody else."""

    def __init__(
        self,
        db: Database,
        vault: Vault,
        contacts: Contacts,
        callbacks: Callbacks,
        listening: Listening,
        audit: Audit,
        line: Line,
    ) -> None:
        self._db = db
        self._vault = vault
        self._contacts = contacts
        self._callbacks = callbacks
        self._audit = audit
        self._line = line
        self._listening = listening

    async def shown(self, actor: Actor, state: CallbackState) -> list[dict[str, Any]]:
        """The callbacks in a state, the next to be made first; numbers are masked."""
        require(actor, Permission.CALLBACK_PROMISE_MANAGE)
        async with self._db.uow() as uow:
            found = await store.listed(uow, state, limit=_SHOWN)
            rows, now = await self._rows(uow, found), await uow.time()
        spoken = (not one.begins(now) for one in found)
        return [row for row, said in zip(rows, spoken, strict=True) if said or row["message"]]

    async def one(self, actor: Actor, callback_id: UUID) -> dict[str, Any]:
        """One of them, whatever its state."""
        require(actor, Permission.CALLBACK_PROMISE_MANAGE)
        async with self._db.uow() as uow:
            found = await store.named(uow, callback_id)
            if found is None:
                raise NotFound
            (row,) = await self._rows(uow, [found])
            return row

    async def hurry(self, actor: Actor, callback_id: UUID, reason: str = "") -> None:
        """It waits for nothing but an operator from now on, first of all for who asks.

        Raises Conflict before a message was heard, and at a time that is not safe, unless a
        supervisor gives a `reason`.
        """
        async with self._db.uow() as uow:
            callback, contact = await self._free(uow, actor, callback_id)
            await self._may_call(uow, callback)
            await self._allowed(uow, actor, callback, contact, await uow.time(), reason)
            await self._callbacks.hasten(uow, contact, callback, actor.staff_id)
            await self._noted(uow, actor, contact, Tag.CALLBACK_HURRIED)

    async def put_off(
        self, actor: Actor, callback_id: UUID, at: datetime, reason: str = ""
    ) -> None:
        """Nobody is called before then; an agreed time is moved.

        Raises Conflict when it would be too late by then, or at a time that is not safe, unless a
        supervisor gives a `reason`.
        """
        async with self._db.uow() as uow:
            callback, contact = await self._free(uow, actor, callback_id)
            await self._may_call(uow, callback)
            now = await uow.time()
            if not now < at < now + STALE_AFTER:
                raise _too_late()
            terms = _moved(callback, at)
            if not now < at < (now + STALE_AFTER if terms else callback.expires_at):
                raise _too_late()
            if terms is not None:
                callback = await self._agreed_anew(uow, callback, contact, terms)
            await self._allowed(uow, actor, callback, contact, at, reason)
            await self._callbacks.wait_until(uow, contact, callback, at)
            await self._noted(uow, actor, contact, Tag.CALLBACK_PUT_OFF)

    async def close(self, actor: Actor, callback_id: UUID, reason: str) -> None:
        """Nobody is called; who is on the line all the same keeps waiting there.

        Raises Conflict("message-unheard") for a message that nobody has listened to.
        """
        async with self._db.uow() as uow:
            callback, contact = await self._free(uow, actor, callback_id)
            await self._heard(uow, contact.id)
            await self._callbacks.end(uow, callback, CallbackState.CLOSED)
            await self._noted(uow, actor, contact, Tag.CALLBACK_CLOSED, reason=reason)
            if not await self._line.caller_there(uow, contact.id):
                message = callback.why is Why.MESSAGE
                outcome = Outcome.MESSAGE if message else Outcome.NOT_REACHED
                await self._contacts.caller_left(uow, contact, outcome=outcome)

    async def _may_call(self, uow: Uow, callback: Callback) -> None:
        """Nobody is called before what they said was heard: perhaps they must not be."""
        if not callback.rings:
            code = "callback-cannot"
            raise Conflict(code)
        await self._heard(uow, callback.contact_id)

    async def _heard(self, uow: Uow, contact_id: UUID) -> None:
        if await self._listening.unheard(uow, contact_id):
            code = "message-unheard"
            raise Conflict(code)

    async def _agreed_anew(
        self, uow: Uow, callback: Callback, contact: Contact, terms: store.Terms
    ) -> Callback:
        """Other hours, that end where the safe ones do; what was said of the old ones is over."""
        known = await self._callbacks.protects(uow, contact)
        safe = safe_until(known, terms.from_at) if known is not None else None
        keep = callback.expires_at - (callback.until_at or callback.expires_at)
        ends = min(terms.until_at, safe or terms.until_at)
        terms = terms._replace(until_at=ends, expires_at=ends + keep)
        await store.agree(uow, callback.id, terms)
        return await store.open_of(uow, contact.id) or callback

    async def _allowed(
        self,
        uow: Uow,
        actor: Actor,
        callback: Callback,
        contact: Contact,
        at: datetime,
        reason: str,
    ) -> None:
        """Raises Conflict at a time that is not safe; a supervisor's reason is kept, sealed.

        It is for one call: to be made in the hours that are agreed, or soon.
        """
        known = await self._callbacks.protects(uow, contact)
        word = None
        if is_outside(actor, callback, known, at, reason=reason):
            sealed = self._vault.seal(reason, aad=outside_aad(callback.id))
            agreed = callback.from_at == at and callback.until_at is not None
            until = callback.until_at if agreed else at + OUTSIDE_FOR
            word = store.Word(sealed, until or at + OUTSIDE_FOR, actor.staff_id)
            await self._noted(uow, actor, contact, Tag.CALLBACK_OUTSIDE)
        await store.allow_outside(uow, callback.id, word)

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
            Tag.CALLBACK_OUTSIDE: "callback_outside",
        }[tag]
        await self._contacts.note(uow, contact.id, kind, actor.staff_id, **fields)
        await self._audit.record(uow, actor, tag, object_type="contact", object_id=contact.id)

    async def _rows(self, uow: Uow, callbacks: Sequence[Callback]) -> list[dict[str, Any]]:
        """As the list shows them; a few statements for all."""
        now, ids = await uow.time(), [one.contact_id for one in callbacks]
        messages = await self._listening.of(uow, ids)
        contacts = await self._contacts.several(uow, ids)
        callers = list({contact.caller_id for contact in contacts.values()})
        seen = await self._contacts.callers(uow, callers)
        known = await self._callbacks.protected(uow, callers)
        rows = []
        for one in callbacks:
            contact = contacts[one.contact_id]
            row = _row(one, contact, known.get(contact.caller_id), now)
            row["masked"] = seen[contact.caller_id].masked
            rows.append(row | {"message": due(messages.get(contact.id, []))})
        return rows


def _row(
    callback: Callback, contact: Contact, known: Safety | None, now: datetime
) -> dict[str, Any]:
    found = next_allowed(callback, known, now)
    until = callback.until_at
    return {
        "id": callback.id,
        "contact_id": contact.id,
        "why": callback.why,
        "state": callback.state,
        "language": contact.language,
        "topic": contact.topic,
        "danger": contact.danger,
        "asked_at": callback.asked_at,
        "due_at": callback.next_at,
        "expires_at": callback.expires_at,
        "attempts": callback.attempts,
        "tries": callback.tries,
        "tried_at": callback.tried_at,
        "tried_as": callback.tried_as,
        "agreed": {"from": callback.from_at, "until": until} if until else None,
        "overdue": callback.lapsed(now),
        "excepted": callback.outside_until if callback.excepts(now) else None,
        "exception_over": callback.overridden and not callback.excepts(now),
        "safe_now": found == now,
        "next_safe": found if found != now else None,
        "safety": known is not None,
        "can_call": callback.rings,
        "busy": contact.state is not ContactState.WAITING,
    }


def _moved(callback: Callback, at: datetime) -> store.Terms | None:
    """The hours of an agreed time that begins elsewhere; None for what has no hours."""
    if callback.from_at is None or callback.until_at is None:
        return None
    return store.Terms(at, at + (callback.until_at - callback.from_at), callback.expires_at)


def _too_late() -> Conflict:
    code = "callback-too-late"
    return Conflict(code)
