"""Who is on shift, in which state: what operators ask for, what silence means, what time ends."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.access.policy import require
from hotline.access.roles import Role
from hotline.contacts.model import Contact, ContactState
from hotline.contacts.service import Contacts
from hotline.infra.db import Database, Uow
from hotline.kernel.errors import Conflict, Invalid, NotFound
from hotline.kernel.ids import StaffId
from hotline.routing import hands, matchstore, operatorstore, putback, store, waiting
from hotline.routing.events import OperatorGone, QueueChanged, ShiftStarted, WrapUpOver
from hotline.routing.hands import WrapUp
from hotline.routing.matching import EXPERT, FLUENT, HELPS, KNOWS
from hotline.routing.model import (
    HARD_CALL,
    OWN_PHONE,
    Ability,
    OfferState,
    OperatorState,
    Presence,
)
from hotline.routing.service import Routing, Rules
from hotline.staff.phones import Phones

BREAKS = ("short", "meal", "meeting", "training", "technical")
MORE_TIME_FOR: Final = ("record", "colleague", "partner", "other")
"""Why more time for writing up is asked for: a long record, talking with somebody about it."""
HAD_CONTACT_WITHIN: Final = timedelta(minutes=10)
UNREACHABLE = "unreachable"


def ability(actor: Actor) -> Ability:
    """What an account says of languages and topics, as levels: the one place for it.

    Seniors and supervisors may have sealed cases; who only supervises is the reserve.
    """
    above = actor.roles & {Role.SENIOR, Role.SUPERVISOR}
    return Ability(
        {one: HELPS if one in actor.helps else FLUENT for one in actor.languages},
        {one: EXPERT if one in actor.expert else KNOWS for one in actor.skills},
        senior=bool(above),
        reserve=Role.SUPERVISOR in actor.roles and not actor.roles & {Role.OPERATOR, Role.SENIOR},
    )


class Shifts:
    """Presence of operators. `phone_modes` are those this installation allows."""

    def __init__(
        self,
        db: Database,
        contacts: Contacts,
        routing: Routing,
        phones: Phones,
        rules: Rules,
        *,
        phone_modes: Sequence[str],
    ) -> None:
        self._db = db
        self._contacts = contacts
        self._routing = routing
        self._phones = phones
        self._rules = rules
        self._phone_modes = tuple(phone_modes)

    async def start(self, actor: Actor, phone_mode: str) -> OperatorState:
        """Start of shift: available from now.

        Raises Invalid for a phone mode not allowed here, or without a telephone of one's own.
        """
        require(actor, Permission.SHIFT_OWN_MANAGE)
        if phone_mode not in self._phone_modes:
            code = "invalid"
            raise Invalid(code, phone_mode="unknown")
        async with self._db.uow() as uow:
            if phone_mode == OWN_PHONE and not await self._phones.address(uow, actor.staff_id):
                raise Invalid("own-phone-unknown", phone_mode="number")
            await operatorstore.sign_on(
                uow,
                actor.staff_id,
                able=ability(actor),
                max_chats=actor.max_chats,
                phone_mode=phone_mode,
                call_beside=actor.call_beside,
            )
            uow.publish(ShiftStarted(staff_id=actor.staff_id))
            return await self._told(uow, actor.staff_id)

    async def end(self, actor: Actor) -> OperatorState:
        """End of shift. Raises Conflict("contacts-in-hand") while any contact is unfinished."""
        require(actor, Permission.SHIFT_OWN_MANAGE)
        async with self._db.uow() as uow:
            operator = await self._locked(uow, actor.staff_id)
            unfinished = await self._contacts.of_operator(uow, actor.staff_id)
            if unfinished or operator.calls or operator.chats:
                code = "contacts-in-hand"
                raise Conflict(code)
            await self._hand_back_offers(uow, actor.staff_id)
            await operatorstore.set_presence(uow, actor.staff_id, Presence.OFFLINE)
            return await self._told(uow, actor.staff_id)

    async def set(self, actor: Actor, presence: Presence, reason: str | None) -> OperatorState:
        """Available or break. A break asked for with contacts in hand begins after the last one."""
        require(actor, Permission.SHIFT_OWN_MANAGE)
        async with self._db.uow() as uow:
            operator = await self._locked(uow, actor.staff_id)
            if presence is Presence.AVAILABLE:
                await operatorstore.set_presence(uow, actor.staff_id, Presence.AVAILABLE)
            elif reason not in BREAKS:
                code = "invalid"
                raise Invalid(code, reason="unknown")
            elif (operator.presence, operator.reason) != (Presence.BREAK, reason):
                await self._break(uow, actor.staff_id, reason)
            return await self._told(uow, actor.staff_id)

    async def pause(self, actor: Actor) -> OperatorState:
        """A few minutes after a hard call, once nothing is in hand; twice is once.

        Raises Conflict("no-contact-before") for whoever neither writes up nor did just now.
        """
        require(actor, Permission.SHIFT_OWN_MANAGE)
        async with self._db.uow() as uow:
            operator = await self._locked(uow, actor.staff_id)
            if operator.pause_until is None and operator.pending_break != HARD_CALL:
                if not await operatorstore.had_contact(uow, actor.staff_id, HAD_CONTACT_WITHIN):
                    code = "no-contact-before"
                    raise Conflict(code)
                await self._break(uow, actor.staff_id, HARD_CALL)
            return await self._told(uow, actor.staff_id)

    async def extend(self, actor: Actor, contact_id: UUID, reason: str) -> WrapUp:
        """More time for writing up one's own contact, once.

        Raises Conflict("wrap-up-extended") the second time, Conflict("wrap-up-over") when there is
        no time left, and Conflict("wrap-up-not-begun") while the talk goes on.
        """
        require(actor, Permission.SHIFT_OWN_MANAGE)
        if reason not in MORE_TIME_FOR:
            code = "invalid"
            raise Invalid(code, reason="unknown")
        async with self._db.uow() as uow:
            contact = await self._contacts.get(uow, contact_id)
            if contact.operator_id != actor.staff_id:
                raise NotFound
            more = self._rules.more
            extended = await hands.extend(uow, contact.id, actor.staff_id, reason, more)
            now = (await hands.wrap_ups(uow, [contact.id])).get(contact.id)
            if now is None or not extended:
                raise _no_more(now, contact)
            await self._contacts.note(
                uow, contact.id, "wrap_up_extended", actor.staff_id, reason=reason
            )
            await self._routing.tell_presence(uow, actor.staff_id)
        return now

    async def end_wrap_ups(self) -> int:
        """Whoever did not write up in time is free all the same; the contact stays theirs."""
        async with self._db.uow() as uow:
            over = await hands.end_wrap_ups(uow)
            for contact_id, staff_id in over:
                await self._routing.freed(uow, contact_id, staff_id)
                uow.publish(WrapUpOver(contact_id=contact_id, staff_id=staff_id))
        return len(over)

    async def give_up_forgotten(self) -> int:
        """Close what nobody wrote up in time; how many. The record can be finished all the same."""
        async with self._db.uow() as uow:
            forgotten = await self._contacts.forgotten(uow, self._rules.wrap_up_for)
            for contact in forgotten:
                await self._contacts.give_up(uow, contact)
        return len(forgotten)

    async def end_pauses(self) -> int:
        """Whose pause after a hard call is over is available again; how many."""
        async with self._db.uow() as uow:
            back = await operatorstore.end_pauses(uow)
            for staff_id in back:
                await self._routing.tell_presence(uow, staff_id)
        return len(back)

    async def count_anew(self) -> int:
        """What lies ahead of a clock that was put back ends in its time all the same; how much."""
        rules = self._rules
        async with self._db.uow() as uow:
            await matchstore.lock_group(uow)  # who waits is moved by one process, and once
            moved = await putback.count_anew(
                uow,
                pause_for=rules.pause_for,
                writing=rules.write_up + rules.more,
                offer_for=rules.offer_for,
            )
            for item in await waiting.queue(uow, limit=waiting.SHOWN) if moved else ():
                uow.publish(QueueChanged(contact_id=item.contact_id))
        return moved

    async def unreachable(self, staff_ids: Sequence[StaffId]) -> None:
        """Nothing was heard of these desks for too long: nobody is offered to them any more.

        Nor when a pause ends: nobody comes back from it to a desk that is not there.
        """
        for staff_id in staff_ids:
            async with self._db.uow() as uow:
                operator = await operatorstore.lock_operator(uow, staff_id)
                if operator is None or not _comes_back(operator):
                    continue
                await self._hand_back_offers(uow, staff_id)
                await operatorstore.out_of_rotation(uow, staff_id, reason=UNREACHABLE)
                await self._routing.tell_presence(uow, staff_id)

    async def reachable(self, staff_ids: Sequence[StaffId]) -> None:
        """These desks live: whoever was out of rotation only for silence is back in it."""
        async with self._db.uow() as uow:
            for staff_id in await operatorstore.back_in_rotation(
                uow, staff_ids, reason=UNREACHABLE
            ):
                await operatorstore.begin_break(uow, staff_id, self._rules.pause_for)
                await self._routing.tell_presence(uow, staff_id)

    async def hand_over(self, staff_ids: Sequence[StaffId]) -> None:
        """These operators are gone: the chats they held wait again, in front.

        Their calls come back once nothing connects the operator any longer.
        """
        for staff_id in staff_ids:
            async with self._db.uow() as uow:
                held = await self._contacts.of_operator(uow, staff_id)
                if any(one.channel.kind == "call" and one.live for one in held):
                    uow.publish(OperatorGone(staff_id=staff_id))
                await self._requeue_chats(uow, staff_id, held)

    async def _requeue_chats(self, uow: Uow, staff_id: StaffId, held: Sequence[Contact]) -> None:
        for contact in held:
            if contact.channel.kind == "chat" and contact.live:
                current = await self._contacts.get(uow, contact.id, lock=True)
                if current.operator_id == staff_id and current.live:
                    await self._contacts.requeue(uow, current, "operator_lost")

    async def _give_up(self, staff_id: StaffId) -> None:
        async with self._db.uow() as uow:
            for contact in await self._contacts.of_operator(uow, staff_id):
                if contact.state is ContactState.WRAP_UP:
                    current = await self._contacts.get(uow, contact.id, lock=True)
                    await self._contacts.give_up(uow, current)

    async def sign_off(self, staff_id: StaffId) -> None:
        """The account is closed: no offers any more, and what the person held goes to others.

        Whatever connects them is cut, a talk of others too. What they had still to write up is
        closed as it is.
        """
        async with self._db.uow() as uow:
            uow.publish(OperatorGone(staff_id=staff_id))
            if await operatorstore.lock_operator(uow, staff_id) is None:
                return
            await self._hand_back_offers(uow, staff_id)
            await operatorstore.set_presence(uow, staff_id, Presence.OFFLINE)
            await self._routing.tell_presence(uow, staff_id)
        async with self._db.uow() as uow:
            held = await self._contacts.of_operator(uow, staff_id)
            await self._requeue_chats(uow, staff_id, held)
        await self._give_up(staff_id)

    async def on_shift(self, uow: Uow) -> list[StaffId]:
        """Everybody on shift, longest first."""
        return await operatorstore.on_shift(uow)

    async def hearing(self, uow: Uow) -> list[StaffId]:
        """Those of them at whose desk somebody is: not who does not answer."""
        ids = await operatorstore.on_shift(uow)
        states = await operatorstore.operators(uow, ids)
        deaf = {Presence.OFFLINE, Presence.NOT_ANSWERING}
        return [one for one in ids if one in states and states[one].presence not in deaf]

    async def watched(self) -> list[StaffId]:
        """Whose desk must be alive: offers may go there, soon or now, or callers are held there."""
        async with self._db.uow() as uow:
            ids = await operatorstore.on_shift(uow)
            states = await operatorstore.operators(uow, ids)
        return [
            staff_id
            for staff_id, state in states.items()
            if state.presence is Presence.AVAILABLE
            or state.talking
            or state.reason in {UNREACHABLE, HARD_CALL}
        ]

    async def _break(self, uow: Uow, staff_id: StaffId, reason: str) -> None:
        await self._hand_back_offers(uow, staff_id)
        await operatorstore.set_presence(uow, staff_id, Presence.AVAILABLE, pending_break=reason)
        await operatorstore.begin_break(uow, staff_id, self._rules.pause_for)

    async def _hand_back_offers(self, uow: Uow, staff_id: StaffId) -> None:
        for offer in await store.pending_offers(uow, staff_id=staff_id):
            await self._routing.end_offer(uow, offer, OfferState.WITHDRAWN)

    async def _locked(self, uow: Uow, staff_id: StaffId) -> OperatorState:
        operator = await operatorstore.lock_operator(uow, staff_id)
        if operator is None or operator.presence is Presence.OFFLINE:
            code = "not-on-shift"
            raise Conflict(code)
        return operator

    async def _told(self, uow: Uow, staff_id: StaffId) -> OperatorState:
        operator = await self._routing.tell_presence(uow, staff_id)
        if operator is None:
            code = "not-on-shift"
            raise Conflict(code)
        return operator


def _comes_back(operator: OperatorState) -> bool:
    """Whether they may be offered somebody, now or by itself later."""
    return operator.presence is Presence.AVAILABLE or operator.reason == HARD_CALL


def _no_more(now: WrapUp | None, contact: Contact) -> Conflict:
    if contact.live:
        code = "wrap-up-not-begun"
    else:
        code = "wrap-up-extended" if now and now.extended else "wrap-up-over"
    return Conflict(code)
