"""`hotline bench`: what this machine can do at most, and how near we come, in the same run."""

import asyncio
import contextlib
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

import typer

from hotline.app.ground import ground_of, urls_of
from hotline.cli.ports import answers, free_port
from hotline.cli.shared import settings_of
from hotline.infra.embedded import Servers, running
from hotline.infra.web.server import run
from hotline.migrations.upgrade import upgrade
from hotline.settings import Settings
from hotline.simulator.load import Caller, Load, blast

_MANY: Final = 64
_WARM_S: Final = 1.0


@dataclass(frozen=True, slots=True)
class Rung:
    """One line of the table: alone (one connection) and together (many)."""

    name: str
    alone: Load
    together: Load
    cpu_us: float


def bench(
    seconds: Annotated[float, typer.Option(min=1, max=60, help="Length of each measurement.")] = 4,
) -> None:
    """Measure the signed voice webhook with its commit against bare handlers, on loopback."""

    async def main() -> list[Rung]:
        with tempfile.TemporaryDirectory(prefix="h189b-") as folder:
            async with running(Path(folder)) as servers:
                return await _measure(servers, Path(folder), seconds)

    _print(run(main))


async def _measure(servers: Servers, folder: Path, seconds: float) -> list[Rung]:
    settings = settings_of("test")
    await _prepare(settings, servers)
    token = settings.carrier.auth_token.reveal()
    rungs = []
    bare_port, our_port = free_port(), free_port()
    bare_url = f"http://127.0.0.1:{bare_port}"
    yardstick = ("-m", "hotline.cli.bare", servers.database_url, bare_url, token, str(bare_port))
    async with _process(yardstick, {}, bare_port) as pid:
        for path in ("/nothing", "/signed", "/stored"):
            caller = Caller(bare_url + path, settings.carrier.account_sid, token)
            rungs.append(await _rung(f"bare {path}", caller, pid, seconds))
    our_url = f"http://127.0.0.1:{our_port}"
    environ = _environ(servers, folder, our_url, our_port)
    arguments = ("-m", "hotline", "serve", "--role", "edge", "--profile", "test")
    async with _process(arguments, environ, our_port) as pid:
        caller = Caller(our_url + "/voice/in", settings.carrier.account_sid, token)
        rungs.append(await _rung("our /voice/in", caller, pid, seconds))
    return rungs


async def _prepare(settings: Settings, servers: Servers) -> None:
    urls = urls_of(settings, servers)
    assert urls is not None  # noqa: S101 - embedded servers fill every gap
    base = ground_of(settings, urls)
    await upgrade(base.db.engine)
    await base.close()


async def _rung(name: str, caller: Caller, pid: int, seconds: float) -> Rung:
    async def go(connections: int, length: float, first: int) -> Load:
        return await blast(
            caller.request,
            caller.host,
            caller.port,
            connections=connections,
            seconds=length,
            first=first,
        )

    await go(_MANY, _WARM_S, 0)
    alone = await go(1, seconds, 20_000_000)
    before = _cpu_s(pid)
    together = await go(_MANY, seconds, 40_000_000)
    cpu_us = (_cpu_s(pid) - before) / max(together.done, 1) * 1e6
    return Rung(name, alone, together, cpu_us)


@contextlib.asynccontextmanager
async def _process(
    arguments: tuple[str, ...], environ: Mapping[str, str], port: int
) -> AsyncIterator[int]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, env={"PATH": os.defpath, **environ}
    )
    try:
        await answers(port, process)
        yield process.pid
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


def _environ(servers: Servers, folder: Path, url: str, port: int) -> dict[str, str]:
    return {
        "HOTLINE__PUBLIC_BASE_URL": url,
        "HOTLINE__SERVER__PORT": str(port),
        "HOTLINE__DATABASE__URL": servers.database_url,
        "HOTLINE__REDIS__URL": servers.redis_url,
        "HOTLINE__DATA_DIR": str(folder),
        "HOTLINE__LOG__LEVEL": "error",
    }


def _cpu_s(pid: int) -> float:
    """User and system seconds of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _print(rungs: list[Rung]) -> None:
    typer.echo(
        f"{'':16} {'1 connection':>22} {f'{_MANY} connections':>24}\n"
        f"{'':16} {'p50 ms':>10} {'p99 ms':>11} {'req/s':>12} {'p99 ms':>11} {'CPU µs':>9} failed"
    )
    for r in rungs:
        typer.echo(
            f"{r.name:16} {r.alone.p50_ms:10.2f} {r.alone.p99_ms:11.2f} "
            f"{r.together.per_second:12.0f} {r.together.p99_ms:11.1f} {r.cpu_us:9.0f} "
            f"{r.alone.failed + r.together.failed:6}"
        )
    bare, ours = rungs[-2], rungs[-1]
    typer.echo(
        f"\nOurs to the bare handler with the same check and one insert: "
        f"{ours.together.per_second / bare.together.per_second:.2f} of its rate, "
        f"{ours.alone.p50_ms / bare.alone.p50_ms:.2f} times its p50, "
        f"{ours.cpu_us / bare.cpu_us:.2f} times its CPU."
    )
