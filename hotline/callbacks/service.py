"""The verbs of a callback: promised, tried, reached, put off, given up.

The contact stays *waiting* while a callback is open and nobody is on the line: routing offers it
like any other. Each verb takes the transaction of whoever holds the contact's row.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from hotline.access.model import Actor
from hotline.callbacks import gatherstore, messagestore, store
from hotline.callbacks.events import ExceptionOver, MessagesChanged, UndecidedChanged
from hotline.callbacks.machine import has_turned, next_allowed, next_try, over_budget
from hotline.callbacks.model import NOT_ALLOWED, Attempt, Callback, CallbackState, Rules, Why
from hotline.callbacks.ports import Line
from hotline.contacts.model import Channel, Contact, ContactState, Outcome
from hotline.contacts.safecontact import SafeContact
from hotline.contacts.safety import Safety, allows, next_safe
from hotline.contacts.service import Contacts
from hotline.infra.crypto import Vault
from hotline.infra.db import Database, Uow
from hotline.kernel.destinations import may_ring
from hotline.kernel.errors import Conflict
from hotline.kernel.ids import CallerId, ContactId, StaffId
from hotline.kernel.phone import Number, parse
from hotline.line.reader import LineReader
from hotline.routing.service import Routing

Json = dict[str, Any]


class Callbacks:
    """Promises to call people back."""

    def __init__(
        self,
        db: Database,
        vault: Vault,
        contacts: Contacts,
        routing: Routing,
        rules: Rules,
        safe: SafeContact,
        line: LineReader,
    ) -> None:
        self._db = db
        self._vault = vault
        self._contacts = contacts
        self._routing = routing
        self._rules = rules
        self._safe = safe
        self._line = line

    async def ask(self, uow: Uow, contact: Contact, why: Why = Why.WAITING) -> bool:
        """Somebody who waits wants to be called back; False when their number cannot be rung."""
        number = await self._number(uow, contact)
        if number.e164 is None or not may_ring(number, self._rules.prefixes):
            return False
        index = self._vault.index("callback", number.e164)
        if await store.insert(uow, contact, why, await self._expiry(uow, contact), index):
            await self._contacts.note(uow, contact.id, "callback_asked", why=why)
        return True

    async def leave(self, uow: Uow, contact: Contact, keep_for: timedelta) -> None:
        """Somebody begins to leave a message: an open promise, in nobody's queue.

        One from a number that cannot be rung is heard all the same; it has no hash of a number.
        """
        number = await self._number(uow, contact)
        rings = number.e164 is not None and may_ring(number, self._rules.prefixes)
        index = self._vault.index("callback", number.e164 or "") if rings else b""
        await store.insert(uow, contact, Why.MESSAGE, await uow.time() + keep_for, index)

    async def take_back(self, uow: Uow, contact_id: UUID) -> None:
        """There is no message after all: what was promised for it is not."""
        callback = await store.open_of(uow, contact_id)
        if callback is not None and callback.why is Why.MESSAGE:
            await self.end(uow, callback, CallbackState.CLOSED)

    async def end(self, uow: Uow, callback: Callback, state: CallbackState) -> None:
        """Nobody is to be called for it any more."""
        await store.end(uow, callback.id, state)
        if callback.why is Why.MESSAGE:
            uow.publish(MessagesChanged(contact_id=callback.contact_id))
        if state is CallbackState.UNDECIDED:
            uow.publish(UndecidedChanged(contact_id=callback.contact_id))

    async def protects(self, uow: Uow, contact: Contact) -> Safety | None:
        """What the caller said of when and how they may be reached; None: nobody asked them."""
        return await self._safe.of(uow, contact.caller_id)

    async def protected(self, uow: Uow, callers: Sequence[CallerId]) -> dict[CallerId, Safety]:
        """The same of each caller who was asked, in one statement."""
        return await self._safe.among(uow, callers)

    async def welcome(self, uow: Uow, number: Number) -> bool:
        """Whether a missed call of this number is news: it may be rung, and not too often."""
        if number.e164 is None or not may_ring(number, self._rules.prefixes):
            return False
        index = self._vault.index("callback", number.e164)
        has, today = await store.promised(uow, index, self._rules.once_in)
        if has:
            await gatherstore.missed(uow, index)
        return not has and today < self._rules.calls_per_number

    async def open_of(self, uow: Uow, contact: Contact) -> Callback | None:
        """The open callback of a contact that nobody talks with yet."""
        if contact.state not in {ContactState.WAITING, ContactState.RESERVED}:
            return None
        return await store.open_of(uow, contact.id)

    async def open_among(self, uow: Uow, contact_ids: Sequence[UUID]) -> set[ContactId]:
        """Which of these contacts have an open callback."""
        return await store.open_among(uow, contact_ids)

    async def plan(
        self, uow: Uow, contact: Contact, callback: Callback, room: str
    ) -> Attempt | None:
        """The call of this reservation, written down before it is made; None: it must not be.

        Everything that protects the person and the line's money is asked here, at the last moment.
        """
        number = await self._number(uow, contact)
        if number.e164 is None or not may_ring(number, self._rules.prefixes):
            return None
        if callback.talked_at is not None or await messagestore.unheard(uow, [contact.id]):
            return None
        now = await uow.time()
        if next_allowed(callback, await self.protects(uow, contact), now) != now:
            return None
        known = await store.planned(uow, room)
        planned = known or await self._planned(uow, contact, callback, room, number.e164)
        if planned is None:
            return None
        return Attempt(*planned, callback.id, contact.id, number.e164, first=known is None)

    async def unplan(self, uow: Uow, attempt: Attempt) -> None:
        """The carrier did nothing: the call may be planned again."""
        await store.unplan(uow, attempt)

    async def contact_of(self, uow: Uow, attempt_id: UUID) -> ContactId | None:
        """Whom a call is for."""
        return await store.contact_of_attempt(uow, attempt_id)

    async def record(self, uow: Uow, attempt_id: UUID, sid: str) -> None:
        """The leg that came of the call."""
        await store.record(uow, attempt_id, sid)

    async def passed(self, uow: Uow, contact: Contact, sid: str) -> None:
        """The person pressed the key: from now on the call is like any other.

        Where the operator is gone meanwhile, they wait in front.
        """
        await store.passed(uow, sid)
        await self._contacts.note(uow, contact.id, "callback_passed")
        callback = await self.open_of(uow, contact)
        if callback is not None and contact.state is ContactState.WAITING:
            await store.put_off(uow, callback.id, None)
            await self._routing.enqueue(uow, contact, front=True)

    async def room_of(self, uow: Uow, sid: str) -> str | None:
        """The reservation that a leg was called for; None for a leg we did not make."""
        return await store.room_of(uow, sid)

    async def call_over(self, uow: Uow, sid: str, how: str) -> None:
        """A leg ended; if it was one of ours, its cost is known now."""
        await store.end_attempt(uow, how=how, sid=sid)

    async def reached(self, uow: Uow, contact_id: UUID) -> None:
        """Caller and operator talk: the promise is kept."""
        callback = await store.open_of(uow, contact_id)
        if callback is not None:
            await self.end(uow, callback, CallbackState.DONE)

    async def wrong(self, uow: Uow, actor: Actor, contact: Contact) -> None:
        """Somebody else picked up and pressed the key: on record, and a supervisor decides."""
        await self._safe.wrong(uow, actor, contact)
        if await store.wrong(uow, contact.id):
            uow.publish(UndecidedChanged(contact_id=contact.id))

    async def missed(self, uow: Uow, contact: Contact, room: str, how: str) -> None:
        """The call reached nobody (`how`): later again, or not any more. The operator is free."""
        await store.end_attempt(uow, how=how, room=room)
        callback = await self.open_of(uow, contact)
        if callback is None:
            return
        await self._contacts.note(uow, contact.id, "callback_missed", how=how)
        if how == NOT_ALLOWED and callback.outside_until is not None:
            await self._untaken(uow, contact, callback)
        callback = await self._spent(uow, callback)
        known = await self.protects(uow, contact)
        at = next_try(callback, known, await uow.time(), self._rules)
        if callback.talked_at is not None:
            at = callback.expires_at  # nobody calls; the next sweep ends it
        if at is None:
            await self._give_up(uow, contact, callback)
            return
        await store.put_off(uow, callback.id, at)
        if contact.state is ContactState.RESERVED:
            await self._contacts.requeue(uow, contact, "not_reached")
        else:
            await self._routing.withdraw(uow, contact.id)

    async def sweep(self, line: Line) -> int:
        """Back into the queue whoever has waited long enough; an end to what came too late."""
        async with self._db.uow() as uow:
            due = {*await store.waited(uow), *await store.overdue(uow), *await store.lapsed(uow)}
        moved = 0
        for contact_id in due:
            async with self._db.uow() as uow:
                moved += await self._swept(uow, contact_id, line)
        return moved

    async def _swept(self, uow: Uow, contact_id: ContactId, line: Line) -> bool:
        """What is in an operator's hands is left to them; who is on the line just waits there."""
        contact = await self._contacts.get(uow, contact_id, lock=True)
        callback = await store.open_of(uow, contact_id)
        if callback is None or contact.state is not ContactState.WAITING:
            return False
        now = await uow.time()
        if await line.caller_there(uow, contact_id) or not has_turned(callback, now):
            return False
        if callback.expires_at <= now:
            await self._give_up(uow, contact, callback)
        else:
            await self._turned(uow, contact, callback, now)
        return True

    async def _turned(self, uow: Uow, contact: Contact, callback: Callback, now: datetime) -> None:
        """Its hour has come, or is over, or what was allowed outside its hours is."""
        over, queued = callback.outside_until is not None, callback.next_at is None
        over = over and not callback.excepts(now)
        if over:
            callback = await self._spent(uow, callback)
        at = next_allowed(callback, await self.protects(uow, contact), now)
        if over and queued and at == now:
            return  # it is safe by now
        if over:
            await self._untaken(uow, contact, callback)
        if at is None or at >= callback.expires_at:
            # Nobody is called: the list shows it, in front, to whoever decides.
            await self._contacts.note(uow, contact.id, "callback_lapsed")
            at = callback.expires_at
        if at > now:
            await self.wait_until(uow, contact, callback, at)
        else:
            await self.hasten(uow, contact, callback)

    async def _spent(self, uow: Uow, callback: Callback) -> Callback:
        """What was allowed outside the hours was for one call, and for a short time."""
        if callback.outside_until is None:
            return callback
        await store.spend_outside(uow, callback.id)
        return replace(callback, outside_until=None)

    async def _untaken(self, uow: Uow, contact: Contact, callback: Callback) -> None:
        """It was not made while it was allowed: who had said so is told."""
        await self._contacts.note(uow, contact.id, "callback_untaken", callback.outside_by)
        if callback.outside_by is not None:
            uow.publish(ExceptionOver(contact_id=contact.id, staff_id=callback.outside_by))

    async def hasten(
        self, uow: Uow, contact: Contact, callback: Callback, wanted: StaffId | None = None
    ) -> None:
        """It waits for nothing but an operator: at first for who is wanted, or who promised.

        At an agreed time they wait from then on: nobody waited before. Then, and where somebody
        wants to call now, ahead of everybody who is not in danger.
        """
        await store.put_off(uow, callback.id, None)
        agreed = callback.why is Why.AGREED
        if agreed and callback.attempts == 0:
            contact = await self._contacts.wait_anew(uow, contact)
        await self._routing.enqueue(uow, contact, ahead=agreed or wanted is not None)
        await self._routing.prefer(uow, contact.id, wanted or callback.promised_by)

    async def keep(self, uow: Uow, contact: Contact, callback: Callback) -> None:
        """They hung up while nobody knew where their call was: their place is theirs again."""
        if callback.why is not Why.MESSAGE and callback.next_at is None:
            await self._routing.enqueue(uow, contact)

    async def wait_until(
        self, uow: Uow, contact: Contact, callback: Callback, at: datetime
    ) -> None:
        """Nobody is called before then, and nobody is asked to."""
        await store.put_off(uow, callback.id, at)
        await self._routing.withdraw(uow, contact.id)

    async def asks_first(self, uow: Uow, contact_id: UUID) -> bool:
        """Whether the operator has something to read before the person is rung."""
        contact = await self._contacts.get(uow, contact_id)
        callback = await self.open_of(uow, contact)
        if callback is None:
            return False
        if callback.why is Why.AGREED or await messagestore.unheard(uow, [contact_id]):
            return True
        return await self._safe.exists(uow, contact.caller_id)

    async def to_call(self, uow: Uow, contact: Contact, *, asked: bool) -> bool:
        """Whether somebody is to be called.

        Raises Conflict("message-unheard") where it is asked for before their message was heard.
        """
        if asked and await messagestore.unheard(uow, [contact.id]):
            code = "message-unheard"
            raise Conflict(code)
        return await self.open_of(uow, contact) is not None

    async def shown(self, uow: Uow, contact_ids: Sequence[UUID]) -> dict[ContactId, Json]:
        """What was promised to the callers of these contacts, for who has them in hand."""
        cards, unheard = {}, await messagestore.unheard(uow, contact_ids)
        for one in await store.shown(uow, contact_ids):
            callback = one.callback
            contact = await self._contacts.get(uow, callback.contact_id)
            protects = callback.why is Why.AGREED or await self._safe.exists(uow, contact.caller_id)
            is_open = callback.state is CallbackState.OPEN and not one.dialled
            cards[callback.contact_id] = {
                "id": callback.id,
                "why": callback.why,
                "from": callback.from_at,
                "until": callback.until_at,
                "reason": self._reason(callback.id, one.reason_sealed),
                "attempt": callback.attempts + (not one.dialled),
                "of": len(self._rules.pauses) + 1,
                "protects": protects,
                "asks_first": is_open and (protects or callback.contact_id in unheard),
            }
        return cards

    def _reason(self, callback_id: UUID, sealed: bytes | None) -> str | None:
        return self._vault.open(sealed, aad=reason_aad(callback_id)) if sealed else None

    async def _expiry(self, uow: Uow, contact: Contact) -> datetime:
        """Nobody calls before the line opens, or it is safe: the time runs from then on."""
        now = await uow.time()
        opens = (await self._line.now(uow)).next_open(now)
        known = await self.protects(uow, contact)
        safe = next_safe(known, now) if known is not None else None
        return max(now, opens or now, safe or now) + self._rules.keep_for

    async def _give_up(self, uow: Uow, contact: Contact, callback: Callback) -> None:
        """Nobody calls any more by themselves; a supervisor decides, unless nobody may call."""
        known = await self.protects(uow, contact)
        barred = known is not None and not allows(known, Channel.VOICE)
        state = CallbackState.GIVEN_UP if barred else CallbackState.UNDECIDED
        await self.end(uow, callback, state)
        await self._contacts.note(uow, contact.id, f"callback_{state}")
        await self._contacts.caller_left(uow, contact, outcome=Outcome.NOT_REACHED)

    async def _planned(
        self, uow: Uow, contact: Contact, callback: Callback, room: str, e164: str
    ) -> tuple[UUID, datetime] | None:
        index = self._vault.index("callback", e164)
        if over_budget(await store.spent(uow, index), self._rules):
            return None
        if await store.under_way(uow, index, callback.id):
            return None
        n = callback.attempts + 1
        await self._contacts.note(uow, contact.id, "callback_called", contact.operator_id, n=n)
        return await store.plan(uow, callback, room, index)

    async def _number(self, uow: Uow, contact: Contact) -> Number:
        return parse(await self._contacts.source(uow, contact.caller_id) or "")


def reason_aad(callback_id: UUID) -> str:
    """The place that the words of an agreed time are bound to."""
    return f"callback|{callback_id}|reason_sealed"
