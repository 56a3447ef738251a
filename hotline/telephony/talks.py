"""What an operator does in their own talk: hold, a third party, handing it on; whom they can ask.

Whatever the carrier cannot do is refused in words, and not shown.
"""

from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.access.policy import require
from hotline.carrier.capabilities import Capabilities
from hotline.contacts.model import Channel, Contact, ContactState
from hotline.contacts.service import Contacts
from hotline.infra.db import Database, Uow
from hotline.kernel.errors import Conflict, Invalid, NotFound
from hotline.kernel.ids import StaffId, new_id
from hotline.kernel.languages import is_lang
from hotline.routing.colleagues import Colleagues
from hotline.routing.service import Routing
from hotline.telephony import errands, talkstore
from hotline.telephony.company import Company
from hotline.telephony.dialing import Numbers
from hotline.telephony.events import TransferEnded
from hotline.telephony.model import (
    Guest,
    Role,
    Room,
    Situation,
    Transfer,
    TransferState,
)
from hotline.telephony.rooms import Rooms

Json = dict[str, Any]
_MOST_THIRDS: Final = 5
_BY_QUEUE: Final = frozenset({"queue", "staff"})


@dataclass(frozen=True, slots=True)
class Goal:
    """To whom a talk is handed on: `kind` is staff, queue, number or partner.

    `id` is the member of staff, the number typed, or the partner. `topic` and `language` change
    what the queue asks for.
    """

    kind: str
    id: str | None = None
    topic: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Means:
    """What these verbs need beside rooms and contacts."""

    routing: Routing
    colleagues: Colleagues
    numbers: Numbers
    capabilities: Capabilities
    topics: tuple[str, ...]


class Talks:
    """One's own call only. A second press finds things as the first one left them."""

    def __init__(
        self, db: Database, contacts: Contacts, rooms: Rooms, company: Company, means: Means
    ) -> None:
        self._db = db
        self._contacts = contacts
        self._rooms = rooms
        self._company = company
        self._routing = means.routing
        self._colleagues = means.colleagues
        self._numbers = means.numbers
        self._able = means.capabilities
        self._topics = means.topics

    async def hold(self, actor: Actor, contact_id: UUID, *, on: bool) -> None:
        """The caller hears music, or is spoken with again."""
        async with self._db.uow() as uow:
            situation, room = await self._mine(uow, actor, contact_id)
            if situation.transfer is not None:
                raise _refused("transfer-open")
            await self._hold(uow, situation, room, on=on)

    async def bring(
        self,
        actor: Actor,
        contact_id: UUID,
        *,
        number: str | None,
        partner: str | None,
        caller_held: bool,
    ) -> Guest:
        """Ring a third party into the talk. Raises Invalid for whom the rules do not allow."""
        async with self._db.uow() as uow:
            situation, room = await self._mine(uow, actor, contact_id)
            thirds = [one for one in situation.guests if one.role is Role.THIRD]
            if len(thirds) >= _MOST_THIRDS:
                raise _refused("too-many-people")
            if situation.transfer is None:
                await self._hold(uow, situation, room, on=caller_held)
            guest = await self._third(uow, situation, number, partner)
            self._company.tell(uow, situation)
            return guest

    async def dismiss(self, actor: Actor, contact_id: UUID, guest_id: UUID) -> None:
        """A third party leaves the talk."""
        async with self._db.uow() as uow:
            situation, _ = await self._mine(uow, actor, contact_id)
            for guest in situation.guests:
                if guest.id == guest_id and guest.role is Role.THIRD:
                    await self._company.dismiss(uow, situation, guest)
                    self._company.tell(uow, situation)

    async def hand_on(self, actor: Actor, contact_id: UUID, goal: Goal, *, warm: bool) -> None:
        """Hand the talk on. Warm: the operator speaks with them first, the caller hears music.

        Where there are no rooms the caller waits in front as soon as the operator puts their
        telephone down. Raises Conflict("colleague-busy"), Conflict("colleague-sealed"),
        Conflict("transfer-open"), NotFound for who was never on shift, Invalid for a goal that is
        none.
        """
        if goal.kind == "queue" and warm:
            raise _invalid("kind")
        by_queue = not warm and goal.kind in _BY_QUEUE
        colleague = _colleague(goal)
        async with self._db.uow() as uow:
            if colleague is not None:
                await self._colleagues.free(uow, contact_id, colleague)
            situation, _ = await self._mine(uow, actor, contact_id, anywhere=by_queue)
            if situation.transfer is not None:
                raise _refused("transfer-open")
            if colleague is not None:
                await self._colleagues.allow(uow, situation.contact, colleague)
            transfer = _begun(situation, goal, colleague, warm=warm)
            if goal.kind in {"number", "partner"}:
                await self._to_third(uow, situation, transfer, goal)
            elif warm and colleague is not None:
                offer = await self._colleagues.ask(uow, situation.contact, colleague)
                await self._open(uow, situation, transfer, offer_id=offer)
            else:
                await self._to_queue(uow, situation, transfer, goal)
            self._company.tell(uow, situation, transfer)

    async def finish(self, actor: Actor, contact_id: UUID) -> None:
        """The operator leaves the caller to whom they spoke with."""
        async with self._db.uow() as uow:
            situation, _ = await self._mine(uow, actor, contact_id)
            transfer = situation.transfer
            if transfer is None:
                raise _refused("no-transfer")
            done = (
                await self._company.take_over(uow, situation)
                if transfer.to_colleague
                else await self._company.leave_them(uow, situation)
            )
            if not done:
                raise _refused("transfer-not-there")
            self._company.tell(uow, situation, transfer)

    async def take_back(self, actor: Actor, contact_id: UUID) -> None:
        """The caller stays with their operator: whoever was asked leaves. Both sides may say so."""
        async with self._db.uow() as uow:
            situation = await self._rooms.situation(uow, contact_id)
            transfer = situation.transfer
            if transfer is None or actor.staff_id not in {
                situation.operator_id,
                transfer.to_staff,
            }:
                await self._mine(uow, actor, contact_id)
                raise _refused("no-transfer")
            await self._company.end(uow, transfer, TransferState.RETURNED)
            for guest in situation.guests:
                if guest.id == transfer.guest_id:
                    await self._company.dismiss(uow, situation, guest)
            errands.tune(uow, contact_id)
            self._company.tell(uow, situation)

    async def joins(self, contact_id: UUID, staff_id: StaffId, *, ring: bool) -> None:
        """A colleague has taken the offer: they are asked into the room, or are free again."""
        async with self._db.uow() as uow:
            situation = await self._rooms.situation(uow, contact_id)
            transfer = situation.transfer
            if transfer is None or transfer.to_staff != staff_id:
                uow.publish(TransferEnded(contact_id=contact_id, staff_id=staff_id, offer_id=None))
            elif transfer.guest_id is None:
                room = situation.room
                assert room is not None  # noqa: S101 - there is no transfer without
                guest = Guest(new_id(), transfer.contact_id, room.name, Role.OPERATOR, staff_id)
                await self._company.invite(uow, guest, ring=ring)
                await talkstore.join_transfer(uow, transfer, guest.id)
                self._company.tell(uow, situation)

    async def refused(self, contact_id: UUID, offer_id: UUID) -> None:
        """The colleague did not take the offer: the caller is back with their operator."""
        async with self._db.uow() as uow:
            situation = await self._rooms.situation(uow, contact_id)
            transfer = situation.transfer
            if transfer is None or transfer.offer_id != offer_id or transfer.guest_id is not None:
                return
            await self._company.end(uow, transfer, TransferState.FAILED)
            errands.tune(uow, contact_id)
            self._company.tell(uow, situation)

    async def targets(self, actor: Actor, contact_id: UUID) -> Json:
        """Who could take the talk, and what can be done with it here."""
        async with self._db.uow() as uow:
            await self._own(uow, actor, contact_id, lock=False)
            staff = await self._colleagues.listed(uow, but=actor.staff_id)
        return {
            "staff": staff,
            "partners": [
                {"id": one.id, "name": one.named(actor.lang)}
                for one in self._numbers.partners.by_id.values()
            ],
            "can": can(self._able),
        }

    async def _own(
        self, uow: Uow, actor: Actor, contact_id: UUID, *, lock: bool = True
    ) -> Situation:
        require(actor, Permission.CALL_LINE_TALK)
        situation = await self._rooms.situation(uow, contact_id, lock=lock)
        contact = situation.contact
        if contact.operator_id != actor.staff_id or contact.channel != Channel.VOICE:
            raise NotFound
        return situation

    async def _mine(
        self, uow: Uow, actor: Actor, contact_id: UUID, *, anywhere: bool = False
    ) -> tuple[Situation, Room]:
        """One's own talk, locked. Raises Conflict when there is none, or the carrier cannot.

        `anywhere`: what is to be done needs no rooms.
        """
        situation = await self._own(uow, actor, contact_id)
        if not (self._able.conference or anywhere):
            raise _refused("carrier-cannot")
        if situation.contact.state is not ContactState.TALKING or situation.room is None:
            raise _refused("contact-not-talking")
        return situation, situation.room

    async def _hold(self, uow: Uow, situation: Situation, room: Room, *, on: bool) -> None:
        if await talkstore.hold(uow, room.name, on=on):
            kind = "held" if on else "resumed"
            await self._contacts.note(uow, situation.contact.id, kind, room.staff_id)
            errands.tune(uow, situation.contact.id)
            self._company.tell(uow, situation)

    async def _third(
        self, uow: Uow, situation: Situation, number: str | None, partner: str | None
    ) -> Guest:
        """Somebody outside is rung; what the timeline says of it is no number."""
        contact, room = situation.contact, situation.room
        if room is None or (number is None) is (partner is None):
            raise _invalid("number")
        sealed = None
        if partner is not None:
            guest = self._numbers.partner(contact.id, room.name, partner)
        else:
            guest, sealed = self._numbers.third(contact.id, room.name, number or "")
        await self._contacts.note(
            uow, contact.id, "third_asked", contact.operator_id, partner=partner
        )
        return await self._company.invite(uow, guest, ring=True, sealed=sealed)

    async def _to_third(
        self, uow: Uow, situation: Situation, transfer: Transfer, goal: Goal
    ) -> None:
        errands.tune(uow, situation.contact.id)
        number = goal.id if goal.kind == "number" else None
        partner = goal.id if goal.kind == "partner" else None
        guest = await self._third(uow, situation, number, partner)
        await self._open(uow, situation, transfer, guest_id=guest.id)

    async def _open(
        self,
        uow: Uow,
        situation: Situation,
        transfer: Transfer,
        *,
        guest_id: UUID | None = None,
        offer_id: UUID | None = None,
    ) -> None:
        """From now on the caller hears music."""
        opened = replace(transfer, guest_id=guest_id, offer_id=offer_id)
        await talkstore.add_transfer(uow, opened)
        fields = {"to": transfer.kind, "warm": transfer.warm}
        await self._contacts.note(
            uow, transfer.contact_id, "transfer_asked", transfer.from_staff, **fields
        )
        errands.tune(uow, situation.contact.id)

    async def _to_queue(
        self, uow: Uow, situation: Situation, transfer: Transfer, goal: Goal
    ) -> None:
        """The caller waits in front, for whoever fits or at first for one colleague."""
        contact = await self._asking_for(uow, situation.contact, goal)
        await talkstore.add_transfer(uow, replace(transfer, state=TransferState.DONE))
        waiting = await self._rooms.requeue(uow, replace(situation, contact=contact), "transferred")
        await self._routing.wait_for(uow, waiting, transfer.to_staff)

    async def _asking_for(self, uow: Uow, contact: Contact, goal: Goal) -> Contact:
        language = goal.language
        if goal.topic is not None and goal.topic not in self._topics:
            raise _invalid("topic")
        if language is not None and not is_lang(language):
            raise _invalid("language")
        if goal.topic is None and language is None:
            return contact
        return await self._contacts.set_intake(
            uow, contact, contact.intake, language=language, topic=goal.topic
        )


def can(able: Capabilities) -> dict[str, bool]:
    """What this carrier lets operators and supervisors do with a talk."""
    in_rooms = dict.fromkeys(("hold", "third", "warm", "listen"), able.conference)
    return in_rooms | {"transfer": True}


def _colleague(goal: Goal) -> StaffId | None:
    if goal.kind != "staff":
        return None
    try:
        return StaffId(UUID(goal.id or ""))
    except ValueError:
        raise _invalid("id") from None


def _begun(situation: Situation, goal: Goal, colleague: StaffId | None, *, warm: bool) -> Transfer:
    contact = situation.contact
    assert contact.operator_id is not None  # noqa: S101 - somebody talks with them
    return Transfer(new_id(), contact.id, contact.operator_id, goal.kind, colleague, warm)


def _refused(code: str) -> Conflict:
    return Conflict(code)


def _invalid(field: str) -> Invalid:
    code = "invalid"
    return Invalid(code, **{field: "unknown"})
