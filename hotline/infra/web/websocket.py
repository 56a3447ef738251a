"""A live socket to one desk: exact origin, bounded backlog, slow clients are cut and come back."""

import asyncio
import contextlib
from collections import deque
from collections.abc import AsyncIterator
from typing import Final

import structlog
from aiohttp import WSCloseCode, WSMsgType, web

from hotline.infra.metrics import Metrics
from hotline.infra.tasks import Tasks
from hotline.infra.web.context import WEB
from hotline.kernel.errors import Forbidden

TOO_SLOW: Final = 4008
MAX_FRAMES: Final = 256
MAX_BYTES: Final = 262_144
SEND_TIMEOUT_S: Final = 5.0
MAX_INCOMING: Final = 4_096
PING_S: Final = 25.0

log = structlog.get_logger(__name__)


class Socket:
    """Frames go out by `put`, texts come in by `texts`.

    One task writes, so whoever tells never waits for a client, and frames keep their order.
    """

    def __init__(
        self,
        ws: web.WebSocketResponse,
        transport: asyncio.Transport | None,
        metrics: Metrics,
        *,
        send_timeout_s: float,
    ) -> None:
        self._ws = ws
        self._transport = transport
        self._metrics = metrics
        self._send_timeout_s = send_timeout_s
        self._frames: deque[str] = deque()
        self._waiting_bytes = 0
        self._wake = asyncio.Event()
        self._close_code: int | None = None
        self._close_reason = ""

    @property
    def closing(self) -> bool:
        """Whether no more frames will go out."""
        return self._close_code is not None or self._ws.closed

    def put(self, frame: str) -> bool:
        """Send soon. False when the client is too slow: it is being cut off and will resume."""
        if self.closing:
            return False
        self._frames.append(frame)
        self._waiting_bytes += len(frame)
        if len(self._frames) > MAX_FRAMES or self._waiting_bytes > MAX_BYTES:
            self._cut()
            return False
        self._wake.set()
        return True

    def close(self, code: int = WSCloseCode.OK, reason: str = "") -> None:
        """Close after what waits has gone out."""
        if self._close_code is None:
            self._close_code = code
            self._close_reason = reason
        self._wake.set()

    @property
    def response(self) -> web.WebSocketResponse:
        """What the handler gives back at its end."""
        return self._ws

    async def texts(self) -> AsyncIterator[str]:
        """Texts from the client until it leaves; anything but text ends the conversation."""
        async for message in self._ws:
            if message.type is not WSMsgType.TEXT:
                self.close(WSCloseCode.UNSUPPORTED_DATA)
                return
            yield message.data

    async def write(self) -> None:
        """The writing side; ends when the socket is closed."""
        try:
            while not self._ws.closed:
                await self._drain()
                if self._close_code is not None:
                    break
                await self._wake.wait()
                self._wake.clear()
        except TimeoutError:
            # Nothing can be said to a client that does not read; it comes back and resumes.
            self._cut()
            self._abort()
        except ConnectionError:
            self.close(WSCloseCode.GOING_AWAY)
        else:
            await self._finish()

    async def _drain(self) -> None:
        while self._frames:
            frame = self._frames.popleft()
            self._waiting_bytes -= len(frame)
            async with asyncio.timeout(self._send_timeout_s):
                await self._ws.send_str(frame)

    async def _finish(self) -> None:
        code = self._close_code or WSCloseCode.OK
        try:
            async with asyncio.timeout(self._send_timeout_s):
                await self._ws.close(code=code, message=self._close_reason.encode())
        except (TimeoutError, ConnectionError):
            self._abort()
        else:
            if self._transport is not None and self._transport.get_write_buffer_size():
                # A closing transport waits for its client for ever, and this one does not read.
                self._abort()

    def _abort(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    def _cut(self) -> None:
        if self._close_code != TOO_SLOW:
            self._metrics.sockets_slow.inc()
        self._frames.clear()
        self._waiting_bytes = 0
        self._close_code, self._close_reason = TOO_SLOW, "too slow"
        self._wake.set()


class Sockets:
    """Accepts live sockets; `close_all` is a step of stopping."""

    def __init__(
        self, tasks: Tasks, metrics: Metrics, *, send_timeout_s: float = SEND_TIMEOUT_S
    ) -> None:
        self._tasks = tasks
        self._metrics = metrics
        self._send_timeout_s = send_timeout_s
        self._open: set[Socket] = set()

    @contextlib.asynccontextmanager
    async def accept(self, request: web.Request, subprotocol: str) -> AsyncIterator[Socket]:
        """Upgrade a request that came from our own page and speaks our protocol.

        Raises `Forbidden` for any other origin: browsers do not stop foreign pages from asking.
        At the end of the block the client is closed; the handler returns `socket.response`.
        """
        self._check(request, subprotocol)
        ws = web.WebSocketResponse(
            protocols=(subprotocol,), heartbeat=PING_S, max_msg_size=MAX_INCOMING, compress=True
        )
        if not ws.can_prepare(request):
            raise Forbidden
        await ws.prepare(request)
        socket = Socket(ws, request.transport, self._metrics, send_timeout_s=self._send_timeout_s)
        self._open.add(socket)
        self._metrics.sockets.set(len(self._open))
        writing = self._tasks.start("socket-write", socket.write())
        try:
            yield socket
        finally:
            self._open.discard(socket)
            self._metrics.sockets.set(len(self._open))
            socket.close()
            await writing

    async def close_all(self) -> None:
        """Tell every client that we are going away; they reconnect elsewhere or later."""
        for socket in list(self._open):
            socket.close(WSCloseCode.GOING_AWAY, "going away")

    def _check(self, request: web.Request, subprotocol: str) -> None:
        if request.headers.get("Origin") != request.app[WEB].origin:
            self._metrics.denied.labels("origin").inc()
            raise Forbidden
        offered = request.headers.get("Sec-WebSocket-Protocol", "").split(",")
        if subprotocol not in {name.strip() for name in offered}:
            raise Forbidden
