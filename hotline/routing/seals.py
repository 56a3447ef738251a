"""Who waits for seniors only, because a sealed case is about them."""

from collections.abc import Sequence
from uuid import UUID

from hotline.infra.db import Uow
from hotline.kernel.ids import ContactId
from hotline.routing import sealstore
from hotline.routing.events import QueueChanged, SealedWaits, SealLifted
from hotline.routing.service import Routing


class Seals:
    """Changes for those who wait already; whoever comes later is asked for by `Routing.enqueue`."""

    def __init__(self, routing: Routing) -> None:
        self._routing = routing

    async def seal(self, uow: Uow, contact_ids: Sequence[UUID], *, sealed: bool) -> None:
        """Those of these who wait are for senior operators only, or for everybody again.

        Whoever is asked about one of them just now and may not take it is not asked any longer.
        """
        for contact_id in await sealstore.to_seal(uow, contact_ids, sealed=sealed):
            if sealed:
                await self._routing.unask(uow, contact_id, seniors=False)
            if not await sealstore.seal(uow, contact_id, sealed=sealed):
                continue
            uow.publish(QueueChanged(contact_id=contact_id))
            if sealed:
                uow.publish(SealedWaits(contact_id=contact_id))
            else:
                uow.publish(SealLifted(contact_id=contact_id))
        for contact_id in await sealstore.asked(uow, contact_ids) if sealed else ():
            await self._routing.unask(uow, contact_id, seniors=False)

    async def waiting(self, uow: Uow) -> list[ContactId]:
        """Who waits for seniors only, and nobody is asked about, longest first."""
        return await sealstore.waiting(uow)

    async def perhaps_sealed(self, uow: Uow) -> list[ContactId]:
        """Who waits for seniors only, or is in danger: for that a seal gives way."""
        return await sealstore.perhaps_sealed(uow)
