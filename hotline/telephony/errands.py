"""What is asked of the carrier later, written down in the transaction that makes it necessary."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from hotline.infra.db import Uow

HANG_UP: Final = "voice.hang_up"
TUNE: Final = "voice.tune"
RING_GUEST: Final = "voice.ring_guest"
GUEST_LATE: Final = "voice.guest_late"


def hang_up(uow: Uow, sid: str) -> None:
    """End a leg."""
    uow.enqueue(HANG_UP, {"sid": sid}, lane=f"leg:{sid}", key=f"{HANG_UP}:{sid}")


def tune(uow: Uow, contact_id: UUID) -> None:
    """Let the carrier have everybody in the room as they should be.

    Without a key: one that runs now may have looked before what changed just now.
    """
    uow.enqueue(TUNE, {"contact_id": str(contact_id)}, lane=f"call:{contact_id}")


def ring_guest(uow: Uow, contact_id: UUID, guest_id: UUID) -> None:
    """Ring somebody who is asked in; after what the carrier is to do before."""
    lane, key = f"call:{contact_id}", f"{RING_GUEST}:{guest_id}"
    uow.enqueue(RING_GUEST, {"guest": str(guest_id)}, lane=lane, key=key)


async def give_up_guest_in(uow: Uow, guest_id: UUID, wait: timedelta) -> None:
    """Wait so long for somebody who is asked in."""
    key, at = f"{GUEST_LATE}:{guest_id}", await uow.time() + wait
    uow.enqueue(GUEST_LATE, {"guest": str(guest_id)}, lane=f"timer:{key}", run_at=at, key=key)


async def forget_guest(uow: Uow, guest_id: UUID) -> None:
    """Nobody waits for them, or rings them, any more."""
    await uow.cancel(f"{GUEST_LATE}:{guest_id}")
    await uow.cancel(f"{RING_GUEST}:{guest_id}")
