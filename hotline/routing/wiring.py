"""What the routing room takes and offers."""

from dataclasses import dataclass

from hotline.contacts.events import (
    CallerLeft,
    ContactClosed,
    ContactHandedOver,
    ContactRequeued,
    ContactTalking,
    TalkEnded,
    WrapUpEnded,
)
from hotline.infra.house import Room
from hotline.routing.accounts import Accounts
from hotline.routing.desk import Desk
from hotline.routing.endings import Endings
from hotline.routing.events import (
    OfferAccepted,
    OfferEnded,
    OfferMade,
    OperatorGone,
    PresenceChanged,
    QueueChanged,
    ShiftStarted,
    WrapUpOver,
)
from hotline.routing.explaining import Explaining
from hotline.routing.handlers import Handlers
from hotline.routing.jobs import Sweeps
from hotline.routing.numbers import Numbers
from hotline.routing.queueviews import QueueViews
from hotline.routing.views import Views
from hotline.staff.events import StaffChanged, StaffDisabled


@dataclass(frozen=True, slots=True)
class Parts:
    """What the room is made of."""

    views: Views
    queue_views: QueueViews
    handlers: Handlers
    accounts: Accounts
    sweeps: Sweeps
    desk: Desk
    endings: Endings
    numbers: Numbers
    explaining: Explaining


def room(parts: Parts) -> Room:
    """The routing room."""
    handlers, numbers, sweeps, desk = parts.handlers, parts.numbers, parts.sweeps, parts.desk
    return Room(
        name="routing",
        console=[*parts.views.routes(), *parts.queue_views.routes()],
        subscriptions=[
            (CallerLeft, handlers.caller_left),
            (TalkEnded, handlers.talk_ended),
            (ContactRequeued, handlers.requeued),
            (ContactHandedOver, handlers.handed_over),
            (WrapUpEnded, handlers.wrap_up_ended),
            (WrapUpOver, handlers.wrap_up_over),
            (QueueChanged, handlers.queue_changed),
            (OfferMade, handlers.offer_made),
            (OfferEnded, handlers.offer_ended),
            (OfferAccepted, handlers.offer_accepted),
            (ContactTalking, handlers.talking),
            (PresenceChanged, handlers.presence_changed),
            (OperatorGone, handlers.operator_gone),
            (StaffDisabled, handlers.staff_disabled),
            (StaffChanged, parts.accounts.changed),
            (ShiftStarted, parts.accounts.changed),
            (OfferEnded, numbers.offer_ended),
            (OfferAccepted, numbers.offer_accepted),
            (ContactClosed, numbers.contact_closed),
        ],
        gauges=[numbers.look],
        loops={
            "routing.expire": sweeps.expire,
            "routing.match": sweeps.match,
            "routing.watch": sweeps.watch,
            "routing.give_up": sweeps.give_up,
            "routing.forget": parts.explaining.forgetting,
            "routing.time": sweeps.time,
        },
        live_bodies={
            "call.offer": desk.live_offer,
            "chat.offer": desk.live_offer,
            "contact.card": desk.live_card,
            "offer.gone": parts.endings.live_gone,
            "presence.self": desk.live_presence,
            "queue.item": desk.live_item,
            "queue.stats": desk.live_stats,
        },
    )
