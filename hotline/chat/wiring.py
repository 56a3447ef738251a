"""What the chat room takes and offers."""

from typing import NamedTuple

from hotline.chat.attachments import FETCH
from hotline.chat.attention import TYPING, Attention
from hotline.chat.delivery import Delivery
from hotline.chat.editing import Editing
from hotline.chat.erasing import ERASE, FORGET, LATE, SHRED
from hotline.chat.events import (
    AnswerOwed,
    AttachmentChanged,
    ConversationErased,
    MessageQueued,
    MessageReceived,
    MessageStateChanged,
)
from hotline.chat.fetching import Fetching
from hotline.chat.fileviews import FileViews
from hotline.chat.handlers import Handlers
from hotline.chat.helpjobs import HelpJobs
from hotline.chat.helpviews import HelpViews
from hotline.chat.holding import RELEASE
from hotline.chat.jobs import Jobs
from hotline.chat.reception import ACKNOWLEDGE, IDLE, SET_ASIDE, Reception
from hotline.chat.reminding import REMIND, Reminding
from hotline.chat.service import Chat
from hotline.chat.transcript import DELIVER, EDIT
from hotline.chat.views import Views
from hotline.contacts.events import CallerLeft, ContactRequeued, TalkEnded
from hotline.infra.house import Room
from hotline.infra.streams import Live


class Talks(NamedTuple):
    """What staff do in a conversation, and what comes of nobody doing it."""

    editing: Editing
    attention: Attention
    views: Views


class Files(NamedTuple):
    """What came with messages, and what goes with them."""

    fetching: Fetching
    views: FileViews


class Helps(NamedTuple):
    """What chats do beside carrying words."""

    jobs: HelpJobs
    views: HelpViews
    reminding: Reminding


def room(
    chat: Chat,
    reception: Reception,
    delivery: Delivery,
    live: Live,
    talks: Talks,
    files: Files,
    helps: Helps,
) -> Room:
    """The chat room."""
    handlers = Handlers(chat, live)
    jobs = Jobs(chat, reception, delivery, talks.editing, talks.attention)
    return Room(
        name="chat",
        console=[*talks.views.routes(), *files.views.routes(), *helps.views.routes()],
        subscriptions=[
            (MessageReceived, handlers.received),
            (MessageQueued, handlers.queued),
            (MessageStateChanged, handlers.state_changed),
            (AttachmentChanged, handlers.file_changed),
            (AnswerOwed, handlers.answer_owed),
            (TalkEnded, handlers.talk_ended),
            (CallerLeft, handlers.talk_ended),
            (ContactRequeued, handlers.requeued),
            (TalkEnded, helps.jobs.over),
            (CallerLeft, helps.jobs.over),
            (ConversationErased, helps.jobs.erased),
        ],
        jobs={
            DELIVER: jobs.deliver,
            RELEASE: jobs.release,
            EDIT: jobs.edit,
            TYPING: jobs.typing,
            ACKNOWLEDGE: jobs.acknowledge,
            IDLE: jobs.idle,
            SET_ASIDE: jobs.set_aside,
            FETCH: files.fetching.fetch,
            ERASE: helps.jobs.erase,
            LATE: helps.jobs.late,
            SHRED: helps.jobs.shred,
            FORGET: helps.jobs.forget,
            REMIND: helps.reminding.run,
        },
        loops={"chat.attention": talks.attention.watch},
        live_bodies={
            "chat.message": handlers.live_message,
            "chat.message_state": handlers.live_state,
            "chat.file": handlers.live_message,
        },
    )
