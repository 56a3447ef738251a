"""Who hears a recording: by right, by a ticket of one's own, and on record each time."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.access.policy import require
from hotline.audit.service import Audit
from hotline.audit.tags import Tag
from hotline.infra.db import Database, Uow
from hotline.infra.sounds import Sound, Sounds
from hotline.infra.tickets import Tickets
from hotline.kernel.errors import NotFound
from hotline.recordings import store
from hotline.recordings.model import Recording, State

Json = dict[str, Any]
TICKET_LIVES: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Listening:
    """For supervisors. `keep` is how long a recording is kept."""

    db: Database
    audit: Audit
    sounds: Sounds
    tickets: Tickets
    keep: timedelta

    async def of_contact(self, uow: Uow, contact_id: UUID) -> list[Json]:
        """For the log's page: what there is of a contact, or why there is nothing; no sound."""
        return [
            {
                "id": one.id,
                "at": one.begun_at,
                "state": "refused" if one.discard else one.state,
                "length_s": one.length_s,
                "until": one.kept_at + self.keep if one.kept_at and one.sound_id else None,
                "destroyed_at": one.destroyed_at,
            }
            for one in await store.of_contact(uow, contact_id)
        ]

    async def ticket(self, actor: Actor, recording_id: UUID) -> Json:
        """An address of the sound for this person and an hour, its length and its shape.

        On record before a second of it is heard. Raises NotFound when there is none any more.
        """
        require(actor, Permission.CALL_RECORDING_PLAY)
        async with self.db.uow() as uow:
            _, sound = await self._kept(uow, recording_id)
            await self.audit.record(
                uow,
                actor,
                Tag.RECORDING_PLAYED,
                object_type="recording",
                object_id=recording_id,
            )
            ticket = self.tickets.give(actor.staff_id, recording_id, await uow.time())
        return {
            "url": f"/api/recordings/{recording_id}/sound?t={ticket}",
            "duration_s": (sound.duration_ms or 0) / 1000,
            "peaks": list(sound.peaks or b""),
        }

    async def sound(self, actor: Actor, recording_id: UUID, ticket: str) -> tuple[UUID, Sound]:
        """What a ticket opens. Raises NotFound for one that is not theirs, or over."""
        require(actor, Permission.CALL_RECORDING_PLAY)
        async with self.db.uow() as uow:
            self.tickets.check(actor.staff_id, recording_id, ticket, await uow.time())
            _, sound = await self._kept(uow, recording_id)
        return sound.id, sound

    def read(self, sound_id: UUID, start: int, stop: int) -> AsyncIterator[bytes]:
        """The bytes of a range."""
        return self.sounds.read(sound_id, start, stop)

    async def _kept(self, uow: Uow, recording_id: UUID) -> tuple[Recording, Sound]:
        found = await store.get(uow, recording_id)
        if (
            found is None
            or found.state is not State.KEPT
            or found.sound_id is None
            or found.discard
        ):
            raise NotFound
        return found, await self.sounds.about(uow, found.sound_id)
