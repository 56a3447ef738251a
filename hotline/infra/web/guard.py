"""Deadlines on slow clients: aiohttp waits for ever for the rest of a head.

A connection has a few seconds from its first byte (or from being opened) to deliver a whole head.
Idle keep-alive connections are not concerned; bodies have their own deadline (middleware.body).
"""

import asyncio
from typing import Any, Final

import structlog
from aiohttp import web
from aiohttp.web_protocol import RequestHandler
from typing_extensions import override

from hotline.infra.metrics import Metrics
from hotline.settings import Server

KEEP_ALIVE_S: Final = 75.0
# How long the rest of a refused body is read and thrown away, so that the answer gets through.
LINGER_S: Final = 2.0
_TOO_SLOW: Final = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"

# aiohttp's access log holds addresses and paths; None means none, which its types do not know.
_NO_ACCESS_LOG: Any = None

log = structlog.get_logger(__name__)


class GuardedHandler(RequestHandler):
    """One connection, with a deadline for every head."""

    __slots__ = ("_head_deadline_s", "_head_timer", "_metrics")

    def __init__(self, manager: web.Server, *, head_deadline_s: float, metrics: Metrics) -> None:
        super().__init__(
            manager,
            loop=asyncio.get_running_loop(),
            keepalive_timeout=KEEP_ALIVE_S,
            lingering_time=LINGER_S,
            access_log=_NO_ACCESS_LOG,
        )
        self._head_deadline_s = head_deadline_s
        self._metrics = metrics
        self._head_timer: asyncio.TimerHandle | None = None

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._start_timer()

    @override
    def data_received(self, data: bytes) -> None:
        before = self._request_count
        super().data_received(data)
        if self._request_count != before:
            self._stop_timer()
        elif self._head_timer is None and self._idle():
            self._start_timer()

    @override
    def connection_lost(self, exc: BaseException | None) -> None:
        self._stop_timer()
        super().connection_lost(exc)

    @override
    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """Answer what is not HTTP at all: without a body, and without repeating what was sent."""
        log.info("request.malformed", status=status, error=type(exc).__name__)
        if request.writer.output_size > 0:
            raise ConnectionError
        response = web.Response(status=status, headers={"Server": "-"})
        response.force_close()
        return response

    def _idle(self) -> bool:
        """Whether bytes that make no request can only be a part of a head, not of a body."""
        waiter = self._waiter
        return waiter is not None and not waiter.done() and self._payload_parser is None

    def _start_timer(self) -> None:
        loop = asyncio.get_running_loop()
        self._head_timer = loop.call_later(self._head_deadline_s, self._cut)

    def _stop_timer(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _cut(self) -> None:
        self._head_timer = None
        self._metrics.head_timeouts.inc()
        if self.transport is not None and not self.transport.is_closing():
            self.transport.write(_TOO_SLOW)
        self.force_close()


class GuardedSite(web.TCPSite):
    """A listening address whose connections are guarded."""

    __slots__ = ("_head_deadline_s", "_metrics")

    def __init__(self, runner: web.AppRunner, settings: Server, metrics: Metrics) -> None:
        super().__init__(runner, settings.host, settings.port)
        self._head_deadline_s = settings.head_deadline_s
        self._metrics = metrics

    @override
    async def start(self) -> None:
        await web.BaseSite.start(self)
        server = await asyncio.get_running_loop().create_server(
            self._connection, self._host, self._port, backlog=1024, reuse_address=True
        )
        self._server = server
        self._bound_port = server.sockets[0].getsockname()[1]

    def _connection(self) -> GuardedHandler:
        manager = self._runner.server
        if manager is None:
            raise ConnectionError
        return GuardedHandler(manager, head_deadline_s=self._head_deadline_s, metrics=self._metrics)
