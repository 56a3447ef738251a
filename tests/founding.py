"""Puts up the whole house and the world outside on loopback, in the test's own loop."""

import contextlib
import io
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

from bots.registry import BUILDERS, Builders
from hotline.access.roles import Role as StaffRole
from hotline.app.core import intake_topics, staff_of
from hotline.app.ground import Ground, Urls, ground_of
from hotline.app.run import Role, start
from hotline.cli.demo import world_config
from hotline.cli.ports import free_port
from hotline.infra import logging
from hotline.infra.db import Database
from hotline.kernel.languages import Lang
from hotline.kernel.secret import Secret
from hotline.settings import Settings, load
from hotline.simulator import World
from hotline.staff.model import NewMember, Work
from tests.town import PASSWORD, Town

CONFIG = Path(__file__).parent.parent / "config"
FACTOR = 20.0
_BAD_ENDS = {"stop.failed", "stop.too_slow", "task.died", "task.would_not_stop"}
# Name, roles and languages of everybody in the journeys; Mallory is signed in nowhere.
CAST: dict[str, tuple[tuple[StaffRole, ...], tuple[Lang, ...]]] = {
    "ana": ((StaffRole.OPERATOR,), ("ky", "ru")),
    "boris": ((StaffRole.OPERATOR,), ("ru", "uz", "en")),
    "vera": ((StaffRole.SUPERVISOR,), ("ky", "ru", "uz", "en")),
    "galina": ((StaffRole.SUPERVISOR,), ("ru",)),
    "igor": ((StaffRole.ADMINISTRATOR,), ()),
}


def settings_for(folder: Path, world_port: int, environ: dict[str, str]) -> Settings:
    """The test profile on free ports. Waits for people are long: tests move the clock by hand."""
    port = free_port()
    usual = {
        "HOTLINE__PUBLIC_BASE_URL": f"http://127.0.0.1:{port}",
        "HOTLINE__SERVER__PORT": str(port),
        "HOTLINE__DATA_DIR": str(folder),
        "HOTLINE__CARRIER__API_BASE_URL": f"http://127.0.0.1:{world_port}",
        "HOTLINE__TELEGRAM__API_BASE_URL": f"http://127.0.0.1:{world_port}",
        "HOTLINE__AGGREGATOR__SEND_URL": f"http://127.0.0.1:{world_port}/aggregator/messages",
        "HOTLINE__AGGREGATOR__LOOKUP_URL": f"http://127.0.0.1:{world_port}/aggregator/messages",
        "HOTLINE__ROUTING__GRACE_S": "60",
        "HOTLINE__ROUTING__OFFER_S": "120",
    }
    return load(usual | environ, CONFIG, "test")


@contextlib.asynccontextmanager
async def town_in(
    folder: Path,
    urls: Urls,
    db: Database,
    environ: dict[str, str] | None = None,
    *,
    role: Role = Role.ALL,
    factor: float = FACTOR,
    builders: Builders = BUILDERS,
) -> AsyncIterator[Town]:
    """Everything up, or one role of it; everything down again at the end.

    Time outside runs `factor` times as fast: slower where a page has to keep up with it.
    """
    settings = settings_for(folder, free_port(), environ or {})
    logged = io.StringIO()
    logging.configure("debug", "json", logged)
    ground = ground_of(settings, urls)
    before = settings.carrier.auth_token_secondary.reveal()
    world = replace(world_config(settings, factor=factor), old_auth_token=before)
    async with World(world).running() as outside:
        await ground.link.attempt(lambda redis: redis.flushall(), force=True)
        await _cast(ground)
        running = await start(ground, role, builders)
        town = Town(ground, running, outside, settings, db, logged)
        try:
            yield town
        finally:
            for desk in town.desks:
                await desk.close()
            failed = await running.stop()
            await ground.close()
            assert not failed, failed
            stuck = [line for line in town.log_lines() if line["event"] in _BAD_ENDS]
            assert not stuck, stuck


async def _cast(ground: Ground) -> None:
    staff = staff_of(ground)
    topics = await intake_topics(ground.settings)
    try:
        for name, (roles, languages) in CAST.items():
            work = Work(languages=languages, skills=topics if languages else ())
            new = NewMember(name, name.title(), Secret(PASSWORD), frozenset(roles), work)
            await staff.add(None, new)
    finally:
        staff.close()
