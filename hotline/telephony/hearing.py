"""What a leg of a call should hear now, from state alone: in any order, twice, late."""

from dataclasses import dataclass

from hotline.carrier.capabilities import Capabilities
from hotline.contacts.model import Contact
from hotline.infra.db import Uow
from hotline.kernel.ids import StaffId, new_id
from hotline.kernel.languages import SOURCE, Lang
from hotline.routing.model import OWN_PHONE
from hotline.routing.service import Routing
from hotline.staff.phones import Phones
from hotline.telephony import prompts as sounds
from hotline.telephony import talkstore
from hotline.telephony.crowds import Crowds
from hotline.telephony.documents import Documents
from hotline.telephony.entrance import Entrance
from hotline.telephony.machine import Hear, hears
from hotline.telephony.missedcalls import MissedCalls
from hotline.telephony.model import Leg, Role, Room, Situation, Timing
from hotline.telephony.questions import Instead, Questions
from hotline.telephony.rooms import Rooms


@dataclass(frozen=True, slots=True)
class Around:
    """The parts beside the services: questions, documents, the carrier's ways, times.

    `entrance` answers for everybody but the caller; `phones` knows where the operators are rung who
    work on a telephone of their own.
    """

    questions: Questions
    documents: Documents
    capabilities: Capabilities
    timing: Timing
    entrance: Entrance
    phones: Phones
    instead: Instead
    missed: MissedCalls
    crowds: Crowds


class Hearing:
    """Says it as a document. Takes part in the caller's transaction."""

    def __init__(self, routing: Routing, rooms: Rooms, around: Around) -> None:
        self._routing = routing
        self._rooms = rooms
        self._questions = around.questions
        self._documents = around.documents
        self._has_rooms = around.capabilities.conference
        self._timing = around.timing
        self._entrance = around.entrance
        self._phones = around.phones

    async def now(self, uow: Uow, situation: Situation, sid: str, *, turn: int = 0) -> str:
        """What this leg should hear now, from state alone."""
        leg = situation.leg(sid)
        if leg is None:
            return self._documents.sorry()
        hear = hears(situation, leg, rooms=self._has_rooms)
        if leg.role is not Role.CALLER:
            return await self._entrance.hears(uow, leg, hear, situation)
        return await self._caller_now(uow, situation, leg, hear, turn=turn)

    async def _caller_now(
        self, uow: Uow, situation: Situation, leg: Leg, hear: Hear, *, turn: int
    ) -> str:
        contact, room = situation.contact, situation.room
        if hear is Hear.BRIDGE and room is not None:
            return await self._bridged(uow, contact, room, leg)
        if hear is Hear.QUESTION or (hear is Hear.HOLD and self._questions.speaks(contact)):
            return self._questions.again(contact)
        if hear is Hear.GATE:
            return self._documents.gate(spoken(contact), turn + 1)
        if hear is Hear.SHUT:
            return self._documents.gate_end(spoken(contact))
        if hear is Hear.GOODBYE:
            return self._documents.goodbye(spoken(contact))
        return self._documents.waiting(
            spoken(contact), await self._between(uow, contact, turn), turn
        )

    async def _bridged(self, uow: Uow, contact: Contact, room: Room, leg: Leg) -> str:
        if self._has_rooms:
            await self._rooms.sent(uow, leg, room)
        else:
            await self._rooms.bridged(uow, contact, room, leg)
        own = None if self._has_rooms else await self._own_phone(uow, room.staff_id)
        return self._documents.caller_room(room, spoken(contact), new_id().hex, own)

    async def _own_phone(self, uow: Uow, staff_id: StaffId) -> str | None:
        """Where an operator is rung who works on their own telephone."""
        if await self._routing.phone_mode(uow, staff_id) != OWN_PHONE:
            return None
        return await self._phones.address(uow, staff_id)

    async def _between(self, uow: Uow, contact: Contact, turn: int) -> tuple[str, ...]:
        """What is said before the music: why somebody waits again, and now and then the rest.

        Place and expected wait every few turns, half-way between them what many ask about.
        """
        since = contact.talking_since
        if turn == 0 and since is not None:
            handed_on = await talkstore.handed_on_since(uow, contact.id, since)
            return ("ivr-handed-on",) if handed_on else ("ivr-operator-lost",)
        every = self._timing.announce_every
        if turn % every == every // 2 and not contact.danger:
            return await self._questions.announced(uow)
        if turn == 0 or turn % every:
            return ()
        outlook = await self._routing.outlook(uow, contact)
        if outlook is None:
            return ()
        return (*sounds.position(outlook.place), *sounds.wait(outlook.wait))

    async def not_joined(self, uow: Uow, situation: Situation, leg: Leg | None) -> str:
        """The carrier could not carry out a Dial: back to the music, and no loop without end."""
        if leg is None:
            return self._documents.sorry()
        if leg.role is not Role.CALLER:
            return await self._entrance.nobody(uow, leg)
        if situation.contact.live:
            return self._documents.waiting(spoken(situation.contact), (), 0)
        return self._documents.goodbye(spoken(situation.contact))


def spoken(contact: Contact) -> Lang:
    """The language a caller is spoken to in."""
    return contact.language or SOURCE
