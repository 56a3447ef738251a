"""What chats do by themselves, with nobody at the desk: erase."""

from typing import Any
from uuid import UUID

from hotline.chat.erasing import FORGET, HELD_FOR, LATE_S, Erasing
from hotline.chat.events import ConversationErased
from hotline.chat.model import ChatRules
from hotline.chat.reminding import reminder
from hotline.chat.service import Chat
from hotline.chat.wiping import Wiping
from hotline.contacts.events import CallerLeft, TalkEnded
from hotline.infra.db import Database
from hotline.infra.jobcontext import JobContext, Later
from hotline.infra.streams import Live, LiveEvent


class HelpJobs:
    """Jobs, and what is heard of contacts."""

    def __init__(
        self,
        db: Database,
        chat: Chat,
        erasing: Erasing,
        wiping: Wiping,
        live: Live,
        rules: ChatRules,
    ) -> None:
        self._db = db
        self._chat = chat
        self._erasing = erasing
        self._wiping = wiping
        self._live = live
        self._rules = rules

    async def erase(self, payload: dict[str, Any], job: JobContext) -> None:
        """Delete at the provider what is erased here."""
        await self._wiping.run([int(one) for one in payload["ids"]], job)

    async def late(self, payload: dict[str, Any], _job: JobContext) -> None:
        """Delete at the provider what came to light there after it was erased here."""
        contact_id, message_id = UUID(payload["contact_id"]), int(payload["message_id"])
        if not await self._erasing.late(contact_id, message_id):
            raise Later(LATE_S)

    async def shred(self, payload: dict[str, Any], _job: JobContext) -> None:
        """Shred what was held, once it may go."""
        if not await self._erasing.release(int(payload["id"])):
            raise Later(HELD_FOR.total_seconds())

    async def forget(self, payload: dict[str, Any], _job: JobContext) -> None:
        """Long enough after the end, the messenger keeps nothing of it."""
        await self._erasing.forget(UUID(payload["contact_id"]))

    async def over(self, event: TalkEnded | CallerLeft, _job: JobContext) -> None:
        """Nobody waits any more; from its end on a conversation grows old."""
        if await self._chat.conversation(event.contact_id) is None:
            return
        async with self._db.uow() as uow:
            for n in range(len(self._rules.remind_after)):
                await uow.cancel(reminder(event.contact_id, n))
            if not self._rules.forget_after:
                return
            name = f"{FORGET}:{event.contact_id}"
            at = await uow.time() + self._rules.forget_after
            payload = {"contact_id": str(event.contact_id)}
            uow.enqueue(FORGET, payload, lane=f"timer:{name}", run_at=at, key=name)

    async def erased(self, event: ConversationErased, _job: JobContext) -> None:
        """The operator sees that it is gone, also in the middle of a talk."""
        operator_id = await self._chat.operator_of(event.contact_id)
        if operator_id is not None:
            audience, about = f"staff:{operator_id}", str(event.contact_id)
            kind = "chat.erased"
            body = {"contact_id": about}
            await self._live.tell(LiveEvent(kind, audience, f"{kind}:{about}", body))
