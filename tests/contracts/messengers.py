"""Every registered messenger on its simulated provider, with a person on the other side."""

import asyncio
import hashlib
import hmac
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
from aiohttp import web

from bots.model import Messenger, Outside
from bots.registry import BUILDERS
from bots.telegram.wiring import TelegramMessenger
from hotline.carrier import capabilities
from hotline.carrier import form as forms
from hotline.carrier.signature import Signature, sign
from hotline.carrier.transport import Transport
from hotline.carrier.twilio import Account, TwilioCarrier
from hotline.chat.model import ChatRules
from hotline.chat.ports import Pace
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.infra.house import Room
from hotline.infra.metrics import Metrics
from hotline.infra.web.routes import add_routes
from hotline.kernel.clock import SystemClock
from hotline.kernel.secret import Secret
from hotline.settings import CONFIG_DIR, Settings, load
from hotline.simulator.aggregator import AggregatorConfig
from hotline.simulator.faults import Fault
from hotline.simulator.world import World, WorldConfig
from tests.service.chat.house import RULES, House
from tests.unit.intake.flowing import shipped_catalogue

CHAT_ID = 555000156
NUMBER = "+996555123456"
TOKEN = "insecure-simulator-token-0000000000"
BOT = "189:insecure-simulator-token"


class TelegramPeer:
    """Somebody with an account at the provider; `writes` returns when it was taken in."""

    address = str(CHAT_ID)
    repeats = Fault.TELEGRAM_DUPLICATE
    never_answers = Fault.TELEGRAM_TIMEOUT_AFTER

    def __init__(self, world: World) -> None:
        self._world = world
        self._person = world.telegram_person(CHAT_ID, language_code="ru")

    async def writes(self, text: str) -> None:
        await self._person.text(text)
        update = self._world.journal.find("telegram.update")[-1]["update"]
        await self._world.journal.wait_for("telegram.delivered", update=update, status=200)

    async def hears(self, text: str) -> None:
        await self._person.wait_for(text)

    def texts(self) -> list[str]:
        return self._person.inbox

    def refuses(self) -> None:
        self._person.chat.blocked = True


class SmsPeer:
    """The same by SMS."""

    address = NUMBER
    repeats = Fault.WEBHOOK_DUPLICATE
    never_answers = Fault.REST_TIMEOUT_AFTER

    def __init__(self, world: World) -> None:
        self._world = world
        self._person = world.sms(NUMBER)

    async def writes(self, text: str) -> None:
        await self._person.send(text)

    async def hears(self, text: str) -> None:
        await self._person.wait_for(text)

    def texts(self) -> list[str]:
        return self._person.inbox

    def refuses(self) -> None:
        if self._world.aggregator is not None:
            self._world.aggregator.stopped.add(NUMBER)
        stopped = self._world.carrier.messages._stopped
        stopped |= {(NUMBER, "+996312000189"), ("+996312000189", NUMBER)}


PEERS: dict[str, Callable[[World], TelegramPeer | SmsPeer]] = {
    "telegram": TelegramPeer,
    "sms": SmsPeer,
    "aggregator": SmsPeer,
}
# A wire that carries the messenger of another name, and the setting that chooses it.
OTHER_WIRES = {"aggregator": ("sms", {"HOTLINE__SMS__TRANSPORT": "aggregator"})}
SIGNED = "insecure-simulator-callback-secret-00"


@dataclass
class Line:
    """One messenger, its provider, a person there, and the house behind it."""

    messenger: Messenger
    world: World
    house: House
    settings: Settings
    person: TelegramPeer | SmsPeer
    url: str
    session: aiohttp.ClientSession
    wire: str

    @property
    def name(self) -> str:
        return self.messenger.channel.name

    async def knock(self, body: bytes, *, genuine: bool = True, path: str = "") -> int:
        """Post to the webhook; the status of the answer."""
        path = path or {"telegram": "/telegram/webhook", "sms": "/sms/in"}[self.name]
        if self.wire == "aggregator":
            key = (SIGNED if genuine else "x" * 40).encode()
            headers = {"X-Signature": hmac.new(key, body, hashlib.sha256).hexdigest()}
            return await self._posted(path, body, headers | {"Content-Type": "application/json"})
        secret = self.settings.telegram.webhook_secret.reveal() if genuine else "wrong"
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret, "Content-Type": "application/json"}
        if self.name == "sms":
            token = Secret(TOKEN if genuine else "x" * 40)
            headers = {
                "X-Twilio-Signature": sign(token, self.url + path, forms.read(body)),
                "Content-Type": "application/x-www-form-urlencoded",
            }
        return await self._posted(path, body, headers)

    async def _posted(self, path: str, body: bytes, headers: dict[str, str]) -> int:
        async with self.session.post(self.url + path, data=body, headers=headers) as answer:
            return answer.status


def read_settings(url: str, world: World, **more: str) -> Settings:
    """The test profile, pointed at the simulated world."""
    environ = {
        "HOTLINE__PUBLIC_BASE_URL": url,
        "HOTLINE__CARRIER__API_BASE_URL": world.url,
        "HOTLINE__TELEGRAM__API_BASE_URL": world.url,
        "HOTLINE__AGGREGATOR__SEND_URL": f"{world.url}/aggregator/messages",
        "HOTLINE__AGGREGATOR__LOOKUP_URL": f"{world.url}/aggregator/messages",
        **more,
    }
    return load(environ, CONFIG_DIR, "test")


def a_carrier(settings: Settings) -> TwilioCarrier:
    """The real carrier client, against the simulated world."""
    section = settings.carrier
    account = Account(
        sid=section.account_sid,
        base_url=section.api_base_url,
        sms_from=section.sms_from,
        twiml_app_sid="",
        api_key_sid="",
        api_key_secret=Secret(""),
    )

    async def no_pause(_seconds: float) -> None:
        await asyncio.sleep(0)

    transport = Transport(section.account_sid, section.auth_token, sleep=no_pause)
    return TwilioCarrier(account, capabilities.of("twilio"), transport, SystemClock())


def outside(settings: Settings, carrier: TwilioCarrier) -> Outside:
    signature = Signature(
        settings.public_base_url, [settings.carrier.auth_token], header="X-Twilio-Signature"
    )
    return Outside(settings, shipped_catalogue(), carrier, signature, Metrics())


def world_of(wire: str, url: str) -> WorldConfig:
    """The simulated vendors; where a local SMS provider is asked for, with one."""
    agreed = AggregatorConfig(
        authorization=f"Bearer {TOKEN}",
        callback_secret=SIGNED,
        inbound_url=f"{url}/sms/in",
        status_url=f"{url}/sms/status",
    )
    aggregator = agreed if wire == "aggregator" else None
    return WorldConfig(auth_token=TOKEN, bot_token=BOT, factor=100, aggregator=aggregator)


async def served(room: Room, listening: socket.socket) -> web.AppRunner:
    """The webhooks of a room on loopback."""
    app = web.Application()
    add_routes(app, room.edge)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.SockSite(runner, listening).start()
    return runner


@asynccontextmanager
async def open_line(
    wire: str, db: Database, vault: Vault, *, rules: ChatRules = RULES, **more: str
) -> AsyncIterator[Line]:
    """A messenger from the registry, served on loopback and known to its provider."""
    name, chosen = OTHER_WIRES.get(wire, (wire, {}))
    more = chosen | more
    listening = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    config = world_of(wire, url)
    async with World(config).running() as world, aiohttp.ClientSession() as session:
        world.point_at(sms_url=f"{url}/sms/in")
        settings = read_settings(url, world, **more)
        carrier = a_carrier(settings)
        built = [build(outside(settings, carrier)) for build in BUILDERS]
        messenger = next(m for m in built if m is not None and m.channel.name == name)
        messenger.channel.pace = Pace()  # type: ignore[misc] # tests do not wait
        house = House(db, vault, channels={name: messenger.channel}, rules=rules)
        room = messenger.room(house.reception, house.delivery)
        runner = await served(room, listening)
        if isinstance(messenger, TelegramMessenger) and room.edge:
            await messenger._bot.set_webhook(
                f"{url}/telegram/webhook",
                secret_token=settings.telegram.webhook_secret.reveal(),
            )
        try:
            peer = PEERS[wire](world)
            yield Line(messenger, world, house, settings, peer, url, session, wire)
        finally:
            await runner.cleanup()
            for one in built:
                if one is not None:
                    await one.close()
            await carrier.close()
    assert world.failures == []
