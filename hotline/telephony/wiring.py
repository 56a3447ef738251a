"""What the telephony room takes and offers."""

from hotline.contacts.events import CallerLeft, ContactRequeued, TalkEnded
from hotline.infra.house import Room
from hotline.telephony.events import CallChanged
from hotline.telephony.handlers import Handlers
from hotline.telephony.jobs import Jobs
from hotline.telephony.views import Views, Webhooks


def room(views: Views, webhooks: Webhooks, handlers: Handlers, jobs: Jobs) -> Room:
    """The telephony room."""
    return Room(
        name="telephony",
        edge=[*webhooks.routes(), *views.edge()],
        console=views.console(),
        subscriptions=[
            (CallerLeft, handlers.caller_left),
            (TalkEnded, handlers.talk_ended),
            (ContactRequeued, handlers.requeued),
            (CallChanged, handlers.call_changed),
        ],
        jobs=jobs.handlers,
        loops={"voice.reconcile": jobs.reconcile, "voice.compare": jobs.compare},
    )
