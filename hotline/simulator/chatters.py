"""Scripted people on Telegram: they write, send photos and voices, correct themselves, leave."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random  # noqa: TID251 - a type; the seeded generator comes from outside
from typing import Final

from hotline.simulator.telegram.files import Kind
from hotline.simulator.telegram.params import Upload
from hotline.simulator.telegram.people import TelegramPerson
from hotline.simulator.telegram.pictures import picture
from hotline.simulator.telegram.sounds import voice_note

_SIDES: Final = (200, 400)
_VOICE_S: Final = (1, 20)


@dataclass(frozen=True, slots=True)
class Manners:
    """How often somebody does what, beside each other (0: never)."""

    text: float = 5
    photo: float = 1
    voice: float = 1
    album: float = 0.5
    reply: float = 0.5
    edit: float = 0.5
    sticker: float = 0.2
    location: float = 0.2
    press: float = 0
    delete: float = 0
    block: float = 0


CALM: Final = Manners()
"""Writes and sends, and takes nothing back: every word can be found again at the hotline."""

RESTLESS: Final = Manners(press=1, delete=0.5, block=0.3)
"""Also presses buttons again, deletes what was written, and blocks the bot for a moment."""


@dataclass
class Chatter:
    """One person's conversation, decided by ``random`` alone.

    ``wrote``: words that must be at the hotline exactly once, as they stand after all changes.
    ``did``: how often what was done. ``files``: the bodies that were sent, by their kind.
    """

    person: TelegramPerson
    random: Random
    manners: Manners = CALM
    pause_s: float = 0.3
    wrote: list[str] = field(default_factory=list)
    did: Counter[str] = field(default_factory=Counter)
    files: list[tuple[Kind, bytes]] = field(default_factory=list)
    _mine: list[int] = field(default_factory=list)

    async def converse(self, turns: int) -> None:
        """Do so many things, one after the other."""
        for _ in range(turns):
            await self.turn()
            await asyncio.sleep(self.pause_s * self.random.uniform(1, 4))

    async def turn(self) -> str:
        """Do one thing; return what it was."""
        moves = self._moves()
        shares = [float(getattr(self.manners, name)) for name in moves]
        (name,) = self.random.choices(list(moves), shares)
        self.did[name] += 1
        await moves[name]()
        return name

    def _moves(self) -> dict[str, Callable[[], Awaitable[None]]]:
        return {
            "text": self._text,
            "photo": self._photo,
            "voice": self._voice,
            "album": self._album,
            "reply": self._reply,
            "edit": self._edit,
            "sticker": self._sticker,
            "location": self._location,
            "press": self._press,
            "delete": self._delete,
            "block": self._block,
        }

    def _words(self, about: str) -> str:
        """Words that nobody else writes, so that they can be found again."""
        number = sum(self.did.values())
        words = f"{self.person.user_id}: {about} {number} — куда обратиться?"
        self.wrote.append(words)
        return words

    async def _text(self) -> None:
        self._mine.append((await self.person.text(self._words("вопрос"))).message_id)

    async def _reply(self) -> None:
        messages = self.person.messages
        to = self.random.choice(messages).message_id if messages else None
        await self.person.text(self._words("ответ"), reply_to=to)

    async def _edit(self) -> None:
        """Correct a text that was just sent; only the corrected one counts."""
        message = await self.person.text("опечатка")
        await asyncio.sleep(self.pause_s)
        with contextlib.suppress(LookupError):
            await self.person.edit(message.message_id, self._words("исправлено"))

    async def _photo(self) -> None:
        await self.person.photo(self._picture(), self._words("фото"))

    async def _voice(self) -> None:
        body = voice_note(self.random.uniform(*_VOICE_S), serial=self.random.getrandbits(32))
        self.files.append((Kind.VOICE, body))
        await self.person.voice(body)

    async def _album(self) -> None:
        photos = [(Kind.PHOTO, Upload(self._picture())) for _ in range(self.random.randint(2, 4))]
        await self.person.album(photos, self._words("альбом"))

    async def _sticker(self) -> None:
        await self.person.sticker(self.random.choice("🙏😢👍"))

    async def _location(self) -> None:
        await self.person.location(42.87, 74.59)

    async def _press(self) -> None:
        """Any button that stands there, also one that was pressed before."""
        labels = self.person.buttons()
        if labels:
            with contextlib.suppress(LookupError):
                await self.person.press(self.random.randrange(len(labels)))

    async def _delete(self) -> None:
        """Take back one's own words; the hotline has them all the same."""
        if self._mine:
            await self.person.delete(self._mine.pop())

    async def _block(self) -> None:
        await self.person.block()
        await asyncio.sleep(self.pause_s)
        await self.person.unblock()

    def _picture(self) -> bytes:
        mark = self.random.getrandbits(64)
        side = self.random.choice(_SIDES)
        body = picture(side, side * 3 // 4, lambda column, row: (mark >> (column + row) % 56) % 256)
        self.files.append((Kind.PHOTO, body))
        return body
