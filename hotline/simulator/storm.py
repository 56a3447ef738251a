"""People in a storm: callers who leave at any moment, operators whose telephones and tabs fail."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from dataclasses import dataclass, field
from itertools import count
from random import Random  # noqa: TID251 - a type; the seeded generator comes from outside
from typing import Final

from typing_extensions import override

from hotline.simulator.carrier.calls import Call
from hotline.simulator.carrier.ear import Heard
from hotline.simulator.carrier.phonebook import Behaviour, Line
from hotline.simulator.operators import Desk, Json, ScriptedOperator
from hotline.simulator.phones import PhoneCaller
from hotline.simulator.world import World

_MENUS: Final = ("1234", "12312310")  # language, topic; 0 is danger
_WAITING_KEYS: Final = "0#1*9999"  # 9 asks to be called back
_RUNG: Final = (Behaviour.ANSWER,) * 7 + (
    Behaviour.BUSY,
    Behaviour.NO_ANSWER,
    Behaviour.VOICEMAIL,
)
_AWAY_S: Final = 3.0
# A carrier notices that a browser is gone only after so long.
_UNNOTICED_S: Final = (30.0, 45.0)


@dataclass(frozen=True, slots=True)
class Came:
    """One call to the hotline; ``patient`` is who would have waited long."""

    sid: str
    number: str
    patient: bool


@dataclass
class Callers:
    """Comes in ``at_once`` at a time, each from a number of its own; all times are simulated.

    ``ended`` counts how calls ended for the person; ``called_back`` how often one was rung and
    answered.
    """

    world: World
    random: Random
    calls: list[Came] = field(default_factory=list)
    ended: Counter[str] = field(default_factory=Counter)
    called_back: int = 0

    async def come(self, how_many: int, *, at_once: int) -> None:
        """Let all of them call and hang up, sooner or later."""
        numbers = count()

        async def one_after_the_other() -> None:
            while (number := next(numbers)) < how_many:
                await self._call(f"+996{self.random.randrange(200, 1000)}{number:06d}")

        await asyncio.gather(*(one_after_the_other() for _ in range(at_once)))

    async def _call(self, number: str) -> None:
        person = PhoneCaller(self.world.carrier, number)
        leaves_in_menu, patient, restless = (self.random.random() for _ in range(3))
        stays = patient > 0.15  # noqa: PLR2004 - a share
        person.patience_s = self.random.uniform(*(600, 900) if stays else (2, 90))
        line = Line(self.random.choice(_RUNG), ring_s=2.0, on_answer=self._rung)
        self.world.carrier.book.set(number, line)
        call = await person.dial()
        self.calls.append(Came(call.sid, number, stays))
        at = -1
        for keys in _MENUS:
            at = await self._asked(call, at)
            if call.final:
                break
            if leaves_in_menu < 0.05:  # noqa: PLR2004 - a share
                await person.hang_up()
                break
            await person.press(self.random.choice(keys))
        if restless < 0.2:  # noqa: PLR2004 - a share
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self.world.clock.real(self.random.uniform(1, 60))):
                    await call.over.wait()
            key = self.random.choice(_WAITING_KEYS)
            await person.press(key)
            if key == "9" and self.random.random() < 0.7:  # noqa: PLR2004 - a share
                await self.world.clock.sleep(self.random.uniform(2, 20))
                await person.hang_up()
        await call.over.wait()
        self.ended[call.status.value] += 1

    async def _rung(self, call: Call) -> None:
        """Somebody is called back: mostly they listen and press the key, and talk as others do."""
        self.called_back += 1
        await self._asked(call, -1)
        if not call.final and self.random.random() < 0.8:  # noqa: PLR2004 - a share
            call.press("1")
        await self.world.clock.sleep(self.random.uniform(60, 300))
        self.world.carrier.legs.hang_up(call)

    async def _asked(self, call: Call, after: int) -> int:
        """Wait for the next question, or the end."""
        moment = await call.ear.wait(lambda m: m.kind in {Heard.GATHER, Heard.ENDED}, after=after)
        return moment.index


class HardOperator(ScriptedOperator):
    """An operator to whom everything happens that happens: in that share of calls, each.

    Does not see an offer, has a telephone that is busy, rings on or is taken by a machine, hangs
    up, loses the live socket, or loses the whole tab, which the carrier notices late.
    """

    def __init__(
        self, desk: Desk, world: World, address: str, *, random: Random, share: float
    ) -> None:
        super().__init__(desk, talk_s=world.clock.real(10))
        self._world = world
        self._address = address
        self._random = random
        self._share = share
        self._ignored: set[str] = set()
        self._back_at = 0.0

    @override
    async def _round(self) -> None:
        if asyncio.get_running_loop().time() >= self._back_at:
            await super()._round()

    @override
    async def _accept(self, offer: str) -> None:
        if offer in self._ignored or self._happens():
            self._ignored.add(offer)
            return
        behaviour = Behaviour.ANSWER
        if self._happens():
            troubles = (Behaviour.BUSY, Behaviour.NO_ANSWER, Behaviour.VOICEMAIL, Behaviour.UNKNOWN)
            behaviour = self._random.choice(troubles)
        line = Line(behaviour, ring_s=1.0, on_answer=self._answered)
        self._world.carrier.book.set(self._address, line)
        await super()._accept(offer)

    @override
    async def _record(self, card: Json) -> None:
        """Close it with one press; danger is handed on first."""
        if card["danger"]:
            await self._escalate(card["id"])
        await self.desk.post(f"/api/contacts/{card['id']}/non-data", {"kind": "test"})
        self._wake.set()

    async def _answered(self, leg: Call) -> None:
        """What becomes of a call at this end; mostly nothing."""
        sleep, legs = self._world.clock.sleep, self._world.carrier.legs
        if self._happens():
            await sleep(self._random.uniform(0, 20))
            self._back_at = asyncio.get_running_loop().time() + _AWAY_S
            await self.flap()
            await sleep(self._random.uniform(*_UNNOTICED_S))
            legs.hang_up(leg)
        elif self._happens():
            await sleep(self._random.uniform(0, 20))
            legs.hang_up(leg)
        elif self._happens():
            await self.flap()

    def _happens(self) -> bool:
        return self._random.random() < self._share
