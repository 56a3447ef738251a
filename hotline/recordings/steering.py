"""What we ask of the carrier about recordings that go on: only here, only from jobs.

The row is the intent. Before each request it is read again: what was wanted may be over.
"""

from typing import Any, Final
from uuid import UUID

import structlog

from hotline.carrier.ports import Carrier, CarrierError, RecordingRef
from hotline.infra.db import Database
from hotline.infra.jobcontext import JobContext
from hotline.recordings import errands, store
from hotline.recordings.events import RecordingChanged
from hotline.recordings.machine import open_at_carrier, wanted
from hotline.recordings.model import Recording, State, Told
from hotline.recordings.service import Recordings

log = structlog.get_logger(__name__)

PATH: Final = "/voice/recording"


class Steering:
    """A job handler that may run twice, and late. `address` makes our addresses whole."""

    def __init__(
        self, db: Database, recordings: Recordings, carrier: Carrier, address: str
    ) -> None:
        self._db = db
        self._recordings = recordings
        self._carrier = carrier
        self._address = address

    async def steer(self, payload: dict[str, Any], _job: JobContext) -> None:
        """Have the carrier do what is wanted now: begin, pause, go on, stop."""
        recording = await self._read(UUID(payload["recording"]))
        if recording is None or not open_at_carrier(recording):
            return
        if recording.sid is None:
            await self._begin(recording)
            recording = await self._read(recording.id)
            if recording is None or not open_at_carrier(recording):
                return
        want = wanted(recording)
        if recording.sid is not None and recording.told is not want:
            try:
                await self._carrier.steer_recording(recording.call_sid, recording.sid, want)
            except CarrierError as error:
                if not error.gone:
                    raise
                want = Told.OFF  # the call has ended, and the recording with it
            await self._told(recording, want)

    async def _read(self, recording_id: UUID) -> Recording | None:
        async with self._db.uow() as uow:
            return await store.get(uow, recording_id)

    async def _begin(self, recording: Recording) -> None:
        """Begin it, at most once: where that was tried before, the carrier is asked first."""
        want = wanted(recording)
        async with self._db.uow() as uow:
            first = want is Told.ON and await store.first_try(uow, recording.id)
            known = await store.named(uow, recording.call_sid)
        try:
            made = None if first else await self._found(recording, known)
            if made is None and want is Told.ON:
                made = await self._carrier.begin_recording(recording.call_sid, self._url(recording))
        except CarrierError as error:
            if not error.permanent:
                raise
            log.warning("recording.not_begun", reason=error.code)
            await self._never(recording, State.ABSENT if error.gone else State.FAILED)
            return
        if made is not None:
            async with self._db.uow() as uow:
                named = await self._recordings.claim(uow, recording, made.sid)
                await self._recordings.move(uow, named, State.GOING)
                uow.publish(RecordingChanged(contact_id=recording.contact_id))
        elif want is Told.OFF:
            await self._never(recording, State.ABSENT)

    async def _found(self, recording: Recording, known: set[str]) -> RecordingRef | None:
        found = await self._carrier.talk_recordings(recording.call_sid)
        return next((one for one in found if one.sid not in known), None)

    async def _never(self, recording: Recording, how: State) -> None:
        """Nothing was recorded, as far as anybody knows: the sweep looks once more, later."""
        async with self._db.uow() as uow:
            await self._recordings.move(uow, recording, how)

    async def _told(self, recording: Recording, told: Told) -> None:
        async with self._db.uow() as uow:
            await store.tell(uow, recording.id, told)
            uow.publish(RecordingChanged(contact_id=recording.contact_id))
            if told is Told.OFF:
                errands.keep(uow, recording.id)

    def _url(self, recording: Recording) -> str:
        return f"{self._address}{PATH}?r={recording.id}"
