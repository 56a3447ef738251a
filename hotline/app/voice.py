"""The telephone, put together."""

from dataclasses import dataclass
from datetime import timedelta

from hotline.app.core import Core
from hotline.app.ground import Ground
from hotline.app.outside import Outside
from hotline.infra.house import Room
from hotline.telephony import lines, wiring
from hotline.telephony.calls import Calls
from hotline.telephony.company import Company
from hotline.telephony.connector import CallConnector
from hotline.telephony.dialing import Numbers, Partners
from hotline.telephony.documents import Documents
from hotline.telephony.entrance import Entrance
from hotline.telephony.handlers import Handlers
from hotline.telephony.jobs import Jobs
from hotline.telephony.model import Timing
from hotline.telephony.parties import Parties
from hotline.telephony.questions import Questions
from hotline.telephony.rooms import Rooms
from hotline.telephony.service import Around, Telephony
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


def voice_of(ground: Ground, outside: Outside, core: Core) -> Voice:
    """Build the telephony room. Raises what is wrong with the rules of whom may be rung."""
    settings, db, able = ground.settings, ground.db, outside.capabilities
    timing = Timing(grace=timedelta(seconds=settings.routing.grace_s))
    documents = Documents(settings.public_base_url.rstrip("/"), core.prompts, able)
    company = Company(core.contacts, timing)
    rooms = Rooms(db, core.contacts, company, able, timing, closed=core.flows.voice.closed)
    entrance = Entrance(db, core.contacts, rooms, documents, core.staff)
    questions = Questions(core.contacts, core.routing, core.flows, documents)
    around = Around(questions, documents, able, timing, entrance)
    telephony = Telephony(db, core.contacts, core.routing, rooms, around)
    partners = Partners.load(settings.config_dir)
    numbers = Numbers(partners, ground.vault)
    means = Means(
        core.routing,
        core.colleagues,
        core.staff,
        numbers,
        able,
        tuple(core.form.intake_topics),
    )
    talks = Talks(db, core.contacts, rooms, company, means)
    watching = Watching(db, core.contacts, rooms, company, core.routing, core.audit, able)
    calls = Calls(
        db,
        core.contacts,
        rooms,
        company,
        Parties(core.staff, partners, able),
        outside.carrier,
        browser="browser" in settings.phone.modes,
    )
    beyond = lines.Outside(outside.carrier, settings.carrier.caller_id, documents)
    jobs = Jobs(
        rooms,
        lines.Lines(db, rooms, beyond, timing),
        Tuner(db, rooms, company, entrance, beyond, numbers, timing),
    )
    webhooks = Webhooks(
        telephony,
        entrance,
        rooms,
        documents,
        outside.gate,
        lambda how: ground.metrics.inbox.labels("voice", how).inc(),
    )
    room = wiring.room(
        Views(calls, core.prompts),
        TalkViews(talks, watching),
        webhooks,
        Handlers(db, core.contacts, rooms, ground.live, talks, core.colleagues),
        jobs,
    )
    return Voice(calls, CallConnector(rooms, talks), room)
