"""Tells who waits in writing that a person is coming: seldom, by day, and where that is safe."""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from hotline.chat import erasurestore, store
from hotline.chat.model import ChatRules
from hotline.chat.transcript import Transcript, language_of
from hotline.contacts import safety
from hotline.contacts.model import Contact, ContactState
from hotline.contacts.safecontact import SafeContact
from hotline.contacts.service import Contacts
from hotline.infra.db import Database, Uow
from hotline.infra.jobcontext import JobContext, Later
from hotline.line.reader import LineReader

REMIND: Final = "chat.remind"


class Reminding:
    """A timer for each reminder. What is said names nothing, and is never an answer to danger."""

    def __init__(
        self,
        db: Database,
        transcript: Transcript,
        contacts: Contacts,
        line: LineReader,
        safe: SafeContact,
        rules: ChatRules,
    ) -> None:
        self._db = db
        self._transcript = transcript
        self._contacts = contacts
        self._line = line
        self._safe = safe
        self._rules = rules

    async def plan(self, uow: Uow, contact_id: UUID, n: int = 0) -> None:
        """Reminder `n`, from 0, of somebody who begins or goes on to wait; none when all were."""
        after = (timedelta(0), *self._rules.remind_after)[n : n + 2]
        if len(after) > 1:
            name = reminder(contact_id, n)
            at = await uow.time() + after[1] - after[0]
            payload = {"contact_id": str(contact_id), "n": n}
            uow.enqueue(REMIND, payload, lane=f"timer:{name}", run_at=at, key=name)

    async def run(self, payload: dict[str, Any], _job: JobContext) -> None:
        """Say it, if they still wait. Raises Later while the line is shut or it is quiet.

        Who deleted the chat is reminded only after writing again: no traces that nobody asked for.
        """
        contact_id, n = UUID(payload["contact_id"]), int(payload["n"])
        async with self._db.uow() as uow:
            conversation = await store.get(uow, contact_id, lock=True)
            contact = await self._contacts.get(uow, contact_id)
            waits = contact.state is ContactState.WAITING and not contact.danger
            if conversation is None or not conversation.open or not waits:
                return
            now, line = await uow.time(), await self._line.now(uow)
            opens = line.next_open(now)
            at = loud(max(now, opens), self._rules) if opens else None
            if at is None or not await self._safe_now(uow, contact, now):
                return
            if at > now:
                raise Later((at - now).total_seconds())
            if not await erasurestore.silent(uow, contact_id):
                lang = language_of(contact)
                once = reminder(contact_id, n)
                await self._transcript.say(uow, conversation, "remind", lang=lang, once=once)
            await self.plan(uow, contact_id, n + 1)

    async def _safe_now(self, uow: Uow, contact: Contact, now: datetime) -> bool:
        known = await self._safe.of(uow, contact.caller_id)
        if known is None:
            return True
        return safety.allows(known, contact.channel) and safety.safe_at(known, now)


def reminder(contact_id: UUID, n: int) -> str:
    """The name of the timer, by which it is called off."""
    return f"{REMIND}:{contact_id}:{n}"


def loud(at: datetime, rules: ChatRules) -> datetime:
    """The first moment from `at` on that is outside the quiet hours."""
    begin, end = rules.quiet
    local = at.astimezone(ZoneInfo(rules.zone))
    minute = local.hour * 60 + local.minute
    over_midnight = begin > end
    quiet = (minute >= begin or minute < end) if over_midnight else begin <= minute < end
    if not quiet:
        return at
    days = 1 if over_midnight and minute >= begin else 0
    wakes = local.replace(hour=end // 60, minute=end % 60, second=0, microsecond=0)
    return wakes + timedelta(days=days)
