"""Delivery of updates: by webhook, in order per chat and until accepted, or by polling."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

import aiohttp
from yarl import URL

from hotline.simulator.clock import Clock
from hotline.simulator.faults import Fault, Faults
from hotline.simulator.journal import Journal
from hotline.simulator.tasks import Tasks
from hotline.simulator.telegram.errors import BotError
from hotline.simulator.telegram.params import Json

_KEPT_S = 24 * 3600.0
_FIRST_RETRY_S = 1.0
_LONGEST_RETRY_S = 60.0
_TIMEOUT_S = 60.0
_LATE_S = 20.0


@dataclass(slots=True, eq=False)
class Update:
    """Something that happened, until the bot has it."""

    update_id: int
    chat_id: int
    kind: str
    body: Json
    born: float
    held: bool = False


@dataclass(slots=True)
class Webhook:
    """What setWebhook has set; no URL means polling."""

    url: str = ""
    secret: str = field(default="", repr=False)
    max_connections: int = 40
    allowed: frozenset[str] | None = None
    last_error: str = ""
    last_error_at: datetime | None = None


class Courier:
    """Keeps updates for 24 hours and delivers them; ``session`` is set at start."""

    session: aiohttp.ClientSession

    def __init__(self, clock: Clock, journal: Journal, *, tasks: Tasks, faults: Faults) -> None:
        self._clock = clock
        self._journal = journal
        self._tasks = tasks
        self._faults = faults
        self._lanes: set[int] = set()
        self._by_chat: defaultdict[int, dict[int, Update]] = defaultdict(dict)
        self._next_id = 700_000_001
        self._connections = asyncio.Semaphore(40)
        self._news = asyncio.Event()
        self._poll = 0
        self.posts = 0
        self.pending: dict[int, Update] = {}
        self.webhook = Webhook()

    def push(self, chat_id: int, kind: str, fields: Json) -> None:
        """Take a new update, unless the bot does not want its kind."""
        if self.webhook.allowed is not None and kind not in self.webhook.allowed:
            return
        update_id, self._next_id = self._next_id, self._next_id + 1
        update = Update(
            update_id, chat_id, kind, {"update_id": update_id, kind: fields}, self._clock.instant()
        )
        update.held = self._faults.strikes(Fault.TELEGRAM_REORDER)
        self.pending[update_id] = self._by_chat[chat_id][update_id] = update
        self._journal.write("telegram.update", update=update_id, chat=chat_id, type=kind)
        self._ring()
        self._start_lane(chat_id)

    def set_webhook(self, webhook: Webhook) -> None:
        """Deliver to this URL from now on."""
        self.webhook = webhook
        self._connections = asyncio.Semaphore(webhook.max_connections)
        for chat_id in list(self._by_chat):
            self._start_lane(chat_id)

    def drop_pending(self) -> None:
        """Forget what has not been delivered."""
        self.pending.clear()
        self._by_chat.clear()

    async def poll(self, *, offset: int, limit: int, timeout_s: float) -> list[Json]:
        """Serve getUpdates; a second poller ends the first with 409."""
        self._poll += 1
        mine = self._poll
        self._ring()
        self._confirm(offset)
        self._journal.write("telegram.poll", poll=mine)
        try:
            async with asyncio.timeout(self._clock.real(timeout_s)):
                while not self._ready(limit):
                    await self._news.wait()
                    self._still_alone(mine)
        except TimeoutError:
            self._still_alone(mine)
        found = self._ready(limit)
        for update in found:
            self._journal.write(
                "telegram.delivered", update=update.update_id, chat=update.chat_id, status=200
            )
        return [update.body for update in found]

    def _still_alone(self, mine: int) -> None:
        if self.webhook.url:
            raise BotError(409, "Conflict: terminated by setWebhook request")
        if self._poll != mine:
            raise BotError(
                409,
                "Conflict: terminated by other getUpdates request; make sure that only one bot "
                "instance is running",
            )

    def _ready(self, limit: int) -> list[Update]:
        return [one for one in self.pending.values() if not one.held][:limit]

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            known = list(self.pending)
            offset = known[offset] if len(known) >= -offset else 0
        for update_id in [one for one in self.pending if one < offset]:
            self._forget(self.pending[update_id])

    def _forget(self, update: Update) -> None:
        self.pending.pop(update.update_id, None)
        chat = self._by_chat[update.chat_id]
        chat.pop(update.update_id, None)
        for other in chat.values():
            other.held = False
        if not chat:
            self._by_chat.pop(update.chat_id, None)

    def _ring(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()

    def _start_lane(self, chat_id: int) -> None:
        if self.webhook.url and chat_id not in self._lanes:
            self._lanes.add(chat_id)
            self._tasks.start(self._lane(chat_id), name=f"updates of chat {chat_id}")

    async def _lane(self, chat_id: int) -> None:
        delay_s = _FIRST_RETRY_S
        try:
            while (update := self._first(chat_id)) is not None:
                if delay_s == _FIRST_RETRY_S and self._faults.strikes(Fault.TELEGRAM_LATE):
                    await self._clock.sleep(_LATE_S)
                if self._clock.instant() - update.born > _KEPT_S or await self._send(update):
                    self._forget(update)
                    delay_s = _FIRST_RETRY_S
                    continue
                await self._clock.sleep(delay_s)
                delay_s = min(_LONGEST_RETRY_S, delay_s * 2)
        finally:
            self._lanes.discard(chat_id)

    def _first(self, chat_id: int) -> Update | None:
        if not self.webhook.url or chat_id not in self._by_chat:
            return None
        return next((one for one in self._by_chat[chat_id].values() if not one.held), None)

    async def _send(self, update: Update) -> bool:
        delivered = await self._post(update)
        if delivered and self._faults.strikes(Fault.TELEGRAM_DUPLICATE):
            await self._post(update)
        return delivered

    async def _post(self, update: Update) -> bool:
        webhook = self.webhook
        headers = {}
        if webhook.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = webhook.secret
        status, error = 0, ""
        try:
            async with (
                self._connections,
                self.session.post(
                    URL(webhook.url, encoded=True),
                    json=update.body,
                    headers=headers,
                    timeout=aiohttp.ClientTimeout(total=self._clock.network(_TIMEOUT_S)),
                ) as response,
            ):
                status = response.status
                error = f"Wrong response from the webhook: {status} {response.reason}"
        except (TimeoutError, aiohttp.ClientError) as failure:
            error = f"Connection failed: {type(failure).__name__}"
        self.posts += 1
        self._journal.write(
            "telegram.delivered", update=update.update_id, chat=update.chat_id, status=status
        )
        if 200 <= status < 300:  # noqa: PLR2004 - the HTTP class
            return True
        webhook.last_error, webhook.last_error_at = error, self._clock.now()
        return False
