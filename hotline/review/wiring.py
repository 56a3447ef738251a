"""What the review room takes and offers."""

from hotline.infra.house import Room
from hotline.review.handlers import LOG_EVENTS, Handlers
from hotline.review.views import Views


def room(views: Views, handlers: Handlers) -> Room:
    """The review room."""
    return Room(
        name="review",
        console=views.routes(),
        subscriptions=[(event_type, handlers.changed) for event_type in LOG_EVENTS],
    )
