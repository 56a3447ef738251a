"""What the knowledge room offers."""

from hotline.infra.house import Room
from hotline.knowledge.views import Views


def room(views: Views) -> Room:
    """The articles."""
    return Room(name="knowledge", console=views.routes())
