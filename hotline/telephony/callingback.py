"""Calling somebody back: the call that leads to the gate, made once and never blindly again."""

from typing import Any, Final
from uuid import UUID

import structlog

from hotline.callbacks.model import NOT_ALLOWED, Attempt
from hotline.callbacks.service import Callbacks
from hotline.carrier.ports import CallRef, CarrierError, OutcomeUnknown
from hotline.infra.db import Database
from hotline.infra.jobcontext import JobContext
from hotline.telephony.lines import CLOCKS_DIFFER, Outside
from hotline.telephony.model import Room, Situation, Timing
from hotline.telephony.returned import called
from hotline.telephony.rooms import Rooms

log = structlog.get_logger(__name__)

_UNKNOWN: Final = "unknown"


class CallingBack:
    """The job that rings a caller. It may run twice, and late; the person is rung once."""

    def __init__(
        self, db: Database, rooms: Rooms, callbacks: Callbacks, outside: Outside, timing: Timing
    ) -> None:
        self._db = db
        self._rooms = rooms
        self._callbacks = callbacks
        self._carrier = outside.carrier
        self._caller_id = outside.neutral_id or outside.caller_id
        self._documents = outside.documents
        self._timing = timing

    async def call(self, payload: dict[str, Any], _job: JobContext) -> None:
        """Ring the caller of a room. The intent is on record first; a repeat only looks.

        Found nowhere after a repeat, the call counts as one that reached nobody: the next is made
        after a pause, so a call that was made all the same is never followed by a second at once.
        """
        attempt = await self._planned(payload)
        if attempt is None:
            return
        try:
            call = await (self._ring(attempt) if attempt.first else self._look(attempt))
        except OutcomeUnknown:
            call = await self._look(attempt)
        except CarrierError as error:
            if not error.permanent:
                if attempt.first:
                    async with self._db.uow() as uow:
                        await self._callbacks.unplan(uow, attempt)
                raise
            log.warning("voice.call_back_refused", reason=error.code)
            call = None
        async with self._db.uow() as uow:
            situation = await self._rooms.situation(uow, attempt.contact_id)
            if call is not None:
                await called(uow, self._callbacks, (attempt.contact_id, attempt.id), call.sid)
            elif (room := _same(situation, payload)) is not None:
                await self._rooms.not_reached(uow, situation, room, _UNKNOWN)

    async def _planned(self, payload: dict[str, Any]) -> Attempt | None:
        """The call to make or to look for; None when the caller is there, or must not be called."""
        async with self._db.uow() as uow:
            situation = await self._rooms.situation(uow, UUID(payload["contact_id"]))
            room, caller = _same(situation, payload), situation.caller
            if room is None or (caller is not None and not caller.over):
                return None
            promise = await self._callbacks.open_of(uow, situation.contact)
            if promise is None:
                return None
            attempt = await self._callbacks.plan(uow, situation.contact, promise, room.name)
            if attempt is None:
                log.warning("voice.call_back_not_allowed")
                await self._rooms.not_reached(uow, situation, room, NOT_ALLOWED)
            return attempt

    async def _ring(self, attempt: Attempt) -> CallRef | None:
        return await self._carrier.call(
            attempt.number,
            self._documents.url(f"/voice/gate?a={attempt.id}"),
            self._documents.url(f"/voice/gate-status?a={attempt.id}"),
            caller_id=self._caller_id,
            timeout_s=self._timing.call_back_s,
        )

    async def _look(self, attempt: Attempt) -> CallRef | None:
        calls = await self._carrier.find_calls(attempt.number, attempt.planned_at - CLOCKS_DIFFER)
        return next((call for call in calls if not call.over), None)


def _same(situation: Situation, payload: dict[str, Any]) -> Room | None:
    """The open room, if it is still the one that the job was written for."""
    room = situation.room
    return room if room is not None and room.name == payload["room"] else None
