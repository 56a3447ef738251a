"""The telephone with everything below it on the real database, a carrier in memory, short verbs."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from multidict import MultiDict

from hotline.access.model import Actor
from hotline.audit.service import Audit
from hotline.callbacks import wiring as callbacks_wiring
from hotline.callbacks.promises import Promises
from hotline.callbacks.service import Callbacks
from hotline.callbacks.views import Views as CallbackViews
from hotline.carrier import capabilities
from hotline.carrier.capabilities import Capabilities, Dialect
from hotline.carrier.gate import Gate
from hotline.carrier.memory import MemoryCall, MemoryCarrier
from hotline.carrier.ports import Carrier
from hotline.carrier.signature import Signature
from hotline.contacts.model import Contact
from hotline.contacts.service import Contacts
from hotline.infra.bus import Bus
from hotline.infra.crypto import Vault
from hotline.infra.db import Database, Uow
from hotline.infra.jobcontext import JobContext
from hotline.infra.memory import MemoryHeartbeats, MemoryLive
from hotline.infra.metrics import Metrics
from hotline.intake.flows import Flows
from hotline.intake.hours import Hours, always
from hotline.kernel.clock import SystemClock
from hotline.kernel.secret import Secret
from hotline.routing import store as routing_store
from hotline.routing import wiring as routing_wiring
from hotline.routing.desk import Desk
from hotline.routing.handlers import Handlers as RoutingHandlers
from hotline.routing.jobs import Sweeps
from hotline.routing.numbers import Numbers
from hotline.routing.ports import Connector
from hotline.routing.service import Routing, Rules
from hotline.routing.shifts import Shifts
from hotline.routing.views import Views as RoutingViews
from hotline.staff.directory import Directory
from hotline.telephony import store, wiring
from hotline.telephony.callingback import CallingBack
from hotline.telephony.calls import Calls
from hotline.telephony.connector import CallConnector
from hotline.telephony.documents import Documents
from hotline.telephony.handlers import Handlers
from hotline.telephony.jobs import Jobs
from hotline.telephony.lines import Lines, Outside
from hotline.telephony.missedcalls import MissedCalls
from hotline.telephony.model import Leg, Role, Room, Timing, identity
from hotline.telephony.prompts import Prompts
from hotline.telephony.questions import Questions
from hotline.telephony.rooms import Rooms
from hotline.telephony.schemas import RoomForm, VoiceForm
from hotline.telephony.service import Around, Telephony
from hotline.telephony.views import Views, Webhooks
from tests.builders import ANA
from tests.service.telephony.hearing import BASE, CALLBACK_RULES, MISSED_LINE, Document
from tests.unit.intake.flowing import shipped_flows

TOKEN = Secret("the-carrier-and-we-know-this-token")
ACCOUNT = "AC00000000000000000000000000000189"
SHUT = Hours(ZoneInfo("Asia/Bishkek"), ((),) * 7, {})
PROMPTS = Prompts.load()
_NEXT = """
update job set state = 'running', attempts = attempts + 1, owner = 'test',
       leased_until = now() + interval '1 hour'
where id = (select j.id from job j
            where j.state = 'ready' and (j.run_at <= now() or j.kind = any($1))
              and not exists (select 1 from job e where e.lane = j.lane and e.id < j.id
                              and e.state in ('ready', 'running'))
            order by j.run_at, j.id limit 1)
returning id, kind, lane, payload, attempts
"""


class NoUnread:
    """The chat side, where nobody writes."""

    async def unread(self, _uow: Uow, _contact_ids: Sequence[UUID]) -> dict[Any, int]:
        return {}


class Exchange:
    """One process's worth of telephone and routing. `dialect` says whose manners apply."""

    callback_rules = CALLBACK_RULES

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
        self.staff = Directory(db, vault)
        self.live = MemoryLive()
        self.carrier = MemoryCarrier(SystemClock())
        carrier = outside or self.carrier
        self.contacts = Contacts(vault)
        able = capabilities.of(dialect)
        rules = Rules(timedelta(seconds=20), timedelta(0), timedelta(0))
        self.audit = Audit(db, vault.audit_mac)
        self.routing = Routing(db, self.contacts, self.audit, rules)
        self.shifts = Shifts(db, self.contacts, self.routing, phone_modes=("fake", "browser"))
        flows = Flows(shipped_flows().by_channel, hours or always())
        self.documents = Documents(base, PROMPTS, able)
        timing = timing or Timing()
        self.callbacks = Callbacks(db, vault, self.contacts, self.routing, self.callback_rules)
        self.rooms = Rooms(
            db, self.contacts, able, timing, self.callbacks, closed=flows.voice.closed
        )
        questions = Questions(self.contacts, self.routing, flows, self.documents, self.callbacks)
        around = self._around(questions, able, timing)
        self.telephony = Telephony(db, self.contacts, self.routing, self.rooms, around)
        self.calls = Calls(db, self.contacts, self.rooms, carrier, self.callbacks, browser=True)
        self._reach(Outside(carrier, "+996312000189", self.documents, "+996312000500"), timing)
        signature = Signature(base, [TOKEN], header=able.signature_header)
        self.refused = 0
        gate = Gate(signature, ACCOUNT, self._refuse)
        self.outcomes: list[str] = []
        self.webhooks = Webhooks(
            self.telephony, self.rooms, self.documents, gate, self.outcomes.append
        )
        self.bus = Bus()
        self._subscribe()
        db.wanted = self.bus.wanted
        self._keys, self._sequence, self._people = count(1), count(1), count(1)

    @property
    def promises(self) -> Promises:
        return Promises(self.db, self.contacts, self.routing, self.audit, self.calls)

    def _around(self, questions: Questions, able: Capabilities, timing: Timing) -> Around:
        missed = MissedCalls(
            self.db,
            self.contacts,
            self.routing,
            self.callbacks,
            questions,
            self.documents,
            [MISSED_LINE],
        )
        return Around(questions, self.documents, able, timing, self.staff, self.callbacks, missed)

    def _reach(self, world: Outside, timing: Timing) -> None:
        self.lines = Lines(self.db, self.rooms, world, timing)
        back = CallingBack(self.db, self.rooms, self.callbacks, world, timing)
        self.jobs = Jobs(self.rooms, self.lines, back)

    def _subscribe(self) -> None:
        desk = Desk(self.db, self.contacts, self.calls, NoUnread())
        self.connector = CallConnector(self.rooms)
        connectors: dict[str, Connector] = {"call": self.connector}
        routing = RoutingHandlers(
            self.db, self.contacts, self.routing, self.live, connectors, self.shifts
        )
        views = RoutingViews(self.db, self.routing, self.shifts, desk)
        sweeps = Sweeps(self.routing, self.shifts, MemoryHeartbeats(SystemClock()))
        room = routing_wiring.room(
            views, routing, sweeps, desk, Numbers(self.db, self.contacts, Metrics())
        )
        handlers = Handlers(self.db, self.contacts, self.rooms, self.live)
        phone = wiring.room(Views(self.calls, PROMPTS), self.webhooks, handlers, self.jobs)
        self.phone = phone
        back = callbacks_wiring.room(
            self.db, self.callbacks, self.calls, CallbackViews(self.promises)
        )
        for event, handler in [
            *room.subscriptions,
            *back.subscriptions,
            *phone.subscriptions,
        ]:
            self.bus.on(event, handler)

    def _refuse(self) -> None:
        self.refused += 1

    # ------------------------------------------------------------------------- webhooks

    def form(self, sid: str, status: str = "in-progress", **more: str) -> VoiceForm:
        fields = {"CallSid": sid, "From": "+996555123456", "To": "189", "CallStatus": status}
        return VoiceForm.read(MultiDict(fields | more))

    def key(self) -> str:
        return f"token:{next(self._keys)}"

    async def incoming(self, sid: str, key: str | None = None, **more: str) -> Document:
        form = self.form(sid, **{"status": "ringing"} | more)
        return Document(await self.telephony.incoming(form, key or self.key()))

    async def step(self, sid: str, digit: str, turn: int, key: str | None = None) -> Document:
        form = self.form(sid, Digits=digit)
        return Document(await self.telephony.step(form, key or self.key(), turn))

    async def hold(self, sid: str, turn: int = 1) -> Document:
        return Document(await self.telephony.hold(self.form(sid), turn))

    async def gate(self, call: MemoryCall) -> Document:
        """Whoever we called picks up."""
        attempt = UUID(call.url.partition("?a=")[2].partition("#")[0])
        form = self.form(call.sid, To=call.to, Direction="outbound-api")
        return Document(await self.telephony.gate(form, attempt))

    async def gate_key(self, sid: str, digit: str, turn: int = 1) -> Document:
        form = self.form(sid, Digits=digit)
        return Document(await self.telephony.gate_key(form, self.key(), turn))

    async def hold_key(
        self, sid: str, digit: str, turn: int = 1, key: str | None = None
    ) -> Document:
        form = self.form(sid, Digits=digit)
        return Document(await self.telephony.hold_key(form, key or self.key(), turn))

    async def bridge(self, sid: str) -> Document:
        return Document(await self.telephony.bridge(self.form(sid)))

    async def after(
        self,
        sid: str,
        status: str = "in-progress",
        dialled: str = "answered",
        key: str | None = None,
    ) -> Document:
        form = self.form(sid, status, DialCallStatus=dialled)
        return Document(await self.telephony.after(form, key or self.key()))

    async def operator(self, sid: str, actor: Actor = ANA, *, rung: bool = False) -> Document:
        client = f"client:{identity(actor.staff_id)}"
        more = {"From": client, "To": ""}
        if rung:
            more = {"From": "+996312000189", "To": client, "Direction": "outbound-api"}
        return Document(await self.telephony.operator(self.form(sid, **more)))

    async def status(self, sid: str, status: str) -> bool:
        return await self.telephony.status(self.form(sid, status))

    async def room_says(
        self, event: str, sid: str, room: Room, *, sequence: str = "", **more: str
    ) -> bool:
        fields = {
            "ConferenceSid": "CF1",
            "FriendlyName": room.name,
            "CallSid": sid,
            "SequenceNumber": sequence or str(next(self._sequence)),
            "StatusCallbackEvent": event,
        }
        return await self.rooms.event(RoomForm.read(MultiDict(fields | more)))

    async def joins(self, sid: str, room: Room, **more: str) -> bool:
        return await self.room_says("participant-join", sid, room, **more)

    async def leaves(self, sid: str, room: Room, **more: str) -> bool:
        return await self.room_says("participant-leave", sid, room, **more)

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

    async def accepted(self, actor: Actor = ANA, phone: str = "fake") -> tuple[str, Room]:
        """A caller whose offer was accepted: the operator's telephone rings (fake)."""
        sid = await self.waiting()
        await self.on_shift(actor, phone)
        await self.accept(actor)
        return sid, await self.room(sid)

    async def accept(self, actor: Actor = ANA) -> None:
        async with self.db.uow() as uow:
            (offer,) = await routing_store.pending_offers(uow, staff_id=actor.staff_id)
        await self.routing.accept(actor, offer.id)
        await self.work()

    async def talking(self, actor: Actor = ANA) -> tuple[str, str, Room]:
        """Caller and operator together: (caller's sid, operator's sid, room)."""
        caller, room = await self.accepted(actor)
        operator = await self.operator_leg(caller)
        await self.operator(operator.sid, actor, rung=True)
        self.carrier.calls[operator.sid].status = "in-progress"
        await self.joins(operator.sid, room)
        await self.work()
        await self.bridge(caller)
        await self.joins(caller, room)
        await self.work()
        return caller, operator.sid, room

    # ------------------------------------------------------------------------------ state

    async def contact(self, sid: str) -> Contact:
        async with self.db.uow() as uow:
            contact_id = await store.contact_of(uow, sid)
            assert contact_id is not None
            return await self.contacts.get(uow, contact_id)

    async def legs(self, sid: str) -> tuple[Leg, ...]:
        async with self.db.uow() as uow:
            return await store.legs_by_sid(uow, sid)

    async def operator_leg(self, sid: str) -> Leg:
        return [leg for leg in await self.legs(sid) if leg.role is Role.OPERATOR][-1]

    async def room(self, sid: str) -> Room:
        contact = await self.contact(sid)
        async with self.db.uow() as uow:
            room = await store.open_room(uow, contact.id)
        assert room is not None
        return room

    async def call_state(self, sid: str) -> str:
        contact = await self.contact(sid)
        async with self.db.uow() as uow:
            return (await self.calls.call_states(uow, [contact.id]))[contact.id]

    async def count(self, sql: str, *args: object) -> int:
        async with self.db.uow() as uow:
            number: int = await uow.fetchval(sql, *args)
            return number

    async def work(self, *timers: str) -> list[str]:
        """Run what is due, and timers of the kinds named; types of the errors on the way."""
        errors: list[str] = []
        while True:
            async with self.db.uow() as uow:
                row = await uow.fetchrow(_NEXT, list(timers))
            if row is None:
                return errors
            job = JobContext(
                id=row["id"],
                kind=row["kind"],
                lane=row["lane"],
                attempt=row["attempts"],
                last=False,
                owner="test",
            )
            run = self.bus.dispatch if job.kind == "event" else self.jobs.handlers[job.kind]
            try:
                await run(row["payload"], job)
            except Exception as error:  # noqa: BLE001 - as the runner does
                errors.append(type(error).__name__)
                await self._put_back(job.id)
            else:
                async with self.db.uow() as uow:
                    await job.done(uow)

    async def again(self) -> list[str]:
        """Run what failed once more."""
        async with self.db.uow() as uow:
            await uow.execute("update job set run_at = now() where last_error = 'put back'")
        return await self.work()

    async def _put_back(self, job_id: int) -> None:
        async with self.db.uow() as uow:
            await uow.execute(
                "update job set state = 'ready', owner = null, last_error = 'put back', "
                "run_at = now() + interval '1 hour' where id = $1",
                job_id,
            )
