"""What the telephony room takes and offers."""

from hotline.contacts.events import CallerLeft, ContactRequeued, TalkEnded
from hotline.infra.house import Room
from hotline.line.events import FloodChanged
from hotline.routing.events import OfferEnded
from hotline.telephony.events import CallChanged, TransferEnded
from hotline.telephony.handlers import FloodHandlers, Handlers
from hotline.telephony.jobs import Jobs
from hotline.telephony.talkviews import TalkViews
from hotline.telephony.views import Views, Webhooks


def room(
    views: Views,
    talk_views: TalkViews,
    webhooks: Webhooks,
    handlers: Handlers,
    floods: FloodHandlers,
    jobs: Jobs,
) -> Room:
    """The telephony room."""
    return Room(
        name="telephony",
        edge=[*webhooks.routes(), *views.edge()],
        console=[*views.console(), *talk_views.routes()],
        subscriptions=[
            (CallerLeft, handlers.caller_left),
            (TalkEnded, handlers.talk_ended),
            (ContactRequeued, handlers.requeued),
            (OfferEnded, handlers.offer_ended),
            (TransferEnded, handlers.transfer_ended),
            (CallChanged, handlers.call_changed),
            (FloodChanged, floods.flood_changed),
        ],
        jobs=jobs.handlers,
        loops={"voice.reconcile": jobs.reconcile, "voice.compare": jobs.compare},
    )
