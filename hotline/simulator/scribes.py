"""People who write very much, many at once: what they wrote, in which order, is known."""

from __future__ import annotations

import asyncio
import contextlib
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count
from random import Random  # noqa: TID251 - a type; the seeded generator comes from outside
from typing import Final

from hotline.simulator.telegram.people import TelegramPerson
from hotline.simulator.world import World

_FIRST: Final = 900_000_000
_PAUSE_S: Final = (0.0, 0.6)
_PRESSES: Final = 0.1


@dataclass
class Scribes:
    """Each begins with the command, presses a button now and then, and writes numbered texts.

    ``wrote`` has the texts of each account in their order; ``written`` counts all updates.
    """

    world: World
    random: Random
    people: list[TelegramPerson] = field(default_factory=list)
    wrote: defaultdict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    written: int = 0

    async def write(self, people: int, each: int, *, at_once: int) -> None:
        """Let all of them write ``each`` updates, ``at_once`` people at a time."""
        numbers = count()

        async def one_after_the_other() -> None:
            while (number := next(numbers)) < people:
                await self._write(number, each)

        await asyncio.gather(*(one_after_the_other() for _ in range(at_once)))

    async def _write(self, number: int, each: int) -> None:
        person = self.world.telegram_person(_FIRST + number, language_code="ru")
        self.people.append(person)
        await person.start()
        self.written += 1
        for turn in range(1, each):
            await asyncio.sleep(self.random.uniform(*_PAUSE_S))
            self.written += 1
            if person.buttons() and self.random.random() < _PRESSES:
                with contextlib.suppress(LookupError):
                    await person.press(0)
                    continue
            text = f"{person.user_id} {turn} — где узнать о визе?"
            self.wrote[person.user_id].append(text)
            await person.text(text)

    @staticmethod
    def source(user_id: int) -> tuple[str, str]:
        """Whom a row of the log and a person have in common."""
        return "telegram", str(user_id)[-2:]
