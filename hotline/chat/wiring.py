"""What the chat room takes and offers."""

from hotline.chat.attachments import FETCH
from hotline.chat.delivery import Delivery
from hotline.chat.events import (
    AttachmentChanged,
    MessageQueued,
    MessageReceived,
    MessageStateChanged,
)
from hotline.chat.fetching import Fetching
from hotline.chat.fileviews import FileViews
from hotline.chat.handlers import Handlers
from hotline.chat.holding import RELEASE
from hotline.chat.jobs import Jobs
from hotline.chat.reception import ACKNOWLEDGE, IDLE, SET_ASIDE, Reception
from hotline.chat.service import Chat
from hotline.chat.transcript import DELIVER
from hotline.chat.views import Views
from hotline.contacts.events import CallerLeft, ContactRequeued, TalkEnded
from hotline.infra.house import Room
from hotline.infra.streams import Live


def room(
    chat: Chat,
    reception: Reception,
    delivery: Delivery,
    fetching: Fetching,
    files: FileViews,
    live: Live,
) -> Room:
    """The chat room."""
    handlers = Handlers(chat, live)
    jobs = Jobs(chat, reception, delivery)
    return Room(
        name="chat",
        console=[*Views(chat).routes(), *files.routes()],
        subscriptions=[
            (MessageReceived, handlers.received),
            (MessageQueued, handlers.queued),
            (MessageStateChanged, handlers.state_changed),
            (AttachmentChanged, handlers.file_changed),
            (TalkEnded, handlers.talk_ended),
            (CallerLeft, handlers.talk_ended),
            (ContactRequeued, handlers.requeued),
        ],
        jobs={
            DELIVER: jobs.deliver,
            RELEASE: jobs.release,
            ACKNOWLEDGE: jobs.acknowledge,
            IDLE: jobs.idle,
            SET_ASIDE: jobs.set_aside,
            FETCH: fetching.fetch,
        },
        live_bodies={
            "chat.message": handlers.live_message,
            "chat.message_state": handlers.live_state,
            "chat.file": handlers.live_message,
        },
    )
