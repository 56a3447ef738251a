"""The roles as processes of their own: what one takes in, another works on and a third shows."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from hotline.app.ground import Urls
from hotline.app.run import Role
from hotline.cli.demo import RETRIES
from hotline.cli.ports import answers, free_port
from hotline.infra.db import Database
from hotline.infra.embedded import Servers
from tests.afterwards import all_is_well
from tests.desk import Desk
from tests.founding import town_in
from tests.town import COMPLETE, Town

pytestmark = pytest.mark.timeout(150)
CALLER = "+996555123456"
CHATTER = 7_001_189
TOPIC = "prep.agency_check"


@pytest.fixture
def urls(db: Database, servers: Servers) -> Urls:
    """What all processes share; override it to put something in between."""
    return Urls(db.url, servers.redis_url)


@pytest.fixture
async def town(db: Database, urls: Urls, tmp_path: Path) -> AsyncIterator[Town]:
    """The console here, and a process each for edge and work; their logs are looked over too."""
    async with town_in(tmp_path, urls, db, role=Role.CONSOLE) as made:
        port = free_port()
        edge = f"http://127.0.0.1:{port}"
        async with AsyncExitStack() as others:
            for role, at in ((Role.EDGE, port), (Role.WORK, free_port())):
                environ = _environ(made, urls, tmp_path) | {
                    "HOTLINE__PUBLIC_BASE_URL": edge,
                    "HOTLINE__SERVER__PORT": str(at),
                }
                await others.enter_async_context(_serving(role, environ, at, _log(tmp_path, role)))
            made.world.point_at(
                voice_url=f"{edge}/voice/in{RETRIES}",
                status_callback=f"{edge}/voice/status{RETRIES}",
                sms_url=f"{edge}/sms/in{RETRIES}",
                app_voice_url=f"{edge}/voice/op{RETRIES}",
            )
            yield made
            for role in (Role.EDGE, Role.WORK):
                made.logged.write(_log(tmp_path, role).read_text())
            await all_is_well(made)


def _log(folder: Path, role: Role) -> Path:
    return folder / f"{role.value}.log"


def _environ(town: Town, urls: Urls, folder: Path) -> dict[str, str]:
    return {
        "PATH": os.defpath,
        "HOTLINE_PROFILE": "test",
        "HOTLINE__DATABASE__URL": urls.database,
        "HOTLINE__REDIS__URL": urls.redis,
        "HOTLINE__DATA_DIR": str(folder),
        "HOTLINE__CARRIER__API_BASE_URL": town.world.url,
        "HOTLINE__TELEGRAM__API_BASE_URL": town.world.url,
        "HOTLINE__ROUTING__GRACE_S": "60",
        "HOTLINE__ROUTING__OFFER_S": "120",
        "HOTLINE__LOG__LEVEL": "debug",
        "HOTLINE__LOG__FORMAT": "json",
    }


@asynccontextmanager
async def _serving(
    role: Role, environ: dict[str, str], port: int, path: Path
) -> AsyncIterator[None]:
    """A process; afterwards it has ended in good order."""
    with path.open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "hotline", "serve", "--role", role.value),
            env=environ,
            stdout=log,
            stderr=log,
        )
    try:
        await answers(port, process, path)
        yield
    finally:
        if process.returncode is None:
            process.terminate()
        code = await process.wait()
    assert code == 0, path


async def test_a_call_and_a_chat_pass_through_three_processes(town: Town) -> None:
    ana = await town.on_shift("ana")
    async with ana.live() as live:
        caller = await town.caller(CALLER)
        await live.wait("call.offer")
        card = await town.talking(ana, caller)
        await ana.post(f"/api/calls/{card['id']}/hangup")
        await caller.wait_ended()
        await _recorded(town, ana, card["id"])

        person = town.world.telegram_person(CHATTER, language_code="ru")
        await person.start()
        await person.wait_for("Здравствуйте! На каком языке")
        await person.press("Русский")
        await person.text("Как проверить фирму, которая зовёт на работу?")
        await live.wait("chat.offer")
        contact = await town.chatting(ana)
        sent = await town.write(ana, contact, "Посмотрите в реестре.")
        await person.wait_for("Посмотрите в реестре.")
        await town.message(ana, sent, "sent")
        await ana.post(f"/api/chats/{contact}/close")
        await _recorded(town, ana, contact)


async def _recorded(town: Town, desk: Desk, contact: str) -> None:
    """The record is written and finished; the contact is over, the operator free again."""
    await town.card(desk, contact, "wrap_up")
    await desk.record(contact, COMPLETE | {"topic": TOPIC})
    await desk.post(f"/api/contacts/{contact}/finish")
    await town.over(contact, "answered")
    await town.presence(desk, "available")
