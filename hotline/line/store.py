"""SQL of the line."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from hotline.infra.db import Uow
from hotline.kernel.ids import StaffId
from hotline.line.model import Kind

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
