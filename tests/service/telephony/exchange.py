"""The telephone with everything below it on the real database, a carrier in memory, short verbs."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from hotline.access.model import Actor
from hotline.audit.service import Audit
from hotline.carrier import capabilities
from hotline.carrier.capabilities import Capabilities, Dialect
from hotline.carrier.gate import Gate
from hotline.carrier.memory import MemoryCarrier
from hotline.carrier.ports import Carrier, Wish
from hotline.carrier.signature import Signature
from hotline.contacts.model import Contact
from hotline.contacts.service import Contacts
from hotline.infra.bus import Bus
from hotline.infra.crypto import Vault
from hotline.infra.db import Database, Uow
from hotline.infra.memory import MemoryHeartbeats, MemoryLive
from hotline.infra.metrics import Metrics
from hotline.intake.flows import Flows
from hotline.intake.hours import Hours, always
from hotline.kernel.clock import SystemClock
from hotline.kernel.secret import Secret
from hotline.line.reader import LineReader
from hotline.recordings.service import Recordings
from hotline.routing import store as routing_store
from hotline.routing import wiring as routing_wiring
from hotline.routing.accounts import Accounts
from hotline.routing.colleagues import Colleagues
from hotline.routing.desk import Desk
from hotline.routing.endings import Endings
from hotline.routing.explaining import Explaining
from hotline.routing.handlers import Handlers as RoutingHandlers
from hotline.routing.jobs import Sweeps
from hotline.routing.matching import Relaxing
from hotline.routing.model import PHONE_MODES
from hotline.routing.numbers import Numbers as RoutingNumbers
from hotline.routing.onshift import OnShift
from hotline.routing.picking import Picking
from hotline.routing.ports import Connector
from hotline.routing.queueviews import QueueViews
from hotline.routing.service import Routing, Rules
from hotline.routing.shifts import Shifts
from hotline.routing.views import Views as RoutingViews
from hotline.staff.directory import Directory
from hotline.staff.phones import PhoneRules, Phones
from hotline.telephony import store, wiring
from hotline.telephony.callingback import CallingBack
from hotline.telephony.calls import Calls
from hotline.telephony.company import Company
from hotline.telephony.connector import CallConnector
from hotline.telephony.crowds import Caps, Crowds
from hotline.telephony.deskphones import DeskPhones
from hotline.telephony.dialing import Numbers, Partners
from hotline.telephony.documents import Documents
from hotline.telephony.entrance import Entrance
from hotline.telephony.handlers import FloodHandlers, Handlers
from hotline.telephony.hearing import Around
from hotline.telephony.jobs import Jobs
from hotline.telephony.lines import Lines, Outside
from hotline.telephony.missedcalls import MissedCalls
from hotline.telephony.model import Leg, Role, Room, Timing
from hotline.telephony.parties import Parties
from hotline.telephony.prompts import Prompts
from hotline.telephony.questions import Instead, Questions, refusals
from hotline.telephony.reconciler import Reconciler
from hotline.telephony.rooms import Rooms
from hotline.telephony.service import Telephony
from hotline.telephony.talks import Means, Talks
from hotline.telephony.talkviews import TalkViews
from hotline.telephony.tuner import Tuner
from hotline.telephony.views import Views, Webhooks
from hotline.telephony.watching import Watching
from tests.builders import ANA
from tests.service.telephony.document import BASE
from tests.service.telephony.promised import MISSED_LINE, Promising
from tests.service.telephony.speaking import Speaking
from tests.service.telephony.worker import Worker
from tests.unit.intake.flowing import shipped_flows

SIMULATOR = "http://127.0.0.1:8190"
PARTNERS = Partners.load(Path(__file__).resolve().parents[3] / "config")
TOKEN = Secret("the-carrier-and-we-know-this-token")
ACCOUNT = "AC00000000000000000000000000000189"
SHUT = Hours(ZoneInfo("Asia/Bishkek"), ((),) * 7, {})
PROMPTS = Prompts.load()
# Nobody asks for a language or a topic.
RULES = Rules(timedelta(seconds=20), Relaxing((), frozenset(), frozenset()))


def phones_of(db: Database, vault: Vault, able: Capabilities) -> Phones:
    """The telephones of staff themselves, where the carrier can do this much."""
    rules = PhoneRules(("+996",), numbers=able.asks_first)
    return Phones(db, vault, Audit(db, vault.audit_mac), rules)


class NoUnread:
    """The chat side, where nobody writes."""

    async def unread(self, _uow: Uow, _contact_ids: Sequence[UUID]) -> dict[Any, int]:
        return {}

    async def chat_states(self, _uow: Uow, _contact_ids: Sequence[UUID]) -> dict[Any, Any]:
        return {}


class Exchange(Speaking, Promising, Worker):
    """One process's worth of telephone and routing. `dialect` says whose manners apply."""

    caps = Caps()

    def __init__(
        self,
        db: Database,
        vault: Vault,
        dialect: Dialect = "twilio",
        *,
        hours: Hours | None = None,
        outside: Carrier | None = None,
        base: str = BASE,
        timing: Timing | None = None,
    ) -> None:
        self.db = db
        self.staff, self.live = Directory(db, vault), MemoryLive()
        self.carrier = MemoryCarrier(SystemClock())
        carrier = outside or self.carrier
        self.contacts = Contacts(vault)
        able = capabilities.of(dialect)
        self.audit = Audit(db, vault.audit_mac)
        self.routing = Routing(db, self.contacts, self.audit, RULES)
        self.phones = phones_of(db, vault, able)
        self.shifts = Shifts(
            db, self.contacts, self.routing, self.phones, RULES, phone_modes=PHONE_MODES
        )
        flows = Flows(shipped_flows().by_channel, hours or always())
        self.line = LineReader(flows.hours, SystemClock(), None if able.records else "carrier")
        self._promise(vault, carrier)
        self.documents = Documents(base, PROMPTS, able)
        turns = timedelta(seconds=able.two_turns_s)
        timing = timing or Timing(silent_waiting=turns, two_turns=turns)
        company = Company(self.contacts, timing)
        ends = refusals(flows.voice)
        self.rooms = Rooms(db, self.contacts, company, able, timing, self.callbacks, ends=ends)
        self.crowds = Crowds(self.line, self.caps)
        self.entrance = Entrance(db, self.contacts, self.rooms, self.documents, self.staff)
        around = self._around(flows, able, timing)
        self.telephony = Telephony(db, self.contacts, self.routing, self.rooms, around)
        beyond = Outside(carrier, "+996312000189", self.documents, self.phones, "+996312000500")
        self.lines = Lines(db, self.rooms, beyond, timing)
        self.colleagues = Colleagues(db, self.contacts, self.routing, RULES, self.staff)
        self._company(company, able, beyond, timing, vault)
        self._open_gate(base, able)
        self._subscribe()
        self._keys, self._sequence, self._people = count(1), count(1), count(1)

    def _around(self, flows: Flows, able: Capabilities, timing: Timing) -> Around:
        instead = Instead(self.callbacks, self.messages)
        self.questions = questions = Questions(
            self.contacts,
            self.routing,
            flows,
            self.documents,
            self.line,
            instead,
            self.crowds,
        )
        missed = MissedCalls(
            self.db,
            self.contacts,
            self.routing,
            self.callbacks,
            questions,
            self.documents,
            [MISSED_LINE],
        )
        return Around(
            questions,
            self.documents,
            able,
            timing,
            self.entrance,
            self.phones,
            instead,
            missed,
            self.crowds,
        )

    def _open_gate(self, base: str, able: Capabilities) -> None:
        signature = Signature(base, [TOKEN], header=able.signature_header)
        self.refused = 0
        gate = Gate(signature, ACCOUNT, self._refuse)
        self.outcomes: list[str] = []
        self.webhooks = Webhooks(
            self.telephony, self.entrance, self.rooms, self.documents, gate, self.outcomes.append
        )

    def _company(
        self,
        company: Company,
        able: Capabilities,
        beyond: Outside,
        timing: Timing,
        vault: Vault,
    ) -> None:
        """The parts about everybody beside caller and operator."""
        db, rooms, numbers = self.db, self.rooms, Numbers(PARTNERS, vault)
        means = Means(self.routing, self.colleagues, numbers, able, ("labour", "wages"))
        self.talks = Talks(db, self.contacts, rooms, company, means)
        self.watching = Watching(db, self.contacts, rooms, company, self.routing, self.audit, able)
        self.recordings = Recordings(db, self.contacts, self.audit, self.line)
        parties = Parties(
            self.staff, PARTNERS, able, self.callbacks, self.listening, self.recordings
        )
        turns = timing.two_turns
        self.calls = Calls(db, self.contacts, rooms, company, parties, self.callbacks, turns)
        self.routing.reach = self.calls
        self.desk_phones = DeskPhones(beyond.carrier, browser=True, simulator=SIMULATOR)
        tuner = Tuner(db, rooms, company, self.entrance, beyond, numbers, timing)
        reconciler = Reconciler(db, self.contacts, beyond, self.lines)
        back = CallingBack(db, rooms, self.callbacks, beyond, timing)
        self.jobs = Jobs(rooms, self.lines, reconciler, tuner, back)

    def _subscribe(self) -> None:
        self.bus = Bus()
        self.db.wanted = self.bus.wanted
        desk = Desk(self.db, self.contacts, self.calls, NoUnread(), NoUnread())
        self.connector = CallConnector(self.rooms, self.talks)
        connectors: dict[str, Connector] = {"call": self.connector}
        routing = RoutingHandlers(
            self.db,
            self.contacts,
            self.routing,
            self.live,
            connectors,
            self.shifts,
            self.colleagues,
        )
        endings = Endings(self.db, self.contacts, self.staff.names)
        picking = Picking(self.db, self.contacts, self.routing, self.audit, RULES, endings)
        on_shift = OnShift(self.db, self.staff)
        parts = routing_wiring.Parts(
            RoutingViews(self.db, self.routing, self.shifts, desk, on_shift, endings),
            QueueViews(self.db, picking, self.colleagues, desk),
            routing,
            Accounts(self.db, self.staff, self.routing, self.shifts),
            Sweeps(self.routing, self.shifts, MemoryHeartbeats(SystemClock())),
            desk,
            endings,
            RoutingNumbers(self.db, self.contacts, Metrics()),
            Explaining(self.db),
        )
        room = routing_wiring.room(parts)
        handlers = Handlers(
            self.db,
            self.contacts,
            self.rooms,
            self.live,
            self.talks,
            self.colleagues,
            self.recordings,
        )
        talks = TalkViews(self.talks, self.watching)
        floods = FloodHandlers(self.db, self.routing)
        phone = wiring.room(
            Views(self.calls, self.desk_phones, PROMPTS),
            talks,
            self.webhooks,
            handlers,
            floods,
            self.jobs,
        )
        self.phone = phone
        back = self._back()
        self.jobs.handlers |= back.jobs
        for event, handler in [
            *room.subscriptions,
            *back.subscriptions,
            *phone.subscriptions,
        ]:
            self.bus.on(event, handler)

    def _refuse(self) -> None:
        self.refused += 1

    # --------------------------------------------------------------------------- stories

    async def waiting(self, *, digits: str = "21") -> str:
        """A caller who chose Russian, then a topic, and waits. Returns the CallSid."""
        sid = self.carrier.incoming().sid
        document = await self.incoming(sid, From=f"+99655500{next(self._people):04d}")
        for digit in digits:
            document = await self.step(sid, digit, document.turn)
        assert document.holds
        return sid

    async def on_shift(self, actor: Actor = ANA, phone: str = "fake") -> None:
        await self.shifts.start(actor, phone)
        await self.work()

    async def accepted(
        self, actor: Actor = ANA, phone: str = "fake", *, digits: str = "21"
    ) -> tuple[str, Room]:
        """A caller whose offer was accepted: the operator's telephone rings (fake)."""
        sid = await self.waiting(digits=digits)
        await self.on_shift(actor, phone)
        await self.accept(actor)
        return sid, await self.room(sid)

    async def accept(self, actor: Actor = ANA) -> None:
        async with self.db.uow() as uow:
            (offer,) = await routing_store.pending_offers(uow, staff_id=actor.staff_id)
        await self.routing.accept(actor, offer.id)
        await self.work()

    async def talking(self, actor: Actor = ANA, *, digits: str = "21") -> tuple[str, str, Room]:
        """Caller and operator together: (caller's sid, operator's sid, room)."""
        caller, _ = await self.accepted(actor, digits=digits)
        return await self.join(caller, actor)

    async def join(self, caller: str, actor: Actor = ANA) -> tuple[str, str, Room]:
        """The two of an accepted call come together."""
        room = await self.room(caller)
        operator = await self.operator_leg(caller)
        await self.operator(operator.sid, actor, rung=True)
        self.carrier.calls[operator.sid].status = "in-progress"
        await self.joins(operator.sid, room)
        await self.work()
        await self.bridge(caller)
        await self.joins(caller, room)
        self.carrier.rooms[room.name] = {operator.sid: Wish(), caller: Wish()}
        await self.work()
        return caller, operator.sid, room

    async def contact(self, sid: str) -> Contact:
        async with self.db.uow() as uow:
            contact_id = await store.contact_of(uow, sid)
            assert contact_id is not None
            return await self.contacts.get(uow, contact_id)

    async def legs(self, sid: str) -> tuple[Leg, ...]:
        async with self.db.uow() as uow:
            contact_id = await store.contact_of(uow, sid)
            return await store.legs(uow, contact_id) if contact_id else ()

    async def operator_leg(self, sid: str) -> Leg:
        return [leg for leg in await self.legs(sid) if leg.role is Role.OPERATOR][-1]

    async def room(self, sid: str) -> Room:
        contact = await self.contact(sid)
        async with self.db.uow() as uow:
            room = await store.open_room(uow, contact.id)
        assert room is not None
        return room

    async def card(self, sid: str, actor: Actor = ANA) -> dict[str, Any]:
        """The call as a desk shows it."""
        contact = await self.contact(sid)
        async with self.db.uow() as uow:
            return (await self.calls.call_states(uow, [contact.id], actor))[contact.id]

    def rung(self, address: str) -> str:
        """The leg of whom the carrier rings at an address, the last one."""
        return [call.sid for call in self.carrier.calls.values() if call.to == address][-1]

    async def comes(self, sid: str, room: Room) -> None:
        """A leg the carrier rang answers, and is in the room."""
        self.carrier.calls[sid].status = "in-progress"
        url = self.carrier.calls[sid].url
        document = await self.guest(UUID(url.partition("?g=")[2].partition("#")[0]), sid)
        assert document.room == room.name
        self.carrier.rooms.setdefault(room.name, {})[sid] = Wish()
        await self.joins(sid, room)
        await self.work()

    async def call_state(self, sid: str) -> str:
        return str((await self.card(sid))["state"])

    async def count(self, sql: str, *args: object) -> int:
        async with self.db.uow() as uow:
            number: int = await uow.fetchval(sql, *args)
            return number
