"""Sends what is queued, at most once when unsure: intent, provider, outcome, in this order.

One attempt sends one part. An attempt that was lost sight of is never repeated blindly: the
provider is asked where it can be, and otherwise a person decides at the desk.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from hotline.chat import (
    attachmentstore,
    erasing,
    machine,
    partstore,
    revisionstore,
    speech,
    states,
    store,
)
from hotline.chat.erasurestore import ERASED
from hotline.chat.holding import Holding
from hotline.chat.model import Attachment, ChatRules, Conversation, MessageState, Part, Stored
from hotline.chat.pacer import Pacer
from hotline.chat.ports import Channel, DeliveryError, Outbound, OutcomeUnknown, Report, Sent
from hotline.chat.transcript import Transcript
from hotline.infra.crypto import Unreadable
from hotline.infra.db import Database, Uow
from hotline.infra.jobcontext import JobContext, Later
from hotline.infra.metrics import Metrics
from hotline.kernel.clock import Clock
from hotline.kernel.errors import NotFound

_UNSENT: Final = frozenset({MessageState.QUEUED, MessageState.SENDING})


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One part that is to be sent, or (`lost_at`) whose earlier sending was lost sight of."""

    channel: Channel
    message: Stored
    outbound: Outbound
    total: int
    lost_at: datetime | None = None
    enclosed: Attachment | None = None

    @property
    def final(self) -> bool:
        """Whether this is the last part."""
        return self.outbound.part == self.total - 1


class Delivery:
    """Brings queued messages to their channels. Any number of processes may do this at once."""

    def __init__(
        self,
        db: Database,
        transcript: Transcript,
        channels: Mapping[str, Channel],
        rules: ChatRules,
        holding: Holding,
        *,
        clock: Clock,
        metrics: Metrics,
    ) -> None:
        self._db = db
        self._transcript = transcript
        self._channels = channels
        self._rules = rules
        self._holding = holding
        self._metrics = metrics
        self._pacer = Pacer(clock)

    async def deliver(self, message_id: int, job: JobContext) -> None:
        """Send the next part of a message. Raises Later, or DeliveryError when worth a retry."""
        attempt = await self._begin(message_id)
        if attempt is None:
            return
        if attempt.lost_at is not None:
            await self._look(attempt, attempt.lost_at, job)
            return
        try:
            outbound = await self._with_file(attempt)
            async with asyncio.timeout(self._patience_s(attempt)):
                sent = await attempt.channel.send(outbound)
        except DeliveryError as error:
            await self._refused(attempt, error, job)
        except (OutcomeUnknown, TimeoutError):
            await self._unsure(attempt, job)
        else:
            await self._record(attempt, sent, job)

    async def release(self, message_id: int) -> None:
        """What was kept back until a safe hour may go on."""
        await self._holding.release(message_id)

    async def acknowledge(
        self, conversation: Conversation, token: str, pressed_id: str | None
    ) -> None:
        """Let a pressed button rest. Raises DeliveryError."""
        channel = self._channels.get(conversation.channel)
        if channel is not None:
            address = self._transcript.open_address(
                conversation.contact_id, conversation.address_sealed
            )
            await channel.acknowledge(address, token, pressed_id)

    async def report(self, report: Report) -> bool:
        """Take a provider's word on a part; False when it is stale or about nothing of ours."""
        async with self._db.uow() as uow:
            message = await store.message(uow, report.message_id, lock=True)
            if message is None:
                return False
            conversation = await store.get(uow, message.contact_id)
            if conversation is None or conversation.channel != report.channel:
                return False
            if await _of_another_trying(uow, message, report):
                return False
            erased = message.error_code == ERASED
            # The name of an erased part was forgotten, unless it never was known.
            news = not erased or await partstore.nameless(uow, message.id, report.part)
            moved = await partstore.advance(
                uow,
                report.message_id,
                report.part,
                report.state,
                provider_id=report.provider_id if news else None,
                error=report.error_code,
            )
            if erased and news:
                erasing.named(uow, message)
            if moved:
                await self._sum_up(uow, message, error=report.error_code)
        return moved

    async def _with_file(self, attempt: _Attempt) -> Outbound:
        """What is sent, with the file it holds. Nothing has been sent when this fails."""
        one = attempt.enclosed
        if one is None:
            return attempt.outbound
        try:
            file = await self._transcript.attachments.enclosed(one)
        except (NotFound, Unreadable):
            raise DeliveryError("file-gone", permanent=True) from None
        return replace(attempt.outbound, file=file)

    def _patience_s(self, attempt: _Attempt) -> float:
        length = attempt.enclosed.length if attempt.enclosed else None
        return self._rules.send_timeout_s + (length or 0) / self._rules.send_bytes_per_s

    async def _begin(self, message_id: int) -> _Attempt | None:
        """Decide what to do next and write the intent; None when there is nothing left to do."""
        async with self._db.uow() as uow:
            known = await store.message(uow, message_id)
            # The conversation is locked before the message, as everywhere.
            conversation = await store.get(uow, known.contact_id, lock=True) if known else None
            message = await store.message(uow, message_id, lock=True)
            if message is None or message.state not in _UNSENT:
                return None
            channel = self._channels.get(conversation.channel) if conversation else None
            if conversation is None or channel is None:
                await states.move(uow, message, MessageState.FAILED, error="no-channel")
                return None
            done = await partstore.of(uow, message_id)
            attempt = await self._attempt(uow, message, conversation, channel, done)
            lost = next((part for part in done if part.state is MessageState.SENDING), None)
            if lost is not None:
                return replace(attempt, lost_at=await self._settled(uow, lost))
            now = await uow.time()
            if now - message.at > self._rules.stale:
                await states.move(uow, message, MessageState.FAILED, error="too-late")
                return None
            if not await self._holding.may_go(uow, conversation, message):
                return None
            await self._paced(uow, conversation, channel, now)
            await partstore.intend(uow, message_id, attempt.outbound.part, attempt.total)
            await states.move(uow, message, MessageState.SENDING)
            return attempt

    async def _attempt(
        self,
        uow: Uow,
        message: Stored,
        conversation: Conversation,
        channel: Channel,
        done: list[Part],
    ) -> _Attempt:
        buttons = speech.buttons(self._transcript.catalogue, message.options)
        words = self._transcript.text(message)
        enclosed = await attachmentstore.of(uow, [message.id]) if words is None else []
        parts = ("",) if enclosed else channel.parts(words or "", buttons)
        taken = {part.number for part in done if part.state is not MessageState.SENDING}
        number = next((n for n in range(len(parts)) if n not in taken), len(parts) - 1)
        total = await partstore.total(uow, message.id) or len(parts)
        answers = message.reply_to if number == 0 else None
        outbound = Outbound(
            message_id=message.id,
            part=number,
            address=self._transcript.open_address(message.contact_id, conversation.address_sealed),
            text=parts[number],
            buttons=buttons if number == len(parts) - 1 else (),
            reply_to=await revisionstore.name_of(uow, answers) if answers else None,
            tried=message.tried,
        )
        file = enclosed[0] if enclosed else None
        return _Attempt(channel, message, outbound, min(total, len(parts)), enclosed=file)

    async def _settled(self, uow: Uow, part: Part) -> datetime:
        """When the lost attempt began; Later while it may still be on its way somewhere."""
        rest = part.state_at + self._rules.settle - await uow.time()
        if rest > timedelta():
            raise Later(rest.total_seconds())
        return part.state_at

    async def _paced(
        self, uow: Uow, conversation: Conversation, channel: Channel, now: datetime
    ) -> None:
        """Keep the provider's limits; Later when it is too early. Exact per chat."""
        pace = channel.pace
        if conversation.next_send_at and conversation.next_send_at > now:
            raise Later((conversation.next_send_at - now).total_seconds())
        wait_s = self._pacer.wait_s(channel.name, pace.per_second)
        if wait_s > 0:
            raise Later(wait_s)
        if pace.per_chat_s > 0:
            until = now + timedelta(seconds=pace.per_chat_s)
            await store.pace(uow, conversation.contact_id, until)

    async def _record(self, attempt: _Attempt, sent: Sent, job: JobContext) -> None:
        """The provider has it: the outcome and the end of the job in one transaction."""
        async with self._db.uow() as uow:
            message = await store.message(uow, attempt.message.id, lock=True)
            if message is None:
                return
            await partstore.advance(
                uow,
                message.id,
                attempt.outbound.part,
                MessageState.SENT,
                provider_id=sent.provider_id,
            )
            await self._sum_up(uow, message)
            if message.error_code == ERASED:
                erasing.named(uow, message)
            if attempt.final:
                # When the lease was lost meanwhile, what happened is still true and stays written.
                await job.done(uow)
        self._count(attempt, "sent")
        if not attempt.final:
            raise Later(attempt.channel.pace.per_chat_s)

    async def _refused(self, attempt: _Attempt, error: DeliveryError, job: JobContext) -> None:
        """Certainly not taken: failed for good, or as if it had not been tried."""
        self._count(attempt, "refused")
        if error.permanent or (job.last and error.retry_after_s is None):
            await self._end(attempt, MessageState.FAILED, error.code, job)
            return
        async with self._db.uow() as uow:
            await partstore.taken_back(uow, attempt.message.id, attempt.outbound.part)
            now, then = machine.RETURNED
            await states.move(uow, attempt.message, then, allowed=[now.value])
        if error.retry_after_s is not None:
            raise Later(error.retry_after_s)
        raise error

    async def _unsure(self, attempt: _Attempt, job: JobContext) -> None:
        self._count(attempt, "unknown")
        if attempt.channel.can_lookup:
            raise Later(max(self._rules.settle.total_seconds(), 0.0))
        await self._end(attempt, MessageState.UNKNOWN, "outcome-unknown", job)

    async def _look(self, attempt: _Attempt, since: datetime, job: JobContext) -> None:
        """Ask the provider what became of it; what it does not know, a person decides."""
        sent: Sent | None = None
        if attempt.channel.can_lookup:
            try:
                async with asyncio.timeout(self._rules.send_timeout_s):
                    sent = await attempt.channel.lookup(attempt.outbound, since)
            except (DeliveryError, OutcomeUnknown, TimeoutError) as error:
                hopeless = isinstance(error, DeliveryError) and error.permanent
                if not (hopeless or job.last):
                    raise OutcomeUnknown("lookup-failed") from None
        if sent is not None:
            await self._record(attempt, sent, job)
        else:
            await self._end(attempt, MessageState.UNKNOWN, "outcome-unknown", job)

    async def _end(
        self, attempt: _Attempt, state: MessageState, code: str, job: JobContext
    ) -> None:
        async with self._db.uow() as uow:
            message = await store.message(uow, attempt.message.id, lock=True)
            if message is None:
                return
            number = attempt.outbound.part
            await partstore.advance(uow, message.id, number, state, error=code)
            await self._sum_up(uow, message, error=code)
            await job.done(uow)

    async def _sum_up(self, uow: Uow, message: Stored, *, error: str | None = None) -> None:
        """Move the message to what its parts add up to."""
        parts = await partstore.of(uow, message.id)
        total = await partstore.total(uow, message.id)
        state = machine.combined([part.state for part in parts], total)
        failed = state in {MessageState.FAILED, MessageState.UNKNOWN}
        await states.move(uow, message, state, error=error if failed else None)

    def _count(self, attempt: _Attempt, how: str) -> None:
        self._metrics.sends.labels(attempt.channel.name, how).inc()


async def _of_another_trying(uow: Uow, message: Stored, report: Report) -> bool:
    """Whether a person has had it sent again since what the report is about."""
    if report.tried is not None:
        return report.tried != message.tried
    parts = await partstore.of(uow, message.id)
    kept = next((part.provider_id for part in parts if part.number == report.part), None)
    return bool(kept and report.provider_id) and kept != report.provider_id
