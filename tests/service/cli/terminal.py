"""A terminal: a command as a process of its own, and how it ended.

The house is read in once and forked for each command, as onceg it in would be most of the time.
"""

import asyncio
import multiprocessing
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.service.cli import once

PASSWORD = "saffron-window-35-moth"
_HOUSE: Final = multiprocessing.get_context("forkserver")
_HOUSE.set_forkserver_preload([once.__name__])


@dataclass(frozen=True)
class Said:
    """How a command ended."""

    code: int
    out: str
    err: str


async def hotline(environ: dict[str, str], *words: str, given: str = "") -> Said:
    with TemporaryDirectory() as folder:
        streams = [Path(folder, name) for name in ("given", "out", "err")]
        streams[0].write_text(given, encoding="utf-8")
        process = _HOUSE.Process(target=_command, args=(environ, words, streams))
        process.start()
        await asyncio.to_thread(process.join)
        out, err = (path.read_text(encoding="utf-8") for path in streams[1:])
    said = Said(process.exitcode or 0, out, err)
    process.close()
    assert "Traceback" not in said.err, said.err
    return said


def _command(environ: dict[str, str], words: tuple[str, ...], streams: list[Path]) -> None:
    for number, path in enumerate(streams):
        os.dup2(os.open(path, os.O_RDWR | os.O_CREAT), number)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    os.environ.clear()  # noqa: TID251 - whoever is forked gets no environment of its own
    os.environ.update(environ)  # noqa: TID251 - the same
    sys.argv = ["hotline", *words]
    once.main()
