"""The whole house and the world outside on loopback, in the test's own loop."""

import asyncio
import contextlib
import io
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hotline.access.roles import Role as StaffRole
from hotline.app.core import intake_topics, staff_of
from hotline.app.ground import Ground, Urls, ground_of
from hotline.app.run import Role, Running, start
from hotline.cli.demo import world_config
from hotline.cli.ports import free_port
from hotline.infra import logging
from hotline.kernel.languages import Lang
from hotline.kernel.secret import Secret
from hotline.settings import Settings, load
from hotline.simulator import World
from hotline.simulator.operators import Desk
from hotline.staff.model import NewMember, Work

Json = dict[str, Any]
CONFIG = Path(__file__).parent.parent / "config"
PASSWORD = "saffron-window-35-moth"
FACTOR = 20.0
# Name, roles and languages of everybody in the journeys; Mallory is signed in nowhere.
CAST: dict[str, tuple[tuple[StaffRole, ...], tuple[Lang, ...]]] = {
    "ana": ((StaffRole.OPERATOR,), ("ky", "ru")),
    "boris": ((StaffRole.OPERATOR,), ("ru", "uz", "en")),
    "vera": ((StaffRole.SUPERVISOR,), ("ky", "ru", "uz", "en")),
    "igor": ((StaffRole.ADMINISTRATOR,), ()),
}


@dataclass
class Town:
    """A running house, a world of callers, and everything the house logged."""

    ground: Ground
    running: Running
    world: World
    settings: Settings
    logged: io.StringIO
    desks: list[Desk] = field(default_factory=list)

    @property
    def url(self) -> str:
        return self.settings.public_base_url

    async def desk(self, login: str) -> Desk:
        """Somebody of the cast, signed in."""
        desk = Desk(self.url, login, PASSWORD)
        await desk.open()
        self.desks.append(desk)
        return desk

    async def on_shift(self, login: str) -> Desk:
        """Signed in and available, with a heart that beats."""
        desk = await self.desk(login)
        await self.ground.heartbeats.beat(desk.me["id"])
        await desk.post("/api/shift/start", {"phone_mode": "fake"})
        return desk

    async def rows(self, sql: str, *args: object) -> list[Json]:
        """What the database says."""
        async with self.ground.db.uow() as uow:
            return [dict(row) for row in await uow.fetch(sql, *args)]

    async def until(self, sql: str, *args: object, within_s: float = 15.0) -> list[Json]:
        """Wait until a query finds something."""
        async with asyncio.timeout(within_s):
            while True:
                rows = await self.rows(sql, *args)
                if rows:
                    return rows
                await asyncio.sleep(0.02)

    async def offer(self, desk: Desk) -> Json:
        """Wait until the desk is asked, and say what."""
        async with asyncio.timeout(15):
            while True:
                offers = (await desk.get("/api/desk/snapshot"))["offers"]
                if offers:
                    found: Json = offers[0]
                    return found
                await asyncio.sleep(0.02)

    async def accepted(self, desk: Desk) -> Json:
        """Wait until the desk is asked, and take it; the contact's card."""
        offer = await self.offer(desk)
        card: Json = (await desk.post(f"/api/offers/{offer['id']}/accept"))["contact"]
        return card

    async def card(self, desk: Desk, contact: str, state: str) -> Json:
        """Wait until a contact in hand is in a state."""
        async with asyncio.timeout(15):
            while True:
                mine = (await desk.get("/api/desk/snapshot"))["mine"]
                for card in mine:
                    if card["id"] == contact and card["state"] == state:
                        found: Json = card
                        return found
                await asyncio.sleep(0.02)

    def log_lines(self) -> list[Json]:
        """Everything logged so far."""
        return [json.loads(line) for line in self.logged.getvalue().splitlines() if line]


def settings_for(folder: Path, world_port: int) -> Settings:
    """The test profile on free ports."""
    port = free_port()
    environ = {
        "HOTLINE__PUBLIC_BASE_URL": f"http://127.0.0.1:{port}",
        "HOTLINE__SERVER__PORT": str(port),
        "HOTLINE__DATA_DIR": str(folder),
        "HOTLINE__CARRIER__API_BASE_URL": f"http://127.0.0.1:{world_port}",
        "HOTLINE__TELEGRAM__API_BASE_URL": f"http://127.0.0.1:{world_port}",
        "HOTLINE__ROUTING__GRACE_S": "2",
    }
    return load(environ, CONFIG, "test")


@contextlib.asynccontextmanager
async def town_in(folder: Path, urls: Urls) -> AsyncIterator[Town]:
    """Everything up; everything down again at the end."""
    settings = settings_for(folder, free_port())
    logged = io.StringIO()
    logging.configure("debug", "json", logged)
    ground = ground_of(settings, urls)
    async with World(world_config(settings, factor=FACTOR)).running() as outside:
        await _cast(ground)
        running = await start(ground, Role.ALL)
        town = Town(ground, running, outside, settings, logged)
        try:
            yield town
        finally:
            for desk in town.desks:
                await desk.close()
            failed = await running.stop()
            await ground.close()
            assert not failed, failed


async def _cast(ground: Ground) -> None:
    staff = staff_of(ground)
    topics = await intake_topics(ground.settings)
    try:
        for name, (roles, languages) in CAST.items():
            work = Work(languages=languages, skills=topics if languages else (), phone_mode="fake")
            new = NewMember(name, name.title(), Secret(PASSWORD), frozenset(roles), work)
            await staff.add(None, new)
    finally:
        staff.close()
