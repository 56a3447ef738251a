"""What the line room offers."""

from hotline.infra.house import Room
from hotline.line.floods import OVER, Floods
from hotline.line.views import Views


def room(views: Views, floods: Floods) -> Room:
    """The line room."""
    return Room(name="line", console=views.routes(), jobs={OVER: floods.over})
