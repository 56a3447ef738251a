"""Sounds: sealed while they arrive, read by range, bound to their place, gone when shredded."""

import io
import wave
from array import array
from collections.abc import AsyncIterator

import pytest

from hotline.infra.blobs import PART
from hotline.infra.crypto import KeySet, Unreadable, Vault
from hotline.infra.db import Database
from hotline.infra.sounds import Sounds, TooLong
from hotline.kernel.errors import NotFound

RATE = 8000


def wav(seconds: int, loud: int) -> bytes:
    """Half of it silent, then loud."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        half = RATE * seconds // 2
        out.writeframes(array("h", [0] * half + [loud, -loud] * (half // 2)).tobytes())
    return file.getvalue()


async def pieces(raw: bytes, size: int = 60_001) -> AsyncIterator[bytes]:
    for at in range(0, len(raw), size):
        yield raw[at : at + size]


async def ranged(sounds: Sounds, of: object, start: int, stop: int) -> bytes:
    return b"".join([part async for part in sounds.read(of, start, stop)])  # type: ignore[arg-type]


@pytest.fixture
def sounds(db: Database) -> Sounds:
    return Sounds(db, Vault(KeySet.fresh()))


async def count(db: Database, table: str) -> int:
    async with db.reads() as uow:
        number: int = await uow.fetchval(f"select count(*) from {table}")  # noqa: S608 - ours
        return number


async def test_a_sound_is_read_by_range_and_its_shape_is_known(
    db: Database, sounds: Sounds
) -> None:
    raw = wav(40, 20_000)
    draft = await sounds.put("audio/wav", pieces(raw), longest=len(raw))
    with pytest.raises(NotFound):
        async with db.reads() as uow:
            await sounds.about(uow, draft.id)
    async with db.uow() as uow:
        await sounds.keep(uow, draft.id)
        kept = await sounds.about(uow, draft.id)

    assert kept == draft
    assert (kept.length, kept.duration_ms) == (len(raw), 40_000)
    assert kept.peaks is not None
    assert len(kept.peaks) == 400
    assert (kept.peaks[10], kept.peaks[-10]) == (0, 155)
    for start, stop in [(0, len(raw)), (0, 1), (PART - 1, PART + 1), (PART, len(raw))]:
        assert await ranged(sounds, draft.id, start, stop) == raw[start:stop]


async def test_parts_are_sealed_and_do_not_open_in_another_place(
    db: Database, sounds: Sounds
) -> None:
    raw = wav(40, 5)
    draft = await sounds.put("audio/wav", pieces(raw), longest=len(raw))
    async with db.uow() as uow:
        await sounds.keep(uow, draft.id)
        rows = await uow.fetch("select sealed from blob_part order by number")
        assert not any(raw[PART : PART + 64] in row["sealed"] for row in rows)
        await uow.execute("update blob_part set sealed = $1 where number = 0", rows[1]["sealed"])

    with pytest.raises(Unreadable):
        await ranged(sounds, draft.id, 0, 10)


async def test_what_is_too_long_or_breaks_off_leaves_nothing(db: Database, sounds: Sounds) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield bytes(PART)
        raise ConnectionError

    with pytest.raises(TooLong):
        await sounds.put("audio/wav", pieces(bytes(2 * PART)), longest=2 * PART - 1)
    with pytest.raises(ConnectionError):
        await sounds.put("audio/wav", broken(), longest=2 * PART)

    assert (await count(db, "blob"), await count(db, "blob_part")) == (0, 0)


async def test_what_is_shredded_or_was_never_kept_is_gone(db: Database, sounds: Sounds) -> None:
    first, second = [
        await sounds.put("audio/mpeg", pieces(bytes(10)), longest=10) for _ in range(2)
    ]
    assert (first.duration_ms, first.peaks) == (None, None)
    async with db.uow() as uow:
        await sounds.keep(uow, first.id)
        await uow.execute("update blob set begun_at = now() - interval '25 hours'")

    assert await sounds.sweep() == 1
    with pytest.raises(NotFound):
        async with db.uow() as uow:
            await sounds.keep(uow, second.id)
    async with db.uow() as uow:
        assert await sounds.shred(uow, first.id)
        assert not await sounds.shred(uow, first.id)
    with pytest.raises(NotFound):
        await ranged(sounds, first.id, 0, 1)
    assert await count(db, "blob_part") == 0
