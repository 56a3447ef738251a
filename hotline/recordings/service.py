"""The verbs of a recording: begun, steered, reported, shown. None speaks to the carrier.

That is written down as jobs, in the transaction that makes it necessary.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.access.policy import require
from hotline.audit.service import Audit
from hotline.audit.tags import Tag
from hotline.contacts.model import Channel, Contact, ContactState
from hotline.contacts.service import Contacts
from hotline.infra.db import Database, Uow
from hotline.intake.model import Recording as Notice
from hotline.intake.model import recording_of
from hotline.kernel.errors import Conflict, NotFound
from hotline.kernel.ids import ContactId, new_id
from hotline.line.reader import LineReader
from hotline.recordings import errands, store
from hotline.recordings.events import RecordingChanged
from hotline.recordings.machine import (
    REPORTED,
    is_over,
    may_begin,
    open_at_carrier,
    shown,
    wanted,
)
from hotline.recordings.model import Recording, State, Talk, Told, Wish

Json = dict[str, Any]
_OBJECT = "recording"


class Recordings:
    """Recordings of talks."""

    def __init__(self, db: Database, contacts: Contacts, audit: Audit, line: LineReader) -> None:
        self._db = db
        self._contacts = contacts
        self._audit = audit
        self._line = line

    async def settle(self, uow: Uow, talk: Talk) -> None:
        """Begin, pause, go on or end, as the talk is now; asked twice, it changes nothing.

        The contact is locked.
        """
        records = (await self._line.now(uow)).records
        open_ = await store.open_of(uow, talk.contact.id)
        if open_ is not None:
            over = is_over(open_, talk, records=records)
            await self._want(uow, replace(open_, quiet=talk.quiet or not talk.together, over=over))
            return
        past = await store.of_contact(uow, talk.contact.id) if records else []
        earlier = any(one.call_sid == talk.leg for one in past)
        if talk.leg is not None and may_begin(talk, records=records, earlier=earlier):
            await self._begin(uow, talk.contact, talk.leg)

    async def steer(self, actor: Actor, contact_id: UUID, wish: Wish) -> None:
        """What an operator asks for in their own talk; on record. Twice is once.

        Raises NotFound for a call that is not theirs, Conflict when there is nothing to steer.
        """
        require(actor, Permission.CALL_LINE_TALK)
        async with self._db.uow() as uow:
            contact = await self._contacts.get(uow, contact_id, lock=True)
            if contact.operator_id != actor.staff_id or contact.channel != Channel.VOICE:
                raise NotFound
            if wish is Wish.REFUSED:
                await self._refuse(uow, contact)
            else:
                await self._steer(uow, contact, wish)
            groups = [f"recording.{wish}"]
            await self._audit.record(
                uow,
                actor,
                Tag.RECORDING_STEERED,
                object_type="contact",
                object_id=contact_id,
                groups=groups,
            )
            await self._contacts.note(uow, contact_id, f"recording_{wish}", actor.staff_id)
            uow.publish(RecordingChanged(contact_id=contact_id))

    async def report(self, recording_id: UUID, sid: str, status: str, length_s: int | None) -> bool:
        """What the carrier says of one; False when it is news to nobody, or not ours."""
        then = REPORTED.get(status)
        if then is None or not sid:
            return False
        async with self._db.uow() as uow:
            meant = await store.get(uow, recording_id)
            if meant is None:
                return False
            known = await self.claim(uow, meant, sid)
            moved = await self.move(uow, known, then, length_s=length_s)
            if moved and then is not State.GOING:
                errands.keep(uow, known.id)
        return moved

    async def claim(self, uow: Uow, meant: Recording, sid: str) -> Recording:
        """The row of what the carrier has by this name, because of the order for `meant`.

        The first name is that of `meant`, also when it was written off as never begun. Any other
        goes on unseen, through every pause: it gets a row of its own, is ended and not kept.
        """
        known = await store.by_sid(uow, sid)
        if known is not None:
            return known
        new = await store.bind(uow, meant.id, sid) or await store.insert_stray(uow, meant, sid)
        known = await store.by_sid(uow, sid)
        assert known is not None  # noqa: S101 - written by us or by who was faster
        if new and wanted(known) is Told.OFF:
            errands.steer(uow, known.id)
        return known

    async def move(
        self, uow: Uow, recording: Recording, then: State, *, length_s: int | None = None
    ) -> bool:
        """Move it on and let the desk know; False for a late or repeated report."""
        moved = await store.move(uow, recording.id, then, length_s=length_s)
        if moved:
            uow.publish(RecordingChanged(contact_id=recording.contact_id))
        return moved

    async def shown(self, uow: Uow, contact_ids: Sequence[UUID]) -> dict[ContactId, Json]:
        """For each call what its card says of recording."""
        latest = await store.latest(uow, contact_ids)
        records = (await self._line.now(uow)).records
        found: dict[ContactId, Json] = {}
        for contact_id in contact_ids:
            contact = await self._contacts.get(uow, contact_id)
            known = latest.get(contact.id)
            found[contact.id] = shown(contact, known, records=records)
        return found

    async def end_all(self) -> None:
        """End what still goes on where the line records no more."""
        async with self._db.uow() as uow:
            if not (await self._line.now(uow)).records:
                for recording_id in await store.end_all(uow):
                    errands.steer(uow, recording_id)

    async def _begin(self, uow: Uow, contact: Contact, leg: str) -> None:
        """The consent is on record with the intent."""
        recording_id = new_id()
        await store.insert(uow, recording_id, contact.id, leg)
        await self._contacts.note(uow, contact.id, "recording_begun", contact.operator_id)
        await self._audit.record(
            uow,
            None,
            Tag.SYSTEM_RECORDING_BEGUN,
            object_type=_OBJECT,
            object_id=recording_id,
            groups=["notice.heard"],
        )
        errands.steer(uow, recording_id)
        uow.publish(RecordingChanged(contact_id=contact.id))

    async def _steer(self, uow: Uow, contact: Contact, wish: Wish) -> None:
        open_ = await store.open_of(uow, contact.id)
        if open_ is None or contact.state is not ContactState.TALKING:
            code = "no-recording"
            raise Conflict(code)
        over = wish is Wish.OFF
        await self._want(uow, replace(open_, hushed=wish is Wish.PAUSED, over=over))

    async def _refuse(self, uow: Uow, contact: Contact) -> None:
        """The caller wants none: it ends, and nothing of what there is is kept."""
        if recording_of(contact.intake) is not Notice.REFUSED:
            state = contact.intake | {"recording": Notice.REFUSED.value}
            await self._contacts.set_intake(uow, contact, state)
        for one in await store.of_contact(uow, contact.id):
            await self._want(uow, replace(one, over=True, discard=True))

    async def _want(self, uow: Uow, recording: Recording) -> None:
        if await store.want(uow, recording):
            ask = errands.steer if open_at_carrier(recording) else errands.keep
            ask(uow, recording.id)
            uow.publish(RecordingChanged(contact_id=recording.contact_id))
