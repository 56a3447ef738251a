"""`hotline bench`: what this machine can do at most, and how near we come, in the same run."""

import asyncio
import contextlib
import os
import statistics
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated, Final

import typer

from hotline.access.model import Actor
from hotline.app.ground import ground_of, urls_of
from hotline.audit.service import Audit
from hotline.cli import ceilings, chatpromises, matchpromises, promises, rehearsalpromises
from hotline.cli.ports import answers, free_port
from hotline.cli.promises import Promise
from hotline.cli.shared import settings_of
from hotline.cli.stage import stage_on
from hotline.infra.embedded import Servers, running
from hotline.infra.web.server import run
from hotline.intake.hours import always
from hotline.intake.queues import Door
from hotline.kernel.errors import Unavailable
from hotline.kernel.ids import StaffId, new_id
from hotline.line.doors import value_of
from hotline.line.model import Kind, SetDoor
from hotline.line.reader import LineReader
from hotline.line.service import LineDesk
from hotline.migrations.upgrade import upgrade
from hotline.settings import Settings
from hotline.simulator.letters import Writer
from hotline.simulator.load import Caller, Load, Turn, drive, line

_MANY: Final = 64
_FEW: Final = 16
_PACED: Final = 800_000_000
_CHATS: Final = 640
_WARM_S: Final = 1.0
_ROUNDS: Final = 3
_BARE: Final = ("/nothing", "/signed", "/stored")
_YARDSTICK: Final = "bare /stored"
_PAIR: Final = "two inserts"
_MESSAGE: Final = "our message"
# What a right answer has in it. While something is wrong a waiting call hears a first turn again,
# also with 200: only the right one leads to the second.
_BARE_SAYS: Final = b"<Hangup"
_ASKS: Final = b"/voice/step?n=1"
_WAIT: Final = b"ivr-wait"
_QUEUE: Final = "calls"
_HOLDS: Final = b"/voice/hold?n=2"
_LEGEND: Final = f"""
PostgreSQL       asyncpg alone: inserts one row of one column, commits ({_FEW} connections for many)
Redis            one XADD alone ({_FEW} connections for many)
bare /nothing    aiohttp answers, and does nothing else
bare /signed     ... reads the form and checks the signature
bare /stored     ... and commits one row of one column
our /voice/in    a new call: caller, contact, first line of its history, leg, event, answer kept;
                 one transaction
our /voice/hold  a waiting caller's turn of the hold loop: where the call stands, music
our message      a text to the bot from somebody who waits: sealed, kept, told to the desk;
                 one transaction; "two inserts" beside it are asyncpg alone, in one transaction
CPU is user and system time of the web process for one request, without PostgreSQL's (of the
asking process in the first two lines). Only right answers count. Medians of three rounds in turns;
one machine for web process, PostgreSQL and whoever sends the requests.
"""


@dataclass(frozen=True, slots=True)
class Line:
    """Where requests go, and in whose name they are signed."""

    base_url: str
    account_sid: str
    token: str

    def caller(self, path: str) -> Caller:
        """Who asks for that path."""
        return Caller(self.base_url + path, self.account_sid, self.token)

    def writer(self, chats: int) -> Writer:
        """Who writes to the bot, in so many chats."""
        secret = settings_of("test").telegram.webhook_secret.reveal()
        return Writer(f"{self.base_url}/telegram/webhook", secret, chats=chats)


@dataclass(frozen=True, slots=True)
class Rung:
    """One line of the table: what a connection does, how many are many, whose CPU it costs."""

    name: str
    opened: Callable[[], AbstractAsyncContextManager[Turn]]
    pid: int
    many: int = _MANY


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of a rung in one round: alone (one connection) and together (many)."""

    alone: Load
    together: Load
    cpu_us: float


@dataclass(frozen=True, slots=True)
class Row:
    """The medians of all rounds; `failed` is the sum."""

    name: str
    p50_ms: float
    p99_ms: float
    per_second: float
    many_p50_ms: float
    many_p99_ms: float
    cpu_us: float
    failed: int


def bench(
    seconds: Annotated[
        float,
        typer.Option(min=1, max=60, help="Seconds for each rung and each number of connections."),
    ] = 4,
) -> None:
    """Measure the webhooks of a call against bare handlers, on loopback and in the same run."""

    async def main() -> tuple[list[Row], list[Promise]]:
        with tempfile.TemporaryDirectory(prefix="h189b-") as folder:
            async with running(Path(folder)) as servers:
                staff = 1 + chatpromises.OPERATORS
                async with stage_on(servers, Path(folder), 1, staff) as stage:
                    people = [await promises.of_answering(stage)]
                    people += await chatpromises.of_chats(stage, seconds)
                matched = await matchpromises.of_matching(servers.database_url, seconds)
                matched += await rehearsalpromises.of_rehearsing(servers.database_url)
                rows, kept = await _measure(servers, Path(folder), seconds)
                return rows, [*kept, *people, *matched]

    rows, kept = run(main)
    tell(rows)
    tell_promises(kept)


async def _measure(
    servers: Servers, folder: Path, seconds: float
) -> tuple[list[Row], list[Promise]]:
    settings = settings_of("test")
    await _prepare(settings, servers)
    await ceilings.prepare(servers.database_url)
    sid, token = settings.carrier.account_sid, settings.carrier.auth_token.reveal()
    bare_port, our_port = free_port(), free_port()
    bare = Line(f"http://127.0.0.1:{bare_port}", sid, token)
    ours = Line(f"http://127.0.0.1:{our_port}", sid, token)
    yardstick = ("-m", "hotline.cli.bare", servers.database_url, bare.base_url, token)
    pool = str(settings.database.pool)
    edge = ("-m", "hotline", "serve", "--role", "edge", "--profile", "test")
    async with (
        _process((*yardstick, str(bare_port), pool), {}, bare_port) as bare_pid,
        _process(edge, _environ(servers, folder, ours.base_url, our_port), our_port) as our_pid,
    ):
        await _let_wait(ours)
        hold = ours.caller("/voice/hold?n=1")
        rungs = [
            Rung("PostgreSQL", partial(ceilings.inserts, servers.database_url), os.getpid(), _FEW),
            Rung(_PAIR, partial(ceilings.pairs, servers.database_url), os.getpid(), _FEW),
            Rung("Redis", partial(ceilings.appends, servers.redis_url), os.getpid(), _FEW),
            *(
                Rung(f"bare {p}", partial(line, bare.caller(p), _BARE_SAYS), bare_pid)
                for p in _BARE
            ),
            Rung("our /voice/in", partial(line, ours.caller("/voice/in"), _ASKS), our_pid),
            Rung("our /voice/hold", partial(line, hold, _HOLDS, among=_MANY), our_pid),
            Rung(_MESSAGE, partial(line, ours.writer(_CHATS), b""), our_pid),
        ]
        for rung in rungs:
            await drive(rung.opened, connections=rung.many, seconds=_WARM_S, first=_MANY)
        # In turns, so that whatever else the machine does in the meantime falls on all alike.
        rounds = [[await _once(r, seconds / _ROUNDS, n) for r in rungs] for n in range(_ROUNDS)]
        new = partial(line, ours.caller("/voice/in"), _ASKS)
        waiting = partial(line, hold, _HOLDS, among=promises.WAITING)
        kept = [
            await promises.of_calls(new, our_pid, seconds, _PACED),
            await promises.of_waiting(waiting, our_pid, max(seconds, promises.TURN_S), _cpu_s),
        ]
    rows = [_row(rung, its) for rung, its in zip(rungs, zip(*rounds, strict=True), strict=True)]
    return rows, kept


async def _let_wait(ours: Line) -> None:
    """As many callers as shall wait, through the questions and into the queue."""
    steps = (
        ("/voice/in", None, _ASKS),
        ("/voice/step?n=1", "2", b""),
        ("/voice/step?n=2", "1", _WAIT),
    )
    for path, digit, expects in steps:
        async with line(ours.caller(path), expects, digits=digit) as turn:
            right = [await turn(number) for number in range(promises.WAITING)]
        if not all(right):
            message = f"{path} was not answered as it should be"
            raise Unavailable(message)


async def _prepare(settings: Settings, servers: Servers) -> None:
    urls = urls_of(settings, servers)
    assert urls is not None  # noqa: S101 - embedded servers fill every gap
    base = ground_of(settings, urls)
    await upgrade(base.db.engine)
    # A thousand wait and hear music: set by hand, the queue does not tell them of other ways.
    nobody = Actor(StaffId(new_id()), "bench", frozenset())
    audit, reader = Audit(base.db, base.vault.audit_mac), LineReader(always(), base.clock)
    line_desk = LineDesk(base.db, base.vault, audit, reader, ())
    async with base.db.uow() as uow:
        opened = SetDoor(Door.OPEN, None, nobody.staff_id, await uow.time())
        await line_desk.put(uow, nobody, Kind.QUEUES, {_QUEUE: value_of(opened)})
    await base.close()


async def _once(rung: Rung, seconds: float, number: int) -> Measured:
    """One round; every call it makes is a new one."""
    first = (number + 1) * 100_000_000
    alone = await drive(rung.opened, connections=1, seconds=seconds, first=first)
    before = _cpu_s(rung.pid)
    together = await drive(
        rung.opened, connections=rung.many, seconds=seconds, first=first + 50_000_000
    )
    cpu_us = (_cpu_s(rung.pid) - before) / max(together.done, 1) * 1e6
    return Measured(alone, together, cpu_us)


def _row(rung: Rung, rounds: Sequence[Measured]) -> Row:
    def middle(value: Callable[[Measured], float]) -> float:
        return statistics.median(value(measured) for measured in rounds)

    return Row(
        name=rung.name,
        p50_ms=middle(lambda m: m.alone.p50_ms),
        p99_ms=middle(lambda m: m.alone.p99_ms),
        per_second=middle(lambda m: m.together.per_second),
        many_p50_ms=middle(lambda m: m.together.p50_ms),
        many_p99_ms=middle(lambda m: m.together.p99_ms),
        cpu_us=middle(lambda m: m.cpu_us),
        failed=sum(m.alone.failed + m.together.failed for m in rounds),
    )


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
        "HOTLINE__FLOODS__PER_NUMBER": "0",  # numbers in a row, and no call ends
        "HOTLINE__FLOODS__PER_PREFIX": "0",
        "HOTLINE__LOG__LEVEL": "error",
    }


def _cpu_s(pid: int) -> float:
    """User and system seconds of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def tell(rows: list[Row]) -> None:
    """Print the table. Raises typer.Exit where wrong answers leave nothing to compare."""
    typer.echo(
        f"{'':16}{'--- 1 connection ---':>22}   {f'--------- {_MANY} connections ---------':>38}\n"
        f"{'':16}{'p50 ms':>11}{'p99 ms':>11}   "
        f"{'req/s':>8}{'p50 ms':>10}{'p99 ms':>10}{'CPU µs':>10} failed"
    )
    for r in rows:
        typer.echo(
            f"{r.name:16}{r.p50_ms:11.2f}{r.p99_ms:11.2f}   {r.per_second:8.0f}"
            f"{r.many_p50_ms:10.1f}{r.many_p99_ms:10.1f}{r.cpu_us:10.0f}{r.failed:7}"
        )
    typer.echo(_LEGEND)
    if any(row.failed for row in rows):
        typer.secho("Some answers were not right: nothing can be compared.", fg="red")
        raise typer.Exit(1)
    bare = next(r for r in rows if r.name == _YARDSTICK)
    for r in (r for r in rows if r.name.startswith("our")):
        typer.echo(
            f"{r.name} to {bare.name}: {r.per_second / bare.per_second:.2f} of its rate, "
            f"{r.p50_ms / bare.p50_ms:.2f} times its p50 (1 connection), "
            f"{r.cpu_us / bare.cpu_us:.2f} times its CPU."
        )
    found = {r.name: r for r in rows}
    if _PAIR in found and _MESSAGE in found:
        share = found[_MESSAGE].per_second / found[_PAIR].per_second
        typer.echo(f"{_MESSAGE} to {_PAIR}: {share:.2f} of their rate (wanted: 0.5).")


def tell_promises(kept: list[Promise]) -> None:
    """Print what is promised beside what was measured; a machine with other work breaks some."""
    typer.echo("")
    for p in kept:
        bound = f"{'at least' if p.at_least else 'under'} {p.below:g} {p.unit}"
        typer.secho(
            f"{p.name:44}{p.measured:9.2f} {p.unit:3}"
            f"promised: {bound}{'' if p.kept else '   NOT KEPT'}",
            fg=None if p.kept else "red",
        )
