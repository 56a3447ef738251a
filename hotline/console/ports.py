"""What the shell needs from rooms below it to draw a desk."""

from typing import Any, Protocol

from hotline.access.model import Actor
from hotline.infra.db import Uow


class SnapshotPart(Protocol):
    """A room's share of the snapshot; empty for somebody who may not see it."""

    async def snapshot(self, uow: Uow, actor: Actor) -> dict[str, Any]:
        """JSON-ready values by the names they have in the snapshot."""
        ...
