"""What the consultations room takes and offers."""

from hotline.consultations.events import RecordChanged
from hotline.consultations.handlers import Handlers
from hotline.consultations.views import Views
from hotline.contacts.events import ContactClosed, ContactHandedOver, ContactReserved
from hotline.infra.house import Room


def room(views: Views, handlers: Handlers) -> Room:
    """The consultations room."""
    return Room(
        name="consultations",
        console=views.routes(),
        subscriptions=[
            (ContactReserved, handlers.reserved),
            (ContactHandedOver, handlers.handed_over),
            (ContactClosed, handlers.closed),
            (RecordChanged, handlers.changed),
        ],
    )
