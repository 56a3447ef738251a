"""What the room of callbacks takes and offers."""

from functools import partial

from hotline.callbacks import jobs
from hotline.callbacks.handlers import Handlers
from hotline.callbacks.messages import Messages
from hotline.callbacks.ports import Line
from hotline.callbacks.service import Callbacks
from hotline.callbacks.views import Views
from hotline.contacts.events import ContactTalking
from hotline.infra.db import Database
from hotline.infra.house import Room


def room(db: Database, callbacks: Callbacks, messages: Messages, line: Line, views: Views) -> Room:
    """The room of callbacks."""
    handlers = Handlers(db, callbacks)
    return Room(
        name="callbacks",
        console=views.routes(),
        subscriptions=[(ContactTalking, handlers.talking)],
        jobs=jobs.handlers(messages, line),
        loops={
            "callbacks.sweep": partial(jobs.sweep, callbacks, line),
            "messages.tidy": partial(jobs.tidy, messages),
        },
    )
