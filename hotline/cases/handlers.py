"""What cases do when they hear of records, and tell the desks of whoever may take an escalation."""

from uuid import UUID

from hotline.access.permissions import Permission
from hotline.cases.events import (
    CaseSealed,
    EscalationAcknowledged,
    EscalationClosed,
    EscalationNoted,
    EscalationPaged,
    EscalationRaised,
)
from hotline.cases.model import CaseKind, Level, Wish
from hotline.cases.sealing import Sealing
from hotline.cases.service import Cases
from hotline.consultations.events import EscalationLeftUnsaid
from hotline.infra.jobcontext import JobContext
from hotline.infra.streams import Live, LiveEvent
from hotline.kernel.ids import StaffId
from hotline.routing.events import SealedWaits, SealLifted

_AUDIENCE = f"perm:{Permission.CASE_ESCALATION_ACK}"


class Handlers:
    """Raises what was left unsaid. Desks get hints: the card is filled in at delivery."""

    def __init__(self, cases: Cases, sealing: Sealing, live: Live) -> None:
        self._cases = cases
        self._sealing = sealing
        self._live = live

    async def left_unsaid(self, event: EscalationLeftUnsaid, _job: JobContext) -> None:
        """Nobody is left to press: the house does."""
        wish = Wish(CaseKind(event.kind), Level(event.level), "")
        await self._cases.raise_unsaid(event.contact_id, wish, StaffId(event.staff_id))

    async def raised(self, event: EscalationRaised, _job: JobContext) -> None:
        """Alarm."""
        await self._tell("escalation.alert", event.case_id)

    async def paged(self, event: EscalationPaged, _job: JobContext) -> None:
        """Alarm again: nobody took it yet."""
        await self._tell("escalation.alert", event.case_id)

    async def changed(
        self,
        event: EscalationAcknowledged | EscalationNoted | EscalationClosed | CaseSealed,
        _job: JobContext,
    ) -> None:
        """Show the case as it is now."""
        await self._tell("escalation.changed", event.case_id)

    async def seal_changed(self, event: CaseSealed | EscalationClosed, _job: JobContext) -> None:
        """Who of its person waits now, waits as the case says."""
        await self._sealing.follow(event.contact_id)
        await self._tell_who_is_back()

    async def sealed_waits(self, event: SealedWaits, _job: JobContext) -> None:
        """The person of a sealed case is back."""
        await self._sealing.caller_waits(event.contact_id)
        await self._tell_who_is_back()

    async def seal_lifted(self, _event: SealLifted, _job: JobContext) -> None:
        """The desks show it no longer."""
        await self._tell_who_is_back()

    async def _tell_who_is_back(self) -> None:
        await self._live.tell(LiveEvent("case.back", _AUDIENCE, "case.back", {}))

    async def _tell(self, kind: str, case_id: UUID) -> None:
        await self._live.tell(LiveEvent(kind, _AUDIENCE, f"{kind}:{case_id}", {"id": str(case_id)}))
