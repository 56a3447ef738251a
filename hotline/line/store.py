"""SQL of the line."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from hotline.infra.db import Uow
from hotline.kernel.ids import StaffId, new_id
from hotline.line.model import FloodMode, Kind

_CURRENT = """
select distinct on (kind) kind, version, value, reason_sealed, set_by, set_at
from line_setting order by kind, version desc
"""


@dataclass(frozen=True, slots=True)
class Setting:
    """A version in force."""

    version: int
    value: dict[str, Any]
    reason_sealed: bytes | None
    set_by: StaffId
    set_at: datetime


async def current(uow: Uow) -> dict[Kind, Setting]:
    """What is in force, of each kind that was ever set."""
    rows = await uow.fetch(_CURRENT)
    return {
        Kind(row["kind"]): Setting(**{name: row[name] for name in Setting.__slots__})
        for row in rows
    }


async def put(
    uow: Uow,
    kind: Kind,
    version: int,
    value: dict[str, Any],
    staff_id: StaffId,
    *,
    reason_sealed: bytes | None = None,
) -> bool:
    """A new version; False when somebody else has written this one."""
    made = await uow.execute(
        """
        insert into line_setting (kind, version, value, set_by, reason_sealed)
        values ($1, $2, $3, $4, $5) on conflict do nothing
        """,
        kind,
        version,
        value,
        staff_id,
        reason_sealed,
    )
    return made == 1


@dataclass(frozen=True, slots=True)
class Block:
    """A number kept off the line, as the desk shows it."""

    id: UUID
    masked: str
    until: datetime
    reason_sealed: bytes
    made_by: StaffId
    made_at: datetime


async def blocks(uow: Uow) -> list[Block]:
    """The blocks in force, the newest first."""
    rows = await uow.fetch(
        """
        select id, masked, until, reason_sealed, made_by, made_at from line_block
        where lifted_at is null and until > now() order by made_at desc, id limit 500
        """
    )
    return [Block(**row) for row in rows]


async def blocked(uow: Uow) -> dict[bytes, datetime]:
    """The keyed hashes of blocked numbers, and until when."""
    rows = await uow.fetch(
        """
        select address_key, max(until) as until from line_block
        where lifted_at is null and until > now() group by address_key limit 20000
        """
    )
    return {row["address_key"]: row["until"] for row in rows}


async def block(
    uow: Uow,
    block_id: UUID,
    address_key: bytes,
    masked: str,
    until: datetime,
    reason_sealed: bytes,
    staff_id: StaffId,
) -> None:
    """A new block."""
    await uow.execute(
        """
        insert into line_block (id, address_key, masked, until, reason_sealed, made_by)
        values ($1, $2, $3, $4, $5, $6)
        """,
        block_id,
        address_key,
        masked,
        until,
        reason_sealed,
        staff_id,
    )


async def lift(uow: Uow, block_id: UUID, staff_id: StaffId) -> bool:
    """End a block; False when it is over already."""
    ended = await uow.execute(
        """
        update line_block set lifted_at = now(), lifted_by = $2
        where id = $1 and lifted_at is null and until > now()
        """,
        block_id,
        staff_id,
    )
    return ended == 1


@dataclass(frozen=True, slots=True)
class Flood:
    """What holds for the numbers of a prefix; without `set_by` it was counted, not set."""

    id: UUID
    prefix: str
    mode: FloodMode
    since: datetime
    until: datetime
    reason_sealed: bytes | None
    set_by: StaffId | None


async def floods(uow: Uow) -> list[Flood]:
    """What is in force, the newest first."""
    rows = await uow.fetch(
        """
        select id, prefix, mode, since, until, reason_sealed, set_by from line_flood
        where until > now() order by since desc, prefix limit 500
        """
    )
    return [Flood(**dict(row) | {"mode": FloodMode(row["mode"])}) for row in rows]


async def flooding(uow: Uow) -> dict[str, tuple[FloodMode, datetime]]:
    """The prefixes for which something holds, and until when."""
    rows = await uow.fetch(
        "select prefix, mode, until from line_flood where until > now() limit 20000"
    )
    return {row["prefix"]: (FloodMode(row["mode"]), row["until"]) for row in rows}


async def count_flood(uow: Uow, prefix: str, lasts: timedelta) -> UUID | None:
    """The prefix floods us, for so long from now; the flood, None when it did before.

    What a person has set stands until its end.
    """
    begun: UUID | None = await uow.fetchval(
        """
        insert into line_flood (prefix, id, mode, until) values ($1, $2, 'flood', now() + $3)
        on conflict (prefix) do update set
          mode = 'flood', until = excluded.until, reason_sealed = null, set_by = null,
          since = case when line_flood.until > now() then line_flood.since else now() end,
          id = case when line_flood.until > now() then line_flood.id else excluded.id end
        where line_flood.set_by is null or line_flood.until <= now()
        returning case when since = now() then id end
        """,
        prefix,
        new_id(),
        lasts,
    )
    return begun


async def set_flood(
    uow: Uow,
    prefix: str,
    mode: FloodMode,
    until: datetime,
    reason: bytes,
    staff: StaffId,
    key: UUID,
) -> None:
    """A person says what holds, whatever is counted. `key` names this saying."""
    await uow.execute(
        """
        insert into line_flood (prefix, id, mode, until, reason_sealed, set_by)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (prefix) do update set id = excluded.id, mode = excluded.mode, since = now(),
          until = excluded.until, reason_sealed = excluded.reason_sealed, set_by = excluded.set_by
        """,
        prefix,
        key,
        mode,
        until,
        reason,
        staff,
    )


async def flood_left(uow: Uow, flood_id: UUID) -> timedelta | None:
    """How long this still holds, nothing or less when it is over; locked.

    None when something else was counted or said of its prefix since.
    """
    left: timedelta | None = await uow.fetchval(
        "select until - now() from line_flood where id = $1 for update", flood_id
    )
    return left


async def end_flood(uow: Uow, prefix: str) -> UUID | None:
    """Nothing holds for the prefix any more; what that was, None when nothing did."""
    ended: UUID | None = await uow.fetchval(
        "update line_flood set until = now() where prefix = $1 and until > now() returning id",
        prefix,
    )
    return ended
