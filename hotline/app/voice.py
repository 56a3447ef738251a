"""The telephone, put together."""

from dataclasses import dataclass
from datetime import timedelta

from hotline.app.core import Core
from hotline.app.ground import Ground
from hotline.app.outside import Outside
from hotline.infra.house import Room
from hotline.telephony import lines, wiring
from hotline.telephony.calls import Calls
from hotline.telephony.connector import CallConnector
from hotline.telephony.documents import Documents
from hotline.telephony.handlers import Handlers
from hotline.telephony.jobs import Jobs
from hotline.telephony.model import Timing
from hotline.telephony.questions import Questions, refusals
from hotline.telephony.reconciler import Reconciler
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
    # Two turns of the hold loop that did not come, whatever this carrier's turns take.
    silent_s = settings.telephony.silent_s or 2 * able.hold_chunk_s + 10
    timing = Timing(
        grace=timedelta(seconds=settings.routing.grace_s),
        no_join=timedelta(seconds=settings.telephony.join_s),
        silent_waiting=timedelta(seconds=silent_s),
        silent_talking=timedelta(seconds=settings.telephony.silent_talking_s),
    )
    documents = Documents(settings.public_base_url.rstrip("/"), core.prompts, able)
    rooms = Rooms(db, core.contacts, able, timing, ends=refusals(core.flows.voice))
    questions = Questions(core.contacts, core.routing, core.flows, documents, core.line)
    around = Around(questions, documents, able, timing, core.staff, core.phones)
    telephony = Telephony(db, core.contacts, core.routing, rooms, around)
    calls = Calls(
        db,
        core.contacts,
        rooms,
        outside.carrier,
        browser="browser" in settings.phone.modes,
        simulator=settings.simulator,
    )
    beyond = lines.Outside(outside.carrier, settings.carrier.caller_id, documents, core.phones)
    line = lines.Lines(db, rooms, beyond, timing)
    reconciler = Reconciler(db, core.contacts, beyond, line)
    webhooks = Webhooks(
        telephony,
        rooms,
        documents,
        outside.gate,
        lambda how: ground.metrics.inbox.labels("voice", how).inc(),
    )
    handlers = Handlers(db, core.contacts, rooms, ground.live)
    room = wiring.room(
        Views(calls, core.prompts), webhooks, handlers, Jobs(rooms, line, reconciler)
    )
    return Voice(calls, CallConnector(rooms), room)
