"""What no test may leave behind or hold up: tasks, threads, and the event loop itself."""

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from typing import Any, Final

from blockbuster import BlockBuster

# The folders whose tests stand under it so far.
GUARDED: Final = {"contracts"}
# What a process does once before it serves anybody.
_STARTING: Final = (
    ("hotline/settings/__init__.py", {"load"}),
    ("hotline/i18n/catalogue.py", {"load"}),
    ("hotline/intake/flows.py", {"load", "load_all"}),
    ("hotline/consultations/forms.py", {"load"}),
    ("hotline/telephony/prompts.py", {"load"}),
    ("hotline/app/ground.py", {"ground_of"}),
    ("hotline/app/rooms.py", {"build_house"}),
)
_QUICK: Final = {"os.stat", "os.path.abspath"}
_PATIENCE_S: Final = 10.0

Task = asyncio.Task[Any]


@contextlib.contextmanager
def no_blocking() -> Iterator[None]:
    """While it lasts, whatever of ours blocks the event loop raises `BlockingError`."""
    watch = BlockBuster(["hotline", "bots"], excluded_modules=["hotline.migrations"])
    # A look at a file's name costs microseconds, and drivers take one when they connect.
    watch.functions = {n: f for n, f in watch.functions.items() if n not in _QUICK}
    for function in watch.functions.values():
        for file, names in _STARTING:
            function.can_block_in(file, names)
    watch.activate()
    try:
        yield
    finally:
        watch.deactivate()


class Before:
    """What ran before a test; the loop's own threads stay with the loop."""

    def __init__(self) -> None:
        self._tasks = asyncio.all_tasks()
        self._threads = set(threading.enumerate())

    async def nothing_new_runs(self) -> None:
        """Raises AssertionError with tasks and threads that the test left."""
        left = asyncio.all_tasks() - self._tasks - {asyncio.current_task()}
        # A request that a stranger leaves without an answer stays open for a while.
        left = {task for task in left if "RequestHandler." not in repr(task.get_coro())}
        still: set[Task] = (await asyncio.wait(left, timeout=_PATIENCE_S))[1] if left else set()
        assert not still, still
        threads = {
            thread
            for thread in set(threading.enumerate()) - self._threads
            if not thread.daemon and not thread.name.startswith("asyncio_")
        }
        for thread in threads:
            thread.join(_PATIENCE_S)
        alive = {thread for thread in threads if thread.is_alive()}
        assert not alive, alive
