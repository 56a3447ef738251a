"""What is asked of the carrier later, written down in the transaction that makes it necessary."""

from typing import Final
from uuid import UUID

from hotline.infra.db import Uow

STEER: Final = "recording.steer"
KEEP: Final = "recording.keep"
REMOVE: Final = "recording.remove"


def steer(uow: Uow, recording_id: UUID) -> None:
    """Have the carrier do what is wanted now.

    Without a key: one that runs now may have looked before what changed just now.
    """
    payload = {"recording": str(recording_id)}
    uow.enqueue(STEER, payload, lane=f"{STEER}:{recording_id}")


def keep(uow: Uow, recording_id: UUID) -> None:
    """Fetch what has ended."""
    _once(uow, KEEP, recording_id)


def remove(uow: Uow, recording_id: UUID) -> None:
    """Delete it at the carrier."""
    _once(uow, REMOVE, recording_id)


def _once(uow: Uow, kind: str, recording_id: UUID) -> None:
    place = f"{kind}:{recording_id}"
    uow.enqueue(kind, {"recording": str(recording_id)}, lane=place, key=place)
