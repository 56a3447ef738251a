"""What the log shows of rooms that keep their own words."""

from typing import Any, Protocol
from uuid import UUID

from hotline.infra.db import Uow


class Transcript(Protocol):
    """What was written in a chat."""

    async def messages(self, uow: Uow, contact_id: UUID) -> tuple[list[dict[str, Any]], bool]:
        """The newest messages, oldest first, as the desk knows them; whether more is above."""
        ...


class Legs(Protocol):
    """Who was on the telephone."""

    async def legs(self, uow: Uow, contact_id: UUID) -> list[dict[str, Any]]:
        """`{role, state, opened_at, ended_at}` of each leg, oldest first."""
        ...

    async def left(self, uow: Uow, contact_id: UUID) -> list[dict[str, Any]]:
        """`{id, length_s, at, state}` of each message that the caller left, oldest first."""
        ...


class Recorded(Protocol):
    """What was recorded of a call."""

    async def of_contact(self, uow: Uow, contact_id: UUID) -> list[dict[str, Any]]:
        """`{id, at, state, length_s, until, destroyed_at}` of each recording, oldest first."""
        ...
