"""Promising somebody a call at an agreed time: a new contact that waits for its hour."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.access.policy import own_or, require
from hotline.audit.service import Audit
from hotline.audit.tags import Tag
from hotline.callbacks import messagestore, store
from hotline.callbacks.anew import wait_anew
from hotline.callbacks.events import UndecidedChanged
from hotline.callbacks.model import Callback, CallbackState, Rules, Why
from hotline.callbacks.service import reason_aad
from hotline.callbacks.windows import is_outside
from hotline.contacts import safety
from hotline.contacts.model import Channel, Contact
from hotline.contacts.safecontact import SafeContact
from hotline.contacts.safety import Safety
from hotline.contacts.service import Contacts
from hotline.infra.crypto import Vault
from hotline.infra.db import Database, Uow
from hotline.kernel.destinations import may_ring
from hotline.kernel.errors import Conflict, Invalid, NotFound
from hotline.kernel.ids import ContactId, StaffId
from hotline.kernel.languages import Lang
from hotline.kernel.phone import Number, parse

# An agreed time without an end holds for so long.
USUAL: Final = timedelta(hours=1)
_LONGEST: Final = timedelta(hours=24)
# The safe-contact record is not believed for longer.
_FARTHEST: Final = safety.STALE_AFTER
_WRONG_TIME: Final = "callback-wrong-time"

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wish:
    """What was agreed. `number`: another one than the caller's; `outside`: why not a safe time."""

    at: datetime
    until: datetime | None = None
    reason: str = field(default="", repr=False)
    number: str = field(default="", repr=False)
    outside: str = field(default="", repr=False)


class Agreements:
    """Takes the promise; from then on it is a callback like any other.

    `asked` gives the intake of somebody who is asked nothing.
    """

    def __init__(
        self,
        db: Database,
        vault: Vault,
        contacts: Contacts,
        safe: SafeContact,
        audit: Audit,
        rules: Rules,
        asked: Callable[[Lang | None], Json],
    ) -> None:
        self._db = db
        self._vault = vault
        self._contacts = contacts
        self._safe = safe
        self._audit = audit
        self._rules = rules
        self._asked = asked

    async def promise(self, actor: Actor, contact_id: UUID, wish: Wish) -> Json:
        """Promise it, to the caller of a contact of one's own or that one may read.

        Raises Conflict for a time that has passed or is too far away, that is not safe, and when a
        call to the number is promised already; Invalid for a number that may not be rung.
        """
        require(actor, Permission.CALLBACK_PROMISE_MANAGE)
        async with self._db.uow() as uow:
            return await self._promise(uow, actor, contact_id, wish)

    async def again(self, actor: Actor, callback_id: UUID, wish: Wish) -> Json:
        """What was not kept is to be tried again, at an agreed time: a supervisor decides.

        Who promised, and the words of it, stay unless there are new ones. Raises Conflict when it
        is not to be decided, and as `promise` does.
        """
        require(actor, Permission.CALLBACK_PROMISE_DECIDE)
        async with self._db.uow() as uow:
            old = await self._decide(uow, actor, callback_id, "again")
            if old.reason_sealed and not wish.reason:
                words = self._vault.open(old.reason_sealed, aad=reason_aad(callback_id))
                wish = replace(wish, reason=words)
            made = await self._promise(uow, actor, old.contact_id, wish, old.promised_by)
            await messagestore.move(uow, old.contact_id, made["contact_id"])
            return made

    async def give_up(self, actor: Actor, callback_id: UUID, reason: str) -> None:
        """What was not kept is not tried again.

        Raises Conflict when it is not to be decided, and Conflict("message-unheard") before
        somebody has listened to what they said.
        """
        require(actor, Permission.CALLBACK_PROMISE_DECIDE)
        async with self._db.uow() as uow:
            found = await self._decide(uow, actor, callback_id, "give_up", reason=reason)
            if await messagestore.unheard(uow, [found.contact_id]):
                code = "message-unheard"
                raise Conflict(code)

    async def _decide(
        self, uow: Uow, actor: Actor, callback_id: UUID, decision: str, **fields: str
    ) -> store.Decided:
        found = await store.decide(uow, callback_id, CallbackState.GIVEN_UP)
        if found is None:
            if await store.contact_of(uow, callback_id) is None:
                raise NotFound
            code = "conflict"
            raise Conflict(code)
        contact_id = ContactId(found.contact_id)
        note = {"decision": decision} | fields
        await self._contacts.note(uow, contact_id, "callback_decided", actor.staff_id, **note)
        await self._audit.record(
            uow, actor, Tag.CALLBACK_DECIDED, object_type="contact", object_id=contact_id
        )
        uow.publish(UndecidedChanged(contact_id=contact_id))
        return found

    async def _promise(
        self, uow: Uow, actor: Actor, contact_id: UUID, wish: Wish, by: UUID | None = None
    ) -> Json:
        contact = await self._contacts.get(uow, contact_id)
        own_or(actor, contact.operator_id, Permission.CONTACT_RECORD_READ)
        number = await self._number(uow, contact, wish)
        known = await self._safe.of(uow, contact.caller_id)
        now = await uow.time()
        begins, ends = _hours(wish, now, known)
        index = self._vault.index("callback", number.e164 or "")
        if (await store.promised(uow, index, timedelta(0)))[0]:
            code = "callback-promised"
            raise Conflict(code)
        new = await self._new_contact(uow, contact, number)
        expires = ends + self._rules.keep_for
        callback = await store.insert(uow, new, Why.AGREED, expires, index)
        assert callback is not None  # noqa: S101 - the contact is new
        outside = is_outside(actor, callback, known, begins, reason=wish.outside)
        terms = self._sealed(
            store.Terms(begins, ends, expires, by or actor.staff_id),
            callback,
            wish,
            by=actor.staff_id if outside else None,
        )
        await store.agree(uow, callback.id, terms)
        await self._noted(uow, actor, contact, new, outside=outside)
        return {"id": callback.id, "contact_id": new.id, "from": begins, "until": ends}

    def _sealed(
        self, terms: store.Terms, callback: Callback, wish: Wish, *, by: StaffId | None
    ) -> store.Terms:
        """With the words of the wish. `by`: who allows it outside the safe hours, while agreed."""
        seal = self._vault.seal
        if wish.reason:
            terms = terms._replace(reason_sealed=seal(wish.reason, aad=reason_aad(callback.id)))
        if by is None:
            return terms
        why = seal(wish.outside, aad=outside_aad(callback.id))
        return terms._replace(outside_sealed=why, outside_until=terms.until_at, outside_by=by)

    async def _noted(
        self, uow: Uow, actor: Actor, contact: Contact, new: Contact, *, outside: bool
    ) -> None:
        note = self._contacts.note
        await note(uow, contact.id, "callback_agreed", actor.staff_id, contact=str(new.id))
        await note(uow, new.id, "callback_agreed", actor.staff_id, outside=outside)
        tag = Tag.CALLBACK_OUTSIDE if outside else Tag.CALLBACK_AGREED
        await self._audit.record(uow, actor, tag, object_type="contact", object_id=new.id)

    async def _number(self, uow: Uow, contact: Contact, wish: Wish) -> Number:
        source = wish.number or await self._contacts.source(uow, contact.caller_id) or ""
        number = parse(source)
        if not wish.number and contact.channel.address_kind != "number":
            code = "callback-number-needed"
            raise Invalid(code, number="required")
        if number.e164 is None or not may_ring(number, self._rules.prefixes):
            code = "number-not-allowed"
            raise Invalid(code, number="not-allowed")
        return number

    async def _new_contact(self, uow: Uow, contact: Contact, number: Number) -> Contact:
        """What is known of the person goes along: nothing is asked twice."""
        before = replace(contact, channel=Channel.VOICE)
        asked = self._asked(contact.language)
        new = await wait_anew(uow, self._contacts, before, number, asked)
        await self._safe.carry(uow, contact.caller_id, new.caller_id)
        return new


def _hours(wish: Wish, now: datetime, known: Safety | None) -> tuple[datetime, datetime]:
    """From when until when: not longer than it is safe."""
    if wish.at > now + _FARTHEST:
        raise Conflict(_WRONG_TIME)
    begins = max(wish.at, now)
    ends = wish.until or wish.at + USUAL
    safe = safety.safe_until(known, begins) if known is not None else None
    if not now < ends <= begins + _LONGEST or ends <= begins:
        raise Conflict(_WRONG_TIME)
    return begins, min(ends, safe or ends)


def outside_aad(callback_id: UUID) -> str:
    """The place that the reason for an unsafe time is bound to."""
    return f"callback|{callback_id}|outside_sealed"
