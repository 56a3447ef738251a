"""Free ports, and waiting until a started process answers on one."""

import asyncio
import socket
from typing import Final

from hotline.kernel.errors import Unavailable

_START_S: Final = 30.0


def free_port() -> int:
    """A port of the loopback that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def answers(port: int, process: asyncio.subprocess.Process) -> None:
    """Wait until the process listens. Raises Unavailable when it ended, TimeoutError after 30 s."""
    async with asyncio.timeout(_START_S):
        while True:
            if process.returncode is not None:
                code = "the process did not start; see its log"
                raise Unavailable(code)
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.05)
            else:
                writer.close()
                return
