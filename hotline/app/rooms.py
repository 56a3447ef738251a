"""The list of rooms, by floor: adding one is a line here."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from bots.registry import BUILDERS, Builders
from hotline.app.chats import Chats, chats_of
from hotline.app.core import Core, callback_rules_of, core_of
from hotline.app.ground import Ground
from hotline.app.outside import Outside, outside_of
from hotline.app.recordings import recordings_of
from hotline.app.records import records_of
from hotline.app.voice import Voice, voice_of
from hotline.audit import wiring as audit_room
from hotline.callbacks import wiring as callbacks_room
from hotline.callbacks.agreeing import Agreements
from hotline.callbacks.gathering import Gathering
from hotline.callbacks.handlers import Handlers as CallbackHandlers
from hotline.callbacks.promises import Promises
from hotline.callbacks.views import Views as CallbackViews
from hotline.chat.ports import lively
from hotline.console import wiring as console_room
from hotline.console.assets import Assets
from hotline.console.handlers import Handlers as ConsoleHandlers
from hotline.console.live import Hub
from hotline.console.ports import SnapshotPart
from hotline.console.views import Views as ConsoleViews
from hotline.contacts import wiring as contacts_room
from hotline.contacts.handlers import Handlers as ContactHandlers
from hotline.contacts.linkviews import LinkViews
from hotline.contacts.model import CHANNELS
from hotline.contacts.views import Views as ContactViews
from hotline.infra.house import LiveBody, Room
from hotline.infra.web.websocket import Sockets
from hotline.intake import preview
from hotline.knowledge import wiring as knowledge_room
from hotline.knowledge.views import Views as KnowledgeViews
from hotline.line import wiring as line_room
from hotline.line.blocks import Blocks
from hotline.line.doors import QueueDesk
from hotline.line.doorviews import DoorViews
from hotline.line.floods import Floods
from hotline.line.service import LineDesk
from hotline.line.shut import Shut
from hotline.line.views import Views as LineViews
from hotline.roster import wiring as roster_room
from hotline.routing import wiring as routing_room
from hotline.routing.accounts import Accounts
from hotline.routing.desk import Desk
from hotline.routing.explaining import Explaining
from hotline.routing.handlers import Handlers as RoutingHandlers
from hotline.routing.jobs import Sweeps
from hotline.routing.numbers import Numbers
from hotline.routing.onshift import OnShift
from hotline.routing.ports import Connector
from hotline.routing.queueviews import QueueViews
from hotline.routing.views import Views as RoutingViews
from hotline.staff import wiring as staff_room
from hotline.staff.directory import Directory
from hotline.staff.service import Staff

TEMPLATES: Final = Path(__file__).parent.parent / "console" / "templates"


@dataclass(frozen=True)
class House:
    """All rooms of this installation, whatever role this process plays."""

    rooms: list[Room]
    staff: Staff
    sockets: Sockets
    outside: Outside
    templates: Path = TEMPLATES

    async def close(self) -> None:
        """Let go of what is neither the ground's nor a loop."""
        self.staff.close()
        await self.outside.close()


def build_house(ground: Ground, assets: Assets, builders: Builders = BUILDERS) -> House:
    """Build every room. Raises everything that would make a start senseless."""
    outside = outside_of(ground, builders)
    core = core_of(ground, outside)
    voice = voice_of(ground, outside, core)
    chats = chats_of(ground, outside, core, voice.skipped)
    desk = Desk(ground.db, core.contacts, voice.calls, chats.chat, chats.attention)
    recorded = recordings_of(ground, outside, core)
    heard = recorded.listening
    written = records_of(
        ground, outside, core, desk=desk, voice=voice, chats=chats, recordings=heard
    )
    sockets = Sockets(ground.tasks, ground.metrics)
    shut = Shut(ground.db, core.line, Directory(ground.db, ground.vault), ground.live)
    rooms = [
        staff_room.room(core.staff, core.phones),
        audit_room.room(core.audit, core.staff.names),
        _routing(ground, core, desk, voice, chats),
        _contacts(ground, core),
        _callbacks(ground, core, voice),
        _line(ground, core, shut),
        roster_room.room(ground.db, core.audit, core.staff, core.line, ground.live),
        knowledge_room.room(KnowledgeViews(core.library)),
        recorded.room,
        voice.room,
        *chats.rooms,
        *written.rooms,
    ]
    parts: list[SnapshotPart] = [desk, written.board, core.listening, shut]
    facts = _facts(ground, outside, core)
    rooms.append(_console(ground, core, assets, sockets, rooms=rooms, parts=parts, facts=facts))
    return House(rooms, core.staff, sockets, outside)


def _contacts(ground: Ground, core: Core) -> Room:
    handlers = ContactHandlers(ground.db, core.contacts, ground.live)
    return contacts_room.room(ContactViews(core.safe), LinkViews(core.links), handlers)


def _callbacks(ground: Ground, core: Core, voice: Voice) -> Room:
    db, vault, contacts, audit = ground.db, ground.vault, core.contacts, core.audit
    callbacks, heard, line = core.callbacks, core.listening, voice.calls
    promises = Promises(db, vault, contacts, callbacks, heard, audit, line)
    rules = callback_rules_of(ground.settings)
    agreements = Agreements(db, vault, contacts, core.safe, audit, rules, voice.skipped)
    views = CallbackViews(promises, agreements, heard)
    gathering = Gathering(db, contacts, core.routing, callbacks, line)
    handlers = CallbackHandlers(db, callbacks, core.messages, gathering, ground.live)
    return callbacks_room.room(handlers, callbacks, gathering, core.messages, heard, line, views)


def _line(ground: Ground, core: Core, shut: Shut) -> Room:
    topics = core.form.intake_topics
    desk = LineDesk(ground.db, ground.vault, core.audit, core.line, topics)
    blocks = Blocks(ground.db, ground.vault, core.audit, core.contacts, core.line)
    floods = Floods(ground.db, ground.vault, core.audit, core.line)
    words = partial(preview.words, core.flows, ground.texts)
    queues = QueueDesk(ground.db, desk, core.line, Directory(ground.db, ground.vault), words)
    return line_room.room(LineViews(desk, blocks, floods), DoorViews(queues), floods, shut)


def _routing(ground: Ground, core: Core, desk: Desk, voice: Voice, chats: Chats) -> Room:
    connectors: dict[str, Connector] = {"call": voice.connector, "chat": chats.connector}
    handlers = RoutingHandlers(
        ground.db,
        core.contacts,
        core.routing,
        ground.live,
        connectors,
        core.shifts,
        core.colleagues,
    )
    accounts = Accounts(ground.db, core.staff, core.routing, core.shifts)
    sweeps = Sweeps(core.routing, core.shifts, ground.heartbeats)
    numbers = Numbers(ground.db, core.contacts, ground.metrics)
    on_shift = OnShift(ground.db, core.staff)
    views = RoutingViews(ground.db, core.routing, core.shifts, desk, on_shift, core.endings)
    queue_views = QueueViews(ground.db, core.picking, core.colleagues, desk)
    return routing_room.room(
        routing_room.Parts(
            views,
            queue_views,
            handlers,
            accounts,
            sweeps,
            desk,
            core.endings,
            numbers,
            Explaining(ground.db),
        )
    )


def _console(
    ground: Ground,
    core: Core,
    assets: Assets,
    sockets: Sockets,
    *,
    rooms: list[Room],
    parts: list[SnapshotPart],
    facts: dict[str, object],
) -> Room:
    bodies: dict[str, LiveBody] = {}
    for room in rooms:
        bodies |= room.live_bodies
    hub = Hub(ground.live, ground.heartbeats, core.staff, ground.clock, bodies, build=assets.tree)
    views = ConsoleViews(
        ground.db,
        hub,
        sockets,
        assets,
        parts,
        facts,
        draft_key=lambda staff_id: ground.vault.index("draft", str(staff_id)),
    )
    return console_room.room(views, hub, ConsoleHandlers(ground.live))


def _facts(ground: Ground, outside: Outside, core: Core) -> dict[str, object]:
    """What every page is told of this installation."""
    page = ground.settings.chats
    others = [m.channel.name for m in outside.messengers]
    carrying = sorted(m.channel.name for m in outside.messengers if m.channel.files is not None)
    return {
        "form_hash": core.form.version,
        "phone_modes": list(ground.settings.phone.modes),
        "channels": list(dict.fromkeys((*CHANNELS, *others))),
        "file_channels": carrying,
        "lively_channels": sorted(m.channel.name for m in outside.messengers if lively(m.channel)),
        "verify_after_min": page.verify_after_min,
        "chat": {"amber_s": page.amber_s, "red_s": page.red_s},
    }
