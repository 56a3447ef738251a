"""Every change of the roster goes on record and to the desks, in its own transaction."""

from uuid import UUID

from hotline.access.model import Actor
from hotline.audit.service import Audit
from hotline.audit.tags import Tag
from hotline.infra.db import Uow
from hotline.roster.events import RosterChanged


class Changes:
    """Told by whoever changes something; without this the change did not happen."""

    def __init__(self, audit: Audit) -> None:
        self._audit = audit

    async def note(self, uow: Uow, actor: Actor, object_id: UUID, what: str) -> None:
        """`what` names thing and verb: *shift.planned*, *swap.accepted*."""
        await self._audit.record(
            uow,
            actor,
            Tag.ROSTER_CHANGED,
            object_type="roster",
            object_id=object_id,
            groups=[what],
        )
        uow.publish(RosterChanged(what=what))
