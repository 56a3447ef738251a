"""What a desk shows of a call: its state, who is in it, and what can be done."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from hotline.access.model import Actor
from hotline.callbacks.listening import Listening, due
from hotline.callbacks.service import Callbacks
from hotline.carrier.capabilities import Capabilities
from hotline.infra.db import Uow
from hotline.kernel.ids import ContactId
from hotline.recordings.service import Recordings
from hotline.staff.directory import Directory
from hotline.telephony import store, talkstore
from hotline.telephony.dialing import Partners
from hotline.telephony.model import (
    Guest,
    GuestState,
    Leg,
    Role,
    Room,
    Transfer,
    by_contact,
    call_state,
)
from hotline.telephony.talks import can

Json = dict[str, Any]


class Parties:
    """The `call` of a card. Numbers are shown masked, partners and staff by name."""

    def __init__(
        self,
        staff: Directory,
        partners: Partners,
        capabilities: Capabilities,
        callbacks: Callbacks,
        listening: Listening,
        recordings: Recordings,
    ) -> None:
        self._staff = staff
        self._partners = partners
        self._can = can(capabilities)
        self._callbacks = callbacks
        self._listening = listening
        self._recordings = recordings

    async def of(
        self, uow: Uow, contact_ids: Sequence[UUID], actor: Actor
    ) -> dict[ContactId, Json]:
        """For each contact with a telephone leg, or to be called back, as this person sees it."""
        legs = by_contact(await store.legs_of(uow, contact_ids))
        rooms = await store.latest_rooms(uow, contact_ids)
        promised = await self._callbacks.open_among(uow, contact_ids)
        ids = list(dict.fromkeys((*legs, *promised)))
        promises = await self._callbacks.shown(uow, ids)
        recorded = await self._recordings.shown(uow, ids)
        left = await self._listening.of(uow, contact_ids)
        calls: dict[ContactId, Json] = {}
        for contact_id in ids:
            its, room = legs.get(contact_id, ()), rooms.get(contact_id)
            state = call_state(its, room, promised=contact_id in promised)
            said = {
                "message": due(left.get(contact_id, [])),
                "recording": recorded[contact_id],
                "callback": promises.get(contact_id),
            }
            shown = await self._one(uow, contact_id, its, room, actor)
            calls[contact_id] = {"state": state} | said | shown
        return calls

    async def messages(self, uow: Uow, contact_id: UUID) -> list[Json]:
        """What the caller said after the tone, oldest first."""
        return (await self._listening.of(uow, [contact_id])).get(contact_id, [])

    async def _one(
        self,
        uow: Uow,
        contact_id: ContactId,
        legs: tuple[Leg, ...],
        room: Room | None,
        actor: Actor,
    ) -> Json:
        guests: tuple[Guest, ...] = ()
        transfer: Transfer | None = None
        if room is not None and room.ended_at is None:
            guests = await talkstore.guests(uow, contact_id)
            transfer = await talkstore.transfer(uow, contact_id)
        people = {one.staff_id for one in legs if one.staff_id}
        people |= {one.staff_id for one in guests if one.staff_id}
        people |= {transfer.to_staff} if transfer and transfer.to_staff else set()
        names = await self._staff.names(people, uow)
        shown = _Shown(legs, room, guests, transfer, names, self._partners, actor)
        return {
            "held": shown.held(),
            "can": self._can,
            "parties": shown.parties(),
            "transfer": shown.transfer_json(),
            "watched": any(one.role is Role.SUPERVISOR for one in guests),
        }


class _Shown:
    """One call, being put into words."""

    def __init__(
        self,
        legs: tuple[Leg, ...],
        room: Room | None,
        guests: tuple[Guest, ...],
        transfer: Transfer | None,
        names: Mapping[UUID, str],
        partners: Partners,
        actor: Actor,
    ) -> None:
        self._legs = legs
        self._room = room
        self._guests = guests
        self._transfer = transfer
        self._names = names
        self._partners = partners
        self._actor = actor

    def held(self) -> bool:
        room, transfer = self._room, self._transfer
        if room is None or room.ended_at is not None or room.apart:
            return False
        return room.held or transfer is not None

    def parties(self) -> list[Json]:
        """Caller, operator, then guests: those who are connected or on their way."""
        room = self._room
        if room is None or room.ended_at is not None:
            return []
        sids = {guest.sid for guest in self._guests}
        own = [
            {
                "leg": leg.sid,
                "role": leg.role,
                "label": self._names.get(leg.staff_id) if leg.staff_id else None,
                "state": self._state(leg, room),
            }
            for leg in self._legs
            if not leg.over
            and leg.sid not in sids
            and (leg.role is Role.CALLER or leg.staff_id == room.staff_id)
        ]
        return own + [
            {
                "leg": guest.id,
                "role": guest.role,
                "label": self._label(guest),
                "state": "here" if guest.state is GuestState.HERE else "ringing",
            }
            for guest in self._guests
        ]

    def transfer_json(self) -> Json | None:
        """The open transfer, from where this person stands."""
        transfer = self._transfer
        if transfer is None:
            return None
        guest = next((one for one in self._guests if one.id == transfer.guest_id), None)
        name = self._names.get(transfer.to_staff) if transfer.to_staff else None
        return {
            "to_name": name or (self._label(guest) if guest else None),
            "warm": transfer.warm,
            "state": transfer.state,
            "mine": "to" if transfer.to_staff == self._actor.staff_id else "from",
        }

    def _label(self, guest: Guest) -> str | None:
        if guest.staff_id is not None:
            return self._names.get(guest.staff_id)
        partner = self._partners.get(guest.partner) if guest.partner else None
        return partner.named(self._actor.lang) if partner else guest.label

    def _state(self, leg: Leg, room: Room) -> str:
        if not (leg.in_room and leg.room == room.name):
            return "away"
        return "held" if leg.role is Role.CALLER and self.held() else "here"
