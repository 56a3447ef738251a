"""What is on the floor, read from the rows, and what the words of matching.py say of it."""

from datetime import datetime, timedelta
from uuid import UUID

import asyncpg

from hotline.infra.db import Uow
from hotline.kernel.ids import ContactId, StaffId
from hotline.routing import matching, operatorstore
from tests.service.routing.floor import RELAXING

PAUSE = timedelta(seconds=15)
Pairs = list[tuple[UUID, UUID]]


class Seen:
    """Who waits and is not asked for, and who is on shift and not asked, at some time."""

    def __init__(
        self,
        now: datetime,
        waiting: dict[ContactId, matching.Wanted],
        able: dict[StaffId, matching.Able],
        offers: Pairs,
        paused: Pairs,
    ) -> None:
        self.now = now
        self.waiting = waiting
        self.able = able
        self._offers = offers
        self._paused = paused

    def who(self, contact: ContactId) -> list[StaffId]:
        """Everybody who may be asked, the first first."""
        wanted = self.waiting[contact]
        calls = [w for i, w in self.waiting.items() if w.kind == "call" and i != contact]
        fit = [
            i
            for i, able in self.able.items()
            if matching.fits(wanted, able, self.now)
            and (contact, i) not in self._paused
            and not (
                wanted.kind == "chat" and matching.kept_for_call(wanted, able, calls, self.now)
            )
        ]
        asked = {i: self._offers.count((contact, i)) for i in fit}
        return sorted(fit, key=lambda i: matching.order(wanted, self.able[i], asked[i]))

    def longest(self, staff: StaffId) -> ContactId:
        """Of those whom somebody may be asked for, the one to come first: nobody is passed by."""
        found = [i for i in self.waiting if staff in self.who(i)]
        return min(found, key=lambda i: (self.waiting[i].effective_at, i))

    def stranded(self) -> set[ContactId]:
        """Who waits beside somebody who could be asked."""
        return {one for one in self.waiting if self.who(one)}

    def take(self, contact: ContactId, staff: StaffId) -> None:
        """They are offered to each other."""
        del self.waiting[contact]
        del self.able[staff]


async def read(uow: Uow, now: datetime) -> Seen:
    """The floor as the rows say, judged at that time."""
    rows = await uow.fetch(
        "select q.* from queue_entry q where not exists "
        "(select 1 from offer p where p.contact_id = q.contact_id and p.state = 'pending')"
    )
    people = await uow.fetch(
        "select o.* from operator_state o where not exists "
        "(select 1 from offer p where p.staff_id = o.staff_id and p.state = 'pending')"
    )
    states = await operatorstore.operators(uow, [row["staff_id"] for row in people])
    offers = await uow.fetch("select contact_id, staff_id, state, ended_at from offer")
    return Seen(
        now,
        {row["contact_id"]: _wanted(row, now) for row in rows},
        {
            row["staff_id"]: matching.Able(
                states[row["staff_id"]],
                frozenset(row["languages"]),
                frozenset(row["skills"]),
                row["senior"],
                row["reserve"],
                row["hard"],
            )
            for row in people
        },
        [(row["contact_id"], row["staff_id"]) for row in offers],
        [
            (row["contact_id"], row["staff_id"])
            for row in offers
            if row["state"] == "passed" and row["ended_at"] > now - PAUSE
        ],
    )


def _wanted(row: asyncpg.Record, now: datetime) -> matching.Wanted:
    asks = RELAXING.asks(
        row["language"],
        row["topic"],
        danger=row["danger"],
        senior=row["senior"],
        waited=now - row["since"],
    )
    return matching.Wanted(
        row["kind"],
        row["danger"],
        row["language"],
        row["topic"],
        asks,
        row["effective_at"],
        row["wanted"],
        row["wanted_until"],
    )
