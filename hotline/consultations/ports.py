"""What this room needs from rooms it cannot see."""

from typing import Any, Protocol
from uuid import UUID

from hotline.access.model import Actor
from hotline.infra.db import Uow


class Escalated(Protocol):
    """What the case room knows of a contact."""

    async def is_escalated(self, uow: Uow, contact_id: UUID) -> bool:
        """Whether an escalation was ever raised for the contact."""
        ...


class Cards(Protocol):
    """How a desk shows a contact in hand."""

    async def card(self, uow: Uow, contact_id: UUID, actor: Actor) -> dict[str, Any]:
        """One ContactCard, as this person may see it."""
        ...
