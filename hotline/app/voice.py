"""The telephone, put together."""

from dataclasses import dataclass
from datetime import timedelta

from hotline.app.core import Core
from hotline.app.ground import Ground
from hotline.app.outside import Outside
from hotline.infra.house import Room
from hotline.telephony import lines, wiring
from hotline.telephony.callingback import CallingBack
from hotline.telephony.calls import Calls
from hotline.telephony.connector import CallConnector
from hotline.telephony.documents import Documents
from hotline.telephony.handlers import Handlers
from hotline.telephony.jobs import Jobs
from hotline.telephony.missedcalls import MissedCalls
from hotline.telephony.model import Timing
from hotline.telephony.questions import Questions
from hotline.telephony.rooms import Rooms
from hotline.telephony.service import Around, Telephony
from hotline.telephony.views import Views, Webhooks


@dataclass(frozen=True)
class Voice:
    """What other parts need of the telephone."""

    calls: Calls
    connector: CallConnector
    room: Room


def voice_of(ground: Ground, outside: Outside, core: Core) -> Voice:
    """Build the telephony room."""
    settings, db, able = ground.settings, ground.db, outside.capabilities
    timing = Timing(grace=timedelta(seconds=settings.routing.grace_s))
    documents = Documents(settings.public_base_url.rstrip("/"), core.prompts, able)
    rooms = Rooms(db, core.contacts, able, timing, core.callbacks, closed=core.flows.voice.closed)
    questions = Questions(core.contacts, core.routing, core.flows, documents, core.callbacks)
    missed = MissedCalls(
        db,
        core.contacts,
        core.routing,
        core.callbacks,
        questions,
        documents,
        settings.callbacks.missed_lines,
    )
    around = Around(questions, documents, able, timing, core.staff, core.callbacks, missed)
    telephony = Telephony(db, core.contacts, core.routing, rooms, around)
    calls = Calls(
        db,
        core.contacts,
        rooms,
        outside.carrier,
        core.callbacks,
        browser="browser" in settings.phone.modes,
    )
    world = lines.Outside(
        outside.carrier, settings.carrier.caller_id, documents, settings.callbacks.caller_id
    )
    line = lines.Lines(db, rooms, world, timing)
    calling_back = CallingBack(db, rooms, core.callbacks, world, timing)
    webhooks = Webhooks(
        telephony,
        rooms,
        documents,
        outside.gate,
        lambda how: ground.metrics.inbox.labels("voice", how).inc(),
    )
    handlers = Handlers(db, core.contacts, rooms, ground.live)
    room = wiring.room(
        Views(calls, core.prompts), webhooks, handlers, Jobs(rooms, line, calling_back)
    )
    return Voice(calls, CallConnector(rooms), room)
