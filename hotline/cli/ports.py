"""Free ports, and waiting until a started process answers on one."""

import asyncio
import contextlib
import socket
from pathlib import Path
from typing import Final

_START_S: Final = 30.0
_PAUSE_S: Final = 0.05
_LAST: Final = 20


class DidNotStart(Exception):  # noqa: N818 - it says what happened
    """A process ended before it answered; `problems` has the end of what it said."""

    def __init__(self, said: list[str]) -> None:
        super().__init__("the service did not start")
        self.problems = [f"the service did not start{':' if said else ''}", *said]


def free_port() -> int:
    """A port of the loopback that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def answers(port: int, process: asyncio.subprocess.Process, log: Path | None = None) -> None:
    """Wait until the process listens; `log` is where it writes, if not to the terminal.

    Raises DidNotStart when it ended, or does not listen after 30 s.
    """
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_START_S):
            while process.returncode is None:
                try:
                    _, writer = await asyncio.open_connection("127.0.0.1", port)
                except OSError:
                    await asyncio.sleep(_PAUSE_S)
                else:
                    writer.close()
                    return
    raise DidNotStart(_end_of(log) if log else [])


def _end_of(log: Path) -> list[str]:
    return log.read_text(encoding="utf-8", errors="replace").splitlines()[-_LAST:]
