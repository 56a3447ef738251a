"""The telephone, put together."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from hotline.app.core import Core
from hotline.app.ground import Ground
from hotline.app.outside import Outside
from hotline.carrier.capabilities import Capabilities
from hotline.infra.house import Room
from hotline.kernel.languages import Lang
from hotline.settings import Settings
from hotline.telephony import lines, wiring
from hotline.telephony.callingback import CallingBack
from hotline.telephony.calls import Calls
from hotline.telephony.company import Company
from hotline.telephony.connector import CallConnector
from hotline.telephony.crowds import Caps, Crowds
from hotline.telephony.deskphones import DeskPhones
from hotline.telephony.dialing import Numbers
from hotline.telephony.documents import Documents
from hotline.telephony.entrance import Entrance
from hotline.telephony.handlers import FloodHandlers, Handlers
from hotline.telephony.hearing import Around
from hotline.telephony.jobs import Jobs
from hotline.telephony.missedcalls import MissedCalls
from hotline.telephony.model import Timing
from hotline.telephony.parties import Parties
from hotline.telephony.questions import Instead, Questions, refusals
from hotline.telephony.reconciler import Reconciler
from hotline.telephony.rooms import Rooms
from hotline.telephony.service import Telephony
from hotline.telephony.talks import Means, Talks
from hotline.telephony.talkviews import TalkViews
from hotline.telephony.tuner import Tuner
from hotline.telephony.views import Views, Webhooks
from hotline.telephony.watching import Watching


@dataclass(frozen=True)
class Voice:
    """What other parts need of the telephone."""

    calls: Calls
    connector: CallConnector
    room: Room
    skipped: Callable[[Lang | None], dict[str, Any]]


def voice_of(ground: Ground, outside: Outside, core: Core) -> Voice:
    """Build the telephony room. Raises what is wrong with the rules of whom may be rung."""
    settings, db, able = ground.settings, ground.db, outside.capabilities
    timing = _timing(settings, able)
    documents = Documents(settings.public_base_url.rstrip("/"), core.prompts, able)
    callbacks, phones = core.callbacks, core.phones
    company = Company(core.contacts, timing)
    ends = refusals(core.flows.voice)
    rooms = Rooms(db, core.contacts, company, able, timing, callbacks, ends=ends)
    entrance = Entrance(db, core.contacts, rooms, documents, core.staff)
    crowds = Crowds(core.line, _caps(settings))
    instead = Instead(callbacks, core.messages)
    questions = Questions(
        core.contacts, core.routing, core.flows, documents, core.line, instead, crowds
    )
    missed = _missed(ground, core, questions, documents)
    around = Around(questions, documents, able, timing, entrance, phones, instead, missed, crowds)
    telephony = Telephony(db, core.contacts, core.routing, rooms, around)
    numbers = Numbers(core.partners, ground.vault)
    talks, talk_views = _talks(ground, core, rooms, company, numbers, able)
    parties = Parties(core.staff, core.partners, able, callbacks, core.listening, core.recordings)
    calls = Calls(db, core.contacts, rooms, company, parties, core.callbacks, timing.two_turns)
    core.routing.reach = calls
    desk_phones = DeskPhones(
        outside.carrier,
        browser="browser" in settings.phone.modes,
        simulator=settings.simulator,
    )
    beyond = lines.Outside(
        outside.carrier,
        settings.carrier.caller_id,
        documents,
        phones,
        settings.callbacks.caller_id,
    )
    line = lines.Lines(db, rooms, beyond, timing)
    webhooks = Webhooks(
        telephony,
        entrance,
        rooms,
        documents,
        outside.gate,
        lambda how: ground.metrics.inbox.labels("voice", how).inc(),
    )
    jobs = Jobs(
        rooms,
        line,
        Reconciler(db, core.contacts, beyond, line),
        Tuner(db, rooms, company, entrance, beyond, numbers, timing),
        CallingBack(db, rooms, callbacks, beyond, timing),
    )
    room = wiring.room(
        Views(calls, desk_phones, core.prompts),
        talk_views,
        webhooks,
        Handlers(db, core.contacts, rooms, ground.live, talks, core.colleagues, core.recordings),
        FloodHandlers(db, core.routing),
        jobs,
    )
    return Voice(calls, CallConnector(rooms, talks), room, questions.skipped)


def _timing(settings: Settings, able: Capabilities) -> Timing:
    return Timing(
        grace=timedelta(seconds=settings.routing.grace_s),
        no_join=timedelta(seconds=settings.telephony.join_s),
        two_turns=timedelta(seconds=able.two_turns_s),
        silent_waiting=timedelta(seconds=settings.telephony.silent_s or able.two_turns_s),
        silent_talking=timedelta(seconds=settings.telephony.silent_talking_s),
    )


def _caps(settings: Settings) -> Caps:
    page = settings.floods
    return Caps(
        per_number=page.per_number,
        per_prefix=page.per_prefix,
        per_hidden=page.per_hidden,
        danger_per_number=page.danger_per_number,
        danger_per_prefix=page.danger_per_prefix,
        lasts=timedelta(minutes=page.lasts_min),
        silent=page.silent,
        silent_turns=page.silent_turns,
    )


def _missed(ground: Ground, core: Core, questions: Questions, documents: Documents) -> MissedCalls:
    return MissedCalls(
        ground.db,
        core.contacts,
        core.routing,
        core.callbacks,
        questions,
        documents,
        ground.settings.callbacks.missed_lines,
    )


def _talks(
    ground: Ground,
    core: Core,
    rooms: Rooms,
    company: Company,
    numbers: Numbers,
    able: Capabilities,
) -> tuple[Talks, TalkViews]:
    db, topics = ground.db, tuple(core.form.intake_topics)
    means = Means(core.routing, core.colleagues, numbers, able, topics)
    talks = Talks(db, core.contacts, rooms, company, means)
    watching = Watching(db, core.contacts, rooms, company, core.routing, core.audit, able)
    return talks, TalkViews(talks, watching)
