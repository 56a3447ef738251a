"""What the room of contacts offers."""

from hotline.contacts.events import LinkSuggested
from hotline.contacts.handlers import Handlers
from hotline.contacts.linkviews import LinkViews
from hotline.contacts.views import Views
from hotline.infra.house import Room


def room(views: Views, links: LinkViews, handlers: Handlers) -> Room:
    """The room of contacts."""
    return Room(
        name="contacts",
        console=[*views.routes(), *links.routes()],
        subscriptions=[(LinkSuggested, handlers.link_suggested)],
    )
