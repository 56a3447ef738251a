"""The desks' process, in which the line is set."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from aiohttp.test_utils import TestClient, TestServer

from hotline.audit.service import Audit
from hotline.contacts.service import Contacts
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.infra.memory import MemoryLive
from hotline.infra.metrics import Metrics
from hotline.infra.web.application import build_app
from hotline.infra.web.context import WebContext
from hotline.infra.web.templates import environment
from hotline.intake.hours import always
from hotline.intake.queues import Door, Queue, Queues
from hotline.kernel.clock import ManualClock
from hotline.kernel.languages import LANGS
from hotline.line.blocks import Blocks
from hotline.line.doors import QueueDesk
from hotline.line.doorviews import DoorViews
from hotline.line.floods import Floods
from hotline.line.reader import LineReader
from hotline.line.service import LineDesk
from hotline.line.shut import Shut
from hotline.line.views import Views
from hotline.line.wiring import room
from hotline.routing.counts import QueueCounts
from hotline.staff.directory import Directory
from tests.builders import ANA, IGOR, VERA
from tests.service.stage_records import ORIGIN, Browser, Doors

TOPICS = ("abroad", "documents")


@pytest.fixture
def hand() -> ManualClock:
    return ManualClock(datetime(2026, 11, 26, tzinfo=UTC))


CALLS = Queue("calls", dict.fromkeys(LANGS, "Calls"), kinds=frozenset({"call"}), waiting_over=1)
REST = Queue("rest", dict.fromkeys(LANGS, "Rest"))


@pytest.fixture
def reader(hand: ManualClock) -> LineReader:
    return LineReader(always(), hand, queues=Queues((CALLS, REST)), counts=QueueCounts())


def words(queue: Queue, door: Door) -> dict[str, dict[str, str]]:
    return {"voice": dict.fromkeys(LANGS, f"{queue.id} {door}")}


@pytest.fixture
async def browser(db: Database, vault: Vault, reader: LineReader) -> AsyncIterator[Browser]:
    """The desks' process: `reader` is its own."""
    desk = LineDesk(db, vault, Audit(db, vault.audit_mac), reader, TOPICS)
    context = WebContext(
        origin=ORIGIN,
        texts=lambda lang, text_id, /, **_: f"{text_id}/{lang}",
        templates=environment(),
        metrics=Metrics(),
        sessions=Doors({actor.name: actor for actor in (ANA, IGOR, VERA)}),
    )
    blocks = Blocks(db, vault, Audit(db, vault.audit_mac), Contacts(vault), reader)
    floods = Floods(db, vault, Audit(db, vault.audit_mac), reader)
    shut = Shut(db, reader, Directory(db, vault), MemoryLive())
    doors = DoorViews(QueueDesk(db, desk, reader, Directory(db, vault), words))
    app = build_app(room(Views(desk, blocks, floods), doors, floods, shut).console, context)
    async with TestClient(TestServer(app)) as client:
        yield Browser(client)
