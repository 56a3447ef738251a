"""One world: carrier, Bot API, people, hand page and control, in one small server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
from aiohttp import web
from aiohttp.typedefs import Handler

from hotline.simulator import control
from hotline.simulator.aggregator import Aggregator, AggregatorConfig
from hotline.simulator.carrier.dialects import DialectName
from hotline.simulator.carrier.exchange import Carrier, CarrierConfig, Urls
from hotline.simulator.carrier.rest import app as rest
from hotline.simulator.clock import Clock
from hotline.simulator.faults import Faults
from hotline.simulator.handpage import page as handpage
from hotline.simulator.journal import Journal
from hotline.simulator.messenger import Messenger
from hotline.simulator.people import People
from hotline.simulator.phones import PhoneCaller, SmsPerson, Softphone
from hotline.simulator.tasks import Tasks, drop
from hotline.simulator.telegram import server as botapi
from hotline.simulator.telegram.people import TelegramPerson
from hotline.simulator.telegram.platform import Platform
from hotline.simulator.voices import Voices

# What a bot may upload, and a little for the form around it.
_LARGEST = 51 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class WorldConfig:
    """Everything the simulated vendors know about their customer.

    ``port`` 0 takes a free one. URLs may carry connection overrides as a fragment
    (``#rc=5&rp=all``). ``default_retries`` is used where a URL has none; the first retry comes
    after ``retry_pause_s`` real seconds, each further one after twice the pause.
    With ``shared_key``, the name of a key, webhooks are signed with SHA-256. ``signing_key`` is
    what they are signed with where the vendor has a key of its own for that. ``json_hooks`` are
    kinds of webhooks (``status``, ``amd``, …) that come as JSON, signed by a digest of the body.
    With ``aggregator`` people's SMS go by a local provider instead of the carrier.
    ``bins`` are documents that the carrier itself keeps, by name, at ``/bins/NAME``.
    ``journal_kept`` entries and ``calls_kept`` legs are remembered; of older ones, those that ended
    are forgotten, so that a world of very many calls does not grow.
    """

    account_sid: str = "AC00000000000000000000000000000189"
    auth_token: str = field(default="simulated-auth-token", repr=False)
    old_auth_token: str = field(default="the-token-before", repr=False)
    shared_key: str = ""
    signing_key: str = field(default="", repr=False)
    json_hooks: frozenset[str] = frozenset()
    bot_token: str = field(default="189189189:simulated-bot-token-of-the-hotline", repr=False)
    bot_username: str = "hotline189_bot"
    number: str = "189"
    sms_number: str = "+996312000189"
    voice_url: str = ""
    voice_fallback_url: str = ""
    bins: Mapping[str, str] = field(default_factory=dict)
    status_callback: str = ""
    sms_url: str = ""
    app_sid: str = "AP00000000000000000000000000000189"
    app_voice_url: str = ""
    dialect: DialectName = DialectName.TWILIO
    default_retries: int = 1
    retry_pause_s: float = 0.2
    calls_per_second: float | None = None
    sms_opt_out: bool = True
    factor: float = 1.0
    network_floor_s: float = 10.0
    skew_s: float = 0.0
    host: str = "127.0.0.1"
    port: int = 0
    aggregator: AggregatorConfig | None = None
    journal_path: Path | None = None
    journal_kept: int = 200_000
    calls_kept: int = 50_000


class World:
    """See the package. Build it inside or outside the loop; run it once."""

    def __init__(self, config: WorldConfig) -> None:
        self.config = config
        self.clock = Clock(
            factor=config.factor, network_floor_s=config.network_floor_s, skew_s=config.skew_s
        )
        self.journal = Journal(self.clock, config.journal_path, kept=config.journal_kept)
        self.tasks = Tasks()
        self.faults = Faults()
        self.carrier = Carrier(
            _carrier_config(config),
            clock=self.clock,
            journal=self.journal,
            tasks=self.tasks,
            faults=self.faults,
        )
        self.telegram = Platform(
            config.bot_token,
            config.bot_username,
            clock=self.clock,
            journal=self.journal,
            tasks=self.tasks,
            faults=self.faults,
        )
        self.aggregator: Aggregator | None = None
        if config.aggregator is not None:
            self.aggregator = Aggregator(
                config.aggregator,
                self.carrier.book,
                clock=self.clock,
                journal=self.journal,
                tasks=self.tasks,
                faults=self.faults,
            )
        texting = self.aggregator or self.carrier.messages
        self.people = People(self.carrier, self.telegram, texting)
        self._voices = Voices(self.carrier, self.people, self.journal)
        self._port = config.port

    @property
    def url(self) -> str:
        """Return the address of this world, without a slash at the end."""
        return f"http://{self.config.host}:{self._port}"

    @property
    def failures(self) -> list[BaseException]:
        """Return exceptions that escaped inside the simulator: its own mistakes."""
        return self.tasks.failures

    def point_at(self, **urls: str) -> None:
        """Type other URLs into the carrier's console (``voice_url=...``), also while running."""
        self.carrier.point_at(urls)

    def phone(self, number: str) -> PhoneCaller:
        """Return the person with this telephone number."""
        return self.people.phone(number)

    def softphone(self, identity: str) -> Softphone:
        """Return the browser phone of this identity."""
        return self.people.softphone(identity)

    def sms(self, number: str) -> SmsPerson:
        """Return the person with this mobile number."""
        return self.people.sms(number)

    def telegram_person(self, user_id: int, *, language_code: str | None = None) -> TelegramPerson:
        """Return the person with this Telegram account."""
        return self.people.telegram_person(user_id, language_code=language_code)

    def application(self) -> web.Application:
        """Build the server: REST, Bot API, control, hand page."""
        app = web.Application(client_max_size=_LARGEST, middlewares=[_not_ours])
        app.add_subapp(self.carrier.desk.dialect.rest_prefix, rest.build(self.carrier))
        app.add_routes(botapi.Server(self.telegram).routes())
        app.add_routes(
            control.Control(
                self.carrier, self.telegram, self.people, journal=self.journal, faults=self.faults
            ).routes()
        )
        app.add_routes(Messenger(self.telegram, self.people).routes())
        app.add_routes(self._voices.routes())
        app.add_routes(handpage.routes())
        if self.aggregator is not None:
            app.add_routes(self.aggregator.routes())
        app.router.add_route("*", "/bins/{name}", self._bin)
        return app

    async def _bin(self, request: web.Request) -> web.Response:
        document = self.config.bins.get(request.match_info["name"])
        if document is None:
            raise web.HTTPNotFound
        return web.Response(text=document, content_type="text/xml")

    @asynccontextmanager
    async def running(self) -> AsyncIterator[World]:
        """Serve until the block ends; then everything that still runs is stopped."""
        connector = aiohttp.TCPConnector(limit=0)
        jar = aiohttp.DummyCookieJar()
        async with aiohttp.ClientSession(connector=connector, cookie_jar=jar) as session:
            self.carrier.use(session)
            self.telegram.use(session)
            if self.aggregator is not None:
                self.aggregator.use(session)
            runner = web.AppRunner(
                self.application(), access_log=None, shutdown_timeout=0.1, handle_signals=False
            )
            await runner.setup()
            writing = self.tasks.spawn(self.journal.keep_writing(), name="journal")
            self.tasks.start(self._voices.keep_telling(), name="voices")
            try:
                site = web.TCPSite(runner, self.config.host, self.config.port)
                await site.start()
                self._port = _port_of(runner)
                self.carrier.recordings.home = self.url
                yield self
            finally:
                await drop(writing)
                await self.tasks.close()
                await runner.cleanup()
                await self.journal.flush()

    async def run_forever(self) -> None:
        """Serve until cancelled."""
        async with self.running():
            await asyncio.Event().wait()


@web.middleware
async def _not_ours(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Whoever asked was killed in the middle of it: no mistake of ours, and nobody to answer."""
    try:
        return await handler(request)
    except ConnectionResetError:
        return web.Response(status=400)


def _port_of(runner: web.AppRunner) -> int:
    address = runner.addresses[0]
    return int(address[1])


def _carrier_config(config: WorldConfig) -> CarrierConfig:
    return CarrierConfig(
        account_sid=config.account_sid,
        auth_token=config.auth_token,
        old_auth_token=config.old_auth_token,
        shared_key=config.shared_key,
        signing_key=config.signing_key,
        json_hooks=config.json_hooks,
        number=config.number,
        sms_number=config.sms_number,
        urls=Urls(
            voice_url=config.voice_url,
            voice_fallback_url=config.voice_fallback_url,
            status_callback=config.status_callback,
            sms_url=config.sms_url,
            app_voice_url=config.app_voice_url,
        ),
        app_sid=config.app_sid,
        dialect=config.dialect,
        default_retries=config.default_retries,
        retry_pause_s=config.retry_pause_s,
        calls_per_second=config.calls_per_second,
        calls_kept=config.calls_kept,
        sms_opt_out=config.sms_opt_out,
    )
