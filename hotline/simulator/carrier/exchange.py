"""The carrier as a whole: numbers, calls in and out, rooms and messages of one account."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import partial

import aiohttp

from hotline.simulator.carrier.calls import (
    Call,
    Callbacks,
    Direction,
    End,
    GoTo,
    Script,
    Status,
)
from hotline.simulator.carrier.desk import Desk
from hotline.simulator.carrier.dialects import DialectName, dialect
from hotline.simulator.carrier.dialing import Dialer
from hotline.simulator.carrier.ear import Heard
from hotline.simulator.carrier.hooks import Hooks, Keys, Retrying
from hotline.simulator.carrier.interpreter import Interpreter
from hotline.simulator.carrier.legs import Legs
from hotline.simulator.carrier.media import Media
from hotline.simulator.carrier.messages import Messages
from hotline.simulator.carrier.pages import Pages
from hotline.simulator.carrier.phonebook import PhoneBook
from hotline.simulator.carrier.queueing import Queueing
from hotline.simulator.carrier.queues import Queues
from hotline.simulator.carrier.recordings import UNREPORTED, Recordings
from hotline.simulator.carrier.rooms import Conference, Rooms
from hotline.simulator.carrier.speech import Speech
from hotline.simulator.carrier.verbs import StatusHook
from hotline.simulator.clock import Clock
from hotline.simulator.faults import Faults
from hotline.simulator.journal import Journal
from hotline.simulator.tasks import Tasks

_RING_S = 60.0


@dataclass(frozen=True, slots=True)
class Urls:
    """Where the carrier sends its webhooks; each may end in a fragment with overrides."""

    voice_url: str = ""
    voice_fallback_url: str = ""
    status_callback: str = ""
    sms_url: str = ""
    app_voice_url: str = ""


@dataclass(frozen=True, slots=True)
class CarrierConfig:
    """The account: what the customer has typed into the carrier's console."""

    account_sid: str
    auth_token: str = field(repr=False)
    old_auth_token: str = field(default="the-token-before", repr=False)
    shared_key: str = ""
    signing_key: str = field(default="", repr=False)
    json_hooks: frozenset[str] = frozenset()
    number: str = "189"
    sms_number: str = "+996312000189"
    urls: Urls = field(default_factory=Urls)
    app_sid: str = "AP00000000000000000000000000000189"
    dialect: DialectName = DialectName.TWILIO
    default_retries: int = 1
    retry_pause_s: float = 0.2
    calls_per_second: float | None = None
    """None: no limit; the real default is 1."""
    sms_opt_out: bool = True
    calls_kept: int = 50_000


class Carrier:
    """Builds and joins the parts; the doors are ``rest`` (the wire) and the methods here."""

    def __init__(
        self, config: CarrierConfig, *, clock: Clock, journal: Journal, tasks: Tasks, faults: Faults
    ) -> None:
        self.config = config
        self.urls = config.urls
        self.faults = faults
        kind = dialect(config.dialect)
        own = config.signing_key if kind.own_signing_key else ""
        keys = Keys(
            own or config.auth_token,
            config.old_auth_token,
            config.shared_key,
            json_hooks=config.json_hooks,
        )
        hooks = Hooks(
            clock,
            journal,
            faults=faults,
            tasks=tasks,
            keys=keys,
            dialect=kind,
            retrying=Retrying(config.default_retries if kind.reliable else 0, config.retry_pause_s),
        )
        self.desk = Desk(config.account_sid, kind, clock, journal, tasks, hooks)
        self.media = Media(clock)
        self.book = PhoneBook(clock)
        self.legs = Legs(self.desk, self.book, faults, kept=config.calls_kept)
        self.rooms = Rooms(self.desk, kept=config.calls_kept)
        self.recordings = Recordings(self.desk)
        self.queues = Queues(self.desk)
        self.messages = Messages(
            self.desk,
            self.book,
            faults,
            own={config.number, config.sms_number},
            number=config.sms_number,
            sms_url=config.urls.sms_url,
            opt_out=config.sms_opt_out,
        )
        self._wire_up()
        self._slot = asyncio.Lock()

    def _wire_up(self) -> None:
        pages, dialer = Pages(self.desk), Dialer(self.desk, self.legs, self.recordings)
        queueing = Queueing(self.desk, self.queues)
        interpreter = Interpreter(
            self.desk,
            self.legs,
            rooms=self.rooms,
            pages=pages,
            speech=Speech(self.desk, self.media),
            dialer=dialer,
            queueing=queueing,
        )
        self.legs.interpret, self.legs.close = interpreter.run, self.recordings.close
        self.rooms.serenade, self.rooms.recite = interpreter.serenade, interpreter.recite
        self.rooms.record = self._record_room
        dialer.run = queueing.run = interpreter.run
        queueing.last = self.legs.say_last_words

    def _record_room(self, room: Conference) -> None:
        first, hook = next(iter(room.participants.values())), room.recording
        self.recordings.start_room(room.sid, first.call, hook=hook or UNREPORTED, end=room.done)

    def use(self, session: aiohttp.ClientSession) -> None:
        """Take the HTTP session; called when the world starts."""
        self.desk.hooks.session = session
        self.media.session = session

    def point_at(self, urls: Mapping[str, str]) -> None:
        """Type other URLs into the console; an unknown name is a ``TypeError``."""
        self.urls = Urls(**(asdict(self.urls) | dict(urls)))
        self.messages.sms_url = self.urls.sms_url

    def inbound(self, origin: str, to: str, *, forwarded_from: str | None = None) -> Call:
        """Let a person call a number; an unknown number fails without a webhook."""
        callbacks = Callbacks(url=self.urls.status_callback)
        call = self.legs.make(origin, to, direction=Direction.INBOUND, callbacks=callbacks)
        call.forwarded_from = forwarded_from
        known = to in {self.config.number, self.config.sms_number} and self.urls.voice_url
        fallback = self.urls.voice_fallback_url if self.desk.dialect.reliable else ""
        script = Script(url=self.urls.voice_url, fallback_url=fallback)
        self._come_in(call, script if known else None)
        return call

    def from_softphone(self, identity: str, params: Mapping[str, str]) -> Call:
        """Let a browser softphone connect to the TwiML App, with its own parameters."""
        call = self.legs.make(
            f"client:{identity}",
            params.get("To", ""),
            direction=Direction.INBOUND,
            callbacks=Callbacks(url=self.urls.status_callback),
        )
        call.identity = {"ApplicationSid": self.config.app_sid}
        url = self.urls.app_voice_url
        self._come_in(call, Script(url=url, params=dict(params)) if url else None)
        return call

    def _come_in(self, call: Call, script: Script | None) -> None:
        call.status = Status.RINGING
        call.ear.hear(Heard.RINGING, call.to)
        if script is None:
            call.verdict = Status.FAILED
            self.legs.start(call, _nothing)
        else:
            self.legs.start(call, partial(self.legs.run, call, script))

    def originate(
        self,
        origin: str,
        to: str,
        script: Script,
        *,
        callbacks: Callbacks,
        timeout_s: float = _RING_S,
        time_limit_s: float | None = None,
        recording: StatusHook | None = None,
    ) -> Call:
        """Call somebody on behalf of the REST API; record it from the answer on, if asked for."""
        call = self.legs.make(origin, to, direction=Direction.OUTBOUND_API, callbacks=callbacks)
        if recording is not None:
            self.desk.tasks.start(self._record(call, recording), name="record")
        self.legs.start(call, partial(self._outgoing, call, script, timeout_s=timeout_s))
        if time_limit_s is not None:
            self.desk.tasks.start(self._limit(call, time_limit_s), name="time limit")
        return call

    async def _outgoing(self, call: Call, script: Script, *, timeout_s: float) -> None:
        if self.config.calls_per_second is not None:
            async with self._slot:
                await self.desk.clock.sleep(1 / self.config.calls_per_second)
        if await self.legs.ring(call, timeout_s=timeout_s):
            await self.legs.run(call, script)

    async def _record(self, call: Call, hook: StatusHook) -> None:
        await call.ear.wait(lambda moment: moment.kind in {Heard.ANSWERED, Heard.ENDED})
        if call.live:
            self.recordings.start(call, "OutboundAPI", hook=hook)

    async def _limit(self, call: Call, seconds: float) -> None:
        await self.desk.clock.sleep(seconds)
        self.end(call)

    def redirect(self, call: Call, script: Script) -> None:
        """Let a live call run something else."""
        self.legs.order(call, GoTo(script), departure="participant_updated_via_api")

    def end(self, call: Call, *, unanswered: Status = Status.CANCELED) -> None:
        """End a call on behalf of the REST API."""
        self.legs.order(call, End(unanswered), departure="participant_hung_up")


async def _nothing() -> None:
    """Be the work of a leg that goes nowhere."""
