"""Background work is watched: what crashes comes back or stops the house, what stops is awaited."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from hotline.infra.metrics import Metrics
from hotline.infra.tasks import Shutdown, Stage, Tasks


class Pauses:
    """A sleep that only notes how long it should have been."""

    def __init__(self) -> None:
        self.taken: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.taken.append(seconds)
        await asyncio.sleep(0)


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
async def tasks(metrics: Metrics, pauses: Pauses) -> AsyncIterator[Tasks]:
    made = Tasks(metrics, sleep=pauses)
    yield made
    await made.stop(deadline_s=1)


async def forever() -> None:
    await asyncio.Event().wait()


def crashes(metrics: Metrics, name: str) -> float | None:
    return metrics.registry.get_sample_value("hotline_task_crashes_total", {"task": name})


async def test_a_crashed_loop_starts_anew_with_growing_pauses(
    tasks: Tasks, pauses: Pauses, metrics: Metrics
) -> None:
    well = asyncio.Event()
    runs = 0

    async def fragile() -> None:
        nonlocal runs
        runs += 1
        if runs <= 7:
            raise ValueError
        well.set()
        await forever()

    tasks.keep("fragile", fragile)
    await well.wait()

    assert pauses.taken == [1, 2, 4, 8, 16, 30, 30]
    assert crashes(metrics, "fragile") == 7
    assert not tasks.fatal.is_set()


async def test_a_crash_of_a_fatal_loop_is_told(tasks: Tasks, metrics: Metrics) -> None:
    async def doomed() -> None:
        raise ValueError

    tasks.keep("doomed", doomed, on_crash="fatal")
    await tasks.fatal.wait()

    assert tasks.fatal_name == "doomed"


async def test_a_loop_that_returns_has_finished(tasks: Tasks) -> None:
    runs = 0
    done = asyncio.Event()

    async def once() -> None:
        nonlocal runs
        runs += 1
        done.set()

    tasks.keep("once", once)
    await done.wait()
    await asyncio.sleep(0)
    await asyncio.sleep(0)

    assert (runs, tasks.running) == (1, [])


async def test_a_crash_of_a_single_task_is_counted_by_kind(tasks: Tasks, metrics: Metrics) -> None:
    async def bad() -> None:
        raise KeyError

    with pytest.raises(KeyError):
        await tasks.start("job:17", bad())
    await asyncio.sleep(0)

    assert crashes(metrics, "job") == 1


async def test_what_runs_can_be_named(tasks: Tasks) -> None:
    tasks.spawn("b", forever())
    tasks.spawn("a", forever())

    assert tasks.running == ["a", "b"]


async def test_stop_cancels_and_waits_for_cleanup(tasks: Tasks) -> None:
    cleaned = []
    began = asyncio.Event()

    async def careful() -> None:
        try:
            began.set()
            await forever()
        finally:
            await asyncio.sleep(0)
            cleaned.append(True)

    tasks.spawn("careful", careful())
    await began.wait()

    assert await tasks.stop(deadline_s=5) == []
    assert cleaned == [True]


async def test_what_will_not_stop_is_named(metrics: Metrics) -> None:
    tasks = Tasks(metrics)
    release = asyncio.Event()
    began = asyncio.Event()

    async def stubborn() -> None:
        began.set()
        while not release.is_set():
            try:
                await release.wait()
            except asyncio.CancelledError:
                continue

    task = tasks.start("stubborn", stubborn())
    await began.wait()

    assert await tasks.stop(deadline_s=0.01) == ["stubborn"]
    release.set()
    await task


async def test_what_missed_the_word_to_stop_hears_it_again(metrics: Metrics) -> None:
    tasks = Tasks(metrics)
    began = asyncio.Event()
    missed: list[bool] = []

    async def deaf() -> None:
        while True:
            began.set()
            try:
                await forever()
            except asyncio.CancelledError:
                if missed:
                    raise
                missed.append(True)

    tasks.spawn("deaf", deaf())
    await began.wait()

    assert await tasks.stop(deadline_s=30) == []


async def test_nothing_starts_while_stopping(tasks: Tasks) -> None:
    await tasks.stop()

    with pytest.raises(RuntimeError, match="stopping"):
        tasks.spawn("late", forever())


async def test_stages_and_steps_go_in_order() -> None:
    shutdown, done = Shutdown(), []

    def step(name: str) -> None:
        async def act() -> None:
            done.append(name)

        stage = Stage[name.split("-", maxsplit=1)[0].upper()]
        shutdown.add(stage, name, action=act)

    for name in ("pools-db", "requests-http", "loops-a", "loops-b", "not_ready-health"):
        step(name)

    assert await shutdown.run() == []
    assert done == ["not_ready-health", "requests-http", "loops-a", "loops-b", "pools-db"]


async def test_a_step_that_hangs_or_fails_does_not_stop_the_stopping() -> None:
    shutdown, done = Shutdown(), []

    async def fails() -> None:
        raise ValueError

    async def ends() -> None:
        done.append("pools")

    shutdown.add(Stage.REQUESTS, "hangs", action=forever, deadline_s=0.01)
    shutdown.add(Stage.LOOPS, "fails", action=fails)
    shutdown.add(Stage.POOLS, "ends", action=ends)

    assert await shutdown.run() == ["hangs", "fails"]
    assert done == ["pools"]
