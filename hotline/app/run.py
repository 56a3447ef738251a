"""Runs a role until it is told to stop, and stops it in stages."""

import asyncio
import contextlib
import gc
from enum import StrEnum
from pathlib import Path
from typing import Final

import structlog

from bots.registry import BUILDERS, Builders
from hotline.app.ground import Ground
from hotline.app.rooms import House, build_house
from hotline.console.assets import Assets
from hotline.console.csp import policy
from hotline.infra.gauges import keep_looking, of_jobs, watch_lag
from hotline.infra.house import Loop
from hotline.infra.jobcontext import JobHandler
from hotline.infra.jobrunner import JobRunner
from hotline.infra.streams import LiveEvent
from hotline.infra.tasks import Shutdown, Stage
from hotline.infra.web.application import build_app
from hotline.infra.web.context import WebContext
from hotline.infra.web.probes import probes
from hotline.infra.web.routes import Route
from hotline.infra.web.server import Listening, serve, stop_signal
from hotline.infra.web.templates import environment
from hotline.settings import Settings

log = structlog.get_logger(__name__)

JOBS_DEADLINE_S: Final = 10.0


class Role(StrEnum):
    """What a process does; `all` is every role in one process, for a small site and the demo."""

    EDGE = "edge"
    CONSOLE = "console"
    WORK = "work"
    ALL = "all"

    def does(self, role: "Role") -> bool:
        """Whether this process plays the role."""
        return self in {role, Role.ALL}


class Running:
    """A started role: where it listens, and how to stop it."""

    def __init__(self, house: House, listening: Listening, shutdown: Shutdown) -> None:
        self.house = house
        self.port = listening.port
        self._shutdown = shutdown

    async def stop(self) -> list[str]:
        """Stop in stages; names of steps that failed or were too slow."""
        return await self._shutdown.run()


async def start(ground: Ground, role: Role, builders: Builders = BUILDERS) -> Running:
    """Build the house and start everything the role needs. Raises what is wrong with any of it."""
    assets = await asyncio.to_thread(Assets.read, _voices(ground.settings))
    house = build_house(ground, assets, builders)
    for room in house.rooms:
        for event_type, handler in room.subscriptions:
            ground.bus.on(event_type, handler)
    # Only where all readers are known; a command writes every event down for whoever runs.
    ground.db.wanted = ground.bus.wanted
    app = build_app(_routes(ground, house, role), _context(ground, house, assets, role))
    shutdown = Shutdown()
    listening = await serve(app, ground.settings.server, ground.metrics)
    _plan_stop(shutdown, ground, house, listening)
    ground.tasks.keep("live.pump", ground.live.pump)
    if role.does(Role.CONSOLE):
        ground.tasks.keep("live.hear", ground.live.hear)
    loops = _loops(ground, house, role)
    for name, loop in loops.items():
        ground.tasks.keep(name, loop)
    shutdown.add(Stage.LOOPS, "loops", action=lambda: ground.tasks.end(loops))
    if role.does(Role.WORK):
        _start_jobs(ground, house, shutdown)
    return Running(house, listening, shutdown)


async def serve_forever(ground: Ground, role: Role) -> str | None:
    """Run until SIGINT or SIGTERM, or until what must not crash has crashed: gives back its name.

    Whoever started the process has to start it again then.
    """
    asked = stop_signal()
    running = await start(ground, role)
    # What there is now stays: a look at all of it for garbage would hold callers up for a while.
    gc.collect()
    gc.freeze()
    fatal = ground.tasks.start("wait.fatal", ground.tasks.fatal.wait())
    stop = ground.tasks.start("wait.stop", asked.wait())
    _ = await asyncio.wait({fatal, stop}, return_when=asyncio.FIRST_COMPLETED)
    await running.stop()
    return ground.tasks.fatal_name


def _voices(settings: Settings) -> dict[str, Path]:
    """The simulator's own script for voices in a browser: a real installation does not serve it."""
    if settings.simulator is None:
        return {}
    here = Path(__file__).parent.parent
    return {"vendor/sim-voice.js": here / "simulator" / "handpage" / "static" / "voice.js"}


def _routes(ground: Ground, house: House, role: Role) -> list[Route]:
    routes = probes(
        ground.health,
        ground.metrics,
        token=ground.settings.server.metrics_token,
        open_metrics=ground.settings.loopback,
    )
    for room in house.rooms:
        routes += room.edge if role.does(Role.EDGE) else []
        routes += room.console if role.does(Role.CONSOLE) else []
    return routes


def _loops(ground: Ground, house: House, role: Role) -> dict[str, Loop]:
    loops: dict[str, Loop] = {"loop.lag": lambda: watch_lag(ground.metrics)}
    if role.does(Role.WORK):
        gauges = [of_jobs(ground.db, ground.metrics), *(g for r in house.rooms for g in r.gauges)]
        loops["gauges"] = lambda: keep_looking(gauges)
    for room in house.rooms:
        loops |= room.loops if role.does(Role.WORK) else {}
        loops |= room.edge_loops if role.does(Role.EDGE) else {}
        loops |= room.console_loops if role.does(Role.CONSOLE) else {}
    return loops


def _context(ground: Ground, house: House, assets: Assets, role: Role) -> WebContext:
    return WebContext(
        origin=ground.settings.origin,
        texts=ground.texts.t,
        templates=environment([house.templates]),
        metrics=ground.metrics,
        sessions=house.staff if role.does(Role.CONSOLE) else None,
        statics=assets.base,
        csp=policy(
            browser_phone="browser" in ground.settings.phone.modes,
            simulator=ground.settings.simulator or "",
        ),
        body_deadline_s=ground.settings.server.body_deadline_s,
        max_body_bytes=ground.settings.server.max_body_bytes,
    )


def _start_jobs(ground: Ground, house: House, shutdown: Shutdown) -> None:
    async def died(job_id: int, _kind: str) -> None:
        event = LiveEvent("dead.letter", "perm:job:dead:read", str(job_id), {"id": job_id})
        await ground.live.tell(event)

    handlers: dict[str, JobHandler] = {"event": ground.bus.dispatch}
    for room in house.rooms:
        handlers |= room.jobs
    runner = JobRunner(
        ground.db,
        handlers,
        ground.tasks.spawn,
        died=died,
        ended=lambda kind, how: ground.metrics.jobs.labels(kind, how).inc(),
    )
    ground.tasks.keep("jobs.run", runner.run, on_crash="fatal")
    shutdown.add(Stage.OUTBOX, "jobs", action=runner.stop, deadline_s=JOBS_DEADLINE_S)


def _plan_stop(shutdown: Shutdown, ground: Ground, house: House, listening: Listening) -> None:
    async def not_ready() -> None:
        ground.health.stop()

    async def close_house() -> None:
        await ground.tasks.stop()
        with contextlib.suppress(OSError):
            await house.close()

    shutdown.add(Stage.NOT_READY, "not-ready", action=not_ready)
    shutdown.add(Stage.REQUESTS, "sockets", action=house.sockets.close_all)
    shutdown.add(Stage.REQUESTS, "web", action=listening.stop, deadline_s=12.0)
    shutdown.add(Stage.POOLS, "house", action=close_house, deadline_s=15.0)
