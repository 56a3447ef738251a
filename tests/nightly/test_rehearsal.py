"""A million made-up contacts, in two processes with a seed each; the seeds are in the report."""

import asyncio
import secrets
import sys

import pytest

pytestmark = pytest.mark.timeout(4 * 3600)
CONTACTS = 500_000


async def rehearse(seed: str) -> tuple[int, str]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "hotline", "rehearse", "--profile", "test"),
        *("--contacts", str(CONTACTS), "--seed", seed),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said = (await process.communicate())[0].decode()
    return process.returncode or 0, said


async def test_a_million_contacts_and_nobody_is_lost() -> None:
    seeds = [str(secrets.randbelow(1_000_000)) for _ in range(2)]
    for code, said in await asyncio.gather(*map(rehearse, seeds)):
        print(said)  # noqa: T201 - the seed and the figures, for whoever reads the night's report
        assert code == 0, said
        assert "\n0 violations" in said
