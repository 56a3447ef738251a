"""Chats and the messengers that carry them, put together."""

from dataclasses import dataclass

from hotline.app.core import Core
from hotline.app.ground import Ground
from hotline.app.outside import Outside
from hotline.chat import wiring
from hotline.chat.connector import ChatConnector
from hotline.chat.delivery import Delivery
from hotline.chat.fetching import Fetching
from hotline.chat.fileviews import FileViews
from hotline.chat.interview import Interview
from hotline.chat.model import ChatRules
from hotline.chat.reading import Reading
from hotline.chat.reception import Reception
from hotline.chat.sending import Sending
from hotline.chat.service import Chat
from hotline.chat.transcript import Transcript
from hotline.infra.blobs import Blobs
from hotline.infra.house import Room
from hotline.infra.scrub import Scrub


@dataclass(frozen=True)
class Chats:
    """What other parts need of chats."""

    chat: Chat
    connector: ChatConnector
    rooms: list[Room]


def chats_of(ground: Ground, outside: Outside, core: Core) -> Chats:
    """Build the chat room and one room per messenger."""
    db, rules = ground.db, ChatRules()
    transcript = Transcript(ground.vault, ground.texts)
    chat = Chat(db, transcript, core.contacts, core.audit, core.staff, core.safe)
    interview = Interview(transcript, core.contacts, core.routing, core.flows, core.line)
    reception = Reception(db, ground.vault, transcript, core.contacts, interview, rules)
    channels = {m.channel.name: m.channel for m in outside.messengers}
    blobs, scrub = Blobs(db, ground.vault), Scrub()
    delivery = Delivery(
        db, transcript, channels, rules, blobs=blobs, clock=ground.clock, metrics=ground.metrics
    )
    fetching = Fetching(db, transcript, core.contacts, blobs, scrub, channels, rules)
    files = FileViews(
        Sending(db, transcript, chat, blobs, scrub, channels),
        Reading(db, ground.vault, core.contacts, blobs, core.audit),
    )
    rooms = [wiring.room(chat, reception, delivery, fetching, files, ground.live)]
    rooms += [m.room(reception, delivery) for m in outside.messengers]
    return Chats(chat, ChatConnector(chat), rooms)
