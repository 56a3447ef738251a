"""What the room of contacts offers."""

from hotline.contacts.views import Views
from hotline.infra.house import Room


def room(views: Views) -> Room:
    """The room of contacts."""
    return Room(name="contacts", console=views.routes())
