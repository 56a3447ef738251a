"""A terminal: a command as a process of its own, and how it ended."""

import asyncio
import sys
from dataclasses import dataclass

PASSWORD = "saffron-window-35-moth"


@dataclass(frozen=True)
class Said:
    """How a command ended."""

    code: int
    out: str
    err: str


async def hotline(environ: dict[str, str], *words: str, given: str = "") -> Said:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "hotline"),
        *words,
        env=environ,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate(given.encode())
    said = Said(process.returncode or 0, out.decode(), err.decode())
    assert "Traceback" not in said.err, said.err
    return said
