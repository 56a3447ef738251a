"""What everything in the carrier needs at hand."""

from __future__ import annotations

from dataclasses import dataclass

from hotline.simulator.carrier.dialects import Dialect
from hotline.simulator.carrier.hooks import Hooks
from hotline.simulator.clock import Clock
from hotline.simulator.journal import Journal
from hotline.simulator.tasks import Tasks


@dataclass(frozen=True, slots=True)
class Desk:
    """One account: how its carrier behaves, its clock, its record, its way out."""

    account_sid: str
    dialect: Dialect
    clock: Clock
    journal: Journal
    tasks: Tasks
    hooks: Hooks
