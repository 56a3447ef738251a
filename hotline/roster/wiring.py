"""What the roster room takes and offers."""

from hotline.audit.service import Audit
from hotline.infra.db import Database
from hotline.infra.house import Room
from hotline.infra.streams import Live
from hotline.line.reader import LineReader
from hotline.roster.changes import Changes
from hotline.roster.events import RosterChanged
from hotline.roster.forecasting import Forecasts
from hotline.roster.handlers import Handlers
from hotline.roster.own import OwnShifts
from hotline.roster.planning import Planning
from hotline.roster.views import Views
from hotline.staff.directory import Directory


def room(db: Database, audit: Audit, staff: Directory, line: LineReader, live: Live) -> Room:
    """The roster room: plan and forecast on demand, and a hint to the desks when it changes."""
    changes = Changes(audit)
    own = OwnShifts(db, changes, staff, line)
    views = Views(Planning(db, changes, staff, line), own, Forecasts(db, staff, line))
    return Room(
        name="roster",
        console=views.routes(),
        subscriptions=[(RosterChanged, Handlers(live).changed)],
    )
