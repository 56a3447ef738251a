"""What desks must hear of people: their session is over."""

from hotline.console.desks import REVOKED
from hotline.infra.jobcontext import JobContext
from hotline.infra.streams import Live, LiveEvent
from hotline.staff.events import SessionsEnded


class Handlers:
    """Tells the desks of all processes."""

    def __init__(self, live: Live) -> None:
        self._live = live

    async def sessions_ended(self, event: SessionsEnded, _job: JobContext) -> None:
        """Close every socket of the person, whichever process holds it."""
        who = str(event.staff_id)
        await self._live.tell(LiveEvent(REVOKED, f"staff:{who}", f"{REVOKED}:{who}", {}))
