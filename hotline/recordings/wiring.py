"""What the room of recordings takes and offers."""

from functools import partial

from hotline.infra.house import Room
from hotline.recordings import jobs
from hotline.recordings.errands import KEEP, REMOVE, STEER
from hotline.recordings.events import RecordingChanged
from hotline.recordings.handlers import Handlers
from hotline.recordings.keeping import Keeping
from hotline.recordings.steering import Steering
from hotline.recordings.views import Views
from hotline.recordings.webhook import Webhook


def room(
    views: Views, webhook: Webhook, handlers: Handlers, steering: Steering, keeping: Keeping
) -> Room:
    """The room of recordings."""
    return Room(
        name="recordings",
        edge=webhook.routes(),
        console=views.routes(),
        subscriptions=[(RecordingChanged, handlers.changed)],
        jobs={STEER: steering.steer, KEEP: keeping.keep, REMOVE: keeping.remove},
        loops={"recordings.sweep": partial(jobs.sweep, keeping)},
    )
