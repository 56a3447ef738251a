"""People with a telephone, a softphone or a mobile for SMS; driven by a program or by hand."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Protocol

from hotline.simulator.carrier.calls import Call
from hotline.simulator.carrier.ear import Heard, Moment
from hotline.simulator.carrier.exchange import Carrier
from hotline.simulator.carrier.phonebook import Behaviour, Line
from hotline.simulator.journal import Journal

_WITHIN_S = 10.0


class PhoneCaller:
    """A person with a telephone.

    All waits take real seconds (``within_s``) and raise ``TimeoutError``; ``patience_s`` is in
    simulated seconds: then the person hangs up. A person has one call at a time.
    """

    def __init__(self, carrier: Carrier, number: str, *, patience_s: float | None = None) -> None:
        self._carrier = carrier
        self.number = number
        self.patience_s = patience_s
        self._call: Call | None = None
        self._ringing = asyncio.Event()
        self._heard_up_to = -1

    @property
    def call(self) -> Call:
        """Return the leg; raises if there has been none."""
        if self._call is None:
            raise RuntimeError("This person has not called yet")
        return self._call

    @property
    def heard(self) -> list[Moment]:
        """Return all that was heard in this call."""
        return self.call.ear.moments

    async def dial(self, to: str = "", *, forwarded_from: str | None = None) -> Call:
        """Call a number, by default the public one."""
        number = to or self._carrier.config.number
        self._take(self._carrier.inbound(self.number, number, forwarded_from=forwarded_from))
        if self.patience_s is not None:
            self._carrier.desk.tasks.start(self._lose_patience(), name="patience")
        return self.call

    def expect(self, behaviour: Behaviour = Behaviour.HAND, *, ring_s: float = 1.0) -> None:
        """Be reachable: with HAND the phone rings until ``pick_up`` or ``refuse``."""
        line = Line(behaviour, ring_s=ring_s, on_ring=self._rung)
        self._carrier.book.set(self.number, line)

    async def wait_ringing(self, *, within_s: float = _WITHIN_S) -> Call:
        """Wait until the phone rings."""
        async with asyncio.timeout(within_s):
            await self._ringing.wait()
        return self.call

    def pick_up(self) -> None:
        """Answer the call that rings."""
        self.call.decide(accept=True)

    def refuse(self) -> None:
        """Refuse the call that rings."""
        self.call.decide(accept=False)

    async def wait_for(self, prompt: str, *, within_s: float = _WITHIN_S) -> Moment:
        """Wait for a prompt or sentence whose URL or text contains ``prompt``.

        Each moment is found once: the next call looks at what comes after it.
        """
        spoken = {Heard.PROMPT, Heard.SAY}
        return await self._next(lambda m: m.kind in spoken and prompt in m.what, within_s)

    async def wait_gather(self, *, within_s: float = _WITHIN_S) -> Moment:
        """Wait until keys are listened to."""
        return await self._next(lambda m: m.kind is Heard.GATHER, within_s)

    async def wait_talking(self, *, within_s: float = _WITHIN_S) -> Moment:
        """Wait until somebody else is on the line."""
        return await self._next(lambda m: m.kind is Heard.TALKING, within_s)

    async def wait_alone(self, *, within_s: float = _WITHIN_S) -> Moment:
        """Wait until left alone in a started room."""
        return await self._next(lambda m: m.kind is Heard.ALONE, within_s)

    async def wait_ended(self, *, within_s: float = _WITHIN_S) -> str:
        """Wait for the end; return the final state."""
        async with asyncio.timeout(within_s):
            await self.call.over.wait()
        return self.call.status.value

    async def press(self, keys: str) -> None:
        """Press keys."""
        self.call.press(keys)

    async def speak(self, seconds: float) -> None:
        """Speak for so many simulated seconds; returns when that is said."""
        clock = self._carrier.desk.clock
        self.call.speaks_until = clock.instant() + seconds
        await clock.sleep(seconds)

    async def hang_up(self) -> None:
        """Hang up; returns at once, ``wait_ended`` waits for the network."""
        self._carrier.legs.hang_up(self.call)

    def _rung(self, call: Call) -> None:
        self._take(call)
        self._ringing.set()

    def _take(self, call: Call) -> None:
        self._call = call
        self._heard_up_to = -1
        self._ringing.clear()

    async def _next(self, fits: Callable[[Moment], bool], within_s: float) -> Moment:
        async with asyncio.timeout(within_s):
            moment = await self.call.ear.wait(fits, after=self._heard_up_to)
        self._heard_up_to = moment.index
        return moment

    async def _lose_patience(self) -> None:
        call = self.call
        await self._carrier.desk.clock.sleep(self.patience_s or 0)
        self._carrier.legs.hang_up(call)


class Softphone(PhoneCaller):
    """An operator's browser phone: it dials in, or is rung as ``client:NAME`` and answers."""

    def __init__(self, carrier: Carrier, identity: str) -> None:
        super().__init__(carrier, f"client:{identity}")
        self.identity = identity
        self.expect(Behaviour.ANSWER, ring_s=0.0)

    async def connect(self, params: Mapping[str, str] | None = None) -> Call:
        """Dial in, as the browser SDK does, with the parameters of the page."""
        self._take(self._carrier.from_softphone(self.identity, params or {}))
        return self.call


class Received(Protocol):
    """A text that was taken from somebody."""

    @property
    def sid(self) -> str:
        """Return its id at the network."""
        ...


class TextNetwork(Protocol):
    """Whoever carries SMS between people and the hotline."""

    @property
    def number(self) -> str:
        """Return the number that people write to."""
        ...

    @property
    def journal(self) -> Journal:
        """Return what is written down."""
        ...

    def inbox(self, number: str) -> list[str]:
        """Return the texts that have arrived at a number."""
        ...

    async def receive(self, origin: str, to: str, body: str) -> Received:
        """Bring a text to the hotline; return when the webhook was answered."""
        ...


class SmsPerson:
    """A person with a mobile phone."""

    def __init__(self, network: TextNetwork, number: str) -> None:
        self._network = network
        self.number = number

    async def send(self, body: str, *, to: str = "") -> Received:
        """Send a text, by default to the hotline; returns when the webhook was answered."""
        return await self._network.receive(self.number, to or self._network.number, body)

    @property
    def inbox(self) -> list[str]:
        """Return the texts that have arrived."""
        return self._network.inbox(self.number)

    async def wait_for(self, text: str, *, within_s: float = _WITHIN_S) -> str:
        """Wait for a text that contains ``text``, past or future."""
        entry = await self._network.journal.wait_for(
            "sms.arrived",
            within_s=within_s,
            to=self.number,
            where=lambda one: text in str(one["body"]),
        )
        return str(entry["body"])
