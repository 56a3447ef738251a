"""What the line room offers."""

from hotline.infra.house import Room
from hotline.line.doorviews import DoorViews
from hotline.line.floods import OVER, Floods
from hotline.line.views import Views


def room(views: Views, doors: DoorViews, floods: Floods) -> Room:
    """The line room."""
    console = [*views.routes(), *doors.routes()]
    return Room(name="line", console=console, jobs={OVER: floods.over})
