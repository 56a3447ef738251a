"""Scripted callers on three channels, as a hotline knows them: patient or not."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Coroutine
from dataclasses import dataclass, field
from random import Random  # noqa: TID251 - a type; the seeded generator comes from outside
from typing import Any, Final

from hotline.simulator.phones import PhoneCaller, SmsPerson
from hotline.simulator.telegram.people import TelegramPerson
from hotline.simulator.world import World

_SHORT_S: Final = 6.0
_LONG_S: Final = 90.0
_LANGUAGE_KEYS: Final = ("1", "2", "3", "4")


@dataclass
class Crowd:
    """Who called and what they wrote: the truth that the hotline's log is held against."""

    world: World
    random: Random
    pause_s: float = 0.3
    phones: list[PhoneCaller] = field(default_factory=list)
    chatters: list[TelegramPerson] = field(default_factory=list)
    texters: list[SmsPerson] = field(default_factory=list)
    wrote: dict[str, list[str]] = field(default_factory=dict)

    def scripts(self, callers: int) -> list[Coroutine[Any, Any, None]]:
        """One script a caller: two in five phone, two write on Telegram, one by SMS."""
        made: list[Coroutine[Any, Any, None]] = []
        for number in range(callers):
            match number % 5:
                case 0 | 2:
                    made.append(self._phone(number))
                case 1 | 3:
                    made.append(self._telegram(number))
                case _:
                    made.append(self._sms(number))
        return made

    async def _late(self) -> None:
        await asyncio.sleep(self.random.uniform(0, self.pause_s * 10))

    async def _phone(self, number: int) -> None:
        """Every fourth hangs up in the menu, every fourth while waiting; the rest talk."""
        await self._late()
        person = self.world.phone(f"+99655500{number:04d}")
        self.phones.append(person)
        await person.dial()
        temper = self.random.randrange(4)
        with contextlib.suppress(TimeoutError):
            await person.wait_gather(within_s=_SHORT_S)
            if temper == 0:
                await person.hang_up()
                return
            await person.press(self.random.choice(_LANGUAGE_KEYS))
            await person.wait_gather(within_s=_SHORT_S)
            await person.press(self.random.choice("1230"))  # 0 is danger
        if temper == 1:
            await asyncio.sleep(self.pause_s * 4)
            await person.hang_up()
            return
        with contextlib.suppress(TimeoutError):
            await person.wait_ended(within_s=_LONG_S)

    async def _telegram(self, number: int) -> None:
        await self._late()
        person = self.world.telegram_person(700_000 + number, language_code="ru")
        self.chatters.append(person)
        await person.start()
        for _ in range(2):  # language, then topic
            with contextlib.suppress(TimeoutError, LookupError):
                await self._until_buttons(person)
                await person.press(self.random.randrange(2))
        await self._converse(f"telegram-{person.user_id}", person.text)

    async def _until_buttons(self, person: TelegramPerson) -> None:
        before = person.buttons()
        async with asyncio.timeout(_SHORT_S):
            while not person.buttons() or person.buttons() == before:
                await asyncio.sleep(0.05)
                if person.buttons() and not before:
                    return

    async def _sms(self, number: int) -> None:
        await self._late()
        person = self.world.sms(f"+99670000{number:04d}")
        self.texters.append(person)
        await person.send("Здравствуйте")
        for _ in range(2):
            await asyncio.sleep(self.pause_s * 3)
            await person.send("1")
        await self._converse(f"sms-{person.number[-4:]}", person.send)

    async def _converse(self, name: str, write: Any) -> None:  # noqa: ANN401 - either person's verb
        """Three sentences, each of which must arrive exactly once."""
        for turn in range(3):
            text = f"{name}: вопрос {turn + 1} — куда обратиться?"
            self.wrote.setdefault(name, []).append(text)
            await write(text)
            await asyncio.sleep(self.pause_s * self.random.uniform(1, 4))
