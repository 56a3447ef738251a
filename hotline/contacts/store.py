"""SQL of contacts."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg

from hotline.contacts.linkstore import SAME
from hotline.contacts.model import (
    CallerSeen,
    Channel,
    Contact,
    ContactState,
    EarlierContact,
    Newcomer,
    Outcome,
    TimelineEntry,
)
from hotline.infra.db import Uow
from hotline.kernel.ids import CallerId, ContactId, StaffId
from hotline.kernel.languages import Lang, as_lang

_COLUMNS = """id, channel, line, caller_id, state, rev, opened_at, language, topic, danger,
    priority, outcome, operator_id, waiting_since, reserved_at, talking_since, caller_left_at,
    closed_at, closed_kind, campaign, alarm_at, intake"""
_NAMES = [name.strip() for name in _COLUMNS.split(",")]
_TAGGED = ", ".join(f'c.{name} as "contact.{name}"' for name in _NAMES)
_SELECT = f"select {_COLUMNS} from contact where id = $1"  # noqa: S608 - a constant list of columns
_SEVERAL = f"select {_COLUMNS} from contact where id = any($1)"  # noqa: S608 - a constant list of columns
_SELECT_LOCKED = _SELECT + " for update"
_SEVERAL_LOCKED = _SEVERAL + " order by id for update"

# A known caller is found by the keyed hash; a hidden number (null) is a new caller every time.
_CALLER = """
insert into caller (id, index, number_sealed, masked, contacts) values ($1, $2, $3, $4, 1)
on conflict (index) do update
   set last_seen = now(), contacts = caller.contacts + 1, masked = excluded.masked
returning id
"""
_OPEN = """
insert into contact (id, channel, line, caller_id, state, language, intake)
values ($1, $2, $3, (select id from caller_seen), 'intake', $4, $5)
"""
_OPENED = "insert into contact_event (contact_id, kind, fields) values ($1, 'opened', $2)"
_REMEMBERED = """
select now() as now, (select language from caller where index = $1) as language
"""


class NewCaller(NamedTuple):
    """A caller as they are written when the keyed hash is new; else theirs counts one more."""

    id: CallerId
    hashed: bytes | None
    sealed: bytes
    masked: str


def _contact(row: asyncpg.Record) -> Contact:
    return _made(dict(row))


def _made(values: dict[str, Any]) -> Contact:
    values["channel"] = Channel(values["channel"])
    values["state"] = ContactState(values["state"])
    values["outcome"] = Outcome(values["outcome"]) if values["outcome"] else None
    values["language"] = as_lang(values["language"]) if values["language"] else None
    return Contact(**values)


async def remembered(
    uow: Uow, index: bytes | None, beside: str, args: Sequence[object]
) -> tuple[Lang | None, datetime, dict[str, Any]]:
    """The language the caller of this keyed hash last chose, the time, and what is beside."""
    sql = f"{_REMEMBERED}, beside.* from ({beside}) beside" if beside else _REMEMBERED
    row = await uow.glance(sql, index, *args)
    assert row is not None  # noqa: S101 - a select without a table has one row
    seen = dict(row)
    language, now = seen.pop("language"), seen.pop("now")
    return as_lang(language) if language else None, now, seen


def insert(
    uow: Uow,
    contact_id: ContactId,
    newcomer: Newcomer,
    caller: NewCaller,
    *,
    language: Lang | None,
    intake: dict[str, Any],
) -> None:
    """A new contact in intake, the first line of its timeline, and its caller on first sight."""
    channel, line = newcomer.channel, newcomer.line
    uow.write(_CALLER, *caller, name="caller_seen")
    uow.write(_OPEN, contact_id, channel, line, language, intake)
    uow.write(_OPENED, contact_id, {"channel": channel, "line": line})


async def get(uow: Uow, contact_id: UUID, *, lock: bool) -> Contact | None:
    """The contact; with `lock`, others who change it wait until this transaction ends."""
    row = await uow.fetchrow(_SELECT_LOCKED if lock else _SELECT, contact_id)
    return _contact(row) if row else None


async def several(uow: Uow, ids: Sequence[UUID], *, lock: bool = False) -> list[Contact]:
    """The contacts of these ids, in no order; with `lock`, as `get` does."""
    rows = await uow.fetch(_SEVERAL_LOCKED if lock else _SEVERAL, list(ids))
    return [_contact(row) for row in rows]


async def beside(
    uow: Uow, clauses: str, args: Sequence[object]
) -> list[tuple[dict[str, Any], Contact]]:
    """The contact of each row that another room's clauses find; see `Contacts.beside`."""
    rows = await uow.fetch(
        f"""
        with {clauses} select found.*, {_TAGGED} from found
        join contact c on c.id = found.contact_id order by found.opened_at
        """,  # noqa: S608 - constant texts of two rooms
        *args,
    )
    made = []
    for row in rows:
        theirs = dict(row)
        ours = {name: theirs.pop(f"contact.{name}") for name in _NAMES}
        made.append((theirs, _made(ours)))
    return made


async def save(uow: Uow, before: Contact, changes: dict[str, Any]) -> Contact | None:
    """Compare-and-swap on `rev`; None when somebody was faster. `changes` maps column to value."""
    sets = ", ".join(f"{name} = ${n}" for n, name in enumerate(changes, start=3))
    row = await uow.fetchrow(
        f"update contact set rev = rev + 1, {sets} where id = $1 and rev = $2 returning {_COLUMNS}",  # noqa: S608 - names come from service.py
        before.id,
        before.rev,
        *changes.values(),
    )
    return _contact(row) if row else None


async def remember_language(uow: Uow, caller_id: CallerId, language: Lang) -> None:
    """What to greet this caller in next time."""
    await uow.execute("update caller set language = $2 where id = $1", caller_id, language)


async def note(
    uow: Uow, contact_id: UUID, kind: str, staff_id: UUID | None, fields: dict[str, Any]
) -> None:
    """One line of the timeline."""
    await uow.execute(
        "insert into contact_event (contact_id, kind, staff_id, fields) values ($1, $2, $3, $4)",
        contact_id,
        kind,
        staff_id,
        fields,
    )


def note_each(uow: Uow, kind: str, whom: Sequence[tuple[UUID, UUID]]) -> None:
    """One line in each of these timelines, written before the commit."""
    uow.write(
        """
        insert into contact_event (contact_id, kind, staff_id, fields)
        select n.*, '{}'::jsonb from (
          select contact_id, $2::text, staff_id
          from unnest($1::uuid[], $3::uuid[]) as u(contact_id, staff_id)) n
        """,
        [contact_id for contact_id, _ in whom],
        kind,
        [staff_id for _, staff_id in whom],
    )


async def timeline(uow: Uow, contact_id: UUID) -> list[TimelineEntry]:
    """The whole history of a contact, oldest first (bounded at 1000 lines)."""
    rows = await uow.fetch(
        """
        select id, at, kind, staff_id, fields from contact_event
        where contact_id = $1 order by id limit 1000
        """,
        contact_id,
    )
    return [TimelineEntry(**row) for row in rows]


async def earlier(uow: Uow, contact: Contact, *, limit: int) -> list[EarlierContact]:
    """Other contacts of the same person, newest first."""
    rows = await uow.fetch(
        f"""
        select id, opened_at as at, channel, topic, outcome from contact
        where caller_id in ({SAME}) and id <> $2 order by opened_at desc limit $3
        """,  # noqa: S608 - a constant text
        contact.caller_id,
        contact.id,
        limit,
    )
    return [
        EarlierContact(
            id=ContactId(r["id"]),
            at=r["at"],
            channel=Channel(r["channel"]),
            topic=r["topic"],
            outcome=Outcome(r["outcome"]) if r["outcome"] else None,
        )
        for r in rows
    ]


async def last_talk(uow: Uow, contact: Contact, within: timedelta) -> UUID | None:
    """The talk of the same caller that ended last, not longer ago than this."""
    found: UUID | None = await uow.fetchval(
        """
        select id from contact
        where caller_id = $1 and id <> $2 and talking_since is not null
          and caller_left_at > now() - $3::interval
        order by opened_at desc limit 1
        """,
        contact.caller_id,
        contact.id,
        within,
    )
    return found


async def callers(uow: Uow, ids: Sequence[UUID]) -> dict[CallerId, CallerSeen]:
    """Masked sources by caller id."""
    rows = await uow.fetch("select id, masked, contacts from caller where id = any($1)", list(ids))
    return {CallerId(r["id"]): CallerSeen(r["masked"], r["contacts"]) for r in rows}


async def number_sealed(uow: Uow, caller_id: CallerId) -> bytes | None:
    """The sealed source of a caller."""
    sealed: bytes | None = await uow.fetchval(
        "select number_sealed from caller where id = $1", caller_id
    )
    return sealed


async def forgotten(uow: Uow, older_than: timedelta) -> list[Contact]:
    """Contacts that nobody wrote up for so long, locked; what somebody works on is left out."""
    rows = await uow.fetch(
        f"""
        select {_COLUMNS} from contact
        where state = 'wrap_up' and caller_left_at < now() - $1::interval
        order by caller_left_at limit 100 for update skip locked
        """,  # noqa: S608 - a constant list of columns
        older_than,
    )
    return [_contact(row) for row in rows]


async def of_operator(uow: Uow, staff_id: StaffId) -> list[Contact]:
    """The contacts somebody has in hand, oldest first."""
    rows = await uow.fetch(
        f"""
        select {_COLUMNS} from contact
        where operator_id = $1 and state in ('reserved', 'talking', 'wrap_up')
        order by reserved_at
        """,  # noqa: S608 - a constant list of columns
        staff_id,
    )
    return [_contact(row) for row in rows]


async def talks(
    uow: Uow, contact: Contact, *, newest: int, within: timedelta, writing: timedelta
) -> list[float]:
    """From the first word until the operator was free, in seconds; danger is another matter.

    They are free when it is written up, and at the latest `writing` after the caller left.
    Of the same channel and language, the newest first; what nobody wrote up says nothing.
    """
    rows = await uow.fetch(
        f"""
        select extract(epoch from
            least(closed_at, caller_left_at + $5::interval) - talking_since)::float8 as talk
        from contact
        where channel = $1 and {_speaks(contact)} and not danger
          and talking_since > now() - $3::interval and closed_at is not null
          and outcome is distinct from 'unfinished'
        order by talking_since desc limit $4
        """,  # noqa: S608 - one of two constants
        contact.channel,
        contact.language,
        within,
        newest,
        writing,
    )
    return [row["talk"] for row in rows]


async def answered_since(uow: Uow, contact: Contact) -> int:
    """How many of the same channel and language were answered since this contact waits."""
    count: int = await uow.fetchval(
        f"""
        select count(*)::int from contact
        where channel = $1 and {_speaks(contact)} and not danger
          and talking_since > $3
        """,  # noqa: S608 - one of two constants
        contact.channel,
        contact.language,
        contact.waiting_since,
    )
    return count


def _speaks(contact: Contact) -> str:
    """The condition on the language, `$2`, as an index can use it."""
    return "language = $2" if contact.language else "language is null and $2::text is null"


async def address(uow: Uow, caller_id: CallerId) -> tuple[bytes | None, str]:
    """The keyed hash and the masked number of a caller."""
    row = await uow.fetchrow("select index, masked from caller where id = $1", caller_id)
    assert row is not None  # noqa: S101 - a contact has a caller
    return row["index"], row["masked"]
