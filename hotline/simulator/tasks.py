"""Tracked background work: every task has a name, an owner and an end."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import TypeVar

_log = logging.getLogger(__name__)
_T = TypeVar("_T")


class Tasks:
    """Keep a reference to each running task; remember what failed; stop all at the end."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[object]] = set()
        self.failures: list[BaseException] = []

    def spawn(self, work: Coroutine[object, object, _T], *, name: str) -> asyncio.Task[_T]:
        """Start work that is watched: an escaping exception lands in ``failures``."""
        task = self.branch(work, name=name)
        task.add_done_callback(self._note)
        return task

    def start(self, work: Coroutine[object, object, object], *, name: str) -> None:
        """Start watched work that nobody waits for."""
        self.spawn(work, name=name).add_done_callback(self._running.discard)

    def branch(self, work: Coroutine[object, object, _T], *, name: str) -> asyncio.Task[_T]:
        """Start work whose result or exception the caller itself collects."""
        task = asyncio.create_task(work, name=name)  # noqa: TID251 - the simulator's only owner
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    def _note(self, task: asyncio.Task[object]) -> None:
        error = None if task.cancelled() else task.exception()
        if error is not None:
            self.failures.append(error)
            _log.error("simulator task %s failed", task.get_name(), exc_info=error)

    async def close(self) -> None:
        """Cancel everything that still runs and wait for it."""
        while self._running:
            still = list(self._running)
            for task in still:
                task.cancel()
            await asyncio.gather(*still, return_exceptions=True)


async def drop(*tasks: asyncio.Task[_T]) -> None:
    """Cancel tasks and wait until they have cleaned up behind themselves."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
