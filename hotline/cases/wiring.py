"""What the case room takes and offers."""

from hotline.cases.board import Board
from hotline.cases.climbing import CLIMB, DUTY_SMS
from hotline.cases.events import (
    CaseSealed,
    EscalationAcknowledged,
    EscalationClosed,
    EscalationNoted,
    EscalationPaged,
    EscalationRaised,
)
from hotline.cases.handlers import Handlers
from hotline.cases.jobs import Jobs
from hotline.cases.numbers import Numbers
from hotline.cases.views import Views
from hotline.cases.webhook import Webhook
from hotline.consultations.events import EscalationLeftUnsaid
from hotline.infra.house import Room
from hotline.routing.events import SealedWaits, SealLifted


def room(
    views: Views,
    handlers: Handlers,
    jobs: Jobs,
    board: Board,
    webhook: Webhook,
    numbers: Numbers,
) -> Room:
    """The case room. `board` is also the console's share of the snapshot."""
    return Room(
        name="cases",
        edge=webhook.routes(),
        console=views.routes(),
        subscriptions=[
            (EscalationLeftUnsaid, handlers.left_unsaid),
            (EscalationRaised, handlers.raised),
            (EscalationPaged, handlers.paged),
            (EscalationAcknowledged, handlers.changed),
            (EscalationNoted, handlers.changed),
            (EscalationClosed, handlers.changed),
            (CaseSealed, handlers.changed),
            (CaseSealed, handlers.seal_changed),
            (EscalationClosed, handlers.seal_changed),
            (SealedWaits, handlers.sealed_waits),
            (SealLifted, handlers.seal_lifted),
        ],
        jobs={CLIMB: jobs.climb, DUTY_SMS: jobs.duty_sms},
        loops={"cases.sweep": jobs.sweep},
        gauges=[numbers.look],
        live_bodies={
            "escalation.alert": board.live_card,
            "escalation.changed": board.live_card,
            "case.back": board.live_back,
        },
    )
