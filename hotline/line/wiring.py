"""What the line room offers."""

from hotline.infra.house import Room
from hotline.line.views import Views


def room(views: Views) -> Room:
    """The line room."""
    return Room(name="line", console=views.routes())
