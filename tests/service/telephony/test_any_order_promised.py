"""Somebody is promised a call, under news that come late, twice, in any order, or never.

The person is rung once at a time and never while still on the line; whoever picks up meets nobody
before the key; the promise is kept or given up, and nothing stays open.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeVar

import hypothesis
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)
from typing_extensions import override

from hotline.access.model import Actor
from hotline.carrier.memory import MemoryCall
from hotline.carrier.ports import FINAL_CALL_STATES, OutcomeUnknown, Wish
from hotline.contacts.model import ContactState
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.kernel.errors import Conflict, NotFound
from hotline.telephony import store
from hotline.telephony.errands import GRACE, NO_JOIN
from hotline.telephony.model import Role
from tests.builders import ANA, BORIS
from tests.conftest import emptied
from tests.service.telephony.document import Document
from tests.service.telephony.exchange import Exchange
from tests.service.telephony.own import MOBILE, own_phone

T = TypeVar("T")
TIMERS = (GRACE, NO_JOIN)
PHONES = {ANA: "fake", BORIS: "own"}
_MAY_HAPPEN = (
    *("in-progress",) * 5,
    *("busy", "no-answer"),
    *("1",) * 4,
    "2",
    *("person_hangs_up",) * 2,
    "operator_hangs_up",
    *("all_is_told",) * 5,
    *("twice", "never", "once", "time_passes", "uncertain", "back_on_shift"),
)


class Promise(RuleBasedStateMachine):
    """What the person, two operators, the carrier and the network may do."""

    def __init__(self, url: str, vault: Vault) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.db = self.run(self._database(url))
        self.exchange = Exchange(self.db, vault)
        self.calls = self.exchange.carrier.calls
        self.rooms = self.exchange.carrier.rooms
        self.news: list[Callable[[], Awaitable[object]]] = []
        self.there: dict[str, str] = {}
        self.ended: set[str] = set()
        self.gated: set[str] = set()
        self.run(own_phone(self.exchange, vault, BORIS, "boris"))
        self.first = self.run(self.exchange.waiting())
        self.went = {self.first: self.calls[self.first].url}
        self.hear(self.first, self.run(self.exchange.hold_key(self.first, "9")))
        self.person_hangs_up()
        self.back_on_shift()

    async def _database(self, url: str) -> Database:
        await emptied(url)
        return Database(url, pool_size=3)

    def run(self, work: Awaitable[T]) -> T:
        async def whole() -> T:
            return await work

        return self.runner.run(whole())

    def go_on(self, *timers: str) -> None:
        self.run(self.exchange.work(*timers))
        assert self.run(self.exchange.again()) == []
        self.settle()

    def live(self, sid: str) -> bool:
        return self.calls[sid].status not in FINAL_CALL_STATES

    def talking(self, door: str = "") -> list[MemoryCall]:
        return [c for c in self.calls.values() if c.status == "in-progress" and door in c.url]

    def rung(self) -> list[MemoryCall]:
        return [c for c in self.calls.values() if c.status == "queued"]

    # ----------------------------------------------------------------------------- people

    @rule(what=st.sampled_from(_MAY_HAPPEN), which=st.integers(0, 5))
    def happens(self, what: str, which: int) -> None:
        """One rule for all: rules that are left out by chance would leave out most of the story."""
        match what:
            case "in-progress" | "busy" | "no-answer":
                self.telephone(which, what)
            case "1" | "2":
                self.key(which, what)
            case "twice" | "never" | "once":
                self.arrives(which, what)
            case _:
                getattr(self, what)()

    def back_on_shift(self) -> None:
        for actor in PHONES:
            self.shift(actor)
            self.accept(actor)

    def shift(self, actor: Actor) -> None:
        with contextlib.suppress(Conflict, NotFound):
            self.run(self.exchange.on_shift(actor, PHONES[actor]))

    def accept(self, actor: Actor) -> None:
        with contextlib.suppress(ValueError, Conflict, NotFound):  # nobody asks them
            self.run(self.exchange.accept(actor))

    def telephone(self, which: int, how: str) -> None:
        rung = self.rung()
        if not rung:
            return
        call = rung[which % len(rung)]
        call.status = how
        if call.status == "in-progress":
            self.went[call.sid] = call.url
            self.hear(call.sid, self.run(self._picked_up(call)))
        self.settle()

    async def _picked_up(self, call: MemoryCall) -> Document:
        if "/voice/op" in call.url:
            return await self.exchange.operator(call.sid, ANA, rung=True)
        if "/voice/gate" in call.url:
            return await self.exchange.gate(call)
        return await self._whisper(call, "1")

    async def _whisper(self, call: MemoryCall, key: str) -> Document:
        form = self.exchange.form(call.sid, Direction="outbound-api", To=MOBILE, Digits=key)
        room = call.url.partition("?room=")[2].partition("#")[0]
        return Document(await self.exchange.entrance.whisper(form, room))

    def key(self, which: int, digit: str) -> None:
        waiting = [c for c in self.talking("/voice/gate") if c.sid not in self.there]
        if waiting:
            sid = waiting[which % len(waiting)].sid
            if digit == "1":
                self.gated.add(sid)
            self.hear(sid, self.run(self.exchange.gate_key(sid, digit)))

    def person_hangs_up(self) -> None:
        for call in self.talking():
            if call.sid == self.first or "?a=" in call.url:
                call.status = "completed"
        self.settle()

    def operator_hangs_up(self) -> None:
        for call in self.talking():
            if call.sid != self.first and "?a=" not in call.url:
                call.status = "completed"
        self.settle()

    # ------------------------------------------------------------------- carrier and network

    def all_is_told(self) -> None:
        while self.news:
            self.run(self.news.pop(0)())
        self.go_on()

    def time_passes(self) -> None:
        self._pause_is_over()
        self.go_on(*TIMERS)

    def uncertain(self) -> None:
        """The next request is carried out, and its answer lost."""
        self.exchange.carrier.failures.append(OutcomeUnknown())
        self.go_on()
        self.exchange.carrier.failures.clear()

    def arrives(self, which: int, how: str) -> None:
        if not self.news:
            return
        told = self.news[which % len(self.news)]
        if how != "never":
            self.run(told())
        if how != "twice":
            self.news.remove(told)

    def hear(self, sid: str, document: Document) -> None:
        """A leg does what its document says."""
        for _ in range(3):
            if document.root.find("Redirect") is None or document.root.find("Gather") is not None:
                break
            document = self.run(self.exchange.bridge(sid))  # told to come again in a moment
        if document.room is not None:
            self.rooms.setdefault(document.room, {})[sid] = Wish()
            self.there[sid] = document.room
            self._room_says("participant-join", sid, document.room)
        elif document.root.find("Gather") is None and document.root.find("Hangup") is not None:
            self.calls[sid].status = "completed"

    def settle(self) -> None:
        """What follows at the carrier from what was asked of it, until nothing more does."""
        while self._ends() or self._moves():
            pass

    def _ends(self) -> bool:
        over = [c for c in self.calls.values() if not self.live(c.sid) and c.sid not in self.ended]
        for call in over:
            self.ended.add(call.sid)
            self._leave(call.sid)
            self.news.append(partial(self.exchange.status, call.sid, call.status))
        return bool(over)

    def _moves(self) -> bool:
        sent = [c for c in self.talking() if c.url != self.went.get(c.sid, c.url)]
        for call in sent:
            self.went[call.sid] = call.url
            self._leave(call.sid)
            hold = "/voice/hold" in call.url
            ask = self.exchange.hold(call.sid, 0) if hold else self.exchange.bridge(call.sid)
            self.hear(call.sid, self.run(ask))
        out = [sid for sid, room in self.there.items() if sid not in self.rooms.get(room, {})]
        for sid in out:
            self._leave(sid)
            if self.live(sid):
                self.hear(sid, self.run(self.exchange.after(sid)))
        return bool(sent or out)

    def _leave(self, sid: str) -> None:
        name = self.there.pop(sid, None)
        if name is None:
            return
        self.rooms.get(name, {}).pop(sid, None)
        self._room_says("participant-leave", sid, name)
        if sid == self.first or sid in self.gated:
            self.rooms.pop(name, None)

    def _room_says(self, event: str, sid: str, name: str) -> None:
        number = str(next(self.exchange._sequence))

        async def tell() -> None:
            async with self.db.uow() as uow:
                room = await store.room_named(uow, name)
            assert room is not None
            await self.exchange.room_says(event, sid, room, sequence=number)

        self.news.append(tell)

    def _pause_is_over(self, *, expired: bool = False) -> None:
        async def sweep() -> None:
            column = "expires_at" if expired else "next_at"
            async with self.db.uow() as uow:
                await uow.execute(
                    f"update callback set {column} = now() where state = 'open'"  # noqa: S608
                    + ("" if expired else " and next_at is not null")
                )
            await self.exchange.callbacks.sweep(self.exchange.calls)

        self.run(sweep())

    # -------------------------------------------------------------------------- what must hold

    @invariant()
    def the_person_is_rung_once_and_not_while_on_the_line(self) -> None:
        back = [c for c in self.calls.values() if "?a=" in c.url and self.live(c.sid)]
        assert len(back) <= 1
        assert not (back and self.live(self.first))

    @invariant()
    def whoever_picks_up_meets_nobody_before_the_key(self) -> None:
        back = {c.sid for c in self.calls.values() if "?a=" in c.url}
        assert back & set(self.there) <= self.gated

    @invariant()
    def nobody_is_with_two_operators(self) -> None:
        legs = {leg.sid: leg for leg in self.run(self.exchange.legs(self.first))}
        for inside in self.rooms.values():
            roles = [legs[sid].role for sid in inside if sid in legs]
            assert Role.CALLER not in roles or roles.count(Role.OPERATOR) <= 1

    @override
    def teardown(self) -> None:
        try:
            self._everything_ends()
        finally:
            self.run(self.db.close())
            self.runner.close()

    def _everything_ends(self) -> None:
        """All that is on its way arrives, what was lost is asked for, and everybody hangs up."""
        for turn in range(6):
            for call in [c for c in self.calls.values() if self.live(c.sid)]:
                caller = call.sid == self.first or "?a=" in call.url
                if call.status == "queued" or (caller and turn):
                    call.status = "no-answer" if call.status == "queued" else "completed"
            self.settle()
            while self.news:
                self.run(self.news.pop(0)())
            self._pause_is_over(expired=turn > 0)
            self.go_on(*TIMERS)
            self._reconciled()
        contact = self.run(self.exchange.contact(self.first))
        assert contact.state in {ContactState.WRAP_UP, ContactState.CLOSED}, contact.state
        assert [c.sid for c in self.calls.values() if self.live(c.sid)] == []
        for what in (
            "call_leg where ended_at is null",
            "conference where ended_at is null",
            "callback where state = 'open'",
            "callback_attempt where ended_at is null",
            "queue_entry",
        ):
            sql = f"select count(*) from {what}"  # noqa: S608 - our own tables
            assert self.run(self.exchange.count(sql)) == 0, what

    def _reconciled(self) -> None:
        async def silent() -> None:
            async with self.db.uow() as uow:
                await uow.execute("update call_leg set last_seen_at = now() - interval '1 day'")

        self.run(silent())
        self.run(self.exchange.lines.reconcile())


def test_a_promise_under_any_order_of_anything(db: Database, vault: Vault) -> None:
    settings = hypothesis.settings(max_examples=12, stateful_step_count=30)
    begin: Any = partial(Promise, db.url, vault)  # each example begins a new promise
    run_state_machine_as_test(begin, settings=settings)
