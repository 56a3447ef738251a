"""What must be true of the queue at any moment, by the words of matching.py alone.

The mirror keeps its own account of who waits and who works, from what people did, and reads no row.
What PostgreSQL decided is then held against it.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from hotline.contacts.model import Contact
from hotline.rehearsal.account import Waiter, Worker, available, begin_break, count
from hotline.rehearsal.plan import Member
from hotline.routing import matching
from hotline.routing.matching import Able, Wanted
from hotline.routing.model import OperatorState, Presence
from hotline.routing.service import Rules
from hotline.routing.shifts import ability

PAUSE: Final = timedelta(seconds=15)
_AHEAD: Final = timedelta(seconds=1)
_SHORT: Final = 6

Pair = tuple[UUID, UUID]


class Mirror:
    """The account, and what contradicts it: `report` is told in words."""

    def __init__(self, rules: Rules, head: timedelta, report: Callable[[str], None]) -> None:
        self._rules = rules
        self._head = head
        self.report = report
        self._zone = ZoneInfo(rules.zone)
        self.waiting: dict[UUID, Waiter] = {}
        self.workers: dict[UUID, Worker] = {}
        self.owners: dict[UUID, UUID] = {}
        self.offers: Counter[UUID] = Counter()
        self._kept_offers: dict[UUID, tuple[Counter[UUID], dict[UUID, datetime]]] = {}

    # ------------------------------------------------------------------------- who comes and goes

    def enqueued(
        self, contact: Contact, now: datetime, *, front: bool, behind: bool, senior: bool
    ) -> Waiter:
        """They wait, or what they ask is told anew; see `Routing.enqueue`."""
        before = self.waiting.get(contact.id)
        since = contact.waiting_since or now
        behind = behind and not contact.danger
        effective = matching.effective_at(since, priority_s=contact.priority)
        effective += self._rules.set_back if behind else timedelta(0)
        if front and self.waiting:
            first = min(one.wanted.effective_at for one in self.waiting.values())
            effective = min(effective, first - _AHEAD)
        if before is not None:
            effective = min(effective, before.wanted.effective_at)
            senior = before.wanted.asks.senior or (senior and not contact.danger)
        relaxing, zero = self._rules.relaxing, timedelta(0)
        wanted = Wanted(
            contact.channel.kind,
            contact.danger,
            contact.language,
            contact.topic,
            relaxing.asks(
                contact.language, contact.topic, danger=contact.danger, senior=senior, waited=zero
            ),
            effective,
            before.wanted.wanted if before and not contact.danger else None,
            before.wanted.wanted_until if before and not contact.danger else None,
        )
        relax_at = relaxing.next_at(since, danger=contact.danger, waited=zero)
        if before is not None:
            before.wanted, before.relax_at = wanted, relax_at
            before.behind = before.behind and behind
            before.again = before.again or front
            return before
        waiter = Waiter(contact.id, wanted, since, relax_at, behind, front)
        # Who waits again was asked for before, and that counts.
        waiter.offers, waiter.passed = self._kept_offers.pop(contact.id, (Counter(), {}))
        self.waiting[contact.id] = waiter
        return waiter

    def kept_for(self, contact_id: UUID, staff_id: UUID, until: datetime) -> None:
        """One person is asked first."""
        waiter = self.waiting[contact_id]
        waiter.wanted = replace(waiter.wanted, wanted=staff_id, wanted_until=until)

    def moved(self, ids: Sequence[UUID], *, behind: bool) -> None:
        """Set back by a flood, or where they were."""
        by = self._rules.set_back if behind else -self._rules.set_back
        for one in ids:
            waiter = self.waiting[one]
            if waiter.behind == behind or waiter.wanted.danger:
                continue
            waiter.behind = behind
            later = waiter.wanted.effective_at + by
            waiter.wanted = replace(waiter.wanted, effective_at=later)

    def relax(self, now: datetime) -> list[Waiter]:
        """What is due is asked no longer; who was kept for long enough is kept no more."""
        changed = []
        for waiter in self.waiting.values():
            wanted = waiter.wanted
            if wanted.wanted_until is not None and wanted.wanted_until <= now:
                waiter.wanted = wanted = replace(wanted, wanted=None, wanted_until=None)
            if waiter.relax_at is not None and waiter.relax_at <= now:
                waited = now - waiter.since
                asks = self._rules.relaxing.asks(
                    wanted.language,
                    wanted.topic,
                    danger=wanted.danger,
                    senior=wanted.asks.senior,
                    waited=waited,
                )
                waiter.wanted = replace(wanted, asks=asks)
                waiter.relax_at = self._rules.relaxing.next_at(
                    waiter.since, danger=wanted.danger, waited=waited
                )
                changed.append(waiter)
        return changed

    @property
    def alone(self) -> bool:
        """Whether nobody but the reserve takes contacts, and somebody waits who does not know."""
        if all(one.wanted.asks.reserve for one in self.waiting.values()):
            return False
        there = (w for w in self.workers.values() if w.state.presence is Presence.AVAILABLE)
        return {worker.able.reserve for worker in there} == {True}

    @property
    def shut_out(self) -> list[Waiter]:
        """Who is in danger and for seniors only, while no senior can be asked."""
        every = (one for one in self.waiting.values() if one.wanted.danger and one.asked is None)
        waiting = [one for one in every if one.wanted.asks.senior]
        seniors = [one for one in self._free() if one.able.senior] if waiting else []
        return [
            one
            for one in waiting
            if not any(matching.has_room(who.state, one.wanted.kind) for who in seniors)
        ]

    @property
    def untended(self) -> bool:
        """Whether the sweep of each second will find something."""
        return self.alone or bool(self.shut_out)

    def tend(self, now: datetime) -> None:
        """A new day, a reserve that is alone, and nobody shut out who is in danger."""
        today = now.astimezone(self._zone).date()
        for worker in self.workers.values():
            if worker.able.hard and worker.hard_on != today:
                worker.able = replace(worker.able, hard=0)
        if self.alone:
            for waiter in self.waiting.values():
                asks = replace(waiter.wanted.asks, reserve=True)
                waiter.wanted = replace(waiter.wanted, asks=asks)
        for waiter in self.shut_out:
            asks = replace(waiter.wanted.asks, senior=False)
            waiter.wanted = replace(waiter.wanted, asks=asks)

    def gone(self, contact_id: UUID) -> None:
        """They wait no longer, and nobody has them."""
        self.waiting.pop(contact_id, None)

    # -------------------------------------------------------------------------------- who works

    def signed_on(self, member: Member, now: datetime) -> None:
        """At work from now, or again."""
        before, able = self.workers.get(member.actor.staff_id), ability(member.actor)
        state = OperatorState(
            member.actor.staff_id,
            Presence.AVAILABLE,
            None,
            now,
            now,
            member.actor.max_chats,
            "fake",
            call_beside=member.actor.call_beside,
        )
        self.workers[member.actor.staff_id] = Worker(
            Able(
                state,
                frozenset(matching.tokens(able.languages)),
                frozenset(matching.tokens(able.skills)),
                able.senior,
                able.reserve,
                before.able.hard if before else 0,
            ),
            hard_on=before.hard_on if before else None,
        )

    def presence(
        self, staff_id: UUID, presence: Presence, now: datetime, pending: str | None = None
    ) -> None:
        """What they asked for, or what their silence means."""
        worker = self.workers[staff_id]
        changes: dict[str, object] = {
            "presence": presence,
            "pending_break": pending,
            "reason": None,
        }
        if presence is Presence.AVAILABLE and worker.state.presence is not presence:
            changes["idle_since"] = now
        worker.set(**changes)

    def out_of_rotation(self, staff_id: UUID, reason: str | None = None) -> bool:
        """They missed it; False when they were not in it."""
        worker = self.workers[staff_id]
        if worker.state.presence is not Presence.AVAILABLE:
            return False
        pending = worker.state.pending_break if reason else None
        worker.set(presence=Presence.NOT_ANSWERING, reason=reason, pending_break=pending)
        return True

    def back_in_rotation(self, staff_id: UUID, now: datetime, reason: str) -> None:
        """Their desk is heard of again."""
        state = self.workers[staff_id].state
        if state.presence is Presence.NOT_ANSWERING and state.reason == reason:
            changes = {"presence": Presence.AVAILABLE, "reason": None, "idle_since": now}
            self.workers[staff_id].set(**changes)
            begin_break(self.workers[staff_id])

    def accepted(self, contact: Contact, staff_id: UUID, now: datetime) -> None:
        """They have the contact in hand."""
        if contact.id in self.owners:
            self.report(f"{contact.id} is with two operators")
        waiter, worker = self.waiting.pop(contact.id, None), self.workers[staff_id]
        if waiter is None:
            self.report(f"{contact.id} was taken, but did not wait")
        else:
            self._kept_offers[contact.id] = waiter.offers, waiter.passed
        if not matching.has_room(worker.state, contact.channel.kind):
            self.report(f"{staff_id} has no room for {contact.id}")
        self.owners[contact.id] = staff_id
        worker.asked = None
        count(worker, contact, 1)
        if contact.danger:
            today = now.astimezone(self._zone).date()
            hard = worker.able.hard if worker.hard_on == today else 0
            worker.able, worker.hard_on = replace(worker.able, hard=hard + 1), today

    def released(self, contact: Contact, now: datetime) -> UUID | None:
        """Nobody has the contact in hand any more; who had."""
        staff_id = self.owners.pop(contact.id, None)
        if staff_id is None:
            return None
        worker = self.workers[staff_id]
        count(worker, contact, -1)
        worker.set(idle_since=now)
        begin_break(worker)
        return staff_id

    def over(self, contact_id: UUID) -> None:
        """They came to their end."""
        if contact_id in self.owners or contact_id in self.waiting:
            self.report(f"{contact_id} is over, and still waits or is in hand")
        self._kept_offers.pop(contact_id, None)

    # ----------------------------------------------------------------------------------- offers

    def made(self, pairs: Sequence[Pair], now: datetime) -> None:
        """What a match decided: both free, each the best for the other, nobody passed by."""
        good = [pair for pair in pairs if self._possible(pair)]
        if not self._agreed(good, now):
            self.report(f"not the best for each other: {self._wrong(good, now)}")
        asked = {contact_id for contact_id, _ in good}
        for contact_id, staff_id in good:
            self._not_starved(self.waiting[contact_id], self.workers[staff_id], asked, now)
        for contact_id, staff_id in good:
            self._ask(contact_id, staff_id)
            self.waiting[contact_id].offers[staff_id] += 1
            self.offers[staff_id] += 1

    def ended(self, contact_id: UUID, staff_id: UUID, how: str, now: datetime) -> None:
        """An offer ended, and nobody took it."""
        if self.pending(contact_id) != staff_id:
            self.report(f"an offer of {contact_id} to {staff_id} ended, and there was none")
            return
        self.workers[staff_id].asked = None
        waiter = self.waiting.get(contact_id)
        if waiter is not None:
            waiter.asked = None
            if how == "passed":
                waiter.passed[staff_id] = now + PAUSE
            if how in {"passed", "expired"} and waiter.wanted.wanted == staff_id:
                waiter.wanted = replace(waiter.wanted, wanted=None, wanted_until=None)
        if how == "expired":
            self.out_of_rotation(staff_id)

    def pending(self, contact_id: UUID) -> UUID | None:
        """Who is asked to take them."""
        for staff_id, worker in self.workers.items():
            if worker.asked == contact_id:
                return staff_id
        return None

    def settled(self, now: datetime) -> None:
        """After a match: nobody waits beside somebody who is free and could take them."""
        waiting = [one for one in self.waiting.values() if one.asked is None]
        free = self._free() if waiting else []
        for waiter in waiting if free else ():
            for worker in free:
                if self._can(waiter, worker, now):
                    self.report(f"{waiter.id} waits beside {worker.state.staff_id}")
                    return

    # ---------------------------------------------------------------------------------- inside

    def _free(self) -> list[Worker]:
        return [w for w in self.workers.values() if w.asked is None and available(w)]

    def _can(self, waiter: Waiter, worker: Worker, now: datetime) -> bool:
        until = waiter.passed.get(worker.state.staff_id)
        if (until is not None and until > now) or not matching.fits(
            waiter.wanted, worker.able, now
        ):
            return False
        if waiter.wanted.kind == "call" or not worker.state.chats:
            return True
        return not matching.kept_for_call(waiter.wanted, worker.able, self._calls(), now)

    def _calls(self) -> Iterator[Wanted]:
        for one in self.waiting.values():
            if one.wanted.kind == "call" and one.asked is None:
                yield one.wanted

    def _best(self, waiter: Waiter, worker: Worker, now: datetime) -> bool:
        if not self._can(waiter, worker, now):
            return False
        ours = self._rank(waiter, worker)
        for other in self._free():
            if (
                other is not worker
                and self._can(waiter, other, now)
                and self._rank(waiter, other) < ours
            ):
                return False
        return not any(
            one.place < waiter.place and one.asked is None and self._can(one, worker, now)
            for one in self.waiting.values()
        )

    def _rank(self, waiter: Waiter, worker: Worker) -> tuple[object, ...]:
        return matching.order(waiter.wanted, worker.able, waiter.offers[worker.state.staff_id])

    def _agreed(self, pairs: Sequence[Pair], now: datetime) -> bool:
        """Whether there is an order in which each pair was the best at its turn."""
        if not pairs:
            return True
        for number, (contact_id, staff_id) in enumerate(pairs):
            waiter, worker = self.waiting[contact_id], self.workers[staff_id]
            if not self._best(waiter, worker, now):
                continue
            self._ask(contact_id, staff_id)
            agreed = self._agreed([*pairs[:number], *pairs[number + 1 :]], now)
            waiter.asked = worker.asked = None
            if agreed:
                return True
            if len(pairs) > _SHORT:
                return False
        return False

    def _wrong(self, pairs: Sequence[Pair], now: datetime) -> list[str]:
        return [
            f"{contact_id} to {staff_id}"
            for contact_id, staff_id in pairs
            if not self._best(self.waiting[contact_id], self.workers[staff_id], now)
        ]

    def _possible(self, pair: Pair) -> bool:
        contact_id, staff_id = pair
        waiter, worker = self.waiting.get(contact_id), self.workers.get(staff_id)
        if waiter is None or worker is None:
            self.report(f"{contact_id} was offered to {staff_id}: one of them is not there")
        elif waiter.asked is not None:
            self.report(f"{contact_id} is offered twice: to {waiter.asked} and {staff_id}")
        elif worker.asked is not None:
            self.report(f"{staff_id} is asked twice: for {worker.asked} and {contact_id}")
        else:
            return True
        return False

    def _ask(self, contact_id: UUID, staff_id: UUID) -> None:
        self.waiting[contact_id].asked = staff_id
        self.workers[staff_id].asked = contact_id

    def _not_starved(self, taken: Waiter, worker: Worker, asked: set[UUID], now: datetime) -> None:
        """The bound of docs/queueing.md, by times of arrival alone."""
        if taken.again:
            return
        for one in self.waiting.values():
            if one.id in asked or one.asked is not None or one.wanted.asks.language is not None:
                continue
            bound = one.since + self._head + (self._rules.set_back if one.behind else timedelta(0))
            if taken.since > bound and self._can(one, worker, now):
                self.report(f"{one.id} starves: {taken.id} came much later and is offered")
