"""The commands that run everything: a crowd with a kill in the middle, and the demo."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from hotline.cli.ports import free_port

pytestmark = pytest.mark.timeout(240)
PATH = {"PATH": "/usr/bin:/bin"}
HOTLINE = (sys.executable, "-m", "hotline")
READY = "Ctrl-C stops everything."


async def test_a_crowd_with_a_kill_in_the_middle_loses_nothing() -> None:
    words = ("simulate", "--callers", "6", "--operators", "2", "--kills", "1", "--seed", "189")
    process = await asyncio.create_subprocess_exec(
        *HOTLINE, *words, env=PATH, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    out = (await process.communicate())[0].decode()
    assert process.returncode == 0, out
    assert "service killed 1 times" in out
    assert "Nothing lost, nothing doubled." in out
    assert "Traceback" not in out


@asynccontextmanager
async def demo(environ: dict[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        *(*HOTLINE, "demo"), env=PATH | environ, stdout=asyncio.subprocess.PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def running_in(folder: Path) -> list[str]:
    """Command lines that name the folder: the servers that were started there."""
    ps = await asyncio.create_subprocess_exec(
        *("ps", "-A", "-ww", "-o", "args="), stdout=asyncio.subprocess.PIPE
    )
    lines = (await ps.communicate())[0].decode(errors="replace").splitlines()
    return [line for line in lines if str(folder) in line]


async def test_the_demo_leaves_nothing_running(tmp_path: Path) -> None:
    desk, world = free_port(), free_port()
    address = f"http://127.0.0.1:{world}"
    environ = {
        "HOTLINE__PUBLIC_BASE_URL": f"http://127.0.0.1:{desk}",
        "HOTLINE__SERVER__PORT": str(desk),
        "HOTLINE__CARRIER__API_BASE_URL": address,
        "HOTLINE__TELEGRAM__API_BASE_URL": address,
        "HOTLINE__DATA_DIR": str(tmp_path),
    }
    async with demo(environ) as process:
        assert process.stdout is not None
        said = await process.stdout.readuntil(READY.encode())
        assert address.encode() in said
        assert await running_in(tmp_path)

        os.kill(process.pid, signal.SIGINT)

        await process.communicate()
    assert process.returncode == 0
    assert await running_in(tmp_path) == []
    for port in (desk, world):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
