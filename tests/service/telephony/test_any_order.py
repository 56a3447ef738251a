"""A talk with guests under news that come late, twice, in any order, or never.

Nobody is heard who should not be, no caller is with two operators, and no call is stuck.
"""

import asyncio
import contextlib
from collections.abc import Awaitable
from functools import partial
from typing import Any, TypeVar

import hypothesis
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from typing_extensions import override

from hotline.contacts.model import ContactState
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.kernel.errors import Conflict, NotFound
from hotline.telephony.errands import GRACE, GUEST_LATE, NO_JOIN
from hotline.telephony.model import Leg, Mode, Role
from hotline.telephony.talks import Goal
from tests.builders import ANA, BORIS, VERA
from tests.conftest import emptied
from tests.service.telephony.exchange import Exchange
from tests.service.telephony.line import Line, line_of

T = TypeVar("T")
TIMERS = (GRACE, NO_JOIN, GUEST_LATE)
TO = {
    "boris": Goal("staff", str(BORIS.staff_id)),
    "number": Goal("partner", "police"),
    "queue": Goal("queue"),
}
_WHICH = st.integers(0, 5)


class Talk(RuleBasedStateMachine):
    """Everything that people, the carrier and the network may do."""

    def __init__(self, url: str, vault: Vault) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.db = self.run(self._database(url))
        self.exchange = Exchange(self.db, vault)
        self.line: Line = self.run(line_of(self.exchange))
        self.run(self.exchange.on_shift(BORIS))
        self.barged = False

    async def _database(self, url: str) -> Database:
        await emptied(url)
        return Database(url, pool_size=3)

    def run(self, work: Awaitable[T]) -> T:
        async def whole() -> T:
            return await work

        return self.runner.run(whole())

    def ask(self, work: Awaitable[Any]) -> None:
        """Somebody presses something; that it is refused now is an answer like any."""
        with contextlib.suppress(Conflict, NotFound):
            self.run(work)

    def go_on(self, *timers: str) -> None:
        assert self.run(self.exchange.work(*timers)) == []
        self.run(self.line.settle())

    @property
    def id(self) -> Any:  # noqa: ANN401 - an id of a contact
        return self.line.room.contact_id

    def legs(self) -> dict[str, Leg]:
        return {leg.sid: leg for leg in self.run(self.exchange.legs(self.line.caller))}

    # ----------------------------------------------------------------------------- people

    @rule(on=st.booleans())
    def hold(self, on: bool) -> None:  # noqa: FBT001 - drawn
        self.ask(self.exchange.talks.hold(ANA, self.id, on=on))

    @rule(held=st.booleans())
    def bring(self, held: bool) -> None:  # noqa: FBT001 - drawn
        self.ask(
            self.exchange.talks.bring(ANA, self.id, number=None, partner="police", caller_held=held)
        )

    @rule(to=st.sampled_from(sorted(TO)), warm=st.booleans())
    def hand_on(self, to: str, warm: bool) -> None:  # noqa: FBT001 - drawn
        if not (to == "queue" and warm):
            self.ask(self.exchange.talks.hand_on(ANA, self.id, TO[to], warm=warm))

    @rule()
    def accept(self) -> None:
        with contextlib.suppress(ValueError):  # nobody asks him
            self.ask(self.exchange.accept(BORIS))

    @rule()
    def finish(self) -> None:
        self.ask(self.exchange.talks.finish(ANA, self.id))

    @rule(actor=st.sampled_from([ANA, BORIS]))
    def take_back(self, actor: Any) -> None:  # noqa: ANN401 - an actor
        self.ask(self.exchange.talks.take_back(actor, self.id))

    @rule(mode=st.sampled_from([*Mode, None]))
    def watch(self, mode: Mode | None) -> None:
        self.barged = self.barged or mode is Mode.BARGE
        self.ask(self.exchange.watching.watch(VERA, self.id, mode))

    @precondition(lambda self: self.line.ringing())
    @rule(which=_WHICH, takes=st.booleans())
    def telephone(self, which: int, takes: bool) -> None:  # noqa: FBT001 - drawn
        ringing = self.line.ringing()
        sid = ringing[which % len(ringing)]
        if "/voice/op" in self.exchange.carrier.calls[sid].url:
            self.line.end(sid, "no-answer")
        elif takes:
            self.run(self.line.answer(sid))
        else:
            self.line.end(sid, "busy")
        self.run(self.line.settle())

    @precondition(lambda self: self.line.people())
    @rule(which=_WHICH)
    def hang_up(self, which: int) -> None:
        people = self.line.people()
        self.line.end(people[which % len(people)])
        self.run(self.line.settle())

    # ------------------------------------------------------------------- carrier and network

    @rule()
    def work(self) -> None:
        self.go_on()

    @rule()
    def time_passes(self) -> None:
        self.go_on(*TIMERS)

    @precondition(lambda self: self.line.news)
    @rule(which=_WHICH, how=st.sampled_from(["once", "twice", "never"]))
    def news(self, which: int, how: str) -> None:
        told = self.line.news[which % len(self.line.news)]
        if how != "never":
            self.run(_told(told()))
        if how != "twice":
            self.line.news.remove(told)

    # -------------------------------------------------------------------------- what must hold

    @invariant()
    def nobody_is_heard_who_should_not_be(self) -> None:
        inside, legs = self.line.inside, self.legs()
        caller = inside.get(self.line.caller)
        if caller is None or caller.held:
            return
        heard = [
            legs[sid]
            for sid, wish in inside.items()
            if sid in legs and sid != self.line.caller and not (wish.muted or wish.coaches)
        ]
        assert len({leg.staff_id for leg in heard if leg.role is Role.OPERATOR}) <= 1
        assert self.barged or not [leg for leg in heard if leg.role is Role.SUPERVISOR]

    @override
    def teardown(self) -> None:
        try:
            self._everything_ends()
        finally:
            self.run(self.db.close())
            self.runner.close()

    def _everything_ends(self) -> None:
        """All that is on its way arrives, what was lost is asked for, and the caller hangs up."""
        for _ in range(3):
            self._arrives()
            self.go_on(*TIMERS)
            self._reconciled()
        self._arrives()
        self.line.end(self.line.caller)
        for _ in range(4):
            self.run(self.line.settle())
            self._arrives()
            self._reconciled()
            self.go_on(*TIMERS)
        contact = self.run(self.exchange.contact(self.line.caller))
        assert contact.state in {ContactState.WRAP_UP, ContactState.CLOSED}
        calls = self.exchange.carrier.calls
        assert [sid for sid in calls if self.line.live(sid)] == []
        for what in (
            "call_leg where ended_at is null",
            "call_guest where ended_at is null",
            "call_transfer where ended_at is null",
            "conference where ended_at is null",
            "assignment where kind = 'guest' and until is null",
            "queue_entry",
        ):
            sql = f"select count(*) from {what}"  # noqa: S608 - our own tables
            assert self.run(self.exchange.count(sql)) == 0, what

    def _arrives(self) -> None:
        while self.line.news:
            self.run(_told(self.line.news.pop(0)()))

    def _reconciled(self) -> None:
        async def silent() -> None:
            async with self.db.uow() as uow:
                await uow.execute("update call_leg set last_seen_at = now() - interval '1 day'")

        self.run(silent())
        self.run(self.exchange.lines.reconcile())


async def _told(work: Awaitable[object]) -> None:
    await work


def test_a_talk_under_any_order_of_anything(db: Database, vault: Vault) -> None:
    settings = hypothesis.settings(max_examples=10, stateful_step_count=25)
    begin: Any = partial(Talk, db.url, vault)  # each example begins a new talk
    run_state_machine_as_test(begin, settings=settings)
