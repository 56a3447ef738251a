"""SQL of the line."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

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
