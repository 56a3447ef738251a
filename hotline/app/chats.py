"""Chats and the messengers that carry them, put together."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from hotline.app.core import Core, callback_rules_of
from hotline.app.ground import Ground
from hotline.app.outside import Outside
from hotline.callbacks.requests import Requests
from hotline.cases.holding import Holding
from hotline.chat import wiring
from hotline.chat.alarming import Alarming
from hotline.chat.connector import ChatConnector
from hotline.chat.delivery import Delivery
from hotline.chat.erasing import Erasing
from hotline.chat.helping import Helping
from hotline.chat.helpjobs import HelpJobs
from hotline.chat.helpviews import HelpViews
from hotline.chat.interview import Interview
from hotline.chat.model import ChatRules
from hotline.chat.reception import Reception
from hotline.chat.reminding import Reminding
from hotline.chat.service import Chat
from hotline.chat.transcript import Transcript
from hotline.chat.wiping import Wiping
from hotline.chat.wiring import Helps
from hotline.infra.house import Room
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
    """Build the chat room and one room per messenger. `asked`: the intake of who is only called."""
    db, rules = ground.db, chat_rules_of(ground.settings)
    contacts, audit, line = core.contacts, core.audit, core.line
    transcript = Transcript(ground.vault, ground.texts)
    chat = Chat(db, transcript, contacts, audit, core.staff, core.safe)
    rules_of_calls = callback_rules_of(ground.settings)
    requests = Requests(
        contacts, core.routing, core.callbacks, core.safe, rules_of_calls, line, asked
    )
    helping = Helping(transcript, core.routing, core.flows, line, core.library, requests)
    reminding = Reminding(db, transcript, contacts, line, core.safe, rules)
    interview = Interview(transcript, contacts, core.routing, core.flows, line, helping, reminding)
    erasing = Erasing(db, transcript, contacts, audit, Holding())
    reception = Reception(db, ground.vault, transcript, contacts, interview, erasing, rules)
    channels = {m.channel.name: m.channel for m in outside.messengers}
    delivery = Delivery(db, transcript, channels, rules, clock=ground.clock, metrics=ground.metrics)
    wiping = Wiping(db, transcript, contacts, audit, channels, rules)
    helps = HelpJobs(db, chat, erasing, wiping, ground.live, rules)
    danger_s = core.flows.telegram.risk.danger_s
    alarming = Alarming(
        db, transcript, contacts, core.routing, core.safe, ground.live, priority=danger_s
    )
    beside = Helps(helps, HelpViews(erasing), reminding, alarming)
    rooms = [wiring.room(chat, reception, delivery, ground.live, beside)]
    rooms += [m.room(reception, delivery) for m in outside.messengers]
    return Chats(chat, ChatConnector(chat), rooms)


def chat_rules_of(settings: Settings) -> ChatRules:
    """How long things may take in a chat."""
    page = settings.chats
    return ChatRules(
        forget_after=timedelta(hours=page.forget_after_h),
        remind_after=tuple(timedelta(minutes=minutes) for minutes in page.remind_after_min),
        quiet=page.quiet_minutes,
        zone=settings.hotline.timezone,
    )
