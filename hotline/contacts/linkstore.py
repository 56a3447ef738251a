"""SQL of callers that are one person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import asyncpg

from hotline.infra.db import Uow
from hotline.kernel.ids import ContactId, new_id

_TRIES: Final = 5
# Everybody who is the caller $1, by any number of confirmed links.
SAME: Final = """
  with recursive same(id) as (
    select $1::uuid
    union
    select case when l.first_id = s.id then l.second_id else l.first_id end
    from same s join caller_link l on s.id in (l.first_id, l.second_id) and l.state = 'confirmed')
  select id from same
"""
_LINK = "id, first_id, second_id, given_contact, sent_contact, state, suggested_at, decided_by"


@dataclass(frozen=True, slots=True)
class Link:
    """Two callers, the contacts in which the code was given and sent, and what staff said of it."""

    id: UUID
    first_id: UUID
    second_id: UUID
    given_contact: UUID
    sent_contact: UUID
    state: str
    suggested_at: datetime
    decided_by: UUID | None


def _link(row: asyncpg.Record | None) -> Link | None:
    return Link(**row) if row else None


async def add_code(
    uow: Uow, index: bytes, caller_id: UUID, contact_id: UUID, *, staff_id: UUID, lives: timedelta
) -> datetime:
    """A new code in the place of those this contact had; until when it is good."""
    await uow.execute(
        "delete from link_code where contact_id = $1 or expires_at < now()", contact_id
    )
    until: datetime = await uow.fetchval(
        """
        insert into link_code (index, caller_id, contact_id, made_by, expires_at)
        values ($1, $2, $3, $4, now() + $5::interval) returning expires_at
        """,
        index,
        caller_id,
        contact_id,
        staff_id,
        lives,
    )
    return until


async def may_try(uow: Uow, caller_id: UUID) -> bool:
    """Count a try; False when this caller guessed too often within the hour."""
    tries: int = await uow.fetchval(
        """
        update caller set
          link_tries = case when link_tried_at > now() - interval '1 hour' then link_tries + 1
                            else 1 end,
          link_tried_at = case when link_tried_at > now() - interval '1 hour' then link_tried_at
                               else now() end
        where id = $1 returning link_tries
        """,
        caller_id,
    )
    return tries <= _TRIES


async def take_code(uow: Uow, index: bytes, caller_id: UUID) -> tuple[UUID, UUID] | None:
    """Use a code up: the caller and contact it was given to; None when it is not good here."""
    row = await uow.fetchrow(
        """
        delete from link_code where index = $1 and expires_at > now() and caller_id <> $2
        returning caller_id, contact_id
        """,
        index,
        caller_id,
    )
    return (row["caller_id"], row["contact_id"]) if row else None


async def suggest(
    uow: Uow, one: UUID, other: UUID, *, given_contact: UUID, sent_contact: UUID
) -> bool:
    """Write the suggestion down; False when it stands already."""
    first, second = sorted((one, other))
    return bool(
        await uow.execute(
            """
            insert into caller_link
              (id, first_id, second_id, given_contact, sent_contact, state)
            values ($1, $2, $3, $4, $5, 'suggested') on conflict do nothing
            """,
            new_id(),
            first,
            second,
            given_contact,
            sent_contact,
        )
    )


async def get(uow: Uow, link_id: UUID) -> Link | None:
    """One link."""
    return _link(await uow.fetchrow(f"select {_LINK} from caller_link where id = $1", link_id))  # noqa: S608


async def move(uow: Uow, link_id: UUID, before: str, then: str, staff_id: UUID) -> bool:
    """Compare-and-swap of a link's state."""
    return bool(
        await uow.execute(
            """
            update caller_link set state = $3, decided_at = now(), decided_by = $4
            where id = $1 and state = $2
            """,
            link_id,
            before,
            then,
            staff_id,
        )
    )


async def of(uow: Uow, caller_id: UUID) -> Sequence[Link]:
    """The suggested and confirmed links of a caller and of everybody who is the same."""
    rows = await uow.fetch(
        f"""
        select {_LINK} from caller_link
        where state in ('suggested', 'confirmed')
          and (first_id in ({SAME}) or second_id in ({SAME}))
        order by suggested_at limit 50
        """,  # noqa: S608 - constant texts
        caller_id,
    )
    return [Link(**row) for row in rows]


async def same(uow: Uow, one: UUID, other: UUID) -> bool:
    """Whether two callers are one person."""
    found: bool = await uow.fetchval(f"select $2::uuid in ({SAME})", one, other)
    return found


async def of_same(uow: Uow, caller_id: UUID, among: Sequence[UUID]) -> list[ContactId]:
    """Which of these contacts are of this caller, or of one who is the same."""
    rows = await uow.fetch(
        f"select id from contact where id = any($2) and caller_id in ({SAME}) order by id",  # noqa: S608 - constant texts
        caller_id,
        list(among),
    )
    return [ContactId(row["id"]) for row in rows]


async def waiting(uow: Uow, caller_id: UUID) -> list[ContactId]:
    """The contacts that wait, of this caller or of one who is the same."""
    rows = await uow.fetch(
        f"select id from contact where state = 'waiting' and caller_id in ({SAME}) order by id",  # noqa: S608 - constant texts
        caller_id,
    )
    return [ContactId(row["id"]) for row in rows]
