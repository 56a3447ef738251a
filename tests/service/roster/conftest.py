"""The desks' process in which shifts are planned; Sunday is closed, nobody speaks English."""

from collections.abc import AsyncIterator

import pytest
from aiohttp.test_utils import TestClient, TestServer

from hotline.access.roles import Role
from hotline.audit.service import Audit
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.infra.memory import MemoryLive
from hotline.infra.metrics import Metrics
from hotline.infra.web.application import build_app
from hotline.infra.web.context import WebContext
from hotline.infra.web.templates import environment
from hotline.intake import hours
from hotline.kernel.clock import SystemClock
from hotline.line.reader import LineReader
from hotline.roster.wiring import room
from hotline.staff import store as staff_store
from hotline.staff.directory import Directory, sealed_identity
from tests.builders import ANA, BORIS, IGOR, VERA, an_actor
from tests.service.stage_records import ORIGIN, Browser, Doors

SAIDA = an_actor("saida", Role.SENIOR, languages=("uz",))
CAST = (ANA, BORIS, SAIDA, VERA, IGOR)
WEEK = {day: ["08:00-20:00"] for day in hours.WEEKDAYS} | {"sunday": []}
HOURS = hours.parse({"timezone": "Asia/Bishkek", "week": WEEK})


@pytest.fixture
def staff(db: Database, vault: Vault) -> Directory:
    return Directory(db, vault)


@pytest.fixture
async def browser(db: Database, vault: Vault, staff: Directory) -> AsyncIterator[Browser]:
    async with db.uow() as uow:
        for who in CAST:
            identity = {"login": who.name, "name": who.name.capitalize()}
            row = staff_store.NewRow(
                who.staff_id,
                vault.index("login", who.name),
                sealed_identity(vault, who.staff_id, identity),
                sorted(who.roles),
                list(who.languages),
                [],
                3,
                "browser",
                "ru",
                "-",
            )
            await staff_store.insert(uow, row)
    context = WebContext(
        origin=ORIGIN,
        texts=lambda lang, text_id, /, **_: f"{text_id}/{lang}",
        templates=environment(),
        metrics=Metrics(),
        sessions=Doors({actor.name: actor for actor in CAST}),
    )
    line = LineReader(HOURS, SystemClock())
    made = room(db, Audit(db, vault.audit_mac), staff, line, MemoryLive())
    app = build_app(made.console, context)
    async with TestClient(TestServer(app)) as client:
        yield Browser(client)
