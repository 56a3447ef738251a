"""Everything that records, cases and the log stand on, with short verbs for tests."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from hotline.access.model import Actor
from hotline.access.roles import Role
from hotline.audit.service import Audit
from hotline.carrier.gate import Gate
from hotline.carrier.memory import MemoryCarrier
from hotline.carrier.signature import Signature
from hotline.cases import rules
from hotline.cases.board import Board
from hotline.cases.climbing import CLIMB, DUTY_SMS, Climbing
from hotline.cases.duty import Duty
from hotline.cases.handlers import Handlers as CaseHandlers
from hotline.cases.history import History
from hotline.cases.jobs import Jobs
from hotline.cases.model import DutyLine
from hotline.cases.numbers import Numbers
from hotline.cases.sealing import Sealing
from hotline.cases.service import Cases
from hotline.cases.views import Views as CaseViews
from hotline.cases.webhook import Webhook
from hotline.cases.wiring import room as case_room
from hotline.consultations import forms
from hotline.consultations.contactpage import ContactPage
from hotline.consultations.handlers import Handlers as RecordHandlers
from hotline.consultations.records import Records
from hotline.consultations.service import Consultations
from hotline.consultations.views import Views as RecordViews
from hotline.consultations.wiring import room as record_room
from hotline.contacts.model import Channel, Contact
from hotline.contacts.safecontact import SafeContact
from hotline.contacts.service import Contacts
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.infra.house import Room
from hotline.infra.jobcontext import Drop, JobContext, Later
from hotline.infra.memory import MemoryLive
from hotline.infra.metrics import Metrics
from hotline.infra.streams import LiveEvent
from hotline.infra.web.application import build_app
from hotline.infra.web.context import WebContext
from hotline.infra.web.session import SessionInfo
from hotline.infra.web.templates import environment
from hotline.kernel.clock import SystemClock
from hotline.kernel.events import REGISTRY
from hotline.kernel.secret import Secret
from hotline.review.deadletters import DeadLetters
from hotline.review.handlers import Handlers as ReviewHandlers
from hotline.review.service import Review, Sources
from hotline.review.views import Views as ReviewViews
from hotline.review.wiring import room as review_room
from hotline.routing.desk import Desk
from hotline.routing.explaining import Explaining
from hotline.routing.matching import Relaxing
from hotline.routing.seals import Seals
from hotline.routing.service import Routing, Rules
from hotline.staff import store as staff_store
from hotline.staff.directory import Directory, sealed_identity
from tests.builders import ANA, BORIS, VERA, a_contact, an_actor
from tests.service.quiet import Quiet
from tests.unit.intake.flowing import shipped_catalogue

ROOT = Path(__file__).resolve().parents[2]
FORM = forms.load(ROOT / "config")
ORIGIN = "http://127.0.0.1:8189"
DUTY = "+996312000190"
TOKEN = Secret("the-carrier-and-we-know-this-token")
SIGNED = "X-Twilio-Signature"
SENYA = an_actor("senya", Role.SENIOR)
NINA = an_actor("nina", Role.SUPERVISOR)
COMPLETE = {
    "kind": "consultation",
    "topic": "labour.unpaid_wages",
    "danger_now": "no",
    "summary": "Спросил о зарплате.",
    "outcome": "advice_given",
}
Client = TestClient[web.Request, web.Application]


@dataclass
class Doors:
    """Sessions by token, for people who are signed in already."""

    people: dict[str, Actor]

    async def resolve(self, token: str, *, touch: bool = True) -> SessionInfo | None:
        del touch
        actor = self.people.get(token)
        return SessionInfo(actor.staff_id, actor, "csrf") if actor else None


class Stage:
    """The rooms on the real database. `quiet` stands for the rooms that are not here."""

    def __init__(self, db: Database, vault: Vault, *, page_size: int = 100) -> None:
        self.db, self.vault = db, vault
        self.quiet = quiet = Quiet()
        self.live = MemoryLive()
        self.carrier = MemoryCarrier(SystemClock())
        self.form = FORM
        self.contacts = Contacts(vault)
        self.audit = Audit(db, vault.audit_mac)
        self.staff = Directory(db, vault)
        self.history = History(vault)
        self.climbing = Climbing(
            db, self.audit, self.staff, self.quiet, self.history, rules.load(ROOT / "config")
        )
        self.records = Records(self.contacts, vault, self.form)
        self.cases = Cases(db, self.contacts, self.audit, self.records, self.history, self.climbing)
        rules_of = Rules(timedelta(seconds=20), Relaxing((), frozenset({"ru"}), frozenset()))
        self.routing = Routing(db, self.contacts, self.audit, rules_of)
        self.sealing = Sealing(
            db, self.contacts, self.audit, Seals(self.routing), self.history, self.climbing
        )
        self.routing.sealed = self.sealing
        self.board = Board(
            db,
            self.contacts,
            self.audit,
            self.staff,
            self.history,
            self.sealing,
            page_size=page_size,
        )
        self.duty = self.duty_with(DUTY)
        self.gate = Gate(Signature(ORIGIN, [TOKEN], header=SIGNED), "", lambda: None)
        self.consultations = Consultations(
            db, self.contacts, self.audit, self.records, self.form, self.cases
        )
        desk = Desk(db, self.contacts, self.quiet, self.quiet, self.quiet)
        safe = SafeContact(db, vault, self.contacts, self.audit, ())
        self.page = ContactPage(db, self.contacts, self.audit, self.staff, desk, safe)
        self.review = Review(
            db,
            self.audit,
            self.staff,
            Sources(self.consultations, self.page, self.board, quiet, quiet, quiet, Explaining(db)),
            page_size=page_size,
        )
        self.letters = DeadLetters(db, self.audit)

    def duty_with(self, phone: str) -> Duty:
        texts = shipped_catalogue()
        line = DutyLine(phone, f"{ORIGIN}/sms/duty")
        return Duty(self.db, self.carrier, texts, self.history, line)

    def rooms(self) -> list[Room]:
        records = RecordHandlers(self.db, self.contacts, self.consultations, self.live)
        return [
            record_room(RecordViews(self.consultations, self.page), records),
            case_room(
                CaseViews(self.cases, self.sealing, self.board),
                CaseHandlers(self.cases, self.sealing, self.live),
                Jobs(self.climbing, self.duty, self.sealing),
                self.board,
                Webhook(self.duty, self.gate),
                Numbers(self.db, Metrics()),
            ),
            review_room(
                ReviewViews(self.review, self.letters, ZoneInfo("Asia/Bishkek")),
                ReviewHandlers(self.live),
            ),
        ]

    async def hire(self, *actors: Actor) -> None:
        """Accounts for people of the cast, in this order."""
        for actor in actors:
            async with self.db.uow() as uow:
                identity = {"login": actor.name, "name": actor.name.title()}
                await staff_store.insert(
                    uow,
                    staff_store.NewRow(
                        id=actor.staff_id,
                        login_index=self.vault.index("login", actor.name),
                        identity=sealed_identity(self.vault, actor.staff_id, identity),
                        roles=sorted(actor.roles),
                        languages=list(actor.languages),
                        skills=[],
                        max_chats=3,
                        phone_mode="fake",
                        lang="ru",
                        password_hash="none",
                    ),
                )

    async def contact(
        self,
        state: str = "talking",
        channel: Channel = Channel.TELEGRAM,
        *,
        operator: Actor = ANA,
        caller: str = "1",
        topic: str | None = None,
        danger: bool = False,
    ) -> Contact:
        """A contact on its way to `state`: intake, waiting, reserved, talking or wrap_up."""
        async with self.db.uow() as uow:
            contact = await a_contact(uow, self.contacts, channel, caller=caller, topic=topic)
            if danger:
                contact = await self.contacts.set_intake(uow, contact, {}, danger=True)
            if state != "intake":
                contact = await self.contacts.wait(uow, contact)
            if state in {"reserved", "talking", "wrap_up"}:
                contact = await self.contacts.reserve(uow, contact, operator.staff_id)
            if state in {"talking", "wrap_up"}:
                contact = await self.contacts.talk(uow, contact)
            if state == "wrap_up":
                contact = await self.contacts.end_talk(uow, contact, operator.staff_id)
        return contact

    async def broken_off(self, contact: Contact) -> None:
        """Its operator's line dies, the caller waits again and hangs up."""
        async with self.db.uow() as uow:
            current = await self.contacts.get(uow, contact.id, lock=True)
            current = await self.contacts.requeue(uow, current, "operator_lost")
            await self.contacts.caller_left(uow, current)

    async def now(self, contact: Contact) -> Contact:
        async with self.db.uow() as uow:
            return await self.contacts.get(uow, contact.id)

    async def told(self) -> list[LiveEvent]:
        """Run the handlers of every event that was published; the hints they gave."""
        rooms = self.rooms()
        before = len(self.live._told)
        for row in await self.take("event"):
            event_type = REGISTRY[row["payload"]["name"]]
            event = event_type.from_row(row["payload"]["row"])
            for room in rooms:
                for wanted, handler in room.subscriptions:
                    if wanted is event_type:
                        await handler(event, a_job())
        return [event for _, event in list(self.live._told)[before:]]

    async def take(self, kind: str) -> list[dict[str, Any]]:
        """Take the due jobs of a kind off the table, oldest first."""
        async with self.db.uow() as uow:
            rows = await uow.fetch(
                """
                delete from job where kind = $1 and state = 'ready' and run_at <= now()
                returning id, payload, run_at, key, lane
                """,
                kind,
            )
        return [dict(row) for row in sorted(rows, key=lambda row: int(row["id"]))]

    async def waiting(self, kind: str) -> list[dict[str, Any]]:
        """Jobs of a kind that are on the table, due or not."""
        async with self.db.uow() as uow:
            rows = await uow.fetch(
                "select id, payload, run_at, key, lane from job where kind = $1 order by id", kind
            )
        return [dict(row) for row in rows]

    async def climb(self, *, times: int = 1) -> int:
        """Run the timers that are due, each `times` times; how many there were."""
        due = await self.take(CLIMB)
        for row in due:
            for _ in range(times):
                await Jobs(self.climbing, self.duty, self.sealing).climb(
                    row["payload"], a_job(CLIMB)
                )
        return len(due)

    async def send_sms(self, *, attempt: int = 1, last: bool = False) -> list[str]:
        """Run the duty messages that are due, once each; how each run ended.

        A run that ends as "later" or "retry" is put back, as the runner would.
        """
        ends = []
        for row in await self.take(DUTY_SMS):
            end = await self._send(row, a_job(DUTY_SMS, attempt=attempt, last=last))
            if end in {"later", "retry"}:
                await self.put_back(row)
            ends.append(end)
        return ends

    async def put_back(self, row: dict[str, Any]) -> None:
        async with self.db.uow() as uow:
            uow.enqueue(DUTY_SMS, row["payload"], lane=row["lane"])

    async def _send(self, row: dict[str, Any], job: JobContext) -> str:
        try:
            await Jobs(self.climbing, self.duty, self.sealing).duty_sms(row["payload"], job)
        except Later:
            return "later"
        except Drop as drop:
            return str(drop)
        except Exception as error:  # noqa: BLE001 - the runner catches all, too
            return "retry" if not isinstance(error, AssertionError) else "broken"
        return "done"

    async def later(self, **by: float) -> None:
        """Let time pass for cases, their timers and their messages."""
        step = timedelta(**by)
        async with self.db.uow() as uow:
            await uow.execute(
                """
                update hotline_case set raised_at = raised_at - $1::interval,
                  ladder_at = ladder_at - $1::interval, deadline_at = deadline_at - $1::interval,
                  next_at = next_at - $1::interval
                """,
                step,
            )
            await uow.execute("update job set run_at = run_at - $1::interval", step)
            await uow.execute("update page set state_at = state_at - $1::interval", step)

    async def audited(self, tag: str) -> list[tuple[UUID | None, str | None, list[str]]]:
        """Who, about what, which groups; oldest first."""
        async with self.db.uow() as uow:
            rows = await uow.fetch(
                "select actor_id, object_id, fields from audit_row where tag = $1 order by id", tag
            )
        return [(r["actor_id"], r["object_id"], r["fields"]) for r in rows]

    @asynccontextmanager
    async def browser(self, *people: Actor) -> AsyncIterator["Browser"]:
        """A browser in which each of these people is signed in."""
        context = WebContext(
            origin=ORIGIN,
            texts=lambda lang, text_id, /, **_: f"{text_id}/{lang}",
            templates=environment(),
            metrics=Metrics(),
            sessions=Doors({actor.name: actor for actor in people}),
        )
        app = build_app([route for room in self.rooms() for route in room.console], context)
        async with TestClient(TestServer(app)) as client:
            yield Browser(client)


@dataclass
class Browser:
    """Speaks as whoever it is told to."""

    client: Client

    async def ask(
        self, who: Actor, method: str, path: str, body: object = None, **headers: str
    ) -> tuple[int, Any]:
        answer = await self.client.request(
            method,
            path,
            json=body,
            headers={"Origin": ORIGIN, "X-CSRF": "csrf", **headers},
            cookies={"h189-s": who.name},
        )
        return answer.status, await answer.json() if answer.content_length else None


def a_job(kind: str = "event", *, attempt: int = 1, last: bool = False) -> JobContext:
    return JobContext(id=1, kind=kind, lane="x", attempt=attempt, last=last, owner="test")


CAST = (ANA, BORIS, VERA, SENYA, NINA)
UNKNOWN = UUID(int=189)
