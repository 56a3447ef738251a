"""What the roster room offers."""

from hotline.audit.service import Audit
from hotline.infra.db import Database
from hotline.infra.house import Room
from hotline.line.reader import LineReader
from hotline.roster.forecasting import Forecasts
from hotline.roster.own import OwnShifts
from hotline.roster.planning import Planning
from hotline.roster.views import Views
from hotline.staff.directory import Directory


def room(db: Database, audit: Audit, staff: Directory, line: LineReader) -> Room:
    """The roster room: everything in it happens on demand."""
    planning = Planning(db, audit, staff, line)
    views = Views(planning, OwnShifts(db, audit, staff, line), Forecasts(db, staff, line))
    return Room(name="roster", console=views.routes())
