"""What chats do when they hear of contacts, and what they tell the desks."""

from typing import Any
from uuid import UUID

from hotline.access.model import Actor
from hotline.chat.events import (
    AnswerOwed,
    AttachmentChanged,
    MessageQueued,
    MessageReceived,
    MessageStateChanged,
)
from hotline.chat.model import edit_json, message_json
from hotline.chat.service import Chat
from hotline.contacts.events import CallerLeft, ContactRequeued, TalkEnded
from hotline.infra.jobcontext import JobContext
from hotline.infra.streams import Live, LiveEvent


class Handlers:
    """Tells the operator of a contact; texts are filled in at delivery, for that operator alone."""

    def __init__(self, chat: Chat, live: Live) -> None:
        self._chat = chat
        self._live = live

    async def received(self, event: MessageReceived, _job: JobContext) -> None:
        """Show the caller's words, count them on the card, and that they wait for us."""
        await self._show(event.contact_id, event.message_id)

    async def queued(self, event: MessageQueued, _job: JobContext) -> None:
        """Show what is being sent: the operator may have two desks open, and the bot writes too."""
        await self._show(event.contact_id, event.message_id)

    async def answer_owed(self, event: AnswerOwed, _job: JobContext) -> None:
        """Ring at the desk of the operator who owes an answer."""
        operator_id = await self._chat.operator_of(event.contact_id)
        if operator_id is not None:
            body = {"contact_id": str(event.contact_id)}
            kind = "chat.unanswered"
            await self._live.tell(
                LiveEvent(kind, f"staff:{operator_id}", f"{kind}:{event.contact_id}", body)
            )

    async def file_changed(self, event: AttachmentChanged, _job: JobContext) -> None:
        """Show a file that is here now, or why it is not; it is no new message."""
        operator_id = await self._chat.operator_of(event.contact_id)
        if operator_id is not None:
            body = {"id": event.message_id, "contact_id": str(event.contact_id)}
            key = f"chat.file:{event.message_id}"
            await self._live.tell(LiveEvent("chat.file", f"staff:{operator_id}", key, body))

    async def state_changed(self, event: MessageStateChanged, _job: JobContext) -> None:
        """Show what became of a message."""
        operator_id = await self._chat.operator_of(event.contact_id)
        if operator_id is None:
            return
        body = {"id": event.message_id, "contact_id": str(event.contact_id)}
        await self._live.tell(
            LiveEvent(
                "chat.message_state",
                f"staff:{operator_id}",
                f"chat.message_state:{event.message_id}",
                body,
            )
        )

    async def talk_ended(self, event: TalkEnded | CallerLeft, _job: JobContext) -> None:
        """Close the conversation, whoever ended the talk."""
        await self._chat.ended(event.contact_id)

    async def requeued(self, event: ContactRequeued, job: JobContext) -> None:
        """Tell the caller that somebody else will answer."""
        await self._chat.requeued(event.contact_id, f"requeued:{job.id}")

    async def live_message(self, body: dict[str, Any], actor: Actor) -> dict[str, Any] | None:
        """Fill in `chat.message`, `chat.file`; nothing for who does not have the contact."""
        message = await self._chat.message(int(body["id"]), actor)
        return message_json(message) if message else None

    async def live_state(self, body: dict[str, Any], actor: Actor) -> dict[str, Any] | None:
        """Fill in `chat.message_state` with the state of now."""
        message = await self._chat.message(int(body["id"]), actor)
        if message is None:
            return None
        return {
            "id": message.id,
            "contact_id": message.contact_id,
            "state": message.state,
            "error": message.error,
            "edit": edit_json(message),
        }

    async def _show(self, contact_id: UUID, message_id: int) -> None:
        operator_id = await self._chat.operator_of(contact_id)
        if operator_id is None:
            return
        audience = f"staff:{operator_id}"
        body = {"id": message_id, "contact_id": str(contact_id)}
        about = {"contact_id": str(contact_id)}
        await self._live.tell(
            LiveEvent("chat.message", audience, f"chat.message:{message_id}", body),
            LiveEvent("contact.card", audience, f"contact.card:{contact_id}", about),
        )
