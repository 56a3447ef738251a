"""A rehearsal from its first caller to the last end state, and whether all of it was right."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Final
from uuid import UUID

from hotline.contacts.model import Contact
from hotline.rehearsal.agenda import Agenda
from hotline.rehearsal.figures import Figures
from hotline.rehearsal.floor import Floor
from hotline.rehearsal.mirror import Mirror
from hotline.rehearsal.people import People
from hotline.rehearsal.plan import Plan, crowd, team
from hotline.rehearsal.virtual import VirtualDatabase
from hotline.routing.service import Rules

MOST_VIOLATIONS: Final = 20
_EMPTY: Final = (
    "truncate contact, caller, operator_state, routing_wish, queue_class, operator_profile cascade"
)
# Only what other rows name; contacts themselves are on paper.
_ROWS: Final = """
with c as (insert into caller (id, number_sealed, masked) select unnest($1::uuid[]), '', '')
insert into contact (id, channel, line, caller_id, state, intake)
select unnest($1::uuid[]), 'voice', '189', unnest($1::uuid[]), 'waiting', '{}'
"""
_BATCH: Final = 2_000
_COMPARE_STEPS: Final = 50
_STEPS_EACH: Final = 200
# The product's sweep comes each second; what it would find in between is put into the agenda.
_TEND_S: Final = 3_600.0
_QUEUE: Final = """
select contact_id, effective_at, asks_language, asks_topic, senior, reserve, wanted, offered,
       behind from queue_entry
"""
_WORKERS: Final = """
select staff_id, presence, pending_break, calls, chats, offered, idle_since, hard
from operator_state
"""
_LEFT: Final = """
select (select count(*) from queue_entry) as waiting,
       (select count(*) from offer where state = 'pending') as asked,
       (select count(*) from assignment where until is null) as held
"""


class Rehearsal:
    """One run of a plan. What contradicts the rules is in `figures.violations`."""

    def __init__(
        self, db: VirtualDatabase, plan: Plan, rules: Rules, *, keep_each: bool = False
    ) -> None:
        self.db = db
        self.plan = plan
        self.agenda = Agenda()
        self.figures = Figures(self.agenda, keep_each=keep_each)
        self.mirror = Mirror(rules, plan.largest_head_start, self.figures.report)
        self.floor = Floor(db, rules, self.mirror, self._wake)
        self.people = People(plan, self.agenda, self.floor, self.figures)
        self._ids = (person.id for person in crowd(plan))
        self._ready = 0
        self._over = 0
        self._alone_at: datetime | None = None

    async def run(self) -> Figures:
        """Until everybody came to their end, or too much is wrong."""
        await self._begin()
        most = _STEPS_EACH * self.plan.contacts + 100_000
        while self._over < self.plan.contacts and len(self.figures.violations) < MOST_VIOLATIONS:
            if self._over + len(self.people.here) + _BATCH // 2 > self._ready:
                await self._rows()
            todo = self.agenda.next()
            if todo is None or self.agenda.steps > most:
                left = self.plan.contacts - self._over
                self.figures.report(f"nothing more happens, and {left} are not over")
                break
            await self.step(*todo)
        await self._end()
        return self.figures

    async def step(self, action: object, args: tuple[object, ...]) -> None:
        """One thing that happens, and all that follows from it at the same moment."""
        self.db.now = self.agenda.now
        await action(*args)  # type: ignore[operator]  # an Action
        await self.floor.settle()
        self.people.answer_offers()
        for contact in self.floor.contacts.forget():
            self._is_over(contact)
        self._look_whether_alone()
        if self.agenda.steps % _COMPARE_STEPS == 0:
            await self._compare()

    def _is_over(self, contact: Contact) -> None:
        self._over += 1
        if self.people.here.pop(contact.id, None) is None:
            self.figures.report(f"{contact.id} came to an end twice")
        self.mirror.over(contact.id)
        self.figures.over(contact)

    async def _begin(self) -> None:
        async with self.db.uow() as uow:
            await uow.execute(_EMPTY)
        await self._rows()
        self.people.begin(team(self.plan))
        self.agenda.after(_TEND_S, self._tend)

    async def _rows(self) -> None:
        batch = list(islice(self._ids, _BATCH))
        if batch:
            async with self.db.uow() as uow:
                await uow.execute(_ROWS, batch)
        self._ready = self._ready + _BATCH if batch else self.plan.contacts * 2

    def _wake(self, when: datetime, contact_id: UUID) -> None:
        if when > self.agenda.now:
            self.agenda.at(when, self._falls_due, contact_id)

    async def _falls_due(self, contact_id: UUID) -> None:
        """Something about somebody who waits: they ask for less, or a pause is over."""
        if contact_id in self.mirror.waiting:
            await self.floor.look()

    def _look_whether_alone(self) -> None:
        """The sweep finds it at the next full second."""
        if self._alone_at is None and self.mirror.untended:
            self._alone_at = self.agenda.now.replace(microsecond=0) + timedelta(seconds=1)
            self.agenda.at(self._alone_at, self._is_alone)

    async def _tend(self) -> None:
        await self.floor.tend()
        self.agenda.after(_TEND_S, self._tend)

    async def _is_alone(self) -> None:
        self._alone_at = None
        await self.floor.tend()

    # --------------------------------------------------------------------------- the account

    async def _compare(self) -> None:
        """The rows of the database against the mirror, which never read one."""
        async with self.db.uow() as uow:
            queue = {tuple(row) for row in await uow.fetch(_QUEUE)}
            workers = {tuple(row) for row in await uow.fetch(_WORKERS)}
        self._differ("queue", queue, self._waiting())
        self._differ("operators", workers, self._working())

    def _differ(
        self, what: str, found: set[tuple[object, ...]], own: set[tuple[object, ...]]
    ) -> None:
        if found != own:
            told = f"{sorted(map(str, found - own))[:3]} for {sorted(map(str, own - found))[:3]}"
            self.figures.report(f"{what}: the database has {told}")

    def _waiting(self) -> set[tuple[object, ...]]:
        return {
            (
                one.id,
                one.wanted.effective_at,
                one.wanted.asks.language,
                one.wanted.asks.topic,
                one.wanted.asks.senior,
                one.wanted.asks.reserve,
                one.wanted.wanted,
                one.asked is not None,
                one.behind,
            )
            for one in self.mirror.waiting.values()
        }

    def _working(self) -> set[tuple[object, ...]]:
        return {
            (
                one.state.staff_id,
                one.state.presence.value,
                one.state.pending_break,
                one.state.calls,
                one.state.chats,
                one.asked is not None,
                one.state.idle_since,
                one.able.hard,
            )
            for one in self.mirror.workers.values()
        }

    async def _end(self) -> None:
        self.figures.end()
        if self.figures.violations:
            return
        await self._compare()
        async with self.db.uow() as uow:
            row = await uow.fetchrow(_LEFT)
        left: Sequence[int] = list(row.values()) if row else []
        if any(left):
            self.figures.report(f"left over: {left} (waiting, asked, held)")
