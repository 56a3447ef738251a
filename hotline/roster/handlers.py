"""What desks are told when the roster changes."""

from hotline.access.permissions import Permission
from hotline.infra.jobcontext import JobContext
from hotline.infra.streams import Live, LiveEvent
from hotline.roster.events import RosterChanged


class Handlers:
    """A hint only: who may see what is decided when the page asks."""

    def __init__(self, live: Live) -> None:
        self._live = live

    async def changed(self, _event: RosterChanged, _job: JobContext) -> None:
        """Open pages of the roster load it again."""
        kind = "roster.changed"
        await self._live.tell(LiveEvent(kind, f"perm:{Permission.ROSTER_OWN_MANAGE}", kind, {}))
