"""SQL of cases. Changes of a case are made by whoever locked its row."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg

from hotline.cases.model import (
    Case,
    CaseEntry,
    CaseKind,
    CaseResult,
    CaseState,
    Level,
    Page,
    PageState,
)
from hotline.infra.db import Uow

_COLUMNS = """id, code, contact_id, kind, level, state, rev, raised_by, raised_at, owner_id, round,
    step, ladder_at, deadline_at, next_at, acked_at, acked_by, closed_at, result, seniors_only,
    reason_sealed"""
_SELECT = f"select {_COLUMNS} from hotline_case"  # noqa: S608 - a constant list of columns
_BY_ID = f"{_SELECT} where id = $1"
_BY_ID_LOCKED = f"{_BY_ID} for update"
_UNFINISHED = f"{_SELECT} where contact_id = $1 and state <> 'closed' for update"
_LATEST = f"{_SELECT} where contact_id = $1 order by raised_at desc, id desc limit 1"
_PAGE_OF_LIST = f"""
{_SELECT}
where ($1::text[] is null or state = any($1))
  and ($2::timestamptz is null or (raised_at, id) < ($2, $3::uuid))
order by raised_at desc, id desc limit $4
"""
# What nobody took comes first, by its deadline: it must not fall off the end of the list.
_INBOX = f"""
{_SELECT} where state <> 'closed' order by state = 'open' desc, deadline_at, id limit $1
"""
_INSERT = f"""
insert into hotline_case
  (id, code, contact_id, kind, level, state, raised_by, raised_at, owner_id, ladder_at,
   deadline_at, next_at, reason_sealed)
values ($1, $2, $3, $4, $5, 'open', $6, $7, $8, $7, $9, $10, $11) returning {_COLUMNS}
"""  # noqa: S608 - a constant list of columns
_STALLED = f"""
{_SELECT} where state = 'open' and next_at < now() - interval '30 seconds'
order by next_at limit 200
"""


def _case(row: asyncpg.Record) -> Case:
    values = dict(row)
    values["kind"] = CaseKind(values["kind"])
    values["level"] = Level(values["level"])
    values["state"] = CaseState(values["state"])
    values["result"] = CaseResult(values["result"]) if values["result"] else None
    return Case(**values)


async def insert(uow: Uow, case: Case) -> Case:
    """A new case, with its ladder at the foot."""
    row = await uow.fetchrow(
        _INSERT,
        case.id,
        case.code,
        case.contact_id,
        case.kind,
        case.level,
        case.raised_by,
        case.raised_at,
        case.owner_id,
        case.deadline_at,
        case.next_at,
        case.reason_sealed,
    )
    assert row is not None  # noqa: S101 - an insert always returns its row
    return _case(row)


async def get(uow: Uow, case_id: UUID, *, lock: bool = False) -> Case | None:
    """The case; with `lock`, others who change it wait until this transaction ends."""
    row = await uow.fetchrow(_BY_ID_LOCKED if lock else _BY_ID, case_id)
    return _case(row) if row else None


async def unfinished(uow: Uow, contact_id: UUID) -> Case | None:
    """The one case of a contact that is not closed, locked."""
    row = await uow.fetchrow(_UNFINISHED, contact_id)
    return _case(row) if row else None


async def latest(uow: Uow, contact_id: UUID) -> Case | None:
    """The newest case of a contact, in whatever state."""
    row = await uow.fetchrow(_LATEST, contact_id)
    return _case(row) if row else None


async def exists(uow: Uow, contact_id: UUID) -> bool:
    """Whether the contact was ever escalated."""
    return bool(
        await uow.fetchval(
            "select exists (select 1 from hotline_case where contact_id = $1)", contact_id
        )
    )


async def is_open(uow: Uow, contact_id: UUID) -> bool:
    """Whether the contact has a case that is not closed; locks nothing."""
    return bool(
        await uow.fetchval(
            """
            select exists (
              select 1 from hotline_case where contact_id = $1 and state <> 'closed')
            """,
            contact_id,
        )
    )


async def save(uow: Uow, case: Case, changes: dict[str, Any]) -> Case:
    """Write over a locked case. `changes` maps column to value."""
    sets = ", ".join(f"{name} = ${n}" for n, name in enumerate(changes, start=2))
    row = await uow.fetchrow(
        f"update hotline_case set rev = rev + 1, {sets} where id = $1 returning {_COLUMNS}",  # noqa: S608 - names come from our own services
        case.id,
        *changes.values(),
    )
    assert row is not None  # noqa: S101 - the caller holds the lock on it
    return _case(row)


async def page_of_list(
    uow: Uow,
    states: Sequence[CaseState] | None,
    *,
    before: tuple[datetime, UUID] | None,
    limit: int,
) -> list[Case]:
    """Cases, newest first; `before` is time and id of the last one seen."""
    at, case_id = before or (None, None)
    wanted = list(states) if states is not None else None
    return [_case(r) for r in await uow.fetch(_PAGE_OF_LIST, wanted, at, case_id, limit)]


async def inbox(uow: Uow, *, limit: int) -> list[Case]:
    """Cases that are not closed, the most pressing first."""
    return [_case(row) for row in await uow.fetch(_INBOX, limit)]


async def stalled(uow: Uow) -> list[Case]:
    """Open cases whose next step should have been taken."""
    return [_case(row) for row in await uow.fetch(_STALLED)]


async def overdue(uow: Uow) -> int:
    """How many cases nobody has taken, past the deadline of their owner."""
    number: int = await uow.fetchval(
        "select count(*) from hotline_case where state = 'open' and deadline_at < now()"
    )
    return number


async def next_entry_id(uow: Uow) -> int:
    """The number of a history line that is about to be written: its words are sealed to it."""
    number: int = await uow.fetchval("select nextval(pg_get_serial_sequence('case_event', 'id'))")
    return number


async def add_entry(uow: Uow, entry: CaseEntry) -> None:
    """One line of the history."""
    await uow.execute(
        """
        insert into case_event (id, case_id, at, kind, staff_id, fields, sealed)
        values ($1, $2, $3, $4, $5, $6, $7)
        """,
        entry.id,
        entry.case_id,
        entry.at,
        entry.kind,
        entry.staff_id,
        entry.fields,
        entry.sealed,
    )


async def has_entry(
    uow: Uow, case_id: UUID, kind: str, contact_id: UUID, within: timedelta | None
) -> bool:
    """Whether the history has a line of this kind about that contact, of this time if any."""
    return bool(
        await uow.fetchval(
            """
            select exists (select 1 from case_event where case_id = $1 and kind = $2
                           and fields ->> 'contact' = $3
                           and ($4::interval is null or at > now() - $4::interval))
            """,
            case_id,
            kind,
            str(contact_id),
            within,
        )
    )


async def sealed(uow: Uow) -> dict[UUID, UUID]:
    """The sealed cases that are not closed, by the contact each is about."""
    rows = await uow.fetch(
        "select contact_id, id from hotline_case where seniors_only and state <> 'closed'"
    )
    return {row["contact_id"]: row["id"] for row in rows}


async def entries(uow: Uow, case_id: UUID) -> list[CaseEntry]:
    """The history, oldest first (bounded at 1000 lines)."""
    rows = await uow.fetch(
        """
        select id, case_id, at, kind, staff_id, fields, sealed from case_event
        where case_id = $1 order by id limit 1000
        """,
        case_id,
    )
    return [CaseEntry(**row) for row in rows]


async def add_page(uow: Uow, case: Case, target: str, state: PageState) -> int | None:
    """One alert of the step the case stands on; None when it was given already."""
    number: int | None = await uow.fetchval(
        """
        insert into page (case_id, round, step, target, state) values ($1, $2, $3, $4, $5)
        on conflict do nothing returning id
        """,
        case.id,
        case.round,
        case.step,
        target,
        state,
    )
    return number


async def page(uow: Uow, page_id: int) -> Page | None:
    """One alert, locked."""
    row = await uow.fetchrow(
        """
        select id, case_id, step, target, state, state_at, provider_id from page
        where id = $1 for update
        """,
        page_id,
    )
    return Page(**{**row, "state": PageState(row["state"])}) if row else None


async def page_ids_known(uow: Uow, case_id: UUID) -> set[str]:
    """The carrier's ids of messages about this case."""
    rows = await uow.fetch(
        "select provider_id from page where case_id = $1 and provider_id is not null", case_id
    )
    return {row["provider_id"] for row in rows}


async def move_page(
    uow: Uow,
    page_id: int,
    state: PageState,
    *,
    provider_id: str | None = None,
    error: str | None = None,
) -> None:
    """What became of a locked alert."""
    await uow.execute(
        """
        update page set state = $2, state_at = clock_timestamp(), error = $4,
               provider_id = coalesce($3, provider_id) where id = $1
        """,
        page_id,
        state,
        provider_id,
        error,
    )
