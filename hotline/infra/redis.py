"""The link to Redis, which may be away at any moment without anything going wrong.

PostgreSQL decides and Redis only tells, so a caller gets `RedisAway` at once while Redis is down,
instead of waiting for it, and goes on without.
"""

from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

import structlog
from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from hotline.infra.metrics import Metrics
from hotline.kernel.clock import Clock

T = TypeVar("T")

CONNECTIONS: Final = 8
TIMEOUT_S: Final = 1.0
# After a failure nobody tries for this long: a dead Redis must not slow every request down.
PAUSE_S: Final = 1.0

log = structlog.get_logger(__name__)


class RedisAway(Exception):  # noqa: N818 - it says what is the case
    """Redis does not answer; do without."""


class RedisLink:
    """A client with a circuit breaker. `block_s` above the timeout is for blocking reads only."""

    def __init__(self, url: str, clock: Clock, metrics: Metrics) -> None:
        self._clock = clock
        self._metrics = metrics
        self._away = False
        self._retry_at = 0.0
        self._client = _client(url, TIMEOUT_S)
        self._url = url

    @property
    def away(self) -> bool:
        """Whether the last attempt failed."""
        return self._away

    def blocking(self, block_s: float) -> "Redis":
        """A client of its own for one reader that blocks up to `block_s`; the caller closes it."""
        return _client(self._url, block_s + TIMEOUT_S)

    async def attempt(self, call: Callable[["Redis"], Awaitable[T]], *, force: bool = False) -> T:
        """Run one command. Raises `RedisAway` when it fails or failed within the last second.

        `force` asks even then.
        """
        if self._away and not force and self._clock.monotonic() < self._retry_at:
            raise RedisAway
        try:
            result = await call(self._client)
        except (RedisError, OSError, TimeoutError) as error:
            self.failed(error)
            raise RedisAway from None
        self.answered()
        return result

    async def ping(self) -> None:
        """Ask at once; raises `RedisAway`."""
        await self.attempt(lambda redis: redis.ping(), force=True)

    async def close(self) -> None:
        """Close all connections."""
        await self._client.aclose()

    def failed(self, error: Exception) -> None:
        """Note a failure; logged when it is the first of a row."""
        self._retry_at = self._clock.monotonic() + PAUSE_S
        self._metrics.redis_up.set(0)
        if not self._away:
            self._away = True
            log.warning("redis.away", error=type(error).__name__)

    def answered(self) -> None:
        """Note that Redis answers; logged when it did not before."""
        self._metrics.redis_up.set(1)
        if self._away:
            self._away = False
            log.info("redis.back")


def _client(url: str, timeout_s: float) -> "Redis":
    pool = BlockingConnectionPool.from_url(
        url,
        max_connections=CONNECTIONS,
        timeout=TIMEOUT_S,
        socket_timeout=timeout_s,
        socket_connect_timeout=TIMEOUT_S,
        decode_responses=True,
        protocol=2,
        retry=Retry(NoBackoff(), 0),
        # Otherwise every connection reads the version of the driver from the disk.
        driver_info=None,
    )
    return Redis.from_pool(pool)
