"""The place of the second factor."""

from typing import Protocol

from typing_extensions import override

from hotline.infra.db import Uow
from hotline.kernel.ids import StaffId
from hotline.kernel.secret import Secret


class SecondFactor(Protocol):
    """Decides, after a right password, whether something more is asked for."""

    async def challenge(self, uow: Uow, staff_id: StaffId) -> Secret | None:
        """A ticket that continues this sign-in, or None when the password is enough."""
        ...


class NoSecondFactor(SecondFactor):
    """Nobody is asked: security keys and one-time codes come later, behind this same port."""

    @override
    async def challenge(self, uow: Uow, staff_id: StaffId) -> Secret | None:
        return None
