"""What the console takes and offers."""

from hotline.console.handlers import Handlers
from hotline.console.live import Hub
from hotline.console.views import Views
from hotline.infra.house import Room
from hotline.staff.events import SessionsEnded


def room(views: Views, hub: Hub, handlers: Handlers) -> Room:
    """The frame of the desk; its two loops run where the sockets are."""
    return Room(
        name="console",
        console=views.routes(),
        subscriptions=[(SessionsEnded, handlers.sessions_ended)],
        console_loops={"console.read": hub.read, "console.tick": hub.tick},
    )
