"""What the chat room takes and offers."""

from hotline.chat.attention import TYPING, Attention
from hotline.chat.delivery import Delivery
from hotline.chat.editing import Editing
from hotline.chat.events import AnswerOwed, MessageQueued, MessageReceived, MessageStateChanged
from hotline.chat.handlers import Handlers
from hotline.chat.jobs import Jobs
from hotline.chat.reception import ACKNOWLEDGE, IDLE, SET_ASIDE, Reception
from hotline.chat.service import Chat
from hotline.chat.transcript import DELIVER, EDIT
from hotline.chat.views import Views
from hotline.contacts.events import CallerLeft, ContactRequeued, TalkEnded
from hotline.infra.house import Room
from hotline.infra.streams import Live


def room(
    chat: Chat,
    reception: Reception,
    delivery: Delivery,
    editing: Editing,
    attention: Attention,
    views: Views,
    live: Live,
) -> Room:
    """The chat room."""
    handlers = Handlers(chat, live)
    jobs = Jobs(chat, reception, delivery, editing, attention)
    return Room(
        name="chat",
        console=views.routes(),
        subscriptions=[
            (MessageReceived, handlers.received),
            (MessageQueued, handlers.queued),
            (MessageStateChanged, handlers.state_changed),
            (AnswerOwed, handlers.answer_owed),
            (TalkEnded, handlers.talk_ended),
            (CallerLeft, handlers.talk_ended),
            (ContactRequeued, handlers.requeued),
        ],
        jobs={
            DELIVER: jobs.deliver,
            EDIT: jobs.edit,
            TYPING: jobs.typing,
            ACKNOWLEDGE: jobs.acknowledge,
            IDLE: jobs.idle,
            SET_ASIDE: jobs.set_aside,
        },
        loops={"chat.attention": attention.watch},
        live_bodies={
            "chat.message": handlers.live_message,
            "chat.message_state": handlers.live_state,
        },
    )
