"""What the line room offers."""

from hotline.infra.house import Room
from hotline.line.doorviews import DoorViews
from hotline.line.events import LineShut
from hotline.line.floods import OVER, Floods
from hotline.line.shut import KIND, Shut
from hotline.line.views import Views


def room(views: Views, doors: DoorViews, floods: Floods, shut: Shut) -> Room:
    """The line room. `shut` is also the console's share of the snapshot."""
    return Room(
        name="line",
        console=[*views.routes(), *doors.routes()],
        subscriptions=[(LineShut, shut.changed)],
        jobs={OVER: floods.over},
        live_bodies={KIND: shut.live_shut},
    )
