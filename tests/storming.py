"""The storm as a command: everything fails by chance, and nothing is left behind."""

import asyncio
import sys


async def storm(*, calls: int) -> str:
    """Run it; what it said. Fails when anything was left over."""
    options = ("--calls", str(calls), "--faults", "0.05", "--seed", "189", "--factor", "40")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "hotline", "storm", *options),
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
