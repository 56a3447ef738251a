"""What monitoring is told about escalations."""

from hotline.cases import store
from hotline.infra.db import Database
from hotline.infra.metrics import Metrics


class Numbers:
    """Looks at what is."""

    def __init__(self, db: Database, metrics: Metrics) -> None:
        self._db = db
        self._metrics = metrics

    async def look(self) -> None:
        """How many escalations nobody has taken in time."""
        async with self._db.reads() as uow:
            self._metrics.escalations_overdue.set(await store.overdue(uow))
