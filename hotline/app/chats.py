"""Chats and the messengers that carry them, put together."""

from dataclasses import dataclass

from hotline.app.core import Core
from hotline.app.ground import Ground
from hotline.app.outside import Outside
from hotline.chat import speech, templates, wiring
from hotline.chat.connector import ChatConnector
from hotline.chat.delivery import Delivery
from hotline.chat.fetching import Fetching
from hotline.chat.fileviews import FileViews
from hotline.chat.holding import Holding
from hotline.chat.interview import Interview
from hotline.chat.model import ChatRules
from hotline.chat.reading import Reading
from hotline.chat.reception import Reception
from hotline.chat.sending import Sending
from hotline.chat.service import Chat
from hotline.chat.transcript import Transcript
from hotline.contacts.outreach import Outreach
from hotline.infra.blobs import Blobs
from hotline.infra.house import Room
from hotline.infra.scrub import Scrub
from hotline.kernel.errors import Problems


@dataclass(frozen=True)
class Chats:
    """What other parts need of chats."""

    chat: Chat
    connector: ChatConnector
    rooms: list[Room]


def chats_of(ground: Ground, outside: Outside, core: Core) -> Chats:
    """Build the chat room and one room per messenger. Raises Problems for unapproved texts."""
    db, rules = ground.db, ChatRules()
    approved = templates.load(ground.settings.config_dir)
    for channel in speech.GUARDED:
        if problems := templates.unapproved(approved, core.flows[channel]):
            raise Problems(problems)
    outreach = Outreach(core.contacts, core.safe)
    blobs, scrub = Blobs(db, ground.vault), Scrub()
    transcript = Transcript(ground.vault, ground.texts, blobs)
    chat = Chat(db, transcript, core.contacts, core.audit, core.staff, core.safe, outreach)
    interview = Interview(transcript, core.contacts, core.routing, core.flows, core.line)
    reception = Reception(db, ground.vault, transcript, core.contacts, interview, rules, outreach)
    channels = {m.channel.name: m.channel for m in outside.messengers}
    holding = Holding(db, transcript, core.contacts, outreach)
    delivery = Delivery(
        db, transcript, channels, rules, holding, clock=ground.clock, metrics=ground.metrics
    )
    fetching = Fetching(db, transcript, core.contacts, blobs, scrub, channels, rules)
    files = FileViews(
        Sending(db, transcript, chat, blobs, scrub, channels),
        Reading(db, ground.vault, core.contacts, blobs, core.audit),
    )
    rooms = [wiring.room(chat, reception, delivery, fetching, files, ground.live)]
    rooms += [m.room(reception, delivery) for m in outside.messengers]
    return Chats(chat, ChatConnector(chat), rooms)
