"""SQL of conversations and messages."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from hotline.chat.model import Author, Conversation, MessageState, Option, Stored
from hotline.chat.ports import Inbound
from hotline.infra.db import Uow

_CONVERSATION = """contact_id, channel, address_sealed, open, last_at, unanswered_since, seen_id,
    told_unreadable, next_send_at, reopens, said_at"""
_MESSAGE = """id, contact_id, author, staff_id, kind, body_sealed, options, client_id, state,
    error_code, at, reply_to, edited_at, edit_state, edit_error"""

_OPEN_OF = f"""
select {_CONVERSATION} from conversation
where channel = $1 and address_index = $2 and open for update
"""  # noqa: S608 - a constant list of columns
_LOCK = f"select {_CONVERSATION} from conversation where contact_id = $1 for update"  # noqa: S608
_GET = f"select {_CONVERSATION} from conversation where contact_id = $1"  # noqa: S608
_INSERT = f"""
insert into conversation (contact_id, channel, address_index, address_sealed, reopens)
values ($1, $2, $3, $4, $5) returning {_CONVERSATION}
"""  # noqa: S608 - a constant list of columns
_ADD = f"""
insert into message (id, contact_id, author, staff_id, kind, body_sealed, options, client_id,
                     provider_id, state, reply_to)
overriding system value values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
on conflict (contact_id, client_id) where client_id is not null do nothing
returning {_MESSAGE}
"""  # noqa: S608 - a constant list of columns

_HEARD = """
update conversation set last_at = now(), said_at = greatest(said_at, $2),
  unanswered_since = coalesce(unanswered_since, now())
where contact_id = $1
"""
_HEAR = f"""
with talk as (
  update conversation set last_at = now(), said_at = greatest(said_at, $12),
    unanswered_since = coalesce(unanswered_since, case when $13 then now() end)
  where contact_id = $2) {_ADD}
"""  # noqa: S608 - constant texts


async def lock_address(uow: Uow, index: bytes) -> None:
    """One event of an address at a time, also before there is a row to lock."""
    key = int.from_bytes(index[:8], "big", signed=True)
    await uow.execute("select pg_advisory_xact_lock($1)", key)


async def open_of(uow: Uow, channel: str, index: bytes) -> Conversation | None:
    """The open conversation of an address, locked."""
    return _conversation(await uow.fetchrow(_OPEN_OF, channel, index))


async def get(uow: Uow, contact_id: UUID, *, lock: bool = False) -> Conversation | None:
    """The conversation of a contact; None for a call."""
    return _conversation(await uow.fetchrow(_LOCK if lock else _GET, contact_id))


async def insert(
    uow: Uow,
    contact_id: UUID,
    channel: str,
    *,
    index: bytes,
    sealed: bytes,
    reopens: UUID | None = None,
) -> Conversation:
    """A new open conversation."""
    found = _conversation(await uow.fetchrow(_INSERT, contact_id, channel, index, sealed, reopens))
    assert found is not None  # noqa: S101 - an insert always returns its row
    return found


async def shut(uow: Uow, contact_id: UUID) -> bool:
    """Close the conversation; whether it was open."""
    return bool(
        await uow.execute(
            """
            update conversation set open = false, unanswered_since = null, with_operator = false
            where contact_id = $1 and open
            """,
            contact_id,
        )
    )


async def heard(uow: Uow, contact_id: UUID, said_at: datetime | None) -> None:
    """The caller wrote, at that time by the provider's clock."""
    await uow.execute(_HEARD, contact_id, said_at)


async def hear(uow: Uow, message: Stored, inbound: Inbound, *, waits: bool) -> Stored:
    """Write what the caller wrote; where it `waits`, an answer is owed from now on."""
    values = _values(message, inbound.provider_message_id)
    row = await uow.fetchrow(_HEAR, *values, inbound.at, waits)
    assert row is not None  # noqa: S101 - it has no client_id that could be there already
    return _stored(row)


async def answered(uow: Uow, contact_id: UUID, message_id: int) -> None:
    """The operator wrote, and so has seen what stands above."""
    await uow.execute(
        """
        update conversation set last_at = now(), unanswered_since = null, alerted_at = null,
               typing_at = null, seen_id = greatest(seen_id, $2)
        where contact_id = $1
        """,
        contact_id,
        message_id,
    )


async def taken(uow: Uow, contact_id: UUID) -> None:
    """An operator is with them from now on: whoever waited in the queue now waits for a word."""
    await uow.execute(
        """
        update conversation set unanswered_since = now(), typing_at = null, alerted_at = null,
               with_operator = true
        where contact_id = $1
        """,
        contact_id,
    )


async def seen(uow: Uow, contact_id: UUID, message_id: int) -> None:
    """The operator read up to this message."""
    await uow.execute(
        "update conversation set seen_id = $2 where contact_id = $1 and seen_id < $2",
        contact_id,
        message_id,
    )


async def told_unreadable(uow: Uow, contact_id: UUID) -> None:
    """The caller was told that only words can be read."""
    await uow.execute(
        "update conversation set told_unreadable = true where contact_id = $1", contact_id
    )


async def pace(uow: Uow, contact_id: UUID, until: datetime) -> None:
    """Nothing more to this chat before `until`."""
    await uow.execute(
        "update conversation set next_send_at = $2 where contact_id = $1", contact_id, until
    )


async def next_id(uow: Uow) -> int:
    """A message number to seal a text for."""
    return await uow.number("message_id_seq")


async def add(uow: Uow, message: Stored, *, provider_id: str | None = None) -> Stored | None:
    """Write a message; None when one with its `client_id` is there already."""
    row = await uow.fetchrow(_ADD, *_values(message, provider_id))
    return _stored(row) if row else None


async def message(uow: Uow, message_id: int, *, lock: bool = False) -> Stored | None:
    """One message."""
    row = await uow.fetchrow(
        f"select {_MESSAGE} from message where id = $1" + (" for update" if lock else ""),  # noqa: S608
        message_id,
    )
    return _stored(row) if row else None


async def by_client(uow: Uow, contact_id: UUID, client_id: str) -> Stored | None:
    """The message that a desk sent under this id."""
    row = await uow.fetchrow(
        f"select {_MESSAGE} from message where contact_id = $1 and client_id = $2",  # noqa: S608
        contact_id,
        client_id,
    )
    return _stored(row) if row else None


async def several(uow: Uow, ids: Sequence[int]) -> dict[int, Stored]:
    """Messages by number."""
    rows = await uow.fetch(f"select {_MESSAGE} from message where id = any($1)", list(ids))  # noqa: S608
    return {row["id"]: _stored(row) for row in rows}


async def page(uow: Uow, contact_id: UUID, before: int, limit: int) -> list[Stored]:
    """Up to `limit` messages before a number, oldest first."""
    rows = await uow.fetch(
        f"""
        select {_MESSAGE} from message where contact_id = $1 and id < $2
        order by id desc limit $3
        """,  # noqa: S608 - a constant list of columns
        contact_id,
        before,
        limit,
    )
    return [_stored(row) for row in reversed(rows)]


async def move(
    uow: Uow,
    message_id: int,
    state: MessageState,
    *,
    allowed: Sequence[str],
    error: str | None = None,
) -> bool:
    """Compare-and-swap of a message's state; whether it moved. What is erased stays marked so."""
    return bool(
        await uow.execute(
            """
            update message set state = $2, state_at = now(),
              error_code = case when error_code = 'erased' then error_code else $4 end
            where id = $1 and state = any($3)
            """,
            message_id,
            state.value,
            list(allowed),
            error,
        )
    )


async def requeue(uow: Uow, message_id: int) -> None:
    """A person wants it sent again: it counts as written now."""
    await uow.execute(
        """
        update message set state = 'queued', state_at = now(), at = now(), error_code = null
        where id = $1
        """,
        message_id,
    )


async def unread(uow: Uow, contact_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Messages of the caller that the operator has neither read nor answered."""
    rows = await uow.fetch(
        """
        select m.contact_id, count(*) as number
        from message m join conversation c using (contact_id)
        where m.contact_id = any($1) and m.author = 'caller' and m.id > c.seen_id
        group by m.contact_id
        """,
        list(contact_ids),
    )
    return {row["contact_id"]: row["number"] for row in rows}


def _conversation(row: asyncpg.Record | None) -> Conversation | None:
    return Conversation(**row) if row else None


def _values(message: Stored, provider_id: str | None) -> tuple[object, ...]:
    return (
        message.id,
        message.contact_id,
        message.author.value,
        message.staff_id,
        message.kind,
        message.body_sealed,
        [option.to_json() for option in message.options] or None,
        message.client_id,
        provider_id,
        message.state.value,
        message.reply_to,
    )


def _stored(row: asyncpg.Record) -> Stored:
    values = dict(row)
    values["author"] = Author(values["author"])
    values["state"] = MessageState(values["state"])
    values["options"] = tuple(Option.from_json(o) for o in values["options"] or ())
    return Stored(**values)
