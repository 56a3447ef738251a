"""One sealed store for sounds: written part by part as they arrive, read by range, shredded.

A sound is only ever in PostgreSQL and only sealed: never in a file, a log or Redis. Each part is
bound to its sound and its number, so that parts can neither be exchanged nor put in another order.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
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
from hotline.infra.waveform import Waveform
from hotline.kernel.errors import HotlineError, NotFound
from hotline.kernel.ids import new_id

PART: Final = 256 * 1024
_DRAFT_LIVES: Final = timedelta(days=1)

sound = Table(
    "sound",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("media_type", Text, nullable=False),
    Column("length", BigInteger, nullable=False, server_default="0"),
    Column("duration_ms", Integer),
    Column("peaks", LargeBinary),
    Column("begun_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("kept_at", DateTime(timezone=True)),
    Index("sound_draft", "begun_at", postgresql_where=text("kept_at is null")),
)
sound_part = Table(
    "sound_part",
    metadata,
    Column("sound_id", Uuid, ForeignKey("sound.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("sealed", LargeBinary, nullable=False),
)

_ABOUT: Final = """
select id, media_type, length, duration_ms, peaks from sound where id = $1 and kept_at is not null
"""
_PART: Final = """
select p.sealed from sound_part p join sound s on s.id = p.sound_id
where s.id = $1 and p.number = $2 and s.kept_at is not null
"""


class TooLong(HotlineError):  # noqa: N818 - read as in "raise NotFound"
    """The sound is longer than anything that was allowed; nothing of it was stored."""


@dataclass(frozen=True, slots=True)
class Sound:
    """What is known of a stored sound: bytes, milliseconds, and at most 800 peaks of 0 to 255.

    Duration and peaks are None where the format does not say them without decoding.
    """

    id: UUID
    media_type: str
    length: int
    duration_ms: int | None
    peaks: bytes | None


class Sounds:
    """Puts, reads and shreds sounds. Who may hear one, and for how long it is kept, others say."""

    def __init__(self, db: Database, vault: Vault) -> None:
        self._db = db
        self._vault = vault

    async def put(self, media_type: str, chunks: AsyncIterator[bytes], *, longest: int) -> Sound:
        """Store a sound of at most `longest` bytes while it arrives, as a draft.

        The caller `keep`s it in the transaction that writes down what it is; a draft that nobody
        kept is swept away. Raises `TooLong`, and whatever the chunks raise; then nothing stays.
        """
        sound_id, shape = new_id(), Waveform()
        async with self._db.uow() as uow:
            await uow.execute(
                "insert into sound (id, media_type) values ($1, $2)", sound_id, media_type
            )
        number, length, held = 0, 0, bytearray()
        try:
            async for chunk in chunks:
                length += len(chunk)
                if length > longest:
                    raise TooLong("sound-too-long")  # noqa: TRY301 - the draft must go
                held += chunk
                shape.feed(chunk)
                while len(held) >= PART:
                    await self._write(sound_id, number, bytes(held[:PART]))
                    del held[:PART]
                    number += 1
            if held:
                await self._write(sound_id, number, bytes(held))
            done = Sound(sound_id, media_type, length, shape.duration_ms, shape.peaks)
            async with self._db.uow() as uow:
                await uow.execute(
                    "update sound set length = $2, duration_ms = $3, peaks = $4 where id = $1",
                    sound_id,
                    length,
                    done.duration_ms,
                    done.peaks,
                )
        except BaseException:
            async with self._db.uow() as uow:
                await self.shred(uow, sound_id)
            raise
        return done

    async def keep(self, uow: Uow, sound_id: UUID) -> None:
        """The draft is wanted: true together with the row that says what it is.

        Raises `NotFound` when it was swept away meanwhile.
        """
        kept = "update sound set kept_at = coalesce(kept_at, now()) where id = $1"
        if not await uow.execute(kept, sound_id):
            raise NotFound

    async def about(self, uow: Uow, sound_id: UUID) -> Sound:
        """What is known of it. Raises `NotFound` for a draft and for what was shredded."""
        row = await uow.fetchrow(_ABOUT, sound_id)
        if row is None:
            raise NotFound
        return Sound(**row)

    async def read(self, sound_id: UUID, start: int, stop: int) -> AsyncIterator[bytes]:
        """The bytes from `start` up to but not including `stop`; opens no part beside those.

        Raises `NotFound` when it was shredded meanwhile, `Unreadable` when it was tampered with.
        """
        for number in range(start // PART, -(-stop // PART)):
            async with self._db.reads() as uow:
                sealed = await uow.fetchval(_PART, sound_id, number)
            if sealed is None:
                raise NotFound
            part = self._vault.open_bytes(sealed, aad=_place(sound_id, number))
            begins = number * PART
            yield part[max(0, start - begins) : stop - begins]

    async def shred(self, uow: Uow, sound_id: UUID) -> bool:
        """Delete it for good; the keys of its parts went with the parts. False: gone already."""
        return bool(await uow.execute("delete from sound where id = $1", sound_id))

    async def sweep(self) -> int:
        """Shred drafts of a day ago that nobody kept; returns how many."""
        async with self._db.uow() as uow:
            return await uow.execute(
                "delete from sound where kept_at is null and begun_at < now() - $1::interval",
                _DRAFT_LIVES,
            )

    async def _write(self, sound_id: UUID, number: int, raw: bytes) -> None:
        sealed = self._vault.seal_bytes(raw, aad=_place(sound_id, number))
        async with self._db.uow() as uow:
            await uow.execute(
                "insert into sound_part (sound_id, number, sealed) values ($1, $2, $3)",
                sound_id,
                number,
                sealed,
            )


def _place(sound_id: UUID, number: int) -> str:
    return f"sound_part|{sound_id}|{number}"
