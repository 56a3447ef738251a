"""Recordings of talks, put together."""

from dataclasses import dataclass
from datetime import timedelta

from hotline.app.core import Core
from hotline.app.ground import Ground
from hotline.app.outside import Outside
from hotline.infra.house import Room
from hotline.infra.sounds import Sounds
from hotline.infra.tickets import Tickets
from hotline.recordings import wiring
from hotline.recordings.handlers import Handlers
from hotline.recordings.keeping import Keeping
from hotline.recordings.listening import TICKET_LIVES, Listening
from hotline.recordings.steering import Steering
from hotline.recordings.views import Views
from hotline.recordings.webhook import Webhook


@dataclass(frozen=True)
class Recorded:
    """What other parts need of recordings."""

    listening: Listening
    room: Room


def recordings_of(ground: Ground, outside: Outside, core: Core) -> Recorded:
    """Build the room of recordings."""
    settings, db, recordings = ground.settings, ground.db, core.recordings
    sounds = Sounds(db, ground.vault)
    keep = timedelta(days=settings.recording.keep_days)
    tickets = Tickets(ground.vault, "recording", TICKET_LIVES)
    listening = Listening(db, core.audit, sounds, tickets, keep)
    room = wiring.room(
        Views(recordings, listening),
        Webhook(
            recordings,
            outside.gate,
            lambda how: ground.metrics.inbox.labels("voice", how).inc(),
        ),
        Handlers(db, core.contacts, ground.live),
        Steering(db, recordings, outside.carrier, settings.public_base_url.rstrip("/")),
        Keeping(db, recordings, core.audit, outside.carrier, sounds, keep),
    )
    return Recorded(listening, room)
