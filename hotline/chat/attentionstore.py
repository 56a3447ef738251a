"""SQL of who waits for whose word in a chat, and of who is writing one."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from hotline.infra.db import Uow

# Whoever writes a long answer is not taken the contact away from; but not for ever.
_GIVE_BACK = """
update conversation set with_operator = false, alerted_at = null
where contact_id = $1 and open and with_operator and unanswered_since <= now() - $2::interval
  and (typing_at is null or typing_at <= now() - interval '30 seconds'
       or unanswered_since <= now() - 2 * $2::interval)
"""


class Waiting(NamedTuple):
    """Since when a conversation waits for us (None: for the caller), and what it goes on from."""

    contact_id: UUID
    open: bool
    since: datetime | None
    reopens: UUID | None


async def waiting(uow: Uow, contact_ids: Sequence[UUID]) -> list[Waiting]:
    """Who waits in these conversations; calls have none."""
    rows = await uow.fetch(
        """
        select contact_id, open, unanswered_since as since, reopens from conversation
        where contact_id = any($1)
        """,
        list(contact_ids),
    )
    return [Waiting(**row) for row in rows]


async def alert(uow: Uow, after: timedelta) -> list[UUID]:
    """Conversations whose operator owes an answer for so long and was not told yet: once each."""
    rows = await uow.fetch(
        """
        update conversation set alerted_at = now()
        where contact_id in (
          select contact_id from conversation
          where open and with_operator and unanswered_since <= now() - $1::interval
            and alerted_at is null
          order by unanswered_since limit 100 for update skip locked)
        returning contact_id
        """,
        after,
    )
    return [row["contact_id"] for row in rows]


async def unattended(uow: Uow, after: timedelta) -> list[UUID]:
    """Conversations that perhaps go to somebody else now; `give_back` decides for each."""
    rows = await uow.fetch(
        """
        select contact_id from conversation
        where open and with_operator and unanswered_since <= now() - $1::interval
        order by unanswered_since limit 100
        """,
        after,
    )
    return [row["contact_id"] for row in rows]


async def give_back(uow: Uow, contact_id: UUID, after: timedelta) -> bool:
    """Whether nobody answered until this very moment; then the operator has it no longer.

    Whoever answers holds the same row: one of the two comes first, and the other sees it.
    """
    return bool(await uow.execute(_GIVE_BACK, contact_id, after))


async def let_go(uow: Uow, contact_id: UUID) -> None:
    """No operator is with them any more."""
    await uow.execute(
        "update conversation set with_operator = false where contact_id = $1", contact_id
    )


async def types(uow: Uow, contact_id: UUID, every: timedelta) -> bool:
    """Whether the caller is to be shown now that somebody writes: not more often than `every`."""
    return bool(
        await uow.execute(
            """
            update conversation set typing_at = clock_timestamp()
            where contact_id = $1 and open and with_operator
              and (typing_at is null or typing_at <= clock_timestamp() - $2::interval)
            """,
            contact_id,
            every,
        )
    )
