"""Chats and the messengers that carry them, put together."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from hotline.app.core import Core, callback_rules_of
from hotline.app.ground import Ground
from hotline.app.outside import Outside
from hotline.callbacks.requests import Requests
from hotline.cases.holding import Holding as CaseHolding
from hotline.chat import speech, templates, wiring
from hotline.chat.alarming import Alarming
from hotline.chat.connector import ChatConnector
from hotline.chat.delivery import Delivery
from hotline.chat.erasing import Erasing
from hotline.chat.fetching import Fetching
from hotline.chat.fileviews import FileViews
from hotline.chat.helping import Helping
from hotline.chat.helpjobs import HelpJobs
from hotline.chat.helpviews import HelpViews
from hotline.chat.holding import Holding
from hotline.chat.interview import Interview
from hotline.chat.model import ChatRules
from hotline.chat.reading import Reading
from hotline.chat.reception import Reception
from hotline.chat.reminding import Reminding
from hotline.chat.sending import Sending
from hotline.chat.service import Chat
from hotline.chat.transcript import Transcript
from hotline.chat.wiping import Wiping
from hotline.chat.wiring import Files, Helps
from hotline.contacts.outreach import Outreach
from hotline.infra.blobs import Blobs
from hotline.infra.house import Room
from hotline.infra.scrub import Scrub
from hotline.intake.flows import Flows
from hotline.kernel.errors import Problems
from hotline.kernel.languages import Lang
from hotline.settings import Settings


@dataclass(frozen=True)
class Chats:
    """What other parts need of chats."""

    chat: Chat
    connector: ChatConnector
    rooms: list[Room]


def chats_of(
    ground: Ground,
    outside: Outside,
    core: Core,
    asked: Callable[[Lang | None], dict[str, Any]],
) -> Chats:
    """Build the chat room and one room per messenger. `asked`: the intake of who is only called.

    Raises Problems for unapproved texts.
    """
    _approved(ground.settings, core.flows)
    db, rules = ground.db, chat_rules_of(ground.settings)
    contacts, audit, line = core.contacts, core.audit, core.line
    outreach = Outreach(contacts, core.safe)
    blobs, scrub = Blobs(db, ground.vault), Scrub()
    transcript = Transcript(ground.vault, ground.texts, blobs)
    chat = Chat(db, transcript, contacts, audit, core.staff, core.safe, outreach)
    calls = callback_rules_of(ground.settings)
    requests = Requests(contacts, core.routing, core.callbacks, core.safe, calls, line, asked)
    helping = Helping(transcript, core.routing, core.flows, line, core.library, requests)
    reminding = Reminding(db, transcript, contacts, line, core.safe, rules)
    interview = Interview(transcript, contacts, core.routing, core.flows, line, helping, reminding)
    erasing = Erasing(db, transcript, contacts, audit, CaseHolding())
    reception = Reception(db, transcript, contacts, interview, erasing, rules, outreach)
    channels = {m.channel.name: m.channel for m in outside.messengers}
    holding = Holding(db, transcript, contacts, outreach)
    delivery = Delivery(
        db, transcript, channels, rules, holding, clock=ground.clock, metrics=ground.metrics
    )
    files = Files(
        Fetching(db, transcript, contacts, blobs, scrub, channels, rules),
        FileViews(
            Sending(db, transcript, chat, blobs, scrub, channels),
            Reading(db, ground.vault, contacts, blobs, audit),
        ),
    )
    wiping = Wiping(db, transcript, contacts, audit, channels, rules)
    danger_s = core.flows.telegram.risk.danger_s
    helps = Helps(
        HelpJobs(db, chat, erasing, wiping, ground.live, rules),
        HelpViews(erasing),
        reminding,
        Alarming(db, transcript, contacts, core.routing, core.safe, ground.live, priority=danger_s),
    )
    rooms = [wiring.room(chat, reception, delivery, ground.live, files, helps)]
    rooms += [m.room(reception, delivery) for m in outside.messengers]
    return Chats(chat, ChatConnector(chat), rooms)


def _approved(settings: Settings, flows: Flows) -> None:
    approved = templates.load(settings.config_dir)
    for channel in speech.GUARDED:
        if problems := templates.unapproved(approved, flows[channel]):
            raise Problems(problems)


def chat_rules_of(settings: Settings) -> ChatRules:
    """How long things may take in a chat."""
    page = settings.chats
    return ChatRules(
        forget_after=timedelta(hours=page.forget_after_h),
        remind_after=tuple(timedelta(minutes=minutes) for minutes in page.remind_after_min),
        quiet=page.quiet_minutes,
        zone=settings.hotline.timezone,
    )
