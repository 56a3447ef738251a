"""The whole service as a process of its own, and the world outside: where scripted people play."""

import asyncio
import contextlib
import os
import secrets
import sys
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from hotline.access.roles import Role
from hotline.app.core import intake_topics, staff_of
from hotline.app.ground import Ground, ground_of, urls_of
from hotline.cli.demo import world_config
from hotline.cli.ports import answers, free_port
from hotline.cli.shared import settings_of
from hotline.infra.embedded import Servers
from hotline.kernel.languages import LANGS
from hotline.kernel.secret import Secret
from hotline.migrations.upgrade import upgrade
from hotline.simulator import World
from hotline.staff.model import NewMember, Work

# Doubled four times, this outlasts a restart on a slow machine: later reports are lost, and a call
# that nobody reported is asked about only minutes later.
_RETRY_S: Final = 1.0
# What the carrier itself reads out when the service does not answer: the person dials again.
AWAY_BIN: Final = "/bins/away"
_AWAY_TWIML: Final = (
    '<Response><Say language="ru-RU">Извините, у нас неполадка. Пожалуйста, перезвоните.</Say>'
    "<Hangup/></Response>"
)
_TOKEN_BEFORE: Final = "insecure-simulator-token-before-000"  # noqa: S105 - guards nothing


@dataclass
class Stage:
    """One run: the world outside, the service as a process of its own, and who plays."""

    servers: Servers
    folder: Path
    base_url: str
    port: int
    world: World
    restarts: int = 0
    process: asyncio.subprocess.Process | None = None
    passwords: dict[str, str] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def webhook_secret(self) -> str:
        """What Telegram proves itself with."""
        return settings_of("demo").telegram.webhook_secret.reveal()

    @property
    def log(self) -> Path:
        """What the service said."""
        return self.folder / "service.log"

    async def start(self) -> None:
        """Start the service and wait until it answers."""
        environ = {
            "PATH": os.defpath,
            "HOTLINE__PUBLIC_BASE_URL": self.base_url,
            "HOTLINE__SERVER__PORT": str(self.port),
            "HOTLINE__DATABASE__URL": self.servers.database_url,
            "HOTLINE__REDIS__URL": self.servers.redis_url,
            "HOTLINE__DATA_DIR": str(self.folder),
            "HOTLINE__CARRIER__API_BASE_URL": self.world.url,
            "HOTLINE__TELEGRAM__API_BASE_URL": self.world.url,
            # People made by the thousand have numbers in a row, and some call again and again.
            "HOTLINE__FLOODS__PER_NUMBER": "0",
            "HOTLINE__FLOODS__PER_PREFIX": "0",
            "HOTLINE__LOG__LEVEL": "warning",
            "HOTLINE__LOG__FORMAT": "json",
            **self.settings,
        }
        arguments = ("-m", "hotline", "serve", "--role", "all", "--profile", "demo")
        path = self.log
        with path.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, *arguments, env=environ, stdout=log, stderr=log
            )
        await answers(self.port, self.process, path)

    async def kill(self) -> None:
        """SIGKILL, and start again."""
        if self.process is not None:
            self.process.kill()
            await self.process.wait()
        self.restarts += 1
        await self.start()

    async def stop(self) -> None:
        """The ordinary end."""
        if self.process is not None and self.process.returncode is None:
            self.process.terminate()
            await self.process.wait()


@contextlib.asynccontextmanager
async def stage_on(
    servers: Servers,
    folder: Path,
    factor: float,
    operators: int,
    settings: Mapping[str, str] | None = None,
    *,
    kept: int = 50_000,
) -> AsyncIterator[Stage]:
    """Put up the world and the service, which takes over what the carrier's token was before.

    The world remembers ``kept`` calls, and what happened in them, at least while they go on.
    """
    port = free_port()
    base_url = f"http://127.0.0.1:{port}"
    page = settings_of("demo").model_copy(update={"public_base_url": base_url, "data_dir": folder})
    config = world_config(page, factor=factor, port=0)
    config = replace(
        config,
        bins={"away": _AWAY_TWIML},
        retry_pause_s=_RETRY_S,
        old_auth_token=_TOKEN_BEFORE,
        calls_kept=kept,
        journal_kept=kept * 4,
    )
    changed = {"HOTLINE__CARRIER__AUTH_TOKEN_SECONDARY": _TOKEN_BEFORE} | dict(settings or {})
    async with World(config).running() as world:
        world.point_at(voice_fallback_url=world.url + AWAY_BIN)
        stage = Stage(servers, folder, base_url, port, world, settings=changed)
        urls = urls_of(page, servers)
        assert urls is not None  # noqa: S101 - embedded servers fill every gap
        base = ground_of(page, urls)
        try:
            await upgrade(base.db.engine)
            stage.passwords = await _staff(base, operators)
        finally:
            await base.close()
        try:
            await stage.start()
            yield stage
        finally:
            await stage.stop()


async def _staff(base: Ground, operators: int) -> dict[str, str]:
    """Fresh accounts with fresh passwords: the operators, and one supervisor who reads."""
    staff = staff_of(base)
    topics = await intake_topics(base.settings)
    work = Work(languages=LANGS, skills=topics, expert=topics)
    roles = {"reader": Role.SUPERVISOR} | {f"operator{n}": Role.OPERATOR for n in range(operators)}
    passwords = {login: secrets.token_urlsafe(16) for login in roles}
    try:
        for login, role in roles.items():
            secret = Secret(passwords[login])
            new = NewMember(login, login, secret, frozenset({role}), work)
            await staff.add(None, new)
    finally:
        staff.close()
    return passwords
