"""Listens, runs and stops: what stands between an application and the operating system."""

import asyncio
import errno
import signal
from collections.abc import Callable, Coroutine
from typing import Any, Final, TypeVar

import structlog
from aiohttp import web

from hotline.infra.metrics import Metrics
from hotline.infra.web.guard import GuardedSite
from hotline.settings import Server

T = TypeVar("T")

_SHUTDOWN_S: Final = 8.0
_REASONS: Final = {
    errno.EADDRINUSE: "server.port: port {port} on {host} is in use by another program",
    errno.EACCES: "server.port: this user may not listen on port {port} (under 1024)",
    errno.EADDRNOTAVAIL: "server.host: {host} is not an address of this machine",
}

log = structlog.get_logger(__name__)


class CannotListen(Exception):  # noqa: N818 - it says what happened
    """The address cannot be used; the text names the setting to change."""


class Listening:
    """An application that answers at `port` until `stop`."""

    def __init__(self, runner: web.AppRunner, port: int) -> None:
        self._runner = runner
        self.port = port

    async def stop(self) -> None:
        """Accept nothing new, finish requests and sockets within 8 s, close the connections."""
        await self._runner.cleanup()


async def serve(app: web.Application, settings: Server, metrics: Metrics) -> Listening:
    """Start to listen. Raises `CannotListen` naming the setting; port 0 takes a free one."""
    runner = web.AppRunner(app, handle_signals=False, shutdown_timeout=_SHUTDOWN_S, access_log=None)
    await runner.setup()
    site = GuardedSite(runner, settings, metrics)
    try:
        await site.start()
    except OSError as error:
        await runner.cleanup()
        reason = _REASONS.get(error.errno or 0, "server.host, server.port: cannot listen there")
        raise CannotListen(reason.format(host=settings.host, port=settings.port)) from None
    log.info("listening", port=site.port)
    return Listening(runner, site.port)


def stop_signal() -> asyncio.Event:
    """An event that SIGINT and SIGTERM set; a second signal ends the program at once."""
    loop = asyncio.get_running_loop()
    asked = asyncio.Event()

    def on_signal(number: int) -> None:
        asked.set()
        loop.remove_signal_handler(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, on_signal, number)
    return asked


def run(main: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run the program, on uvloop where there is a wheel of it."""
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        return runner.run(main())


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop  # noqa: PLC0415 - not on every platform
    except ImportError:
        return None
    return uvloop.new_event_loop
