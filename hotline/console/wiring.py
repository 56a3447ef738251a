"""What the console takes and offers."""

from hotline.console.live import Hub
from hotline.console.views import Views
from hotline.infra.house import Room


def room(views: Views, hub: Hub) -> Room:
    """The frame of the desk; its two loops run where the sockets are."""
    return Room(
        name="console",
        console=views.routes(),
        console_loops={"console.read": hub.read, "console.tick": hub.tick},
    )
