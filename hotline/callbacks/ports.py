"""What callbacks need from rooms above them."""

from typing import Protocol
from uuid import UUID

from hotline.infra.db import Uow


class Line(Protocol):
    """What the telephone side knows of the people behind contacts."""

    async def caller_there(self, uow: Uow, contact_id: UUID) -> bool:
        """Whether the caller has a leg that lives, whatever it hears."""
        ...

    async def caller_legs(self, uow: Uow, contact_id: UUID) -> list[str]:
        """The carrier's ids of all legs of the caller."""
        ...
