"""What cases tell the desks of whoever may take an escalation."""

from uuid import UUID

from hotline.access.permissions import Permission
from hotline.cases.events import (
    EscalationAcknowledged,
    EscalationClosed,
    EscalationNoted,
    EscalationPaged,
    EscalationRaised,
)
from hotline.infra.jobcontext import JobContext
from hotline.infra.streams import Live, LiveEvent

_AUDIENCE = f"perm:{Permission.CASE_ESCALATION_ACK}"


class Handlers:
    """Hints only: the card is filled in at delivery, for each reader."""

    def __init__(self, live: Live) -> None:
        self._live = live

    async def raised(self, event: EscalationRaised, _job: JobContext) -> None:
        """Alarm."""
        await self._tell("escalation.alert", event.case_id)

    async def paged(self, event: EscalationPaged, _job: JobContext) -> None:
        """Alarm again: nobody took it yet."""
        await self._tell("escalation.alert", event.case_id)

    async def changed(
        self,
        event: EscalationAcknowledged | EscalationNoted | EscalationClosed,
        _job: JobContext,
    ) -> None:
        """Show the case as it is now."""
        await self._tell("escalation.changed", event.case_id)

    async def _tell(self, kind: str, case_id: UUID) -> None:
        await self._live.tell(LiveEvent(kind, _AUDIENCE, f"{kind}:{case_id}", {"id": str(case_id)}))
