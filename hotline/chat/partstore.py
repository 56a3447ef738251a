"""SQL of the parts in which messages leave: what is on its way and what the provider has."""

from hotline.chat.machine import below
from hotline.chat.model import MessageState, Part
from hotline.infra.db import Uow


async def of(uow: Uow, message_id: int) -> list[Part]:
    """The parts begun so far, in order."""
    rows = await uow.fetch(
        """
        select number, state, state_at, provider_id from message_part
        where message_id = $1 order by number
        """,
        message_id,
    )
    return [
        Part(row["number"], MessageState(row["state"]), row["state_at"], row["provider_id"])
        for row in rows
    ]


async def total(uow: Uow, message_id: int) -> int:
    """Into how many parts the message was cut when its first one left; 0 before that."""
    found = await uow.fetchval(
        "select total from message_part where message_id = $1 limit 1", message_id
    )
    return int(found or 0)


async def nameless(uow: Uow, message_id: int, number: int) -> bool:
    """Whether nobody knows what became of a part, nor what the provider calls it."""
    found: bool = await uow.fetchval(
        """
        select exists (
          select 1 from message_part where message_id = $1 and number = $2
            and state in ('sending', 'unknown') and provider_id is null)
        """,
        message_id,
        number,
    )
    return found


async def intend(uow: Uow, message_id: int, number: int, count: int) -> None:
    """Write down that this part is about to be sent."""
    await uow.execute(
        """
        insert into message_part (message_id, number, total, state) values ($1, $2, $3, 'sending')
        """,
        message_id,
        number,
        count,
    )


async def taken_back(uow: Uow, message_id: int, number: int) -> None:
    """The provider certainly did not take it: as if it had not been tried."""
    await uow.execute(
        "delete from message_part where message_id = $1 and number = $2 and state = 'sending'",
        message_id,
        number,
    )


async def forget_unsent(uow: Uow, message_id: int) -> None:
    """A person wants it sent again: what the provider has stays, the rest is tried anew."""
    await uow.execute(
        """
        delete from message_part
        where message_id = $1 and state in ('sending', 'unknown', 'failed')
        """,
        message_id,
    )


async def give_up(uow: Uow, message_id: int) -> None:
    """A person will not have it sent again."""
    await uow.execute(
        """
        update message_part set state = 'failed', state_at = now(), error_code = 'dropped'
        where message_id = $1 and state = 'unknown'
        """,
        message_id,
    )


async def advance(
    uow: Uow,
    message_id: int,
    number: int,
    state: MessageState,
    *,
    provider_id: str | None = None,
    error: str | None = None,
) -> bool:
    """Move a part forward, never back; whether it moved. The provider's id is kept in any case."""
    if provider_id:
        await uow.execute(
            "update message_part set provider_id = $3 where message_id = $1 and number = $2",
            message_id,
            number,
            provider_id,
        )
    return bool(
        await uow.execute(
            """
            update message_part set state = $3, state_at = now(), error_code = $5
            where message_id = $1 and number = $2 and state = any($4)
            """,
            message_id,
            number,
            state.value,
            below(state),
            error,
        )
    )
