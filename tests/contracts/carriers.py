"""The carriers of the suite, and ways to have a live call or an open room on them."""

import asyncio
from dataclasses import dataclass

from hotline.carrier import capabilities
from hotline.carrier.memory import MemoryCarrier
from hotline.carrier.ports import Carrier, CarrierError, OutcomeUnknown, Wish
from hotline.carrier.transport import Transport
from hotline.carrier.twilio import Account, TwilioCarrier
from hotline.kernel.clock import SystemClock
from hotline.kernel.secret import Secret
from hotline.simulator.carrier.calls import Call, Callbacks, Script
from hotline.simulator.carrier.ear import Heard
from hotline.simulator.faults import Fault
from hotline.simulator.world import World

URL = "http://127.0.0.1:9/voice/op"
STATUS = "http://127.0.0.1:9/voice/status"
OPERATOR = "client:op_0123456789abcdef0123456789abcdef"
PERSON = "+996555000111"


@dataclass(slots=True)
class Line:
    """A carrier and a way to have a live call or an open room on it."""

    carrier: Carrier
    memory: MemoryCarrier | None = None
    world: World | None = None

    async def live_call(self) -> str:
        if self.memory is not None:
            return self.memory.incoming().sid
        return (await self._run('<Response><Gather timeout="600"/></Response>')).sid

    async def open_room(self, name: str) -> None:
        if self.memory is not None:
            self.memory.rooms[name] = {}
            return
        await self.enter(name)

    async def enter(self, name: str) -> str:
        """Somebody comes into the room; their leg."""
        if self.memory is not None:
            sid = self.memory.incoming().sid
            self.memory.rooms.setdefault(name, {})[sid] = Wish()
            return sid
        document = f"<Response><Dial><Conference>{name}</Conference></Dial></Response>"
        return (await self._run(document)).sid

    def inside(self, name: str) -> dict[str, tuple[bool, bool, str | None]]:
        """Who is there: held, muted, and whom they whisper to."""
        if self.memory is not None:
            wishes = self.memory.rooms.get(name, {})
            return {sid: (one.held, one.muted, one.coaches) for sid, one in wishes.items()}
        assert self.world is not None
        room = self.world.carrier.rooms.open_named(name)
        there = {} if room is None else room.participants
        return {sid: (one.hold, one.muted, one.coach_sid) for sid, one in there.items()}

    def has_room(self, name: str) -> bool:
        if self.memory is not None:
            return name in self.memory.rooms
        assert self.world is not None
        return self.world.carrier.rooms.open_named(name) is not None

    async def ended(self, sid: str) -> None:
        if self.world is not None:
            async with asyncio.timeout(5):
                await self.world.carrier.legs.by_sid[sid].over.wait()

    async def writes_to_us(self, body: str) -> str:
        """Somebody writes to our number, and no webhook tells us."""
        if self.memory is not None:
            return self.memory.incoming_message(PERSON, body).sid
        assert self.world is not None
        ours = self.world.config.sms_number
        return (await self.world.carrier.messages.receive(PERSON, ours, body)).sid

    async def records(self) -> tuple[str, str]:
        """Somebody spoke after the tone and hung up: their leg, and the recording."""
        if self.memory is not None:
            sid = self.memory.incoming().sid
            return sid, self.memory.record(sid, b"RIFF" + bytes(2000), 1)
        assert self.world is not None
        call = await self._run("<Response><Record/></Response>")
        (recording,) = self.world.carrier.recordings.by_sid
        self.world.carrier.legs.hang_up(call)
        await self.ended(call.sid)
        return call.sid, recording

    def break_next(self) -> None:
        """The next request is answered with 500, whether or not it was carried out."""
        if self.memory is not None:
            self.memory.failures.append(OutcomeUnknown())
        else:
            assert self.world is not None
            self.world.faults.arm(Fault.REST_500)

    def refuse_all(self) -> None:
        if self.memory is not None:
            self.memory.failures.append(CarrierError("too-many", permanent=False))
        else:
            assert self.world is not None
            self.world.faults.retry_after_s = 0
            self.world.faults.arm(Fault.REST_429, times=10)

    async def _run(self, twiml: str) -> Call:
        assert self.world is not None
        call = self.world.carrier.originate(
            "+996312000189", "client:somebody", Script(twiml=twiml), callbacks=Callbacks()
        )
        async with asyncio.timeout(5):
            await call.ear.wait(
                lambda moment: moment.kind in {Heard.GATHER, Heard.ROOM, Heard.RECORDING}
            )
        return call


def speak(world: World, dialect: capabilities.Dialect) -> TwilioCarrier:
    config = world.config
    account = Account(
        sid=config.account_sid,
        base_url=world.url,
        sms_from=config.sms_number,
        twiml_app_sid=config.app_sid,
        api_key_sid="SK" + "1" * 32,
        api_key_secret=Secret("s" * 32),
    )

    async def no_pause(_seconds: float) -> None:
        await asyncio.sleep(0)

    transport = Transport(config.account_sid, Secret(config.auth_token), sleep=no_pause)
    return TwilioCarrier(account, capabilities.of(dialect), transport, SystemClock())
