"""What routing needs from rooms above it."""

from collections.abc import Sequence
from typing import Any, Protocol
from uuid import UUID

from hotline.access.model import Actor
from hotline.contacts.model import Contact
from hotline.infra.db import Uow
from hotline.kernel.ids import ContactId, StaffId


class Connector(Protocol):
    """Brings an operator and a caller together on one kind of channel."""

    async def connect(self, contact_id: ContactId, staff_id: StaffId, phone_mode: str) -> None:
        """Join them. Called at least once after an accepted offer: must be idempotent."""
        ...

    async def drop_operator(self, uow: Uow, staff_id: StaffId) -> None:
        """End what still connects an operator who is gone: callers come back by themselves."""
        ...


class Reach(Protocol):
    """What the telephone side knows of calls that wait."""

    async def adrift(self, uow: Uow, contacts: Sequence[Contact]) -> set[ContactId]:
        """Whose caller is with somebody else now, and not to be asked for; all are locked."""
        ...


class Sealed(Protocol):
    """What cases say of a person."""

    async def is_sealed(self, uow: Uow, contact: Contact) -> bool:
        """Whether the contact is of a person whom only senior operators serve."""
        ...


class CallStates(Protocol):
    """What the telephone side knows of calls in hand."""

    async def call_states(
        self, uow: Uow, contact_ids: Sequence[UUID], actor: Actor
    ) -> dict[ContactId, dict[str, Any]]:
        """The `call` of each card that is one, as this person may see it; see docs/api.md."""
        ...


class Unread(Protocol):
    """What the chat side knows of messages not yet answered."""

    async def unread(self, uow: Uow, contact_ids: Sequence[UUID]) -> dict[ContactId, int]:
        """How many messages of the caller came after the operator's last one."""
        ...


class ChatStates(Protocol):
    """What the chat side knows of who waits for whom."""

    async def chat_states(
        self, uow: Uow, contact_ids: Sequence[UUID]
    ) -> dict[ContactId, dict[str, Any]]:
        """The `chat` of each card that is one; see docs/api.md."""
        ...
