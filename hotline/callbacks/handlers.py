"""What callbacks do when they hear of contacts, and what they tell the desks."""

from hotline.access.permissions import Permission
from hotline.callbacks.events import MessagesChanged
from hotline.callbacks.service import Callbacks
from hotline.contacts.events import ContactTalking
from hotline.infra.db import Database
from hotline.infra.jobcontext import JobContext
from hotline.infra.streams import Live, LiveEvent


class Handlers:
    """Reacts to contacts and messages."""

    def __init__(self, db: Database, callbacks: Callbacks, live: Live) -> None:
        self._db = db
        self._callbacks = callbacks
        self._live = live

    async def talking(self, event: ContactTalking, _job: JobContext) -> None:
        """The two are together, however it came about: nobody is to be called any more."""
        async with self._db.uow() as uow:
            await self._callbacks.reached(uow, event.contact_id)

    async def messages_changed(self, _event: MessagesChanged, _job: JobContext) -> None:
        """Every desk shows how many wait."""
        kind, audience = "messages.waiting", f"perm:{Permission.CALLBACK_PROMISE_MANAGE}"
        await self._live.tell(LiveEvent(kind, audience, kind, {}))
