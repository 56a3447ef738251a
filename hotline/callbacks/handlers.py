"""What callbacks do when they hear of contacts, and what they tell the desks."""

from hotline.access.permissions import Permission
from hotline.callbacks.events import ExceptionOver, MessagesChanged, UndecidedChanged
from hotline.callbacks.gathering import Gathering
from hotline.callbacks.messages import Messages
from hotline.callbacks.service import Callbacks
from hotline.contacts.events import ContactClosed, ContactTalking
from hotline.infra.db import Database
from hotline.infra.jobcontext import JobContext
from hotline.infra.streams import Live, LiveEvent


class Handlers:
    """Reacts to contacts and messages."""

    def __init__(
        self,
        db: Database,
        callbacks: Callbacks,
        messages: Messages,
        gathering: Gathering,
        live: Live,
    ) -> None:
        self._db = db
        self._callbacks = callbacks
        self._messages = messages
        self._gathering = gathering
        self._live = live

    async def talking(self, event: ContactTalking, _job: JobContext) -> None:
        """The two are together, however it came about: nobody is to be called any more."""
        async with self._db.uow() as uow:
            await self._callbacks.reached(uow, event.contact_id)
        await self._gathering.came_through(event.contact_id)

    async def closed(self, event: ContactClosed, _job: JobContext) -> None:
        """Somebody tried in vain, who is perhaps to be called back already."""
        await self._messages.abandoned(event.contact_id)
        await self._gathering.tried(event.contact_id)

    async def messages_changed(self, _event: MessagesChanged, _job: JobContext) -> None:
        """Every desk shows how many wait."""
        kind, audience = "messages.waiting", f"perm:{Permission.CALLBACK_PROMISE_MANAGE}"
        await self._live.tell(LiveEvent(kind, audience, kind, {}))

    async def undecided_changed(self, _event: UndecidedChanged, _job: JobContext) -> None:
        """Supervisors see how many wait for a decision."""
        kind, audience = "callbacks.undecided", f"perm:{Permission.CALLBACK_PROMISE_DECIDE}"
        await self._live.tell(LiveEvent(kind, audience, kind, {}))

    async def exception_over(self, event: ExceptionOver, _job: JobContext) -> None:
        """Who had allowed a call at an unsafe time hears that nobody was free to make it."""
        kind, key = "callback.untaken", f"callback.untaken:{event.contact_id}"
        await self._live.tell(LiveEvent(kind, f"staff:{event.staff_id}", key, {}))
