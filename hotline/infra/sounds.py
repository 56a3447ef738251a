"""Sounds in the sealed store: their length and loudness are read while they pass by."""

from collections.abc import AsyncIterator

from typing_extensions import override

from hotline.infra.blobs import Blob, Blobs, Shape, TooLong
from hotline.infra.waveform import Waveform

__all__ = ["Sound", "Sounds", "TooLong"]

Sound = Blob


class Sounds(Blobs):
    """Blobs that are heard."""

    @override
    async def put(
        self,
        media_type: str,
        chunks: AsyncIterator[bytes],
        *,
        longest: int,
        shape: Shape | None = None,
    ) -> Sound:
        return await super().put(media_type, chunks, longest=longest, shape=shape or Waveform())
