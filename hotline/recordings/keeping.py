"""From the carrier to the sealed store, and out of both in time. Job handlers run twice, and late.

Fetched and sealed first, deleted at the carrier then, again and again until it says that there is
nothing; that moment is the receipt. What the caller refused is never fetched.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import structlog

from hotline.audit.service import Audit
from hotline.audit.tags import Tag
from hotline.carrier.ports import Carrier, CarrierError, RecordingRef
from hotline.infra.db import Database, Uow
from hotline.infra.jobcontext import JobContext, Later
from hotline.infra.sounds import Sounds, TooLong
from hotline.recordings import errands, store
from hotline.recordings.machine import open_at_carrier
from hotline.recordings.model import Recording, State
from hotline.recordings.service import Recordings

log = structlog.get_logger(__name__)

LONGEST: Final = 512 * 1024 * 1024  # four hours of two sides, with room to spare
_TYPE: Final = "audio/wav"
_ASK_AGAIN_S: Final = 15.0
_LOOK_AGAIN_S: Final = 5.0
_OVERDUE: Final = timedelta(minutes=15)
_BATCH: Final = 50


class Keeping:
    """Fetches, deletes, and destroys what was kept for `keep`."""

    def __init__(
        self,
        db: Database,
        recordings: Recordings,
        audit: Audit,
        carrier: Carrier,
        sounds: Sounds,
        keep: timedelta,
    ) -> None:
        self._db = db
        self._recordings = recordings
        self._audit = audit
        self._carrier = carrier
        self._sounds = sounds
        self._keep = keep

    async def keep(self, payload: dict[str, Any], _job: JobContext) -> None:
        """Fetch and seal what has ended; nothing of it where it was refused."""
        recording = await self._read(payload)
        if recording is None or recording.sid is None:
            return  # never begun, as far as anybody knows: steering finds out
        try:
            await self._keep_it(recording)
        except CarrierError as error:
            raise _patient(error) from None

    async def _keep_it(self, recording: Recording) -> None:
        if open_at_carrier(recording):
            recording = await self._ended(recording)
        if recording.state is State.ENDED and not recording.discard:
            await self._fetch(recording)
        elif recording.discard and recording.state in {State.ENDED, State.KEPT}:
            async with self._db.uow() as uow:
                await self._destroy(uow, recording)
        async with self._db.uow() as uow:
            if recording.gone_at is None:
                errands.remove(uow, recording.id)

    async def remove(self, payload: dict[str, Any], _job: JobContext) -> None:
        """Delete it at the carrier, until it says that there is none.

        The receipt is for the whole call: what the carrier has of it and nobody told us is found
        in its list, and follows.
        """
        recording = await self._read(payload)
        if recording is None or recording.gone_at is not None:
            return
        if open_at_carrier(recording) or recording.state is State.ENDED:
            return  # not fetched yet
        try:
            if recording.sid is not None and await self._carrier.delete_recording(recording.sid):
                raise Later(_LOOK_AGAIN_S)
            there = await self._carrier.talk_recordings(recording.call_sid)
        except CarrierError as error:
            raise _patient(error) from None
        async with self._db.uow() as uow:
            known = await store.named(uow, recording.call_sid)
            # What may be a message that somebody left is not deleted on a guess.
            untold = [one.sid for one in there if one.sure and one.sid not in known]
            for sid in untold:
                log.warning("recording.untold")
                await self._recordings.claim(uow, recording, sid)
            if recording.sid is None and untold:
                return  # it was begun after all
            if await store.gone(uow, recording.id) and recording.sid is not None:
                await self._record(uow, Tag.SYSTEM_RECORDING_REMOVED, recording)

    async def sweep(self) -> None:
        """Destroy what is old; go on with what got stuck, as reports and answers get lost."""
        await self._recordings.end_all()
        async with self._db.uow() as uow:
            for recording in await store.old(uow, self._keep, _BATCH):
                await self._destroy(uow, recording)
            for recording in await store.overdue(uow, _OVERDUE, _BATCH):
                _next_of(recording)(uow, recording.id)

    async def _read(self, payload: dict[str, Any]) -> Recording | None:
        async with self._db.uow() as uow:
            return await store.get(uow, UUID(payload["recording"]))

    async def _ended(self, recording: Recording) -> Recording:
        """As the carrier has it, once it has ended; comes again until then."""
        known = await self._found(recording)
        if known is not None and known.going:
            raise Later(_ASK_AGAIN_S)
        async with self._db.uow() as uow:
            length_s = known.length_s if known is not None else None
            await self._recordings.move(uow, recording, _how(known), length_s=length_s)
            now = await store.get(uow, recording.id)
        assert now is not None  # noqa: S101 - rows of recordings stay
        return now

    async def _fetch(self, recording: Recording) -> None:
        assert recording.sid is not None  # noqa: S101 - asked before
        chunks = self._carrier.recording(recording.sid)
        try:
            sound = await self._sounds.put(_TYPE, chunks, longest=LONGEST)
        except TooLong:
            log.error("recording.too_long")  # noqa: TRY400 - no trace needed
            await self._lose(recording)
            return
        except CarrierError as error:
            # The sound may be ready a little later than the word that it has ended.
            if not error.gone or await self._found(recording) is not None:
                raise
            await self._lose(recording)
            return
        async with self._db.uow() as uow:
            if not await self._recordings.move(uow, recording, State.KEPT):
                await self._sounds.shred(uow, sound.id)
                return
            await self._sounds.keep(uow, sound.id)
            await store.set_sound(uow, recording.id, sound.id)
            now = await store.get(uow, recording.id)
            if now is not None and now.discard:  # refused while it was fetched
                await self._destroy(uow, now)

    async def _found(self, recording: Recording) -> RecordingRef | None:
        found = await self._carrier.talk_recordings(recording.call_sid)
        return next((one for one in found if one.sid == recording.sid), None)

    async def _lose(self, recording: Recording) -> None:
        async with self._db.uow() as uow:
            await self._recordings.move(uow, recording, State.LOST)

    async def _destroy(self, uow: Uow, recording: Recording) -> None:
        if not await self._recordings.move(uow, recording, State.DESTROYED):
            return
        if recording.sound_id is not None:
            await self._sounds.shred(uow, recording.sound_id)
            await store.set_sound(uow, recording.id, None)
        await self._record(uow, Tag.SYSTEM_RECORDING_DESTROYED, recording)

    async def _record(self, uow: Uow, tag: Tag, recording: Recording) -> None:
        await self._audit.record(uow, None, tag, object_type="recording", object_id=recording.id)


def _patient(error: CarrierError) -> Later:
    """However long the carrier is away: nothing is given up while it may have a recording."""
    log.warning("recording.waits", reason=error.code)
    return Later(_ASK_AGAIN_S)


def _next_of(recording: Recording) -> Callable[[Uow, UUID], None]:
    """What brings one further that got stuck."""
    if recording.sid is not None:
        return errands.keep
    return errands.steer if open_at_carrier(recording) else errands.remove


def _how(found: RecordingRef | None) -> State:
    """What became of it; of nothing there is nothing to fetch."""
    if found is None:
        return State.LOST
    return State.ABSENT if found.status in {"absent", "failed"} else State.ENDED
