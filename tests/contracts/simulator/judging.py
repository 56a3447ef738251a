"""Prism between the vendor's library and the simulator: the vendor's own file judges both."""

import contextlib
import json
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from hotline.cli.ports import free_port

_LOCKED: Final = Path(__file__).parent / "judge"
_HOME: Final = Path(sys.prefix) / "judge"
_FILE: Final = "@twilio/cli-core/src/services/twilio-api/twilio_api_v2010.json"
_FORM: Final = "application/x-www-form-urlencoded"
_INSTALL_S: Final = 300
_LOOKS: Final = 600
_LOOK_S: Final = 0.2
Json = dict[str, Any]


@dataclass(frozen=True)
class Judge:
    """Ask at `url`; the world that answers must listen on `upstream`."""

    url: str
    upstream: int


def missing() -> str:
    """Why there can be no judge on this machine; empty if there can."""
    if shutil.which("npm") and shutil.which("node"):
        return ""
    return "node and npm are needed to judge the simulator by the vendor's own file"


@contextlib.contextmanager
def sitting(folder: Path) -> Iterator[Judge]:
    """A judge for as long as the block lasts."""
    described = folder / "carrier.json"
    described.write_text(json.dumps(_mended(json.loads((_modules() / _FILE).read_text()))))
    port = free_port()
    judge = Judge(f"http://127.0.0.1:{port}", free_port())
    command = (
        *(str(_modules() / ".bin" / "prism"), "proxy", str(described)),
        *(f"http://127.0.0.1:{judge.upstream}", "--port", str(port), "--errors"),
    )
    said = folder / "prism.log"
    with (
        said.open("wb") as log,
        subprocess.Popen(command, stdout=log, stderr=log) as process,
    ):
        try:
            _until_open(port, process, said)
            yield judge
        finally:
            process.kill()


def _modules() -> Path:
    """Where the locked packages are, fetched when they are not there yet, or others."""
    lock = (_LOCKED / "package-lock.json").read_text()
    done = _HOME / "done"
    if not done.exists() or done.read_text() != lock:
        shutil.copytree(_LOCKED, _HOME, dirs_exist_ok=True)
        npm = shutil.which("npm") or "npm"
        quietly = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
        subprocess.run((npm, "ci", *quietly), cwd=_HOME, check=True, timeout=_INSTALL_S)
        done.write_text(lock)
    return _HOME / "node_modules"


def _until_open(port: int, process: subprocess.Popen[bytes], said: Path) -> None:
    for _ in range(_LOOKS):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_LOOK_S)
            break
    raise AssertionError(said.read_text()[-2000:])


def _mended(described: Json) -> Json:
    """The file with three mends: repeated keys of a form, and what its own examples break.

    Prism reads only the last of repeated keys, so one item must do for an array. The examples have
    relative addresses where it says `uri`, and no reason for the end of a room that goes on.
    """
    reason = described["components"]["schemas"]["conference_enum_reason_conference_ended"]
    reason |= {"nullable": True, "enum": [*reason["enum"], None]}
    for path in described["paths"].values():
        for operation in path.values():
            body = operation.get("requestBody", {}) if isinstance(operation, dict) else {}
            fields = body.get("content", {}).get(_FORM, {}).get("schema", {}).get("properties", {})
            for name, field in fields.items():
                if field.get("type") == "array":
                    fields[name] = {"oneOf": [field, field["items"]]}
    text = json.dumps(described)
    mended: Json = json.loads(text.replace('"format": "uri"', '"format": "uri-reference"'))
    return mended
