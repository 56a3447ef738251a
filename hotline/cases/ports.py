"""What cases need from rooms they cannot see."""

from typing import Protocol

from hotline.infra.db import Uow
from hotline.kernel.ids import StaffId


class OnShift(Protocol):
    """Who is at work."""

    async def on_shift(self, uow: Uow) -> list[StaffId]:
        """Everybody on shift, longest first."""
        ...
