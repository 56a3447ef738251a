"""Everybody in a room beside its caller and its operator, and the transfer that goes on there.

Takes part in the caller's transaction, with the contact locked. What a guest does never moves the
contact; only a transfer that is completed does.
"""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from hotline.contacts.model import ContactState
from hotline.contacts.service import Contacts
from hotline.infra.db import Uow
from hotline.telephony import errands, talkstore
from hotline.telephony.events import CallChanged, TransferEnded
from hotline.telephony.machine import is_final
from hotline.telephony.model import (
    Guest,
    GuestState,
    Role,
    Situation,
    Timing,
    Transfer,
    TransferState,
)
from hotline.telephony.tuning import is_tuned


class Company:
    """Guests come, go, and are handed the contact."""

    def __init__(self, contacts: Contacts, timing: Timing) -> None:
        self._contacts = contacts
        self._timing = timing

    async def with_guests(self, uow: Uow, situation: Situation) -> Situation:
        """The situation with its guests and its transfer: only where people talk there are any."""
        room, contact = situation.room, situation.contact
        if room is None or (contact.state is not ContactState.TALKING and not room.apart):
            return situation
        return replace(
            situation,
            guests=await talkstore.guests(uow, contact.id),
            transfer=await talkstore.transfer(uow, contact.id),
        )

    async def settle(self, uow: Uow, now: Situation) -> bool:
        """Do what it means who is in the room now; whether the desks see a difference."""
        changed = False
        for guest in now.guests:
            state = _state_now(now, guest)
            if state is guest.state or not await talkstore.move_guest(uow, guest.id, state):
                continue
            changed = True
            if state is GuestState.GONE:
                await self._gone(uow, now, guest)
            else:
                await errands.forget_guest(uow, guest.id)
                await self._arrived(uow, now, guest)
        if changed or is_tuned(now):
            errands.tune(uow, now.contact.id)
        return changed

    async def invite(
        self, uow: Uow, guest: Guest, *, ring: bool, sealed: bytes | None = None
    ) -> Guest:
        """Ask somebody in; `sealed` is the number to ring where it is one.

        Nobody is waited for longer than they are rung, or need to dial in.
        """
        await talkstore.add_guest(uow, guest, sealed)
        if ring:
            errands.ring_guest(uow, guest.contact_id, guest.id)
        await errands.give_up_guest_in(uow, guest.id, self._patience(guest.role))
        return guest

    async def dismiss(self, uow: Uow, situation: Situation, guest: Guest) -> None:
        """A guest is to leave, or is waited for no longer."""
        if await talkstore.move_guest(uow, guest.id, GuestState.GONE):
            await self._gone(uow, situation, guest)
            errands.tune(uow, situation.contact.id)

    async def dissolve(self, uow: Uow, contact_id: UUID) -> None:
        """The room is no more: all guests go, and nothing is handed on there any longer."""
        for guest in await talkstore.guests(uow, contact_id):
            await talkstore.move_guest(uow, guest.id, GuestState.GONE)
            await errands.forget_guest(uow, guest.id)
            if guest.sid is not None:
                errands.hang_up(uow, guest.sid)
        transfer = await talkstore.transfer(uow, contact_id)
        if transfer is not None:
            await self.end(uow, transfer, TransferState.FAILED)

    async def end(self, uow: Uow, transfer: Transfer, how: TransferState) -> bool:
        """A transfer is over; False when somebody was faster."""
        if not await talkstore.move_transfer(uow, transfer, how):
            return False
        if transfer.to_staff is not None and how is not TransferState.DONE:
            uow.publish(
                TransferEnded(
                    contact_id=transfer.contact_id,
                    staff_id=transfer.to_staff,
                    offer_id=transfer.offer_id,
                )
            )
        return True

    async def take_over(self, uow: Uow, situation: Situation) -> bool:
        """The colleague who talks in the room becomes the operator; False where there is none.

        Whoever was the operator goes. The room stays, and with it everybody else.
        """
        room, transfer = situation.room, situation.transfer
        if room is None or transfer is None or transfer.to_staff is None:
            return False
        if not situation.guest_here(transfer.guest_id):
            return False
        if not await self.end(uow, transfer, TransferState.DONE):
            return False
        await self._contacts.hand_over(uow, situation.contact, transfer.to_staff)
        await talkstore.give_room(uow, room.name, transfer.to_staff)
        for guest in situation.guests:
            if guest.id == transfer.guest_id:
                await talkstore.move_guest(uow, guest.id, GuestState.PROMOTED)
        for leg in situation.operators():
            errands.hang_up(uow, leg.sid)
        errands.tune(uow, situation.contact.id)
        return True

    async def leave_them(self, uow: Uow, situation: Situation) -> bool:
        """The operator leaves caller and third party, who talk on: our part is over.

        False when the third party is not there.
        """
        room, transfer = situation.room, situation.transfer
        if room is None or transfer is None or not situation.guest_here(transfer.guest_id):
            return False
        if not await self.end(uow, transfer, TransferState.DONE):
            return False
        await talkstore.set_apart(uow, room.name)
        await self._contacts.end_talk(uow, situation.contact, room.staff_id)
        for leg in situation.staff_legs():
            errands.hang_up(uow, leg.sid)
        for guest in situation.guests:
            if guest.role is not Role.THIRD:
                await talkstore.move_guest(uow, guest.id, GuestState.GONE)
                if guest.sid is not None:
                    errands.hang_up(uow, guest.sid)
        errands.tune(uow, situation.contact.id)
        return True

    def tell(self, uow: Uow, situation: Situation, transfer: Transfer | None = None) -> None:
        """Let the desks of whoever has, or may get, the contact show it anew."""
        transfer = transfer or situation.transfer
        people = {situation.contact.operator_id, situation.operator_id}
        people.add(transfer.to_staff if transfer else None)
        for staff_id in sorted(one for one in people if one is not None):
            uow.publish(CallChanged(contact_id=situation.contact.id, staff_id=staff_id))

    async def _arrived(self, uow: Uow, now: Situation, guest: Guest) -> None:
        """A transfer goes on once its guest is there: to talk first, or at once."""
        transfer = now.transfer
        if transfer is None or transfer.guest_id != guest.id:
            return
        if transfer.warm:
            await talkstore.move_transfer(uow, transfer, TransferState.TALKING)
        else:
            await self.leave_them(uow, now)

    async def _gone(self, uow: Uow, now: Situation, guest: Guest) -> None:
        await errands.forget_guest(uow, guest.id)
        leg = now.leg(guest.sid) if guest.sid else None
        if leg is not None and not leg.over:
            errands.hang_up(uow, leg.sid)
        transfer = now.transfer
        if transfer is not None and transfer.guest_id == guest.id:
            await self.end(uow, transfer, TransferState.FAILED)

    def _patience(self, role: Role) -> timedelta:
        """How long a guest is waited for: somewhat longer than their telephone rings."""
        if role is Role.THIRD:
            return self._timing.no_join + timedelta(seconds=self._timing.ring_third_s)
        return self._timing.no_join


def _state_now(now: Situation, guest: Guest) -> GuestState:
    """Where a guest is, from their leg: who was here and is not, has gone."""
    leg = now.leg(guest.sid) if guest.sid else None
    if leg is None:
        return guest.state
    if leg.over or is_final(leg.state):
        return GuestState.GONE
    if now.is_here(guest.sid):
        return GuestState.HERE
    return GuestState.GONE if guest.state is GuestState.HERE else guest.state
