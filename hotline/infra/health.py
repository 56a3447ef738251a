"""Which part of the service is down, said in one JSON answer."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

import structlog

Check = Callable[[], Awaitable[object]]

TIMEOUT_S: Final = 2.0

log = structlog.get_logger(__name__)


class Unwell(Exception):  # noqa: N818 - it says how the part is
    """A part answers and is not well; `why` is a code such as `behind` or `backup-old`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class _Part:
    check: Check
    needed: bool


class Health:
    """The parts and how to ask them. A check that returns in time means well; raising means down.

    Parts that are not `needed` are reported and do not make the process unready: Redis may be away.
    """

    def __init__(self, *, timeout_s: float = TIMEOUT_S) -> None:
        self._timeout_s = timeout_s
        self._parts: dict[str, _Part] = {}
        self._stopping = False
        self._before: frozenset[str] = frozenset()

    def add(self, name: str, check: Check, *, needed: bool = True) -> None:
        """Watch a part under a name."""
        self._parts[name] = _Part(check, needed)

    def stop(self) -> None:
        """From now on not ready: the first stage of stopping."""
        self._stopping = True

    def live(self) -> dict[str, Any]:
        """That this could run at all is the answer: the event loop turns."""
        return {"live": True}

    async def ready(self) -> tuple[bool, dict[str, Any]]:
        """Whether requests should come here, and the state of every part."""
        states = await asyncio.gather(*(self._state(part) for part in self._parts.values()))
        parts = dict(zip(self._parts, states, strict=True))
        down = frozenset(name for name, state in parts.items() if not state["ok"])
        if down != self._before:
            self._before = down
            log.warning("health.changed", parts=sorted(down))
        ready = not self._stopping and not any(self._parts[name].needed for name in down)
        return ready, {"ready": ready, "stopping": self._stopping, "parts": parts}

    async def _state(self, part: _Part) -> dict[str, Any]:
        why = None
        try:
            async with asyncio.timeout(self._timeout_s):
                await part.check()
        except TimeoutError:
            why = "timeout"
        except Unwell as unwell:
            why = unwell.why
        except Exception as error:  # noqa: BLE001 - a check may fail in any way; that is its answer
            why = type(error.__cause__ or error).__name__
        state: dict[str, Any] = {"ok": why is None, "needed": part.needed}
        return state if why is None else {**state, "why": why}
