"""The background work of chats: deliver, let buttons rest, end what was left in the questions."""

from typing import Any, Final
from uuid import UUID

import structlog

from hotline.chat.attention import Attention
from hotline.chat.delivery import Delivery
from hotline.chat.editing import Editing
from hotline.chat.ports import DeliveryError, OutcomeUnknown
from hotline.chat.reception import Reception
from hotline.chat.service import Chat
from hotline.infra.jobcontext import Drop, JobContext, Later

log = structlog.get_logger(__name__)

_ACKNOWLEDGE_TRIES: Final = 3


class Jobs:
    """Handlers of the job kinds `chat.*`."""

    def __init__(
        self,
        chat: Chat,
        reception: Reception,
        delivery: Delivery,
        editing: Editing,
        attention: Attention,
    ) -> None:
        self._chat = chat
        self._reception = reception
        self._delivery = delivery
        self._editing = editing
        self._attention = attention

    async def deliver(self, payload: dict[str, Any], job: JobContext) -> None:
        """Send the next part of a message."""
        await self._delivery.deliver(int(payload["message_id"]), job)

    async def release(self, payload: dict[str, Any], _job: JobContext) -> None:
        """The hour has come until which an automatic text was kept back."""
        await self._delivery.release(int(payload["message_id"]))

    async def edit(self, payload: dict[str, Any], job: JobContext) -> None:
        """Bring a change of a sent message to the caller."""
        await self._editing.carry(int(payload["message_id"]), job)

    async def typing(self, payload: dict[str, Any], _job: JobContext) -> None:
        """Show the caller that somebody writes."""
        await self._attention.show_typing(UUID(payload["contact_id"]), float(payload["until"]))

    async def acknowledge(self, payload: dict[str, Any], job: JobContext) -> None:
        """Let a pressed button rest. Not worth insisting on: after some tries it is let go."""
        conversation = await self._chat.conversation(UUID(payload["contact_id"]))
        if conversation is None:
            return
        try:
            await self._delivery.acknowledge(
                conversation, str(payload["token"]), payload.get("pressed_id")
            )
        except (DeliveryError, OutcomeUnknown) as error:
            permanent = isinstance(error, DeliveryError) and error.permanent
            if permanent or job.attempt >= _ACKNOWLEDGE_TRIES:
                log.info("chat.acknowledge_dropped", code=error.code, attempt=job.attempt)
                return
            raise

    async def set_aside(self, _payload: dict[str, Any], _job: JobContext) -> None:
        """Somebody wrote what we could not handle: a person must know."""
        raise Drop("set-aside")

    async def idle(self, payload: dict[str, Any], _job: JobContext) -> None:
        """End a contact that was left in the middle of the questions."""
        left_s = await self._reception.idle(UUID(payload["contact_id"]))
        if left_s > 0:
            raise Later(left_s)
