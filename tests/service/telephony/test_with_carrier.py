"""Whole calls through the simulated carrier: its TwiML reader, its webhooks, its REST API."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from hotline.carrier import capabilities
from hotline.carrier.transport import Transport
from hotline.carrier.twilio import Account, TwilioCarrier
from hotline.contacts.events import (
    CallerLeft,
    ContactClosed,
    ContactRequeued,
    ContactTalking,
    ContactWaiting,
)
from hotline.contacts.model import Contact, ContactState, Outcome
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.infra.jobcontext import JobContext
from hotline.infra.jobrunner import JobRunner
from hotline.infra.metrics import Metrics
from hotline.infra.tasks import Tasks
from hotline.infra.web.routes import add_routes
from hotline.kernel.clock import SystemClock
from hotline.kernel.events import Event
from hotline.kernel.secret import Secret
from hotline.routing.events import OfferMade
from hotline.simulator.carrier.ear import Heard
from hotline.simulator.carrier.phonebook import Behaviour
from hotline.simulator.faults import Fault
from hotline.simulator.phones import PhoneCaller, Softphone
from hotline.simulator.world import World, WorldConfig
from hotline.telephony.model import Timing, identity
from tests.builders import ANA
from tests.service.telephony.exchange import ACCOUNT, TOKEN, Exchange

# A minute of the simulated world is over in a second.
FACTOR = 60.0
QUICK = Timing(grace=timedelta(seconds=1), no_join=timedelta(seconds=2))


@dataclass
class Town:
    """The exchange, a carrier around it, people in it, and the news of what happened."""

    exchange: Exchange
    world: World
    news: "asyncio.Queue[Event]"

    def caller(self, number: str = "+996555123456") -> PhoneCaller:
        return self.world.phone(number)

    @property
    def phone(self) -> Softphone:
        return self.world.softphone(identity(ANA.staff_id))

    async def happens(self, kind: type[Event]) -> Event:
        async with asyncio.timeout(20):
            while True:
                event = await self.news.get()
                if isinstance(event, kind):
                    return event

    async def waiting(self) -> PhoneCaller:
        """Somebody calls, takes Russian, then the first topic, and waits."""
        caller = self.caller()
        await caller.dial()
        await caller.wait_gather()
        await caller.press("2")
        await caller.wait_for("ru/ivr-topic")
        await caller.press("1")
        await self.happens(ContactWaiting)
        return caller

    async def accepted(self, phone: str = "fake") -> PhoneCaller:
        """An operator takes the call; their telephone is there to be rung."""
        assert self.phone.identity
        caller = await self.waiting()
        await self.exchange.shifts.start(ANA, phone)
        offer = await self.happens(OfferMade)
        assert isinstance(offer, OfferMade)
        await self.exchange.routing.accept(ANA, offer.offer_id)
        return caller

    async def talking(self, phone: str = "fake") -> PhoneCaller:
        caller = await self.accepted(phone)
        if phone == "browser":
            await self.phone.connect()
        await self.happens(ContactTalking)
        await caller.wait_talking()
        return caller


@pytest.fixture
async def town(db: Database, vault: Vault) -> AsyncIterator[Town]:
    app = web.Application()
    server = TestServer(app)
    server_url = await _address(server)
    voice = f"{server_url}/voice"
    world = World(
        WorldConfig(
            account_sid=ACCOUNT,
            auth_token=TOKEN.reveal(),
            voice_url=f"{voice}/in#rc=5&rp=all",
            app_voice_url=f"{voice}/op#rc=5&rp=all",
            status_callback=f"{voice}/status#rc=5&rp=all",
            factor=FACTOR,
        )
    )
    async with world.running():
        carrier = _carrier(world)
        exchange = Exchange(db, vault, outside=carrier, base=server_url, timing=QUICK)
        add_routes(app, exchange.phone.edge)
        await server.start_server()
        news: asyncio.Queue[Event] = asyncio.Queue()
        _listen(exchange, news)
        tasks = Tasks(Metrics())
        handlers = {"event": exchange.bus.dispatch} | exchange.jobs.handlers
        beside: list[asyncio.Task[None]] = []
        runner = JobRunner(db, handlers, lambda name, work: beside.append(tasks.start(name, work)))
        tasks.spawn("runner", runner.run())
        yield Town(exchange, world, news)
        await world.tasks.close()
        # Left to finish: a task cut off while it connects leaves the connection behind.
        await runner.stop()
        await asyncio.wait(beside, timeout=10)
        await tasks.stop()
        await carrier.close()
        await server.close()
    assert world.failures == []
    notes = [entry for entry in world.journal.entries if entry["kind"] == "notification"]
    assert notes == []


async def _address(server: TestServer) -> str:
    """A free port, known before the application is complete."""
    probe = await asyncio.start_server(lambda _r, _w: None, "127.0.0.1", 0)
    port = probe.sockets[0].getsockname()[1]
    probe.close()
    await probe.wait_closed()
    server.port = port
    return f"http://127.0.0.1:{port}"


def _carrier(world: World) -> TwilioCarrier:
    account = Account(
        sid=ACCOUNT,
        base_url=world.url,
        sms_from=world.config.sms_number,
        twiml_app_sid="",
        api_key_sid="",
        api_key_secret=Secret(""),
    )
    transport = Transport(ACCOUNT, TOKEN)
    return TwilioCarrier(account, capabilities.of("twilio"), transport, SystemClock())


_NEWS: tuple[type[Event], ...] = (
    CallerLeft,
    ContactClosed,
    ContactRequeued,
    ContactTalking,
    ContactWaiting,
    OfferMade,
)


def _listen(exchange: Exchange, news: "asyncio.Queue[Event]") -> None:
    async def heard(event: Event, _job: JobContext) -> None:
        news.put_nowait(event)

    for kind in _NEWS:
        exchange.bus.on(kind, heard)


async def contact_of(town: Town, caller: PhoneCaller) -> Contact:
    return await town.exchange.contact(caller.call.sid)


@pytest.mark.parametrize("phone", ["fake", "browser"])
async def test_a_call_from_the_first_ring_to_the_last_word(town: Town, phone: str) -> None:
    caller = await town.talking(phone)
    heard = [moment.kind for moment in caller.heard]
    assert Heard.ALONE not in heard

    await caller.hang_up()
    await caller.wait_ended()
    await town.phone.wait_ended()
    await town.happens(CallerLeft)

    contact = await contact_of(town, caller)
    assert (contact.state, contact.outcome) == (ContactState.WRAP_UP, Outcome.ANSWERED)


async def test_the_operator_ends_the_call_for_both(town: Town) -> None:
    caller = await town.talking()
    contact = await contact_of(town, caller)

    await town.exchange.calls.hang_up(ANA, contact.id)

    assert await caller.wait_ended() == "completed"
    await town.phone.wait_ended()


async def test_a_lost_operator_brings_the_music_back_and_then_another_talk(town: Town) -> None:
    caller = await town.talking()

    await town.phone.hang_up()
    await caller.wait_for("ru/ivr-operator-lost", within_s=20)
    offer = await town.happens(OfferMade)
    assert isinstance(offer, OfferMade)
    await town.exchange.routing.accept(ANA, offer.offer_id)
    await town.happens(ContactTalking)

    await caller.wait_talking()


async def test_an_operator_who_does_not_pick_up_costs_the_caller_nothing(town: Town) -> None:
    town.phone.expect(Behaviour.BUSY)
    caller = await town.accepted()

    await town.happens(ContactRequeued)

    assert (await contact_of(town, caller)).state is ContactState.WAITING
    await caller.wait_for("hold-15s", within_s=20)


async def test_a_caller_who_gives_up_while_the_operator_is_rung(town: Town) -> None:
    town.phone.expect(Behaviour.HAND)
    caller = await town.accepted()
    await town.phone.wait_ringing()

    await caller.hang_up()
    await town.happens(ContactClosed)
    await town.phone.wait_ended()

    assert (await contact_of(town, caller)).outcome is Outcome.ABANDONED


@pytest.mark.parametrize(
    "faults",
    [
        (Fault.WEBHOOK_DUPLICATE,),
        (Fault.STATUS_REORDER,),
        (Fault.WEBHOOK_DUPLICATE, Fault.STATUS_REORDER, Fault.REST_429),
    ],
)
async def test_a_carrier_that_repeats_and_reorders_changes_nothing(
    town: Town, faults: tuple[Fault, ...]
) -> None:
    for fault in faults:
        town.world.faults.arm(fault, times=100, every=2)

    caller = await town.talking()
    await caller.hang_up()
    await town.happens(CallerLeft)

    assert await town.exchange.count("select count(*) from contact") == 1


async def test_the_key_for_danger_while_waiting(town: Town) -> None:
    caller = await town.waiting()

    await caller.wait_for("hold-15s")
    await caller.press("0")
    await caller.wait_for("ru/ivr-wait-danger")

    assert (await contact_of(town, caller)).danger
