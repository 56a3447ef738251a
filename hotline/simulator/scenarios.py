"""Scripted callers on three channels, as a hotline knows them: patient or not."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Coroutine
from dataclasses import dataclass, field
from enum import Enum
from random import Random  # noqa: TID251 - a type; the seeded generator comes from outside
from typing import Any, Final

from hotline.simulator.carrier.calls import Call
from hotline.simulator.carrier.ear import Heard
from hotline.simulator.chatters import CALM, Chatter, Manners
from hotline.simulator.phones import PhoneCaller, SmsPerson
from hotline.simulator.telegram.people import TelegramPerson
from hotline.simulator.world import World

_SHORT_S: Final = 6.0
_LONG_S: Final = 90.0
_REDIALS: Final = 5
_REDIAL_S: Final = 1.5
_TURNS: Final = 3
_LANGUAGE_KEYS: Final = ("1", "2", "3", "4")


class Temper(Enum):
    """How long somebody stays on the telephone."""

    LEAVES_IN_MENU = "leaves in the menu"
    LEAVES_WAITING = "leaves when nobody comes"
    STAYS = "stays"


# Dealt out like cards, so that every crowd has of each.
_DECK: Final = (Temper.LEAVES_IN_MENU, Temper.LEAVES_WAITING, Temper.STAYS, Temper.STAYS)


@dataclass
class Crowd:
    """Who called and what they wrote: the truth that the hotline's log is held against.

    ``calls`` says of each whether the caller waited to the end; ``wrote`` has channel, address and
    text. One caller comes every ``apart_s`` seconds, give or take.
    """

    world: World
    random: Random
    pause_s: float = 0.3
    apart_s: float = 0.6
    manners: Manners = CALM
    arrived: int = 0
    calls: list[tuple[Call, bool]] = field(default_factory=list)
    chatters: list[TelegramPerson] = field(default_factory=list)
    wrote: list[tuple[tuple[str, str], str]] = field(default_factory=list)

    @property
    def on_the_line(self) -> bool:
        """Whether somebody waits or talks on the telephone at this moment."""
        return any(call.live for call, _ in self.calls)

    def scripts(self, callers: int) -> list[Coroutine[Any, Any, None]]:
        """One script a caller: two in five phone, two write on Telegram, one by SMS."""
        made: list[Coroutine[Any, Any, None]] = []
        deck: list[Temper] = []
        for number in range(callers):
            match number % 5:
                case 0 | 2:
                    deck = deck or self.random.sample(_DECK, len(_DECK))
                    made.append(self._phone(number, deck.pop()))
                case 1 | 3:
                    made.append(self._telegram(number))
                case _:
                    made.append(self._sms(number))
        return made

    async def _arrive(self, number: int) -> None:
        await asyncio.sleep(self.apart_s * (number + self.random.random()))
        self.arrived += 1

    async def _phone(self, number: int, temper: Temper) -> None:
        """Whoever hears the carrier instead of the hotline dials again, as it asks."""
        await self._arrive(number)
        person = self.world.phone(f"+99655500{number:04d}")
        for _ in range(1 + _REDIALS):
            self.calls.append((await person.dial(), temper is Temper.STAYS))
            with contextlib.suppress(TimeoutError):
                await self._call(person, temper)
            if not any(moment.kind is Heard.SAY for moment in person.heard):
                return
            await asyncio.sleep(_REDIAL_S)

    async def _call(self, person: PhoneCaller, temper: Temper) -> None:
        """From the menu to the end. Raises TimeoutError when it takes too long."""
        for keys in (_LANGUAGE_KEYS, "1230"):  # 0 is danger
            if not await self._asked(person):
                return
            if temper is Temper.LEAVES_IN_MENU:
                await person.hang_up()
                break
            await person.press(self.random.choice(keys))
        if temper is Temper.LEAVES_WAITING:
            try:
                await person.wait_talking(within_s=self.random.uniform(1, _SHORT_S))
            except TimeoutError:
                await person.hang_up()
        await person.wait_ended(within_s=_LONG_S)

    async def _asked(self, person: PhoneCaller) -> bool:
        """Wait for the next question; False when the call is over before it comes."""
        with contextlib.suppress(TimeoutError):
            await person.wait_gather(within_s=_SHORT_S)
        return not person.call.final

    async def _telegram(self, number: int) -> None:
        await self._arrive(number)
        person = self.world.telegram_person(700_000 + number, language_code="ru")
        self.chatters.append(person)
        await person.start()
        for _ in range(2):  # language, then topic
            with contextlib.suppress(TimeoutError, LookupError):
                await self._until_buttons(person)
                await person.press(self.random.randrange(2))
        chatter = Chatter(person, self.random, self.manners, self.pause_s)
        try:
            await chatter.converse(_TURNS)
        finally:
            at = ("telegram", str(person.user_id))
            self.wrote += [(at, words) for words in chatter.wrote]

    async def _until_buttons(self, person: TelegramPerson) -> None:
        before = person.buttons()
        async with asyncio.timeout(_SHORT_S):
            while not person.buttons() or person.buttons() == before:
                await asyncio.sleep(0.05)
                if person.buttons() and not before:
                    return

    async def _sms(self, number: int) -> None:
        await self._arrive(number)
        person = self.world.sms(f"+99670000{number:04d}")
        await person.send("Здравствуйте")
        for _ in range(2):
            await asyncio.sleep(self.pause_s * 3)
            await person.send("1")
        await self._converse(person)

    async def _converse(self, person: SmsPerson) -> None:
        """Three sentences, each of which must arrive exactly once."""
        for turn in range(_TURNS):
            text = f"sms-{person.number[-4:]}: вопрос {turn + 1} — куда обратиться?"
            self.wrote.append((("sms", person.number), text))
            await person.send(text)
            await asyncio.sleep(self.pause_s * self.random.uniform(1, 4))
