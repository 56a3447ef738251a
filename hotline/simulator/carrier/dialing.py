"""Ringing parties for a caller: the first to accept is joined, the others stop ringing."""

from __future__ import annotations

import asyncio
import contextlib
import math
import re
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from hotline.simulator.carrier.calls import (
    Call,
    Callbacks,
    CallOver,
    Direction,
    End,
    Script,
    Status,
)
from hotline.simulator.carrier.desk import Desk
from hotline.simulator.carrier.ear import Heard
from hotline.simulator.carrier.errors import DocumentError
from hotline.simulator.carrier.legs import Legs
from hotline.simulator.carrier.pages import Page
from hotline.simulator.carrier.recordings import Recording, Recordings
from hotline.simulator.carrier.verbs import Dial, Party, Via

_NUMBER = re.compile(r"\+?[0-9]{2,15}")
_PREFIX = {Via.NUMBER: "", Via.CLIENT: "client:", Via.SIP: ""}
_ANSWER_BUFFER_S = 5
_WORST_LAST = (Status.BUSY, Status.NO_ANSWER, Status.CANCELED, Status.FAILED)


@dataclass(slots=True, eq=False)
class _Bridge:
    ringing: int
    winner: Call | None = None
    settled: asyncio.Event = field(default_factory=asyncio.Event)
    over: asyncio.Event = field(default_factory=asyncio.Event)


class Dialer:
    """Carry out ``Dial`` with parties; ``run`` executes the whisper on the called side."""

    run: Callable[[Call, Script], Awaitable[None]]

    def __init__(self, desk: Desk, legs: Legs, recordings: Recordings) -> None:
        self._desk = desk
        self._legs = legs
        self.recordings = recordings

    async def dial(self, call: Call, verb: Dial, page: Page) -> dict[str, str]:
        """Return the fields of the action request."""
        bridge = _Bridge(ringing=len(verb.parties))
        children = [self._child(call, verb, party, page=page) for party in verb.parties]
        try:
            for child, party in zip(children, verb.parties, strict=True):
                work = partial(self._life, child, party, verb=verb, page=page, bridge=bridge)
                self._legs.start(child, work)
            await bridge.settled.wait()
            self._stop(child for child in children if child is not bridge.winner)
            if bridge.winner is None:
                return self._unanswered(children)
            recorded = await self._talk(call, verb, page, bridge=bridge)
            return self._bridged(bridge.winner) | recorded
        finally:
            bridge.over.set()
            self._stop(child for child in children if child is not bridge.winner)

    def _child(self, call: Call, verb: Dial, party: Party, *, page: Page) -> Call:
        address = _PREFIX[party.via] + party.address
        if party.via is Via.NUMBER and not _NUMBER.fullmatch(address):
            raise DocumentError(13224, "Dial: invalid phone number", url=page.url)
        hook = party.hook
        callbacks = Callbacks(
            url=page.absolute(hook.url) if hook.url else "",
            method=hook.method,
            events=hook.events,
        )
        child = self._legs.make(
            verb.caller_id or call.origin,
            address,
            direction=Direction.OUTBOUND_DIAL,
            callbacks=callbacks,
            parent=call,
        )
        child.tones = party.digits
        found = party.detection
        if found is not None:
            child.detection = replace(found, url=page.absolute(found.url) if found.url else None)
        return child

    async def _life(
        self, child: Call, party: Party, *, verb: Dial, page: Page, bridge: _Bridge
    ) -> None:
        try:
            if not await self._legs.ring(child, timeout_s=verb.timeout_s + _ANSWER_BUFFER_S):
                return
            if party.whisper is not None:
                url = page.absolute(party.whisper)
                await self.run(child, Script(url=url, method=party.method))
            if bridge.winner is None:
                bridge.winner = child
                bridge.settled.set()
                child.ear.hear(Heard.TALKING, "1")
                await bridge.over.wait()
        except CallOver as over:
            child.verdict = over.verdict
        finally:
            bridge.ringing -= 1
            if bridge.winner is child:
                bridge.over.set()
            elif not bridge.ringing:
                bridge.settled.set()

    async def _talk(self, call: Call, verb: Dial, page: Page, *, bridge: _Bridge) -> dict[str, str]:
        """Until one of the two leaves; what the action is told of the recording."""
        self._legs.answer(call)
        recording = self._recorded(call, verb, page)
        call.ear.hear(Heard.TALKING, "1")
        if call.last_words is not None:
            params = {"DialCallStatus": Status.COMPLETED.value}
            call.last_words = replace(call.last_words, params=params)
        limit_s = self._desk.clock.real(verb.time_limit_s)
        with (
            self.listening(call, bridge.over.set, on_star=verb.hangup_on_star),
            contextlib.suppress(TimeoutError),
        ):
            await asyncio.wait_for(bridge.over.wait(), limit_s)
        if recording is None:
            return {}
        self.recordings.stop(recording)
        return self.recordings.form(recording)

    def _recorded(self, call: Call, verb: Dial, page: Page) -> Recording | None:
        hook = verb.recording
        if hook is None:
            return None
        where = replace(hook, url=page.absolute(hook.url) if hook.url else None)
        return self.recordings.start(call, "DialVerb", hook=where)

    @contextlib.contextmanager
    def listening(self, call: Call, leave: Callable[[], None], *, on_star: bool) -> Iterator[None]:
        """While the block lasts, a * pressed by the caller leads out of it, if it is to."""

        async def wait() -> None:
            while await call.keys.get() != "*":
                pass
            leave()

        task = self._desk.tasks.branch(wait(), name=f"star {call.sid}") if on_star else None
        try:
            yield
        finally:
            if task is not None:
                task.cancel()

    def _stop(self, children: Iterable[Call]) -> None:
        for child in children:
            self._legs.order(child, End(unanswered=Status.CANCELED), departure="")

    def _bridged(self, winner: Call) -> dict[str, str]:
        since = winner.answered_instant or self._desk.clock.instant()
        told = {
            "DialCallStatus": "completed",
            "DialCallSid": winner.sid,
            "DialCallDuration": str(max(1, math.ceil(self._desk.clock.instant() - since))),
        }
        return told | ({"DialBridged": "true"} if self._desk.dialect.rich_parameters else {})

    def _unanswered(self, children: list[Call]) -> dict[str, str]:
        verdicts = {child.verdict for child in children}
        status = next((one for one in _WORST_LAST if one in verdicts), Status.NO_ANSWER)
        if not self._desk.dialect.rich_parameters:
            return {"DialCallStatus": status.value}
        return {
            "DialCallStatus": status.value,
            "DialCallSid": children[-1].sid,
            "DialBridged": "false",
        }
