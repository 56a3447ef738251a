"""What the telephone does when it hears of contacts, and what it tells the desks."""

from uuid import UUID

from hotline.contacts.events import CallerLeft, ContactRequeued, TalkEnded
from hotline.contacts.model import Channel
from hotline.contacts.service import Contacts
from hotline.infra.db import Database
from hotline.infra.jobcontext import JobContext
from hotline.infra.streams import Live, LiveEvent
from hotline.line.events import FloodChanged
from hotline.recordings.service import Recordings
from hotline.routing.colleagues import Colleagues
from hotline.routing.events import OfferEnded
from hotline.routing.model import Purpose
from hotline.routing.service import Routing
from hotline.telephony import crowdstore
from hotline.telephony.events import CallChanged, TransferEnded
from hotline.telephony.machine import talk_of
from hotline.telephony.rooms import Rooms
from hotline.telephony.talks import Talks


class Handlers:
    """Reacts to contacts on the voice channel; the others are no business of the telephone."""

    def __init__(
        self,
        db: Database,
        contacts: Contacts,
        rooms: Rooms,
        live: Live,
        talks: Talks,
        colleagues: Colleagues,
        recordings: Recordings,
    ) -> None:
        self._db = db
        self._contacts = contacts
        self._rooms = rooms
        self._live = live
        self._talks = talks
        self._colleagues = colleagues
        self._recordings = recordings

    async def caller_left(self, event: CallerLeft, _job: JobContext) -> None:
        """The operator's leg has nobody left to talk to."""
        if await self._is_call(event):
            await self._settle(event.contact_id)
            await self._rooms.disband(event.contact_id, caller_too=False)

    async def talk_ended(self, event: TalkEnded, _job: JobContext) -> None:
        """The operator ended the talk: both legs end."""
        if await self._is_call(event):
            await self._settle(event.contact_id)
            await self._rooms.disband(event.contact_id, caller_too=True)

    async def requeued(self, event: ContactRequeued, _job: JobContext) -> None:
        """The caller goes back to the music."""
        if await self._is_call(event):
            await self._settle(event.contact_id)
            await self._rooms.clear(event.contact_id)

    async def offer_ended(self, event: OfferEnded, _job: JobContext) -> None:
        """A colleague did not join: the caller is spoken with again."""
        if event.purpose == Purpose.TRANSFER:
            await self._talks.refused(event.contact_id, event.offer_id)

    async def transfer_ended(self, event: TransferEnded, _job: JobContext) -> None:
        """The colleague is free again."""
        if await self._colleagues.let_go(event.contact_id, event.staff_id, event.offer_id):
            body = {"id": str(event.contact_id), "why": "transfer_ended"}
            key = f"contact.gone:{event.contact_id}"
            await self._live.tell(LiveEvent("contact.gone", f"staff:{event.staff_id}", key, body))

    async def call_changed(self, event: CallChanged, _job: JobContext) -> None:
        """The desk shows it, and what is recorded follows."""
        await self._settle(event.contact_id)
        body = {"contact_id": str(event.contact_id)}
        key = f"contact.card:{event.contact_id}"
        await self._live.tell(LiveEvent("contact.card", f"staff:{event.staff_id}", key, body))

    async def _settle(self, contact_id: UUID) -> None:
        """What is recorded follows from who is in the room now, whatever the event was."""
        async with self._db.uow() as uow:
            await self._recordings.settle(
                uow, talk_of(await self._rooms.situation(uow, contact_id))
            )

    async def _is_call(self, event: CallerLeft | TalkEnded | ContactRequeued) -> bool:
        async with self._db.uow() as uow:
            contact = await self._contacts.get(uow, event.contact_id)
        return contact.channel == Channel.VOICE


class FloodHandlers:
    """Reacts to floods: they move callers in the queue."""

    def __init__(self, db: Database, routing: Routing) -> None:
        self._db = db
        self._routing = routing

    async def flood_changed(self, event: FloodChanged, _job: JobContext) -> None:
        """Who waits out of a flood waits behind the others; out of it, where they were."""
        async with self._db.uow() as uow:
            if event.flood:
                theirs = await crowdstore.calling_from(uow, event.prefix)
            else:  # who is to be called back, too
                behind = await self._routing.behind(uow)
                theirs = await crowdstore.of_prefix(uow, behind, event.prefix)
            await self._routing.set_back(uow, theirs, behind=event.flood)
