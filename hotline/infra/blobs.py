"""One sealed store for sounds and files: written part by part, read by range, shredded.

A blob is only ever in PostgreSQL and only sealed: never on a disk, in a log or in Redis. Each part
is bound to its blob and its number: parts can neither be exchanged nor put in another order.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Protocol
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    Uuid,
    func,
    text,
)

from hotline.infra.crypto import Vault
from hotline.infra.db import Database, Uow
from hotline.infra.metadata import metadata
from hotline.kernel.errors import HotlineError, NotFound
from hotline.kernel.ids import new_id

PART: Final = 256 * 1024
_DRAFT_LIVES: Final = timedelta(days=1)

blob = Table(
    "blob",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("media_type", Text, nullable=False),
    Column("length", BigInteger, nullable=False, server_default="0"),
    Column("duration_ms", Integer),
    Column("peaks", LargeBinary),
    Column("begun_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("kept_at", DateTime(timezone=True)),
    Index("blob_draft", "begun_at", postgresql_where=text("kept_at is null")),
)
blob_part = Table(
    "blob_part",
    metadata,
    Column("blob_id", Uuid, ForeignKey("blob.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("sealed", LargeBinary, nullable=False),
)

_ABOUT: Final = """
select id, media_type, length, duration_ms, peaks from blob where id = $1 and kept_at is not null
"""
_PART: Final = """
select p.sealed from blob_part p join blob b on b.id = p.blob_id
where b.id = $1 and p.number = $2 and b.kept_at is not null
"""


class TooLong(HotlineError):  # noqa: N818 - read as in "raise NotFound"
    """It is longer than anything that was allowed; nothing of it was stored."""


@dataclass(frozen=True, slots=True)
class Blob:
    """What is known of a stored blob: bytes, and of a sound milliseconds and at most 800 peaks.

    Duration and peaks (0 to 255) are None for what is no sound, or does not say them undecoded.
    """

    id: UUID
    media_type: str
    length: int
    duration_ms: int | None
    peaks: bytes | None


class Shape(Protocol):
    """Looks at the bytes as they pass and knows in the end how long and how loud they are."""

    def feed(self, data: bytes) -> None:
        """The next bytes."""
        ...

    @property
    def duration_ms(self) -> int | None:
        """Milliseconds."""
        ...

    @property
    def peaks(self) -> bytes | None:
        """Loudness over the whole length."""
        ...


class Blobs:
    """Puts, reads and shreds. Who may read one, and for how long it is kept, others say."""

    def __init__(self, db: Database, vault: Vault) -> None:
        self._db = db
        self._vault = vault

    async def put(
        self,
        media_type: str,
        chunks: AsyncIterator[bytes],
        *,
        longest: int,
        shape: Shape | None = None,
    ) -> Blob:
        """Store at most `longest` bytes while they arrive, as a draft.

        The caller `keep`s it in the transaction that writes down what it is; a draft that nobody
        kept is swept away. Raises `TooLong`, and whatever the chunks raise; then nothing stays.
        """
        blob_id = new_id()
        async with self._db.uow() as uow:
            await uow.execute(
                "insert into blob (id, media_type) values ($1, $2)", blob_id, media_type
            )
        number, length, held = 0, 0, bytearray()
        try:
            async for chunk in chunks:
                length += len(chunk)
                if length > longest:
                    raise TooLong("too-long")  # noqa: TRY301 - the draft must go
                held += chunk
                if shape is not None:
                    shape.feed(chunk)
                while len(held) >= PART:
                    await self._write(blob_id, number, bytes(held[:PART]))
                    del held[:PART]
                    number += 1
            if held:
                await self._write(blob_id, number, bytes(held))
            shaped = (shape.duration_ms, shape.peaks) if shape is not None else (None, None)
            done = Blob(blob_id, media_type, length, *shaped)
            async with self._db.uow() as uow:
                await uow.execute(
                    "update blob set length = $2, duration_ms = $3, peaks = $4 where id = $1",
                    blob_id,
                    length,
                    done.duration_ms,
                    done.peaks,
                )
        except BaseException:
            async with self._db.uow() as uow:
                await self.shred(uow, blob_id)
            raise
        return done

    async def keep(self, uow: Uow, blob_id: UUID) -> None:
        """The draft is wanted: true together with the row that says what it is.

        Raises `NotFound` when it was swept away meanwhile.
        """
        kept = "update blob set kept_at = coalesce(kept_at, now()) where id = $1"
        if not await uow.execute(kept, blob_id):
            raise NotFound

    async def about(self, uow: Uow, blob_id: UUID) -> Blob:
        """What is known of it. Raises `NotFound` for a draft and for what was shredded."""
        row = await uow.fetchrow(_ABOUT, blob_id)
        if row is None:
            raise NotFound
        return Blob(**row)

    async def read(self, blob_id: UUID, start: int, stop: int) -> AsyncIterator[bytes]:
        """The bytes from `start` up to but not including `stop`; opens no part beside those.

        Raises `NotFound` when it was shredded meanwhile, `Unreadable` when it was tampered with.
        """
        for number in range(start // PART, -(-stop // PART)):
            async with self._db.reads() as uow:
                sealed = await uow.fetchval(_PART, blob_id, number)
            if sealed is None:
                raise NotFound
            part = self._vault.open_bytes(sealed, aad=_place(blob_id, number))
            begins = number * PART
            yield part[max(0, start - begins) : stop - begins]

    async def shred(self, uow: Uow, blob_id: UUID) -> bool:
        """Delete it for good; the keys of its parts went with the parts. False: gone already."""
        return bool(await uow.execute("delete from blob where id = $1", blob_id))

    async def sweep(self) -> int:
        """Shred drafts of a day ago that nobody kept; returns how many."""
        async with self._db.uow() as uow:
            return await uow.execute(
                "delete from blob where kept_at is null and begun_at < now() - $1::interval",
                _DRAFT_LIVES,
            )

    async def _write(self, blob_id: UUID, number: int, raw: bytes) -> None:
        sealed = self._vault.seal_bytes(raw, aad=_place(blob_id, number))
        async with self._db.uow() as uow:
            await uow.execute(
                "insert into blob_part (blob_id, number, sealed) values ($1, $2, $3)",
                blob_id,
                number,
                sealed,
            )


def _place(blob_id: UUID, number: int) -> str:
    # The name that the table had first: what was sealed under it must open for as long as it stays.
    return f"sound_part|{blob_id}|{number}"
