"""Who wants to hear which event: the other half of "events go up"."""

from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from hotline.infra.jobcontext import JobContext
from hotline.kernel.events import REGISTRY, Event

Handler = Callable[[Any, JobContext], Awaitable[None]]
E = TypeVar("E", bound=Event)


class Bus:
    """Subscriptions by event type. Handlers of one event run one after the other, in order."""

    def __init__(self) -> None:
        self._handlers: dict[type[Event], list[Handler]] = defaultdict(list)

    def on(self, event_type: type[E], handler: Callable[[E, JobContext], Awaitable[None]]) -> None:
        """Subscribe. The handler may be called again for the same event: it must be idempotent."""
        self._handlers[event_type].append(handler)

    def wanted(self, event_type: type[Event]) -> bool:
        """Whether anybody listens."""
        return bool(self._handlers.get(event_type))

    def types(self) -> frozenset[type[Event]]:
        """All event types that have a reader."""
        return frozenset(self._handlers)

    async def dispatch(self, payload: dict[str, Any], job: JobContext) -> None:
        """Run the handlers of a stored event. A failing one makes the whole event come again."""
        event_type = REGISTRY[payload["name"]]
        event = event_type.from_row(payload["row"])
        for handler in self._handlers.get(event_type, ()):
            await handler(event, job)
