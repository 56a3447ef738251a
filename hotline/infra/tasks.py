"""Background work that is named, watched and stopped: the only place that makes tasks."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Coroutine
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final, Literal, TypeVar

import structlog

from hotline.infra.metrics import Metrics

T = TypeVar("T")
OnCrash = Literal["restart", "fatal"]
Sleep = Callable[[float], Awaitable[None]]

_FIRST_PAUSE_S: Final = 1.0
_LONGEST_PAUSE_S: Final = 30.0
_GRACE_S: Final = 5.0
# A library may swallow a cancellation (asyncio.wait_for of Python 3.11 does): it is said again.
_AGAIN_S: Final = 1.0

log = structlog.get_logger(__name__)


class Tasks:
    """Keeps a reference to everything that runs beside the requests.

    When a task kept with `on_crash="fatal"` crashes, `fatal` is set and `fatal_name` says which:
    the process should stop loudly rather than live without it.
    """

    def __init__(self, metrics: Metrics, *, sleep: Sleep = asyncio.sleep) -> None:
        self._metrics = metrics
        self._sleep = sleep
        self._running: set[asyncio.Task[Any]] = set()
        self._stopping = False
        self.fatal = asyncio.Event()
        self.fatal_name: str | None = None

    @property
    def running(self) -> list[str]:
        """Names of what runs now, in alphabetical order."""
        return sorted(task.get_name() for task in self._running if not task.done())

    def spawn(self, name: str, work: Coroutine[Any, Any, object]) -> None:
        """Run once and forget. A crash is logged and counted."""
        _ = self.start(name, work)

    def start(self, name: str, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Run once; the result may be awaited, the task cancelled. A crash is logged and counted.

        Names are constants, or `kind:<id>`. Raises RuntimeError once the house is stopping.
        """
        if self._stopping:
            work.close()
            raise RuntimeError(f"{name}: too late, the house is stopping")
        task = asyncio.create_task(work, name=name)
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    def keep(
        self,
        name: str,
        make: Callable[[], Coroutine[Any, Any, None]],
        *,
        on_crash: OnCrash = "restart",
    ) -> None:
        """Run an endless loop. After a crash it starts anew, 1 to 30 s later, or is fatal.

        A loop that returns by itself has finished and is not started again.
        """
        self.spawn(name, self._kept(name, make, on_crash))

    async def stop(self, *, deadline_s: float = 10.0) -> list[str]:
        """Cancel everything and wait; gives back, and logs, the names of what would not stop.

        Nothing can be spawned afterwards.
        """
        self._stopping = True
        me = asyncio.current_task()
        return await _cancel({task for task in self._running if task is not me}, deadline_s)

    async def end(self, names: Collection[str], *, deadline_s: float = 4.0) -> list[str]:
        """Cancel what runs under these names and wait; like `stop`, of a part."""
        return await _cancel({t for t in self._running if t.get_name() in names}, deadline_s)

    async def _kept(
        self, name: str, make: Callable[[], Coroutine[Any, Any, None]], on_crash: OnCrash
    ) -> None:
        pause = _FIRST_PAUSE_S
        loop = asyncio.get_running_loop()
        while True:
            began = loop.time()
            try:
                await make()
            except Exception:
                if on_crash == "fatal":
                    self.fatal_name = name
                    self.fatal.set()
                    raise
                self._metrics.task_crashes.labels(_kind(name)).inc()
                log.exception("task.crashed", task=name, again_in_s=pause)
            else:
                return
            await self._sleep(pause)
            # What ran well for a while earns a quick restart.
            healthy = loop.time() - began > _LONGEST_PAUSE_S + pause
            pause = _FIRST_PAUSE_S if healthy else min(pause * 2, _LONGEST_PAUSE_S)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if task.cancelled():
            return
        error = task.exception()
        if error is None:
            return
        name = task.get_name()
        self._metrics.task_crashes.labels(_kind(name)).inc()
        log.error("task.died", task=name, exc_info=error)


async def _cancel(left: set[asyncio.Task[Any]], deadline_s: float) -> list[str]:
    loop = asyncio.get_running_loop()
    until = loop.time() + deadline_s
    while left and loop.time() < until:
        for task in left:
            task.cancel()
        _, left = await asyncio.wait(left, timeout=min(_AGAIN_S, until - loop.time()))
    names = sorted(task.get_name() for task in left)
    for name in names:
        log.error("task.would_not_stop", task=name, deadline_s=deadline_s)
    return names


def _kind(name: str) -> str:
    """The part of a task's name before an id: `job:<id>` is counted as `job`."""
    return name.partition(":")[0]


class Stage(IntEnum):
    """The order in which the house stops."""

    NOT_READY = 1
    REQUESTS = 2
    LOOPS = 3
    OUTBOX = 4
    POOLS = 5


@dataclass(frozen=True, slots=True)
class _Step:
    name: str
    action: Callable[[], Awaitable[object]]
    deadline_s: float


class Shutdown:
    """What to do when the house stops: stage by stage, each step with a deadline.

    A step that fails or takes too long is logged by name and the next one goes on. Within a stage
    steps go in the order in which they were added.
    """

    def __init__(self) -> None:
        self._steps: dict[Stage, list[_Step]] = {stage: [] for stage in Stage}

    def add(
        self,
        stage: Stage,
        name: str,
        *,
        action: Callable[[], Awaitable[object]],
        deadline_s: float = _GRACE_S,
    ) -> None:
        """Remember a step."""
        self._steps[stage].append(_Step(name, action, deadline_s))

    async def run(self) -> list[str]:
        """Do all steps once; gives back the names of those that failed or were too slow."""
        failed: list[str] = []
        for stage in Stage:
            log.info("stop.stage", stage=stage.name.lower())
            steps, self._steps[stage] = self._steps[stage], []
            failed += [step.name for step in steps if not await _done(stage, step)]
        return failed


async def _done(stage: Stage, step: _Step) -> bool:
    where = {"stage": stage.name.lower(), "step": step.name}
    try:
        async with asyncio.timeout(step.deadline_s):
            await step.action()
    except TimeoutError:
        running = sorted(task.get_name() for task in asyncio.all_tasks())
        log.exception("stop.too_slow", **where, deadline_s=step.deadline_s, running=running)
        return False
    except Exception:
        log.exception("stop.failed", **where)
        return False
    return True
