"""SQL of the record: plain inserts, the links of committed rows, pages of reading."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

import asyncpg

from hotline.audit import chain
from hotline.audit.model import ChainReport, Entry, Head, Linked
from hotline.infra.db import Uow

# One number for everybody who links: "audit" in ASCII.
_LINKER: Final = 0x6175646974

_INSERT = """
insert into audit_row (actor_id, tag, object_type, object_id, fields, outcome)
values ($1, $2, $3, $4, $5, $6)
"""
_UNLINKED = """
select id, at, actor_id, tag, object_type, object_id, fields, outcome
from audit_row where chain_no is null order by id limit $1
"""
_LINK = """
update audit_row r set chain_no = n.chain_no, prev = n.prev, mac = n.mac
from unnest($1::bigint[], $2::bigint[], $3::bytea[], $4::bytea[]) as n(id, chain_no, prev, mac)
where r.id = n.id
"""
_MOVE_HEAD = """
insert into audit_head (chain_no, mac) values ($1, $2)
on conflict (single) do update set chain_no = excluded.chain_no, mac = excluded.mac
"""
_ENDS = """
select h.chain_no, h.mac, coalesce((select max(chain_no) from audit_row), 0) as last
from (select 1) one left join audit_head h on true
"""
_LINKED = """
select id, at, actor_id, tag, object_type, object_id, fields, outcome, chain_no, prev, mac
from audit_row where chain_no > $1 and chain_no <= $2 order by chain_no limit $3
"""
_KEEP_CHECK = """
insert into audit_check (at, checked, broken_at, why) values (now(), $1, $2, $3)
on conflict (single) do update
set at = excluded.at, checked = excluded.checked,
    broken_at = excluded.broken_at, why = excluded.why
"""
_PAGE = """
select id, at, actor_id, tag, object_type, object_id, fields, outcome
from audit_row
where id < $1
  and ($2::uuid is null or actor_id = $2)
  and ($3::text is null or object_type = $3)
  and ($4::text is null or object_id = $4)
  and ($5::text is null or tag = $5)
order by id desc limit $6
"""


async def insert(
    uow: Uow,
    *,
    actor_id: UUID | None,
    tag: str,
    object_type: str,
    object_id: str | None,
    groups: Sequence[str],
    outcome: str,
) -> None:
    """One plain insert; nothing is locked and nobody waits."""
    await uow.execute(_INSERT, actor_id, tag, object_type, object_id, list(groups), outcome)


async def try_linker_lock(uow: Uow) -> bool:
    """Become the one who links until the transaction ends; False when somebody else is."""
    return bool(await uow.fetchval("select pg_try_advisory_xact_lock($1)", _LINKER))


async def unlinked(uow: Uow, limit: int) -> list[Entry]:
    """Committed entries that are not in the chain yet, oldest id first."""
    return [_entry(row) for row in await uow.fetch(_UNLINKED, limit)]


async def store_links(uow: Uow, links: Sequence[Linked]) -> None:
    """Write the links and the new head together."""
    await uow.execute(
        _LINK,
        [item.entry.id for item in links],
        [item.number for item in links],
        [item.prev for item in links],
        [item.mac for item in links],
    )
    await uow.execute(_MOVE_HEAD, links[-1].number, links[-1].mac)


async def head(uow: Uow) -> Head:
    """Where the chain ends."""
    row = await uow.fetchrow("select chain_no, mac from audit_head")
    return chain.START if row is None else Head(row["chain_no"], row["mac"])


async def ends(uow: Uow) -> tuple[Head, int]:
    """Where the chain ends by the head and by the entries, seen at the same moment."""
    row = await uow.fetchrow(_ENDS)
    if row is None or row["chain_no"] is None:
        return chain.START, row["last"] if row is not None else 0
    return Head(row["chain_no"], row["mac"]), row["last"]


async def linked(uow: Uow, after: int, until: int, limit: int) -> list[Linked]:
    """Links numbered above `after`, up to and with `until`."""
    rows = await uow.fetch(_LINKED, after, until, limit)
    return [Linked(_entry(row), row["chain_no"], row["prev"], row["mac"]) for row in rows]


async def keep_check(uow: Uow, report: ChainReport) -> None:
    """Remember what the last check found."""
    await uow.execute(_KEEP_CHECK, report.checked, report.broken_at, report.why)


async def last_check(uow: Uow) -> ChainReport | None:
    """What the last check found; None before the first."""
    row = await uow.fetchrow("select at, checked, broken_at, why from audit_check")
    if row is None:
        return None
    return ChainReport(
        ok=row["why"] is None,
        checked=row["checked"],
        broken_at=row["broken_at"],
        why=row["why"],
        at=row["at"],
    )


async def page(
    uow: Uow,
    *,
    before: int,
    actor_id: UUID | None,
    object_type: str | None,
    object_id: str | None,
    tag: str | None,
    limit: int,
) -> list[Entry]:
    """Entries below the id `before`, newest first."""
    rows = await uow.fetch(_PAGE, before, actor_id, object_type, object_id, tag, limit)
    return [_entry(row) for row in rows]


def _entry(row: asyncpg.Record) -> Entry:
    return Entry(
        id=row["id"],
        at=row["at"],
        actor_id=row["actor_id"],
        tag=row["tag"],
        object_type=row["object_type"],
        object_id=row["object_id"],
        groups=tuple(row["fields"]),
        outcome=row["outcome"],
    )
