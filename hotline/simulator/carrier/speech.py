"""Prompts and keys: playing to a leg, and listening to what is pressed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from itertools import count

from hotline.simulator.carrier.calls import Call
from hotline.simulator.carrier.desk import Desk
from hotline.simulator.carrier.ear import Heard
from hotline.simulator.carrier.media import Media
from hotline.simulator.carrier.pages import Page
from hotline.simulator.carrier.verbs import Gather, Pause, Play, Prompt, Say
from hotline.simulator.tasks import drop

_LETTERS_A_SECOND = 15.0
_TONE_S = 0.25
_WAITS_S = {"w": 0.5, "W": 1.0}


class Speech:
    """Play prompts in simulated time; a document that plays what is not there is refused."""

    def __init__(self, desk: Desk, media: Media) -> None:
        self._desk = desk
        self._media = media

    async def speak(self, call: Call, prompts: Iterable[Prompt], page: Page) -> None:
        """Play prompts to their end."""
        for prompt in prompts:
            match prompt:
                case Play():
                    await self._play(call, prompt, page)
                case Say():
                    await self._say(call, prompt)
                case Pause():
                    call.ear.hear(Heard.PAUSE, seconds=prompt.length_s)
                    await self._desk.clock.sleep(prompt.length_s)

    async def collect(self, call: Call, verb: Gather, page: Page) -> tuple[str, str]:
        """Return the digits and the key that finished them. The first key stops the prompts."""
        call.forget_keys()
        call.ear.hear(Heard.GATHER, str(verb.num_digits or ""), seconds=verb.timeout_s)
        if not verb.keys:
            await self.speak(call, verb.prompts, page)
            await self._desk.clock.sleep(verb.timeout_s)
            return "", ""
        branch = self._desk.tasks.branch
        talk = branch(self.speak(call, verb.prompts, page), name=f"prompts {call.sid}")
        first = branch(call.keys.get(), name=f"key {call.sid}")
        try:
            await asyncio.wait({talk, first}, return_when=asyncio.FIRST_COMPLETED)
            if not first.done():
                talk.result()
                await asyncio.wait({first}, timeout=self._desk.clock.real(verb.timeout_s))
            if not first.done():
                return "", ""
            talk.cancel()
            return await self._digits(call, verb, first.result())
        finally:
            await drop(talk)
            await drop(first)

    async def _digits(self, call: Call, verb: Gather, first: str) -> tuple[str, str]:
        digits, key = "", first
        while True:
            if key in verb.finish_on_key:
                return digits, key
            digits += key
            if verb.num_digits is not None and len(digits) >= verb.num_digits:
                return digits, ""
            try:
                async with asyncio.timeout(self._desk.clock.real(verb.timeout_s)):
                    key = await call.keys.get()
            except TimeoutError:
                return digits, ""

    async def _play(self, call: Call, verb: Play, page: Page) -> None:
        if verb.digits:
            await send_tones(self._desk, call, verb.digits)
            return
        sound = await self._media.sound(page.absolute(verb.url))
        for _ in range(verb.loop) if verb.loop else count():
            call.ear.hear(Heard.PROMPT, sound.url, seconds=sound.seconds, audio=sound.digest)
            await self._desk.clock.sleep(max(sound.seconds, 0.05))

    async def _say(self, call: Call, verb: Say) -> None:
        seconds = 0.5 + len(verb.text) / _LETTERS_A_SECOND
        for _ in range(verb.loop) if verb.loop else count():
            call.ear.hear(Heard.SAY, verb.text, seconds=seconds)
            await self._desk.clock.sleep(seconds)


async def send_tones(desk: Desk, call: Call, digits: str) -> None:
    """Press keys towards the person; ``w`` is half a second of silence, ``W`` a whole one."""
    seconds = sum(_WAITS_S.get(digit, _TONE_S) for digit in digits)
    call.ear.hear(Heard.TONES, digits, seconds=seconds)
    await desk.clock.sleep(seconds)
