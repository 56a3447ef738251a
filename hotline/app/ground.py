"""The ground floor of one process: settings, keys, database, Redis, texts, metrics."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hotline.i18n.catalogue import Catalogue
from hotline.infra import inbox
from hotline.infra.backlog import keeps_up
from hotline.infra.bus import Bus
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.infra.embedded import Servers
from hotline.infra.health import Health
from hotline.infra.heartbeats import RedisHeartbeats
from hotline.infra.metrics import Metrics
from hotline.infra.notices import Notices
from hotline.infra.redis import RedisLink
from hotline.infra.streams import RedisLive
from hotline.infra.tasks import Tasks
from hotline.kernel.clock import SystemClock
from hotline.settings import Settings

LOCALES: Final = Path(__file__).parent.parent / "locales"


@dataclass(frozen=True, slots=True)
class Urls:
    """Where PostgreSQL and Redis answer."""

    database: str
    redis: str


@dataclass(frozen=True)
class Ground:
    """What every room stands on. One per process; `close` it at the end."""

    settings: Settings
    clock: SystemClock
    metrics: Metrics
    tasks: Tasks
    health: Health
    vault: Vault
    texts: Catalogue
    bus: Bus
    db: Database
    link: RedisLink
    live: RedisLive
    heartbeats: RedisHeartbeats

    async def close(self) -> None:
        """Close the pools."""
        await self.link.close()
        await self.db.close()


def urls_of(settings: Settings, servers: Servers | None = None) -> Urls | None:
    """The configured addresses, gaps filled by the embedded servers; None while a gap is open."""
    database = settings.database.url.reveal() or (servers.database_url if servers else "")
    redis = settings.redis.url.reveal() or (servers.redis_url if servers else "")
    return Urls(database, redis) if database and redis else None


def ground_of(settings: Settings, urls: Urls) -> Ground:
    """Connects to nothing yet. Raises what is wrong with keys and texts."""
    clock, metrics, bus = SystemClock(), Metrics(), Bus()
    db = Database(urls.database, pool_size=settings.database.pool)
    link = RedisLink(urls.redis, clock, metrics)
    health = Health()
    health.add("postgresql", lambda: inbox.probe(db))
    health.add("jobs", lambda: keeps_up(db), needed=False)
    health.add("redis", link.ping, needed=False)
    return Ground(
        settings=settings,
        clock=clock,
        metrics=metrics,
        tasks=Tasks(metrics),
        health=health,
        vault=Vault.open_folder(settings.keys_dir),
        texts=Catalogue.load(LOCALES),
        bus=bus,
        db=db,
        link=link,
        live=RedisLive(link, metrics, Notices(db)),
        heartbeats=RedisHeartbeats(link),
    )
