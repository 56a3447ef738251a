"""Chats and the messengers that carry them, put together."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from hotline.app.core import Core, callback_rules_of
from hotline.app.ground import Ground
from hotline.app.outside import Outside
from hotline.callbacks.requests import Requests
from hotline.cases.holding import Holding as CaseHolding
from hotline.chat import replies as ready
from hotline.chat import speech, templates, wiring
from hotline.chat.alarming import Alarming
from hotline.chat.attention import Attention
from hotline.chat.connector import ChatConnector
from hotline.chat.delivery import Delivery
from hotline.chat.editing import Editing
from hotline.chat.erasing import Erasing
from hotline.chat.fetching import Fetching
from hotline.chat.fileviews import FileViews
from hotline.chat.helping import Helping
from hotline.chat.helpjobs import HelpJobs
from hotline.chat.helpviews import HelpViews
from hotline.chat.holding import Holding
from hotline.chat.interview import Interview
from hotline.chat.model import ChatRules
from hotline.chat.ports import Channel
from hotline.chat.reading import Reading
from hotline.chat.reception import Reception, Wishes
from hotline.chat.recognising import Recognising
from hotline.chat.reminding import Reminding
from hotline.chat.replies import Replies
from hotline.chat.sending import Sending
from hotline.chat.service import Chat
from hotline.chat.transcript import Transcript
from hotline.chat.views import Views
from hotline.chat.wiping import Wiping
from hotline.chat.wiring import Files, Helps, Talks
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
    attention: Attention
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
    known = Recognising(transcript, contacts, core.routing, core.links, rules)
    danger_s = core.flows.telegram.risk.danger_s
    alarming = Alarming(contacts, core.routing, core.safe, priority=danger_s)
    wishes = Wishes(erasing, outreach, alarming)
    reception = Reception(db, transcript, contacts, interview, known, wishes, rules)
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
    wiping = Wiping(db, transcript, contacts, audit, channels, rules, outreach)
    helps = Helps(
        HelpJobs(db, chat, erasing, wiping, ground.live, rules),
        HelpViews(erasing),
        reminding,
    )
    talks = _talks(ground, core, chat, transcript, channels)
    rooms = [wiring.room(chat, reception, delivery, ground.live, talks, files, helps)]
    rooms += [m.room(reception, delivery) for m in outside.messengers]
    return Chats(chat, ChatConnector(chat), talks.attention, rooms)


def _talks(
    ground: Ground,
    core: Core,
    chat: Chat,
    transcript: Transcript,
    channels: Mapping[str, Channel],
) -> Talks:
    db, settings, rules = ground.db, ground.settings, chat_rules_of(ground.settings)
    editing = Editing(db, transcript, core.contacts, core.audit, channels, rules)
    attention = Attention(db, transcript, core.contacts, channels, rules)
    written = ready.read(settings.config_dir)
    replies = Replies(db, written, ground.texts, core.line, number=settings.hotline.line)
    return Talks(editing, attention, Views(chat, editing, attention, replies))


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
        alert=timedelta(seconds=page.red_s),
        unattended=timedelta(seconds=page.unattended_s),
        returns=timedelta(hours=page.return_h),
    )
