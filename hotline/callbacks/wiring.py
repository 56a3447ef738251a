"""What the room of callbacks takes and offers."""

from functools import partial

from hotline.callbacks import jobs
from hotline.callbacks.events import ExceptionOver, MessagesChanged, UndecidedChanged
from hotline.callbacks.gathering import Gathering
from hotline.callbacks.handlers import Handlers
from hotline.callbacks.listening import Listening
from hotline.callbacks.messages import Messages
from hotline.callbacks.ports import Line
from hotline.callbacks.service import Callbacks
from hotline.callbacks.views import Views
from hotline.contacts.events import ContactClosed, ContactTalking
from hotline.infra.house import Room


def room(
    handlers: Handlers,
    callbacks: Callbacks,
    gathering: Gathering,
    messages: Messages,
    listening: Listening,
    line: Line,
    views: Views,
) -> Room:
    """The room of callbacks."""
    return Room(
        name="callbacks",
        console=views.routes(),
        subscriptions=[
            (ContactTalking, handlers.talking),
            (ContactClosed, handlers.closed),
            (UndecidedChanged, handlers.undecided_changed),
            (ExceptionOver, handlers.exception_over),
            (MessagesChanged, handlers.messages_changed),
        ],
        jobs=jobs.handlers(messages, line),
        live_bodies={
            "messages.waiting": listening.live_count,
            "callbacks.undecided": listening.live_undecided,
        },
        loops={
            "callbacks.sweep": partial(jobs.sweep, callbacks, gathering, line),
            "messages.tidy": partial(jobs.tidy, messages),
        },
    )
