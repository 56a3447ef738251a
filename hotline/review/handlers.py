"""Tells open logs that something changed, so that they can say "4 new" instead of moving rows."""

from typing import Final

from hotline.access.permissions import Permission
from hotline.cases.events import EscalationAcknowledged, EscalationClosed, EscalationRaised
from hotline.consultations.events import ConsultationFinished
from hotline.contacts.events import CallerLeft, ContactClosed, ContactOpened, ContactTalking
from hotline.infra.jobcontext import JobContext
from hotline.infra.streams import Live, LiveEvent

_AUDIENCE: Final = f"perm:{Permission.CONTACT_LOG_READ}"

LogEvent = (
    ContactOpened
    | ContactTalking
    | CallerLeft
    | ContactClosed
    | ConsultationFinished
    | EscalationRaised
    | EscalationAcknowledged
    | EscalationClosed
)
# The ones to subscribe to.
LOG_EVENTS: Final[tuple[type[LogEvent], ...]] = (
    ContactOpened,
    ContactTalking,
    CallerLeft,
    ContactClosed,
    ConsultationFinished,
    EscalationRaised,
    EscalationAcknowledged,
    EscalationClosed,
)


class Handlers:
    """One hint per contact and tick."""

    def __init__(self, live: Live) -> None:
        self._live = live

    async def changed(self, event: LogEvent, _job: JobContext) -> None:
        """The row of this contact looks different now."""
        contact_id = str(event.contact_id)
        await self._live.tell(
            LiveEvent("log.changed", _AUDIENCE, f"log.changed:{contact_id}", {"id": contact_id})
        )
