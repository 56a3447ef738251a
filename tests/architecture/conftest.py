"""The whole house, built and never started: its routes, readers, jobs and loops."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

import pytest

from hotline import settings
from hotline.app.ground import Urls, ground_of
from hotline.app.rooms import build_house
from hotline.console.assets import Assets
from hotline.infra.house import Room
from hotline.infra.web.probes import probes
from hotline.infra.web.routes import Route
from hotline.kernel.events import Event

# Nobody answers there: building a house must not need anybody.
_NOWHERE = Urls("postgresql://nobody@127.0.0.1:1/nothing", "redis://127.0.0.1:1/0")


@dataclass(frozen=True)
class Plan:
    """What all rooms of an installation take part in."""

    rooms: list[Room]
    probes: list[Route]

    @property
    def edge(self) -> list[Route]:
        """Addresses for carrier and messengers."""
        return [route for room in self.rooms for route in room.edge]

    @property
    def console(self) -> list[Route]:
        """Addresses for staff."""
        return [route for room in self.rooms for route in room.console]

    @property
    def read(self) -> set[type[Event]]:
        """Events with a reader."""
        return {event for room in self.rooms for event, _ in room.subscriptions}

    @property
    def jobs(self) -> list[str]:
        """Kinds of jobs with a handler."""
        return [kind for room in self.rooms for kind in room.jobs]


@pytest.fixture(scope="session")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    folder = tmp_path_factory.mktemp("house")

    async def build() -> Plan:
        return await _build(folder)

    return asyncio.run(build())


async def _build(folder: Path) -> Plan:
    page = settings.load({}, settings.CONFIG_DIR, "test")
    page = page.model_copy(update={"data_dir": folder})
    ground = ground_of(page, _NOWHERE)
    house = build_house(ground, await asyncio.to_thread(Assets.read))
    checks = probes(
        ground.health, ground.metrics, token=page.server.metrics_token, open_metrics=True
    )
    await house.close()
    await ground.close()
    return Plan(house.rooms, checks)
