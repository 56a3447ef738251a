"""A missed call: not answered, so it costs the caller nothing, and called back."""

from collections.abc import Collection

from hotline.callbacks.model import Why
from hotline.callbacks.service import Callbacks
from hotline.contacts.model import Channel, Newcomer
from hotline.contacts.service import Contacts
from hotline.infra import inbox
from hotline.infra.db import Database
from hotline.kernel.phone import Number
from hotline.routing.service import Routing
from hotline.telephony.documents import Documents
from hotline.telephony.questions import Questions
from hotline.telephony.schemas import VoiceForm


class MissedCalls:
    """The lines that are called only to be called back.

    Every such call hears the engaged tone, whatever becomes of it: nobody can find out by calling
    whether a number is blocked, known, or waits already.
    """

    def __init__(
        self,
        db: Database,
        contacts: Contacts,
        routing: Routing,
        callbacks: Callbacks,
        questions: Questions,
        documents: Documents,
        lines: Collection[str],
    ) -> None:
        self._db = db
        self._contacts = contacts
        self._routing = routing
        self._callbacks = callbacks
        self._questions = questions
        self._documents = documents
        self._lines = frozenset(lines)

    def come_to(self, line: Number) -> bool:
        """Whether calls to this number are not answered but returned."""
        return line.raw in self._lines or line.e164 in self._lines

    async def take(self, form: VoiceForm, provider: str, key: str) -> str:
        """Write down that somebody wants to be called; once for all calls of a short while."""
        text = self._documents.engaged()
        newcomer = Newcomer(
            Channel.VOICE,
            form.to.raw,
            address=form.origin.index_key,
            source=form.origin.raw,
            masked=form.origin.masked,
        )
        async with self._db.uow() as uow:
            claim = await inbox.claim(uow, provider, key)
            if claim.answer is not None:
                return claim.answer
            inbox.remember(uow, provider, key, text)
            if not await self._callbacks.welcome(uow, form.origin):
                return text
            recalled = await self._contacts.recall(uow, newcomer)
            if await self._questions.refuses(uow, recalled):
                return text
            asked = self._questions.skipped(recalled.language)
            contact_id = self._contacts.admit(uow, newcomer, recalled, asked)
            await uow.flush()
            contact = await self._contacts.get(uow, contact_id, lock=True)
            contact = await self._contacts.wait(uow, contact)
            await self._callbacks.ask(uow, contact, Why.MISSED)
            await self._routing.enqueue(uow, contact)
        return text
