"""The short form of the storm: everything fails by chance, and nothing is left behind."""

import asyncio
import sys

import pytest

pytestmark = pytest.mark.timeout(600)
STORM = ("storm", "--calls", "150", "--faults", "0.05", "--seed", "189")


async def test_a_storm_leaves_no_call_behind() -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "hotline", *STORM),
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
    assert "0 double connects, 0 legs left" in out
