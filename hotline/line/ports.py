"""What the line needs from a room beside it."""

from collections.abc import Sequence
from typing import Protocol

from hotline.infra.db import Uow
from hotline.intake.queues import Crowd, OnShift


class Counts(Protocol):
    """Who waits, and who is there for them."""

    async def crowds(self, uow: Uow) -> Sequence[Crowd]:
        """Everybody who waits, counted with those who are alike."""
        ...

    async def on_shift(self, uow: Uow) -> Sequence[OnShift]:
        """Everybody who is not offline."""
        ...
