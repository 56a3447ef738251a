"""What is measured is measured to the end; whether it is fast is for the reader of the figures."""

import asyncio
import sys

import pytest

pytestmark = pytest.mark.timeout(500)
LINES = ("our /voice/in to", "our /voice/hold to", "our message to two inserts", "chats open")


async def test_a_whole_bench_comes_to_its_end() -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "hotline", "bench", "--seconds", "1"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said = (await process.communicate())[0].decode()
    assert process.returncode == 0, said
    assert [line for line in LINES if line not in said] == []
    assert " inf" not in said
