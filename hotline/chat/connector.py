"""Routing's way of joining an operator and a caller in a chat: there is nothing to ring."""

from hotline.chat.service import Chat
from hotline.infra.db import Uow
from hotline.kernel.ids import ContactId, StaffId


class ChatConnector:
    """Implements routing's Connector for the kind `chat`."""

    kind = "chat"

    def __init__(self, chat: Chat) -> None:
        self._chat = chat

    async def connect(self, contact_id: ContactId, staff_id: StaffId, phone_mode: str) -> None:
        """The operator is with the caller, who is told so once."""
        del phone_mode
        await self._chat.join(contact_id, staff_id)

    async def drop_operator(self, uow: Uow, staff_id: StaffId) -> None:
        """Nothing connects an operator to a chat but the contact itself."""
