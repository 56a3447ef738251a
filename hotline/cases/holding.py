"""Why the words of a contact are kept for a while: somebody is still being helped with them."""

from uuid import UUID

from hotline.cases import store
from hotline.infra.db import Uow


class Holding:
    """Implements chat's Holds: an escalation that is open holds what was written."""

    async def held(self, uow: Uow, contact_id: UUID) -> bool:
        """Whether the contact has a case that is not closed."""
        return await store.is_open(uow, contact_id)
