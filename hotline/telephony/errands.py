"""What is asked of the carrier later, written down in the transaction that makes it necessary."""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from hotline.infra.db import Uow
from hotline.telephony.model import Ring, Room

RING: Final = "voice.ring"
PULL: Final = "voice.pull"
CALL_BACK: Final = "voice.call_back"
HOLD: Final = "voice.hold"
END_ROOM: Final = "voice.end_room"
NO_JOIN: Final = "voice.no_join"
GRACE: Final = "voice.grace"
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


def payload_of(room: Room) -> dict[str, Any]:
    """What a job about a room must know to find it still as it was."""
    return {"contact_id": str(room.contact_id), "room": room.name}


def timer(kind: str, room: Room) -> str:
    """The key of the one job of a kind about a room."""
    return f"{kind}:{room.name}"


def ring(uow: Uow, room: Room, how: Ring) -> None:
    """Ring the operator of a room."""
    payload = {"room": room.name, "ring": how}
    uow.enqueue(RING, payload, lane=f"room:{room.name}", key=timer(RING, room))


def pull(uow: Uow, room: Room) -> None:
    """Bring the caller out of the music into the room."""
    uow.enqueue(PULL, payload_of(room), lane=f"call:{room.contact_id}", key=timer(PULL, room))


def call_back(uow: Uow, room: Room) -> None:
    """Ring the caller who is to meet the operator of a room."""
    key = timer(CALL_BACK, room)
    uow.enqueue(CALL_BACK, payload_of(room), lane=f"call:{room.contact_id}", key=key)


def hold(uow: Uow, contact_id: UUID) -> None:
    """Bring the caller back to the music."""
    uow.enqueue(HOLD, {"contact_id": str(contact_id)}, lane=f"call:{contact_id}")


def end_room(uow: Uow, name: str, contact_id: UUID) -> None:
    """End a room of the carrier."""
    uow.enqueue(END_ROOM, {"room": name}, lane=f"call:{contact_id}", key=f"{END_ROOM}:{name}")
