"""The life of legs: made, rung, run, redirected, ended, and each step reported."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable
from functools import partial
from itertools import islice
from typing import TypeVar

from hotline.simulator.carrier.calls import (
    Call,
    Callbacks,
    CallOver,
    Direction,
    End,
    GoTo,
    Order,
    Script,
    Status,
)
from hotline.simulator.carrier.desk import Desk
from hotline.simulator.carrier.detection import detect
from hotline.simulator.carrier.ear import Ear, Heard, Moment
from hotline.simulator.carrier.hooks import Hook
from hotline.simulator.carrier.phonebook import Behaviour, PhoneBook
from hotline.simulator.carrier.speech import send_tones
from hotline.simulator.carrier.wording import status_form, voice_form
from hotline.simulator.faults import Fault, Faults
from hotline.simulator.tasks import drop

_VOICEMAIL_S = 30.0
_T = TypeVar("_T")


class Legs:
    """All legs of the account.

    ``interpret`` runs a script on a leg and returns at its end, ``close`` ends its recording and
    returns what is told of it. Above ``kept`` legs, the oldest that have ended are forgotten.
    """

    interpret: Callable[[Call, Script], Awaitable[None]]
    close: Callable[[Call], dict[str, str]]

    def __init__(self, desk: Desk, book: PhoneBook, faults: Faults, *, kept: int) -> None:
        self._desk = desk
        self._faults = faults
        self._book = book
        self._kept = kept
        self.by_sid: dict[str, Call] = {}

    def make(
        self,
        origin: str,
        to: str,
        *,
        direction: Direction,
        callbacks: Callbacks | None = None,
        parent: Call | None = None,
    ) -> Call:
        """Make a leg that does nothing yet."""
        desk = self._desk
        sid = desk.dialect.new_sid("CA")
        call = Call(
            sid=sid,
            account_sid=desk.account_sid,
            origin=origin,
            to=to,
            direction=direction,
            ear=Ear(lambda moment: self._heard(sid, moment)),
            created=desk.clock.now(),
            callbacks=callbacks or Callbacks(),
            parent_sid=None if parent is None else parent.sid,
        )
        self.by_sid[sid] = call
        forget_oldest(self.by_sid, self._kept, over=lambda one: one.final)
        desk.journal.write(
            "call.created",
            call=sid,
            origin=origin,
            to=to,
            direction=direction.value,
            parent=call.parent_sid,
        )
        return call

    def start(self, call: Call, work: Callable[[], Awaitable[None]]) -> None:
        """Let a leg live: do the work, take orders, end."""
        self._desk.tasks.start(self._serve(call, work), name=f"leg {call.sid}")

    def order(self, call: Call, order: Order, *, departure: str) -> None:
        """Redirect or end a leg from outside; ``departure`` is why it leaves its room."""
        if call.final:
            return
        call.departure = departure
        call.orders.put_nowait(order)

    def hang_up(self, call: Call) -> None:
        """End the leg from the person's side."""
        self.order(call, End(unanswered=Status.NO_ANSWER), departure="participant_hung_up")

    async def ring(self, call: Call, *, timeout_s: float) -> bool:
        """Ring the far end of an outgoing leg; report; say whether it was answered."""
        self.report(call, Status.INITIATED)
        self.report(call, Status.RINGING)
        outcome = await self._book.ring(call, timeout_s=timeout_s)
        if outcome is not Status.IN_PROGRESS:
            call.verdict = outcome
            return False
        line = self._book.line(call.to)
        self.answer(call)
        if line.behaviour in {Behaviour.VOICEMAIL, Behaviour.FAX}:
            self._desk.tasks.start(self._voicemail(call), name="voicemail")
        if line.on_answer is not None:
            self._desk.tasks.start(line.on_answer(call), name="person")
        if call.tones:
            await send_tones(self._desk, call, call.tones)
        await detect(self._desk, call, line.behaviour)
        return True

    def answer(self, call: Call) -> None:
        """Mark a leg answered; a second time changes nothing."""
        if call.live or call.final:
            return
        call.answered_at = self._desk.clock.now()
        call.answered_instant = self._desk.clock.instant()
        call.ear.hear(Heard.ANSWERED)
        self.report(call, Status.IN_PROGRESS)

    def report(self, call: Call, status: Status) -> None:
        """Move the state and send the callback, if one is asked for."""
        call.status = status
        call.updated = self._desk.clock.now()
        self._desk.journal.write("call.status", call=call.sid, status=status.value)
        event = _event(call)
        wanted = call.callbacks.events if self._desk.dialect.progress_events else ("completed",)
        sequence = call.sequence
        call.sequence += 1 if self._desk.dialect.progress_events else 0
        if not call.callbacks.url or event not in wanted:
            return
        form = status_form(
            call, self._desk.dialect, status=status.value, moment=call.updated, sequence=sequence
        )
        self._desk.hooks.post(
            Hook(
                kind="status",
                url=call.callbacks.url,
                form=form,
                method=call.callbacks.method,
                subject=call.sid,
            ),
            lane=f"call {call.sid}",
            final=call.final,
        )

    async def run(self, call: Call, script: Script) -> None:
        """Run a script on the leg; the end of the script is the end of the work."""
        try:
            await self.interpret(call, script)
        except CallOver as over:
            call.verdict = over.verdict

    async def _serve(self, call: Call, work: Callable[[], Awaitable[None]]) -> None:
        next_work: Callable[[], Awaitable[None]] | None = work
        while next_work is not None:
            order = await self._until_order(call, next_work)
            next_work = None
            if isinstance(order, GoTo):
                call.last_words = None
                call.waits = False
                next_work = partial(self.run, call, order.script)
            elif isinstance(order, End) and not call.live:
                call.verdict = order.unanswered
        self._finish(call)

    async def _until_order(self, call: Call, work: Callable[[], Awaitable[None]]) -> Order | None:
        doing = self._desk.tasks.branch(_run(work), name=f"work {call.sid}")
        listening = self._desk.tasks.branch(call.orders.get(), name=f"orders {call.sid}")
        try:
            await asyncio.wait({doing, listening}, return_when=asyncio.FIRST_COMPLETED)
            if listening.done():
                return listening.result()
            doing.result()
            return None
        finally:
            await drop(doing)
            await drop(listening)
            call.departure = "participant_hung_up"

    def _finish(self, call: Call) -> None:
        timeout_s = self._desk.dialect.session_timeout_s
        if timeout_s is not None and call.live and self._faults.strikes(Fault.SESSION_LOST):
            self._desk.journal.write("call.lost", call=call.sid)
            self._desk.tasks.start(self._give_up(call, timeout_s), name=f"lost {call.sid}")
            call.lost = True
            call.ear.hear(Heard.ENDED, Status.COMPLETED.value)
            call.over.set()
            return
        clock = self._desk.clock
        call.ended_at = clock.now()
        if call.answered_instant is not None:
            call.duration_s = max(1, math.ceil(clock.instant() - call.answered_instant))
        call.recorded = self.close(call)
        self.report(call, call.verdict)
        call.ear.hear(Heard.ENDED, call.verdict.value)
        call.over.set()
        if call.last_words is not None:
            self._desk.tasks.start(self.say_last_words(call, call.last_words), name="last action")

    async def _give_up(self, call: Call, timeout_s: float) -> None:
        """Show a call that nothing was heard of as failed, long after, and tell nobody."""
        await self._desk.clock.sleep(timeout_s)
        call.ended_at = call.updated = self._desk.clock.now()
        call.status = Status.FAILED
        self._desk.journal.write("call.status", call=call.sid, status=call.status.value)

    async def say_last_words(self, call: Call, script: Script) -> None:
        """Tell the action of a Dial or Enqueue how it ended; the answer changes nothing."""
        form = voice_form(call, self._desk.dialect) | dict(script.params)
        await self._desk.hooks.request(
            Hook(
                kind="voice",
                url=script.url,
                form=form,
                method=script.method,
                subject=call.sid,
                cookies=call.cookies,
            )
        )

    async def _voicemail(self, call: Call) -> None:
        await self._desk.clock.sleep(_VOICEMAIL_S)
        self.hang_up(call)

    def _heard(self, sid: str, moment: Moment) -> None:
        self._desk.journal.write(
            "heard",
            call=sid,
            moment=moment.kind.value,
            what=moment.what,
            seconds=moment.seconds,
            audio=moment.audio,
            index=moment.index,
        )


def forget_oldest(kept: dict[str, _T], limit: int, *, over: Callable[[_T], bool]) -> None:
    """Drop a tenth of what is kept, oldest first, once it is too much; only what is over."""
    if len(kept) <= limit:
        return
    for key in [key for key, one in islice(kept.items(), 1 + limit // 10) if over(one)]:
        del kept[key]


async def _run(work: Callable[[], Awaitable[None]]) -> None:
    await work()


def _event(call: Call) -> str:
    if call.final:
        return "completed"
    return "answered" if call.live else call.status.value
