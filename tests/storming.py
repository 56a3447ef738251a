"""The storms as commands: everything fails by chance, and nothing is left behind."""

import asyncio
import sys


async def storm(*, calls: int) -> str:
    """Let so many call; what the command said."""
    return await _run("storm", "--calls", calls, "--faults", "0.05", "--seed", "189")


async def messages(*, updates: int, kills: int) -> str:
    """Let so much be written; what the command said."""
    return await _run("messages", "--updates", updates, "--kills", kills, "--seed", "189")


async def _run(command: str, *options: object) -> str:
    """Fails when anything was left over."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "hotline", command, *map(str, options), "--factor", "40"),
        env={"PATH": "/usr/bin:/bin"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        out = (await process.communicate())[0].decode()
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()
    assert process.returncode == 0, out
    return out
