"""What happens when the carrier rings somebody."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from enum import StrEnum

from hotline.simulator.carrier.calls import Call, Status
from hotline.simulator.carrier.ear import Heard
from hotline.simulator.clock import Clock


class Behaviour(StrEnum):
    """How a number takes a call."""

    ANSWER = "answer"
    BUSY = "busy"
    NO_ANSWER = "no-answer"
    VOICEMAIL = "voicemail"
    FAX = "fax"
    UNKNOWN = "unknown"
    """The network does not know the number: failed."""
    HAND = "hand"
    """Rings until somebody decides (the hand page, or a test)."""


@dataclass(slots=True)
class Line:
    """One entry; ``ring_s`` simulated seconds until it is answered."""

    behaviour: Behaviour
    ring_s: float = 2.0
    on_ring: Callable[[Call], None] | None = None
    on_answer: Callable[[Call], Coroutine[object, object, None]] | None = None
    textable: bool = True
    """False: no mobile, an SMS is refused."""
    reachable: bool = True
    """False: an SMS stays undelivered."""


class PhoneBook:
    """Numbers and how they behave.

    Not listed: ``client:`` and ``sip:`` are softphones that answer at once and stay silent; a
    number rings and is not answered.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lines: dict[str, Line] = {}

    def set(self, address: str, line: Line) -> Line:
        """Say how an address behaves."""
        self._lines[address] = line
        return line

    def line(self, address: str) -> Line:
        """Return how an address behaves."""
        known = self._lines.get(address) or self._lines.get(_registered(address))
        if known is not None:
            return known
        if address.startswith(("client:", "sip:")):
            return Line(Behaviour.ANSWER, ring_s=0.0)
        return Line(Behaviour.NO_ANSWER)

    async def ring(self, call: Call, *, timeout_s: float) -> Status:
        """Ring; return IN_PROGRESS when answered, or the final state. Cancel to stop ringing."""
        line = self.line(call.to)
        call.ear.hear(Heard.RINGING, call.origin)
        if line.on_ring is not None:
            line.on_ring(call)
        try:
            async with asyncio.timeout(self._clock.real(timeout_s)):
                return await self._outcome(call, line)
        except TimeoutError:
            return Status.NO_ANSWER

    async def _outcome(self, call: Call, line: Line) -> Status:
        match line.behaviour:
            case Behaviour.ANSWER | Behaviour.VOICEMAIL | Behaviour.FAX:
                await self._clock.sleep(line.ring_s)
                return Status.IN_PROGRESS
            case Behaviour.BUSY:
                return Status.BUSY
            case Behaviour.UNKNOWN:
                return Status.FAILED
            case Behaviour.NO_ANSWER:
                await asyncio.Event().wait()
            case Behaviour.HAND:
                return await _by_hand(call)
        raise AssertionError


def _registered(address: str) -> str:
    """A softphone answers to its name, whatever the way in: ``sip:NAME@anywhere``."""
    name = address.removeprefix("sip:").partition("@")[0]
    return f"client:{name}" if address.startswith("sip:") else address


async def _by_hand(call: Call) -> Status:
    await call.decided.wait()
    return Status.IN_PROGRESS if call.accepted else Status.BUSY
