"""Chats and the messengers that carry them, put together."""

from dataclasses import dataclass
from datetime import timedelta

from hotline.app.core import Core
from hotline.app.ground import Ground
from hotline.app.outside import Outside
from hotline.chat import replies as ready
from hotline.chat import wiring
from hotline.chat.attention import Attention
from hotline.chat.connector import ChatConnector
from hotline.chat.delivery import Delivery
from hotline.chat.editing import Editing
from hotline.chat.interview import Interview
from hotline.chat.model import ChatRules
from hotline.chat.reception import Reception
from hotline.chat.recognising import Recognising
from hotline.chat.replies import Replies
from hotline.chat.service import Chat
from hotline.chat.transcript import Transcript
from hotline.chat.views import Views
from hotline.infra.house import Room
from hotline.settings import Settings


@dataclass(frozen=True)
class Chats:
    """What other parts need of chats."""

    chat: Chat
    connector: ChatConnector
    attention: Attention
    rooms: list[Room]


def chats_of(ground: Ground, outside: Outside, core: Core) -> Chats:
    """Build the chat room and one room per messenger."""
    db, rules = ground.db, rules_of(ground.settings)
    transcript = Transcript(ground.vault, ground.texts)
    chat = Chat(db, transcript, core.contacts, core.audit, core.staff, core.safe)
    interview = Interview(transcript, core.contacts, core.routing, core.flows, core.line)
    known = Recognising(transcript, core.contacts, core.routing, core.links, rules)
    reception = Reception(db, ground.vault, transcript, core.contacts, interview, known, rules)
    channels = {m.channel.name: m.channel for m in outside.messengers}
    delivery = Delivery(db, transcript, channels, rules, clock=ground.clock, metrics=ground.metrics)
    editing = Editing(db, transcript, core.contacts, core.audit, channels, rules)
    attention = Attention(db, transcript, core.contacts, channels, rules)
    number = ground.settings.hotline.line
    replies = Replies(
        db, ready.read(ground.settings.config_dir), ground.texts, core.line, number=number
    )
    views = Views(chat, editing, attention, replies)
    rooms = [wiring.room(chat, reception, delivery, editing, attention, views, ground.live)]
    rooms += [m.room(reception, delivery) for m in outside.messengers]
    return Chats(chat, ChatConnector(chat), attention, rooms)


def rules_of(settings: Settings) -> ChatRules:
    """How long things may take in a chat."""
    page = settings.chat
    return ChatRules(
        alert=timedelta(seconds=page.red_s),
        unattended=timedelta(seconds=page.unattended_s),
        returns=timedelta(hours=page.return_h),
    )
