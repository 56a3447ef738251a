"""SQL of changed messages, and of messages that answer others."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from hotline.infra.db import Uow


async def named(uow: Uow, contact_id: UUID, provider_id: str, *, heard: bool) -> int | None:
    """The message of a conversation that the provider calls so.

    `heard`: only one of the caller's; otherwise ours as well, by any of its parts.
    """
    found: int | None = await uow.fetchval(
        """
        select id from message
        where contact_id = $1 and provider_id = $2 and author = 'caller'
        union all
        select m.id from message m join message_part p on p.message_id = m.id
        where m.contact_id = $1 and p.provider_id = $2 and not $3
        limit 1
        """,
        contact_id,
        provider_id,
        heard,
    )
    return found


async def name_of(uow: Uow, message_id: int) -> str | None:
    """What the provider calls a message, or its first part; None before it has it."""
    name: str | None = await uow.fetchval(
        """
        select coalesce(m.provider_id, p.provider_id) from message m
        left join message_part p on p.message_id = m.id and p.number = 0 where m.id = $1
        """,
        message_id,
    )
    return name


async def revise(
    uow: Uow, message_id: int, sealed: bytes, *, edit_state: str | None = None
) -> None:
    """New words for a message; those it had are kept."""
    await uow.execute(
        """
        with was as (
          insert into message_revision (message_id, body_sealed, at)
          select id, body_sealed, coalesce(edited_at, at) from message
          where id = $1 and body_sealed is not null)
        update message set body_sealed = $2, edited_at = clock_timestamp(), edit_state = $3,
               edit_error = null
        where id = $1
        """,
        message_id,
        sealed,
        edit_state,
    )


async def precede(uow: Uow, message_id: int, sealed: bytes, at: datetime) -> None:
    """Words of a message that were there before those we know, written at that time."""
    await uow.execute(
        """
        with was as (
          insert into message_revision (message_id, body_sealed, at) values ($1, $2, $3))
        update message set edited_at = coalesce(edited_at, clock_timestamp()) where id = $1
        """,
        message_id,
        sealed,
        at,
    )


async def settled(
    uow: Uow, message_id: int, edited_at: datetime, state: str | None, error: str | None
) -> bool:
    """What became of a change of ours; False when there is a newer one."""
    return bool(
        await uow.execute(
            """
            update message set edit_state = $3, edit_error = $4
            where id = $1 and edited_at = $2
            """,
            message_id,
            edited_at,
            state,
            error,
        )
    )


async def earlier(uow: Uow, message_id: int, *, limit: int) -> Sequence[tuple[datetime, bytes]]:
    """The words a message had, oldest first."""
    rows = await uow.fetch(
        """
        select at, body_sealed from message_revision where message_id = $1
        order by at desc, id desc limit $2
        """,
        message_id,
        limit,
    )
    return [(row["at"], row["body_sealed"]) for row in reversed(rows)]
