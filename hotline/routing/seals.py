"""Who waits for seniors only, because a sealed case is about them."""

from collections.abc import Sequence
from uuid import UUID

from hotline.infra.db import Uow
from hotline.routing import store
from hotline.routing.events import QueueChanged, SealedWaits
from hotline.routing.service import Routing


class Seals:
    """Changes for those who wait already; whoever comes later is asked for by `Routing.enqueue`."""

    def __init__(self, routing: Routing) -> None:
        self._routing = routing

    async def seal(self, uow: Uow, contact_ids: Sequence[UUID], *, sealed: bool) -> None:
        """Those of these who wait are for senior operators only, or for everybody again.

        Whoever is asked about one of them just now and may not take it is not asked any longer.
        """
        for contact_id in await store.to_seal(uow, contact_ids, sealed=sealed):
            await self._routing.unask(uow, contact_id)
            if not await store.seal(uow, contact_id, sealed=sealed):
                continue
            await self._routing.unask(uow, contact_id)
            uow.publish(QueueChanged(contact_id=contact_id))
            if sealed:
                uow.publish(SealedWaits(contact_id=contact_id))
