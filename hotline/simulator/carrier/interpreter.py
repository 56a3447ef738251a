"""Carries out documents on a leg, verb by verb, the way the carrier does."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from hotline.simulator.carrier.calls import Call, CallOver, Script, Status
from hotline.simulator.carrier.desk import Desk
from hotline.simulator.carrier.dialing import Dialer
from hotline.simulator.carrier.ear import Heard
from hotline.simulator.carrier.errors import DocumentError
from hotline.simulator.carrier.legs import Legs
from hotline.simulator.carrier.pages import Page, Pages
from hotline.simulator.carrier.queueing import Left, Queueing
from hotline.simulator.carrier.rooms import Rooms
from hotline.simulator.carrier.speech import Speech
from hotline.simulator.carrier.verbs import (
    Dial,
    Enqueue,
    Gather,
    Hangup,
    Leave,
    Pause,
    Play,
    Record,
    Redirect,
    Reject,
    Room,
    Say,
    StatusHook,
    Unreadable,
)

_FOREVER_S = 14_400.0
_WHILE_WAITING = (Play, Say, Pause, Gather, Redirect, Hangup, Leave)
_Handler = Callable[[Call, Any, Page], Awaitable[Script | None]]  # each takes its own verb class


class Interpreter:
    """``run`` returns at the end of the script and raises ``CallOver`` where a verb ends it."""

    def __init__(
        self,
        desk: Desk,
        legs: Legs,
        *,
        rooms: Rooms,
        pages: Pages,
        speech: Speech,
        dialer: Dialer,
        queueing: Queueing,
    ) -> None:
        self._desk = desk
        self._legs = legs
        self._rooms = rooms
        self._pages = pages
        self._speech = speech
        self._dialer = dialer
        self._queueing = queueing
        self._recordings = dialer.recordings
        self._verbs: dict[type, _Handler] = {
            Play: self._prompt,
            Say: self._prompt,
            Pause: self._pause,
            Gather: self._gather,
            Redirect: self._redirect,
            Hangup: self._hangup,
            Reject: self._reject,
            Record: self._record,
            Dial: self._dial,
            Enqueue: self._enqueue,
            Leave: self._leave,
            Unreadable: self._unreadable,
        }

    async def run(self, call: Call, script: Script) -> None:
        """Follow documents until one has no more verbs."""
        step: Script | None = script
        while step is not None:
            if step.room is not None:
                await self._sit(call, step.room, _FOREVER_S)
                return
            try:
                page = await self._pages.fetch(call, step)
                following = await self._perform(call, page)
            except DocumentError as error:
                following = self._fall_back(call, step, error)
            else:
                following = _inherit(following, step)
            step = following

    async def serenade(self, call: Call, url: str, method: str) -> None:
        """Play a waiting document over and over until cancelled."""
        script = Script(url=url, method=method)
        while True:
            page = await self._pages.fetch(call, script)
            prompts = [verb for verb in page.verbs if isinstance(verb, Play | Say | Pause)]
            onward = next((verb for verb in page.verbs if isinstance(verb, Redirect)), None)
            if not prompts and onward is None:
                return
            await self._speech.speak(call, prompts, page)
            if onward is not None:
                script = Script(url=page.absolute(onward.url), method=onward.method)
            await asyncio.sleep(0)

    async def recite(self, call: Call, script: Script) -> None:
        """Play a document once."""
        page = await self._pages.fetch(call, script)
        prompts = [verb for verb in page.verbs if isinstance(verb, Play | Say | Pause)]
        await self._speech.speak(call, prompts, page)

    async def _perform(self, call: Call, page: Page) -> Script | None:
        for verb in page.verbs:
            if call.waits and not isinstance(verb, _WHILE_WAITING):
                raise DocumentError(12200, f"{type(verb).__name__} is not allowed in a waitUrl")
            following = await self._verbs[type(verb)](call, verb, page)
            if following is not None:
                return following
        return None

    def _fall_back(self, call: Call, step: Script, error: DocumentError) -> Script:
        self._pages.notify(call, error)
        if call.waits:
            raise error
        if not step.fallback_url:
            if self._desk.dialect.reliable:
                call.ear.hear(Heard.SAY, "An application error has occurred. Goodbye.")
            raise CallOver(Status.COMPLETED if call.live else Status.FAILED)
        params = {"ErrorCode": str(error.code), "ErrorUrl": error.url or step.url}
        return Script(url=step.fallback_url, method=step.fallback_method, params=params)

    async def _prompt(self, call: Call, verb: Play | Say, page: Page) -> None:
        self._legs.answer(call)
        await self._speech.speak(call, [verb], page)

    async def _pause(self, call: Call, verb: Pause, page: Page) -> None:
        """Wait; a call that is not answered yet goes on ringing meanwhile."""
        await self._speech.speak(call, [verb], page)

    async def _gather(self, call: Call, verb: Gather, page: Page) -> Script | None:
        self._legs.answer(call)
        digits, finished = await self._speech.collect(call, verb, page)
        if not digits and not verb.action_on_empty:
            return None
        rich = self._desk.dialect.rich_parameters
        params = {"Digits": digits} if digits or rich else {}
        if rich:
            params |= {"msg": "Gather End", "FinishedOnKey": finished}
        return Script(url=page.absolute(verb.action), method=verb.method, params=params)

    async def _redirect(self, call: Call, verb: Redirect, page: Page) -> Script:
        """Go on; the small carrier answers the call and takes its time."""
        if self._desk.dialect.redirect_pause_s:
            self._legs.answer(call)
            await self._desk.clock.sleep(self._desk.dialect.redirect_pause_s)
        return Script(url=page.absolute(verb.url), method=verb.method)

    async def _hangup(self, call: Call, _verb: Hangup, _page: Page) -> None:
        """End the call, and answer it first: only Reject costs nothing."""
        self._legs.answer(call)
        raise CallOver

    async def _reject(self, call: Call, verb: Reject, _page: Page) -> None:
        busy = verb.reason == "busy"
        if not call.live:
            raise CallOver(Status.BUSY if busy else Status.NO_ANSWER)
        raise CallOver(Status.COMPLETED)

    async def _record(self, call: Call, verb: Record, page: Page) -> Script | None:
        """Record what the person says, until a key, the end of their call, or silence.

        Who ends it has spoken until then. Who lets it run out has been silent since they last said
        that they speak, and if they never did the message is empty.
        """
        self._legs.answer(call)
        call.forget_keys()
        if verb.beep:
            call.ear.hear(Heard.BEEP)
        call.ear.hear(Heard.RECORDING, seconds=verb.max_length_s)
        recording = self._recordings.start(call, "RecordVerb", hook=_whole(verb.hook, page))
        action, begun = page.absolute(verb.action), self._desk.clock.instant()
        try:
            pressed = await self._until_silence(call, verb, begun)
        except asyncio.CancelledError:
            self._recordings.stop(recording)
            params = self._recordings.answer(recording, "hangup")
            call.last_words = Script(url=action, method=verb.method, params=params)
            raise
        if not pressed and verb.trim:
            spoke_until = max(begun, call.speaks_until or begun)
            if spoke_until == begun and not self._desk.dialect.keeps_silence:
                self._recordings.drop(recording)
                return None
            recording.trimmed_s = max(0.0, self._desk.clock.instant() - spoke_until)
        self._recordings.stop(recording)
        params = self._recordings.answer(recording, pressed)
        return Script(url=action, method=verb.method, params=params)

    async def _until_silence(self, call: Call, verb: Record, begun: float) -> str:
        """Return the key that ended a message; none: long enough silent, or as long as may be."""
        clock, longest = self._desk.clock, begun + verb.max_length_s
        while True:
            spoke_until = max(begun, call.speaks_until or begun)
            until = min(spoke_until + (verb.timeout_s or verb.max_length_s), longest)
            if clock.instant() >= until:
                return ""
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(clock.real(until - clock.instant())):
                    while (pressed := await call.keys.get()) not in verb.finish_on_key:
                        pass
                return pressed

    async def _dial(self, call: Call, verb: Dial, page: Page) -> Script | None:
        if not verb.parties or not verb.answer_on_bridge:
            self._legs.answer(call)
        if verb.action is not None:
            over = {"DialCallStatus": "no-answer" if verb.room is None else "answered"}
            url = page.absolute(verb.action)
            call.last_words = Script(url=url, method=verb.method, params=over)
        if verb.room is not None:
            params = await self._confer(call, verb, page)
        elif verb.queue is not None:
            params = await self._queueing.dequeue(call, verb, page)
        else:
            params = await self._dialer.dial(call, verb, page)
        call.last_words = None
        if verb.action is None:
            return None
        return Script(url=page.absolute(verb.action), method=verb.method, params=params)

    async def _enqueue(self, call: Call, verb: Enqueue, page: Page) -> Script | None:
        self._legs.answer(call)
        params = await self._queueing.enqueue(call, verb, page)
        call.last_words = None
        if verb.action is None:
            return None
        return Script(url=page.absolute(verb.action), method=verb.method, params=params)

    async def _unreadable(self, _call: Call, verb: Unreadable, page: Page) -> None:
        raise DocumentError(verb.code, verb.message, url=page.url)

    async def _leave(self, call: Call, _verb: Leave, _page: Page) -> None:
        """Leave the queue; anywhere else it says nothing."""
        if call.waits:
            raise Left

    async def _confer(self, call: Call, verb: Dial, page: Page) -> dict[str, str]:
        if verb.room is None:
            raise AssertionError
        wait, recording = verb.room.wait_url, verb.room.recording
        room = replace(
            verb.room,
            hook=_whole(verb.room.hook, page),
            recording=None if recording is None else _whole(recording, page),
            wait_url=page.absolute(wait) if wait else wait,
        )
        try:
            await self._sit(call, room, verb.time_limit_s, on_star=verb.hangup_on_star)
        except DocumentError as error:
            self._pages.notify(call, error)
            return {"DialCallStatus": "failed"}
        return {"DialCallStatus": "answered"}

    async def _sit(
        self, call: Call, spec: Room, time_limit_s: float, *, on_star: bool = False
    ) -> None:
        room, participant = self._rooms.enter(call, spec)
        reason = "participant_hung_up"
        try:
            async with asyncio.timeout(self._desk.clock.real(time_limit_s)):
                with self._dialer.listening(call, participant.gone.set, on_star=on_star):
                    await participant.gone.wait()
            reason = participant.reason or reason
        except TimeoutError:
            return
        except asyncio.CancelledError:
            reason = call.departure
            raise
        finally:
            await self._rooms.leave(room, participant, reason)


def _whole(hook: StatusHook, page: Page) -> StatusHook:
    return replace(hook, url=page.absolute(hook.url) if hook.url else None)


def _inherit(following: Script | None, step: Script) -> Script | None:
    if following is None:
        return None
    return replace(following, fallback_url=step.fallback_url, fallback_method=step.fallback_method)
