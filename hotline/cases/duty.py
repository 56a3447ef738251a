"""The message to the duty telephone: neutral words, intent before the send, never sent blindly.

The carrier takes no idempotency key. An attempt that was lost sight of is looked up; what the
carrier does not know of is sent again: it is our own telephone, where a message twice is better
than none. What cannot be brought there in all its tries is put on the list of work that gave up.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hotline.carrier.ports import Carrier, CarrierError, OutcomeUnknown
from hotline.cases import store
from hotline.cases.events import EscalationNoted
from hotline.cases.history import History
from hotline.cases.model import Case, CaseState, DutyLine, Page, PageState
from hotline.i18n.catalogue import Catalogue
from hotline.infra.db import Database, Uow
from hotline.infra.jobcontext import Drop, JobContext, Later

TEXT: Final = "duty-sms"
NO_PHONE: Final = "no-duty-phone"
FAILED: Final = "sms-failed"
UNKNOWN: Final = "sms-unknown"
_UNDER_WAY: Final = frozenset({PageState.SENDING, PageState.SENT, PageState.UNKNOWN})
# The carrier's clock and ours may differ by so much; messages of a case are further apart.
_SKEW: Final = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class _Intent:
    """A message about to be sent, or (`lost_at`) one whose sending was lost sight of."""

    page: Page
    body: str
    lost_at: datetime | None = None


class Duty:
    """Sends what the ladder asked for. Runs in jobs only, at most once at a time per message."""

    def __init__(
        self, db: Database, carrier: Carrier, texts: Catalogue, history: History, line: DutyLine
    ) -> None:
        self._db = db
        self._carrier = carrier
        self._texts = texts
        self._history = history
        self._line = line

    async def send(self, page_id: int, job: JobContext, *, back: bool = False) -> None:
        """Send one message. Raises Later while unsure, Drop when only a person can help.

        `back`: because the person of a sealed case waits; otherwise as nobody took the case.
        """
        intent = await self._begin(page_id, job, back=back)
        if intent is None:
            return
        if intent.lost_at is not None:
            await self._look(intent, intent.lost_at, job)
            return
        try:
            async with asyncio.timeout(self._line.timeout_s):
                sent = await self._carrier.send_message(
                    self._line.phone,
                    intent.body,
                    f"{self._line.status_url}?page={page_id}",
                    validity_s=self._line.validity_s,
                )
        except CarrierError as error:
            await self._refused(intent, error, job)
        except (OutcomeUnknown, TimeoutError):
            raise Later(self._line.settle_s) from None
        else:
            await self._end(page_id, PageState.SENT, provider_id=sent.sid)

    async def undelivered(self, page_id: int, sid: str, error: str) -> None:
        """The carrier took the message `sid` and could not deliver it; a repeat changes nothing.

        The report may be faster than our own writing down of the id.
        """
        async with self._db.uow() as uow:
            page = await store.page(uow, page_id)
            if page is None or page.state not in _UNDER_WAY:
                return
            if (page.provider_id == sid) is (page.state is PageState.SENT):
                await self._written(uow, page, PageState.FAILED, provider_id=sid, error=error)

    async def _begin(self, page_id: int, job: JobContext, *, back: bool) -> _Intent | None:
        """Write the intent; None when there is nothing to send (any more)."""
        why: str | None = None
        async with self._db.uow() as uow:
            page = await store.page(uow, page_id)
            case = await store.get(uow, page.case_id) if page else None
            if page is None or case is None:
                return None
            match page.state:
                case PageState.SENT | PageState.CANCELLED | PageState.TOLD:
                    return None
                case PageState.SENDING:
                    lost_at = await self._settled(uow, page)
                    return _Intent(page, self._body(case), lost_at)
                case PageState.UNKNOWN | PageState.FAILED if job.attempt > 1:
                    # The end was written, but the job was lost before it was put on the list. A
                    # first attempt is a person's decision to try again.
                    raise Drop(FAILED)
                case PageState.QUEUED | PageState.UNKNOWN | PageState.FAILED:
                    why = await self._intend(uow, page, case, back=back)
        if why == NO_PHONE:
            raise Drop(why)
        return None if why else _Intent(page, self._body(case))

    async def _intend(self, uow: Uow, page: Page, case: Case, *, back: bool) -> str | None:
        """Move to sending, or say why not."""
        sealed = case.seniors_only and case.state is not CaseState.CLOSED
        if not (sealed if back else case.state is CaseState.OPEN):
            await store.move_page(uow, page.id, PageState.CANCELLED)
            return "taken"
        if not self._line.phone:
            await self._written(uow, page, PageState.FAILED, error=NO_PHONE)
            return NO_PHONE
        await store.move_page(uow, page.id, PageState.SENDING)
        return None

    async def _settled(self, uow: Uow, page: Page) -> datetime:
        """When the lost attempt began; Later while it may still be under way."""
        rest = page.state_at + timedelta(seconds=self._line.settle_s) - await uow.time()
        if rest > timedelta():
            raise Later(rest.total_seconds())
        return page.state_at

    async def _look(self, intent: _Intent, since: datetime, job: JobContext) -> None:
        """Ask the carrier what became of it; what it does not know of is tried again."""
        async with self._db.uow() as uow:
            known = await store.page_ids_known(uow, intent.page.case_id)
        sid, hopeless = None, job.last
        try:
            async with asyncio.timeout(self._line.timeout_s):
                found = await self._carrier.find_messages(self._line.phone, since - _SKEW)
            sid = next((m.sid for m in found if m.body == intent.body and m.sid not in known), None)
        except (CarrierError, TimeoutError) as error:
            # What can never be looked up would be sent blindly again and again.
            hopeless = hopeless or (isinstance(error, CarrierError) and error.permanent)
            if not hopeless:
                raise
        if sid is not None:
            await self._end(intent.page.id, PageState.SENT, provider_id=sid)
            return
        if hopeless:
            await self._end(intent.page.id, PageState.UNKNOWN, error=UNKNOWN)
            raise Drop(UNKNOWN)
        async with self._db.uow() as uow:
            page = await store.page(uow, intent.page.id)
            # Unless the carrier reported meanwhile what became of it.
            if page is not None and page.state is PageState.SENDING:
                await store.move_page(uow, page.id, PageState.QUEUED, error=UNKNOWN)
        raise OutcomeUnknown

    async def _refused(self, intent: _Intent, error: CarrierError, job: JobContext) -> None:
        """Certainly not taken: given up, or as if it had not been tried."""
        if error.permanent or job.last:
            await self._end(intent.page.id, PageState.FAILED, error=error.code)
            raise Drop(FAILED)
        async with self._db.uow() as uow:
            await store.move_page(uow, intent.page.id, PageState.QUEUED, error=error.code)
        raise error

    async def _end(
        self,
        page_id: int,
        state: PageState,
        *,
        provider_id: str | None = None,
        error: str | None = None,
    ) -> None:
        async with self._db.uow() as uow:
            page = await store.page(uow, page_id)
            # Unless the carrier reported first that it never arrived.
            if page is not None and page.state is PageState.SENDING:
                await self._written(uow, page, state, provider_id=provider_id, error=error)

    async def _written(
        self,
        uow: Uow,
        page: Page,
        state: PageState,
        *,
        provider_id: str | None = None,
        error: str | None = None,
    ) -> None:
        """What became of it, also in the history of the case, where people look."""
        await store.move_page(uow, page.id, state, provider_id=provider_id, error=error)
        fields = {"state": state, "error": error} if error else {"state": state}
        await self._history.add(uow, page.case_id, "duty_sms", **fields)
        case = await store.get(uow, page.case_id)
        if case is not None:
            uow.publish(EscalationNoted(contact_id=case.contact_id, case_id=case.id))

    def _body(self, case: Case) -> str:
        return self._texts.t(self._line.lang, TEXT, code=case.code)
