"""What cases need from rooms they cannot see."""

from typing import Protocol

from hotline.infra.db import Uow
from hotline.kernel.ids import StaffId


class OnShift(Protocol):
    """Who is at work."""

    async def on_shift(self, uow: Uow) -> list[StaffId]:
        """Everybody on shift, longest first."""
        ...

    async def hearing(self, uow: Uow) -> list[StaffId]:
        """Those of them at whose desk somebody is: not who does not answer."""
        ...
