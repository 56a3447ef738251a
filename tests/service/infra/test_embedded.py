"""The embedded servers start, come back, heal, and leave nothing running."""

import os
import select
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import pytest
from redis.asyncio import Redis

from hotline.infra import embedded, postgres_home

WAIT_S = 20
NOBODY = 65534
STARTER = """
import sys
from pathlib import Path
from hotline.infra.embedded import Embedded
servers = Embedded(Path(sys.argv[1]), fast=True)
print(servers.start().database_url, flush=True)
sys.stdin.read()
servers.stop()
"""


@contextmanager
def another_program(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A second program that has started the servers of the folder and now waits."""
    with subprocess.Popen(
        [sys.executable, "-c", STARTER, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline().startswith("postgresql://")
        yield program
        program.kill()


def processes_of(folder: Path) -> list[str]:
    """Command lines of what runs and names the folder."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = entry.read_bytes().decode(errors="replace")
        except OSError:
            continue
        if str(folder) in line:
            found.append(line)
    return found


def postgres_pid(folder: Path) -> int:
    return int((folder / "postgres" / "postmaster.pid").read_text("utf-8").splitlines()[0])


def wait_for_end(pid: int) -> None:
    """Return when a process that is not our child has ended."""
    handle = os.pidfd_open(pid)
    try:
        assert select.select([handle], [], [], WAIT_S)[0], "it still runs"
    finally:
        os.close(handle)


async def remember(servers: embedded.Servers, text: str) -> None:
    line = await asyncpg.connect(servers.database_url)
    await line.execute("CREATE TABLE IF NOT EXISTS memory (text text)")
    await line.execute("INSERT INTO memory VALUES ($1)", text)
    await line.close()


async def remembered(servers: embedded.Servers) -> list[str]:
    line = await asyncpg.connect(servers.database_url)
    rows = await line.fetch("SELECT text FROM memory ORDER BY text")
    await line.close()
    return [row["text"] for row in rows]


async def test_data_stay_over_a_restart_and_nothing_runs_after_the_end(tmp_path: Path) -> None:
    async with embedded.running(tmp_path, fast=True) as servers:
        await remember(servers, "kept")
        redis = Redis.from_url(servers.redis_url)
        await redis.set("key", "value")
        assert await redis.get("key") == b"value"
        await redis.aclose()
    assert processes_of(tmp_path) == []

    async with embedded.running(tmp_path, fast=True) as servers:
        assert await remembered(servers) == ["kept"]
        redis = Redis.from_url(servers.redis_url)
        assert await redis.get("key") is None
        await redis.aclose()


async def test_an_exception_in_the_block_stops_the_servers(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        async with embedded.running(tmp_path, fast=True):
            raise ZeroDivisionError
    assert processes_of(tmp_path) == []


async def test_the_role_is_no_superuser_and_may_make_databases(tmp_path: Path) -> None:
    async with embedded.running(tmp_path, fast=True) as servers:
        line = await asyncpg.connect(servers.database_url)
        row = await line.fetchrow(
            "SELECT rolsuper, rolcreatedb, current_setting('server_encoding') AS encoding,"
            " current_setting('TimeZone') AS zone FROM pg_roles WHERE rolname = current_user"
        )
        await line.close()
    assert row is not None
    assert dict(row) == {"rolsuper": False, "rolcreatedb": True, "encoding": "UTF8", "zone": "UTC"}


@pytest.mark.skipif(sys.platform != "linux", reason="needs pidfd")
async def test_servers_end_with_a_program_that_is_killed(tmp_path: Path) -> None:
    with another_program(tmp_path) as program:
        postgres = postgres_pid(tmp_path)
        program.send_signal(signal.SIGKILL)
        wait_for_end(postgres)

    async with embedded.running(tmp_path, fast=True) as servers:
        await remember(servers, "after the kill")
        assert await remembered(servers) == ["after the kill"]


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
async def test_servers_left_behind_are_replaced(tmp_path: Path) -> None:
    with another_program(tmp_path) as program:
        left = postgres_pid(tmp_path)
        # The watchdogs, which would tidy up, are killed together with the program.
        for watchdog in children(program.pid):
            if "read -r" in watchdog[1]:
                os.kill(watchdog[0], signal.SIGKILL)
        program.kill()
    assert any("postgres" in line for line in processes_of(tmp_path))

    async with embedded.running(tmp_path, fast=True) as servers:
        await remember(servers, "in the new one")
        assert postgres_pid(tmp_path) != left
    assert processes_of(tmp_path) == []


def children(parent: int) -> list[tuple[int, str]]:
    listed = Path(f"/proc/{parent}/task/{parent}/children").read_text("ascii").split()
    return [(int(p), Path(f"/proc/{p}/cmdline").read_text("utf-8")) for p in listed]


async def test_a_killed_postgres_heals(tmp_path: Path) -> None:
    first = embedded.Embedded(tmp_path)  # safe, not fast: what was committed must be there
    servers = first.start()
    await remember(servers, "written before")
    os.kill(postgres_pid(tmp_path), signal.SIGKILL)
    first.stop()
    assert (tmp_path / "postgres" / "postmaster.pid").exists()

    async with embedded.running(tmp_path, fast=True) as servers:
        assert await remembered(servers) == ["written before"]


async def test_a_lock_file_with_the_number_of_another_program_is_stale(tmp_path: Path) -> None:
    async with embedded.running(tmp_path, fast=True):
        was = (tmp_path / "postgres" / "postmaster.pid").read_text("utf-8").splitlines()
    stale = "\n".join([str(os.getpid()), *was[1:]]) + "\n"
    (tmp_path / "postgres" / "postmaster.pid").write_text(stale, "utf-8")

    async with embedded.running(tmp_path, fast=True) as servers:
        await remember(servers, "started")
        assert await remembered(servers) == ["started"]


async def test_a_start_that_was_cut_short_is_begun_again(tmp_path: Path) -> None:
    half_made = tmp_path / "postgres.new"
    half_made.mkdir()
    (half_made / "PG_VERSION").write_text("18", "utf-8")

    async with embedded.running(tmp_path, fast=True) as servers:
        await remember(servers, "complete")
    assert not half_made.exists()


async def test_a_second_program_uses_the_servers_of_the_first(tmp_path: Path) -> None:
    with another_program(tmp_path):
        first = postgres_pid(tmp_path)
        async with embedded.running(tmp_path, fast=True) as servers:
            await remember(servers, "shared")
        assert postgres_pid(tmp_path) == first
        second = embedded.Embedded(tmp_path, fast=True)
        assert await remembered(second.start()) == ["shared"]
        second.stop()


async def test_a_long_path_gets_a_short_socket(tmp_path: Path) -> None:
    deep = tmp_path / ("long" * 25)
    async with embedded.running(deep, fast=True) as servers:
        await remember(servers, "reached")
        sockets = Path(servers.redis_url.removeprefix("unix://")).parent
        assert sockets.stat().st_mode & 0o077 == 0
        assert len(str(sockets)) < 60
    shutil.rmtree(sockets)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another user")
async def test_root_without_namespaces_runs_postgres_as_nobody(tmp_path: Path) -> None:
    servers = embedded.Embedded(tmp_path, fast=True, namespace=False)
    await remember(servers.start(), "before")
    servers.stop()

    again = servers.start()
    base = Path(again.redis_url.removeprefix("unix://")).parents[1]
    try:
        assert await remembered(again) == ["before"]
        assert owner_of(base) == NOBODY
        assert owner_of(Path(f"/proc/{postgres_pid(base)}")) == NOBODY
    finally:
        servers.stop()
        shutil.rmtree(base)


def owner_of(place: Path) -> int:
    return place.stat().st_uid


def test_start_and_stop_may_come_from_different_threads(tmp_path: Path) -> None:
    servers = embedded.Embedded(tmp_path, fast=True)
    starter = threading.Thread(target=servers.start)
    starter.start()
    starter.join()
    assert processes_of(tmp_path) != []
    servers.stop()
    servers.stop()
    assert processes_of(tmp_path) == []


def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    servers = embedded.Embedded(tmp_path, fast=True)
    servers.start()
    servers.stop()
    (tmp_path / "postgres" / "postgresql.conf").write_text("no_such_setting = 1\n", "utf-8")

    with pytest.raises(postgres_home.ServersError, match="no_such_setting"):
        servers.start()
    assert processes_of(tmp_path) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_folder_of_somebody_else_is_not_trusted(tmp_path: Path) -> None:
    foreign = tmp_path / "run"
    foreign.mkdir()
    os.chown(foreign, 12345, 12345)
    with pytest.raises(postgres_home.ServersError, match="belongs to somebody else"):
        postgres_home.private(foreign)
