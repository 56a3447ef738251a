"""Which desks are there: a sign of life every few seconds, forgotten by itself."""

from collections.abc import Iterable
from typing import Any, Final, Protocol
from uuid import UUID

from redis.asyncio import Redis

from hotline.infra.redis import RedisAway, RedisLink

KEPT_S: Final = 300
_KEPT_MS: Final = KEPT_S * 1000


class Heartbeats(Protocol):
    """Signs of life of members of staff."""

    async def beat(self, staff_id: UUID) -> None:
        """This person's desk is there now. Never raises."""
        ...

    async def seen(self, staff_ids: Iterable[UUID]) -> dict[UUID, float | None] | None:
        """Seconds since the last sign of each; None for whom there was none in 5 minutes.

        None instead of the whole answer when nobody can tell: then nobody may be called gone.
        """
        ...


class RedisHeartbeats:
    """Heartbeats as keys that expire; ages come from Redis itself, so clocks need not agree."""

    def __init__(self, link: RedisLink) -> None:
        self._link = link

    async def beat(self, staff_id: UUID) -> None:
        """See `Heartbeats`."""
        try:
            await self._link.attempt(lambda redis: redis.set(_key(staff_id), "1", px=_KEPT_MS))
        except RedisAway:
            return

    async def seen(self, staff_ids: Iterable[UUID]) -> dict[UUID, float | None] | None:
        """See `Heartbeats`."""
        ids = list(staff_ids)
        try:
            left = await self._link.attempt(lambda redis: _left(redis, ids)) if ids else []
        except RedisAway:
            return None
        return {
            staff_id: (_KEPT_MS - millis) / 1000 if millis >= 0 else None
            for staff_id, millis in zip(ids, left, strict=True)
        }


def _key(staff_id: UUID) -> str:
    return f"h189:beat:{staff_id}"


async def _left(redis: Redis, ids: list[UUID]) -> list[int]:
    async with redis.pipeline(transaction=False) as pipe:
        for staff_id in ids:
            _ = pipe.pttl(_key(staff_id))
        answer: list[Any] = await pipe.execute()
    return answer
