"""SQL of the files of messages."""

from collections.abc import Sequence
from uuid import UUID

import asyncpg

from hotline.chat.model import Attachment, FileState
from hotline.infra.db import Uow

_ALL = """id, message_id, kind, state, error_code, handle_sealed, name_sealed, length, width,
    height, duration_ms, album, type, blob_id"""


async def add(uow: Uow, one: Attachment) -> None:
    """Write down a file of a message."""
    await uow.execute(
        f"""
        insert into attachment ({_ALL})
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        """,  # noqa: S608 - a constant list of columns
        one.id,
        one.message_id,
        one.kind,
        one.state.value,
        one.error_code,
        one.handle_sealed,
        one.name_sealed,
        one.length,
        one.width,
        one.height,
        one.duration_ms,
        one.album,
        one.type,
        one.blob_id,
    )


async def of(uow: Uow, message_ids: Sequence[int]) -> list[Attachment]:
    """The files of messages, in the order in which they came."""
    rows = await uow.fetch(
        f"select {_ALL} from attachment where message_id = any($1) order by message_id, id",  # noqa: S608
        list(message_ids),
    )
    return [_attachment(row) for row in rows]


async def get(uow: Uow, attachment_id: UUID) -> Attachment | None:
    """One file."""
    row = await uow.fetchrow(f"select {_ALL} from attachment where id = $1", attachment_id)  # noqa: S608
    return _attachment(row) if row else None


async def kept_length(uow: Uow, contact_id: UUID) -> int:
    """How many bytes of files are kept of a contact."""
    total: int = await uow.fetchval(
        """
        select coalesce(sum(a.length), 0)::bigint from attachment a
        join message m on m.id = a.message_id where m.contact_id = $1 and a.state = 'kept'
        """,
        contact_id,
    )
    return total


async def keep(uow: Uow, one: Attachment) -> bool:
    """It is here; the provider's handle is not needed any more. False: decided already."""
    return bool(
        await uow.execute(
            """
            update attachment
            set state = 'kept', state_at = now(), handle_sealed = null, type = $2, length = $3,
                width = $4, height = $5, duration_ms = $6, blob_id = $7
            where id = $1 and state = 'awaited'
            """,
            one.id,
            one.type,
            one.length,
            one.width,
            one.height,
            one.duration_ms,
            one.blob_id,
        )
    )


async def refuse(uow: Uow, attachment_id: UUID, code: str) -> bool:
    """It will not come, and why. False: decided already."""
    return bool(
        await uow.execute(
            """
            update attachment
            set state = 'refused', state_at = now(), handle_sealed = null, error_code = $2
            where id = $1 and state = 'awaited'
            """,
            attachment_id,
            code,
        )
    )


def _attachment(row: asyncpg.Record) -> Attachment:
    values = dict(row)
    values["state"] = FileState(values["state"])
    return Attachment(**values)
