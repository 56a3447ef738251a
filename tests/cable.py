"""A cable between the house and a server, which a test can cut and mend."""

import asyncio
import contextlib
from pathlib import Path
from urllib.parse import quote

from hotline.infra.metrics import Metrics
from hotline.infra.tasks import Tasks


class Cable:
    """Stands between us and the server, and can be cut."""

    def __init__(self, at: Path, to: str) -> None:
        self._at, self._to = at, to
        self._server: asyncio.Server | None = None
        self._ends: set[asyncio.StreamWriter] = set()
        self._tasks = Tasks(Metrics())

    @property
    def url(self) -> str:
        return f"unix://{quote(str(self._at))}"

    async def mend(self) -> None:
        self._server = await asyncio.start_unix_server(self._connect, self._at)

    async def cut(self) -> None:
        assert self._server is not None
        self._server.close()
        self._at.unlink()
        for end in list(self._ends):
            end.transport.abort()
        await self._server.wait_closed()

    async def close(self) -> None:
        for end in list(self._ends):
            end.transport.abort()
        if self._server is not None:
            self._server.close()
        await self._tasks.stop(deadline_s=5)

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_unix_connection(self._to)
        self._ends |= {writer, far_writer}
        self._tasks.spawn("back", self._copy(far_reader, writer))
        await self._copy(reader, far_writer)

    async def _copy(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            while chunk := await reader.read(65536):
                writer.write(chunk)
        writer.transport.abort()
        self._ends.discard(writer)
