"""What a room takes part in: the sheet each wiring.py fills in and app.py reads."""

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from hotline.access.model import Actor
from hotline.infra.bus import Handler
from hotline.infra.gauges import Gauge
from hotline.infra.jobcontext import JobHandler
from hotline.infra.web.routes import Route
from hotline.kernel.events import Event

LiveBody = Callable[[dict[str, Any], Actor], Awaitable[dict[str, Any] | None]]
Loop = Callable[[], Coroutine[Any, Any, None]]


@dataclass(frozen=True)
class Room:
    """A feature as the house sees it.

    `edge` are routes for the outside (carrier, messengers), `console` those for staff. `loops` are
    endless and run where the role is work, `edge_loops` and `console_loops` where it is theirs.
    `gauges` look and set numbers for monitoring, again and again where the role is work.
    `live_bodies` fill in a live event at delivery, for one actor: personal content never travels
    through Redis, and None means the event is not for that actor.
    """

    name: str
    edge: list[Route] = field(default_factory=list)
    console: list[Route] = field(default_factory=list)
    subscriptions: list[tuple[type[Event], Handler]] = field(default_factory=list)
    jobs: dict[str, JobHandler] = field(default_factory=dict)
    loops: dict[str, Loop] = field(default_factory=dict)
    edge_loops: dict[str, Loop] = field(default_factory=dict)
    console_loops: dict[str, Loop] = field(default_factory=dict)
    gauges: list[Gauge] = field(default_factory=list)
    live_bodies: dict[str, LiveBody] = field(default_factory=dict)
