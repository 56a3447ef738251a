"""What a person types: good words, exit codes, never a traceback for a mistake of theirs."""

import asyncio
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from hotline.infra.db import Database
from hotline.infra.embedded import Servers
from hotline.staff.events import SessionsEnded, StaffDisabled

PASSWORD = "saffron-window-35-moth"


@dataclass(frozen=True)
class Said:
    """How a command ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def environ(db: Database, servers: Servers, tmp_path: Path) -> dict[str, str]:
    return {
        "PATH": "/usr/bin:/bin",
        "HOTLINE_PROFILE": "test",
        "HOTLINE__DATABASE__URL": db.url,
        "HOTLINE__REDIS__URL": servers.redis_url,
        "HOTLINE__DATA_DIR": str(tmp_path),
        "HOTLINE__LOG__LEVEL": "error",
    }


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


async def test_every_command_explains_itself(environ: dict[str, str]) -> None:
    said = await hotline(environ, "--help")
    commands = ("serve", "db", "staff", "flows", "doctor", "demo", "simulate", "bench")
    assert said.code == 0
    assert all(command in said.out for command in commands)


async def test_flows_are_sound(environ: dict[str, str]) -> None:
    assert (await hotline(environ, "flows", "check")).code == 0


async def test_all_wrong_settings_are_named_at_once(environ: dict[str, str]) -> None:
    wrong = {"HOTLINE__SERVER__PORT": "99999", "HOTLINE__NO__SUCH": "1"}
    said = await hotline(environ | wrong, "db", "migrate")
    assert said.code == 2
    assert "server.port" in said.err
    assert "HOTLINE__NO__SUCH" in said.err


async def test_accounts_are_opened_listed_and_closed(environ: dict[str, str]) -> None:
    add = ("staff", "add", "zarina", "--name", "Зарина", "--role", "operator", "--language", "ky")
    opened = await hotline(environ, *add, given=f"{PASSWORD}\n{PASSWORD}\n")
    assert opened.code == 0, opened.err
    assert PASSWORD not in opened.out + opened.err
    listed = await hotline(environ, "staff", "list")
    assert "zarina" in listed.out
    assert (await hotline(environ, "staff", "disable", "zarina")).code == 0
    assert "disabled" in (await hotline(environ, "staff", "list")).out


async def test_closing_an_account_is_told_to_the_running_roles(
    db: Database, environ: dict[str, str]
) -> None:
    add = ("staff", "add", "zarina", "--name", "Зарина", "--role", "auditor")
    assert (await hotline(environ, *add, given=f"{PASSWORD}\n{PASSWORD}\n")).code == 0
    assert (await hotline(environ, "staff", "disable", "zarina")).code == 0

    async with db.reads() as uow:
        rows = await uow.fetch("select payload->>'name' as name from job where kind = 'event'")
    told = {row["name"] for row in rows}
    assert {StaffDisabled.name, SessionsEnded.name} <= told


async def test_a_mistake_is_told_in_words(environ: dict[str, str]) -> None:
    said = await hotline(environ, "staff", "disable", "nobody")
    assert said.code == 2
    assert "nobody" in said.err
    weak = ("staff", "add", "x", "--name", "X", "--role", "operator")
    said = await hotline(environ, *weak, given="short\nshort\n")
    assert said.code == 2


async def test_a_port_in_use_names_the_setting(environ: dict[str, str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        said = await hotline(
            environ | {"HOTLINE__SERVER__PORT": port}, "serve", "--role", "console"
        )
    assert said.code == 2
    assert "server.port" in said.err


async def test_the_doctor_says_what_is_wrong(environ: dict[str, str]) -> None:
    nobody = {"HOTLINE__CARRIER__API_BASE_URL": "http://127.0.0.1:9"}
    said = await hotline(environ | nobody, "doctor")
    assert said.code == 1
    assert "carrier" in said.out
    assert "redis" in said.out
