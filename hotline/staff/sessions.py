"""Sessions: a random token in a cookie, its hash in PostgreSQL, the truth at most a second old."""

import base64
import hashlib
import secrets
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from typing_extensions import override

from hotline.infra.db import Database, Uow
from hotline.infra.web.session import SessionInfo
from hotline.infra.web.session import Sessions as SessionsPort
from hotline.kernel.clock import Clock
from hotline.kernel.ids import new_id
from hotline.kernel.secret import Secret
from hotline.staff import store
from hotline.staff.directory import Directory
from hotline.staff.model import SessionRules

CACHE_S: Final = 1.0
_CACHE_SIZE: Final = 2000
_TOKEN_BYTES: Final = 32
_TOKEN_LENGTH: Final = 43


@dataclass(frozen=True, slots=True)
class _Remembered:
    info: SessionInfo
    until: float
    stale: bool


class Sessions(SessionsPort):
    """Begins, resolves and ends sessions.

    Ending is immediate in this process and takes at most `CACHE_S` in others, because nobody
    remembers a session longer than that.
    """

    def __init__(
        self, db: Database, directory: Directory, clock: Clock, rules: SessionRules
    ) -> None:
        self._db = db
        self._directory = directory
        self._clock = clock
        self._rules = rules
        self._cache: dict[bytes, _Remembered] = {}

    async def begin(self, uow: Uow, staff_id: UUID) -> Secret:
        """A new token; every sign-in gets its own."""
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        await store.new_session(uow, new_id(), _hash(token), staff_id)
        return Secret(token)

    @override
    async def resolve(self, token: str, *, touch: bool = True) -> SessionInfo | None:
        """Who holds the token; counts as a sign of life of the person, to half a minute."""
        if len(token) != _TOKEN_LENGTH or not token.isascii():
            return None
        token_hash = _hash(token)
        known = self._cache.get(token_hash)
        asked = self._clock.monotonic()
        # The live socket asks without touching: what it left here must not hide an act.
        if known is not None and asked < known.until and not (touch and known.stale):
            return known.info
        async with self._db.uow() as uow:
            row = await store.resolve(uow, token_hash, self._rules)
            touched = touch and row is not None and row["stale"]
            if row is not None and touched:
                await store.touch(uow, row["session_id"])
        if row is None:
            self._cache.pop(token_hash, None)
            return None
        actor = self._directory.member(row).actor
        info = SessionInfo(row["session_id"], actor, _csrf(token), row["ends_at"], row["renewable"])
        if touched:
            self._cache.pop(token_hash, None)  # its end is another one now
        else:
            self._remember(token_hash, _Remembered(info, asked + CACHE_S, row["stale"]))
        return info

    async def end(self, uow: Uow, session_id: UUID) -> bool:
        """End one session; False when it is over already."""
        ended = await store.end_session(uow, session_id)
        uow.after_commit(lambda: self._forget(session_id=session_id))
        return ended

    async def end_all(self, uow: Uow, staff_id: UUID) -> int:
        """End every session of a member; how many there were."""
        count = await store.end_sessions(uow, staff_id)
        uow.after_commit(lambda: self._forget(staff_id=staff_id))
        return count

    def forget_member(self, uow: Uow, staff_id: UUID) -> None:
        """What is remembered about the member is not true any more once this commits."""
        uow.after_commit(lambda: self._forget(staff_id=staff_id))

    async def sweep(self) -> int:
        """Remove sessions that are over by age; how many."""
        async with self._db.uow() as uow:
            return await store.end_expired(uow, self._rules)

    def _remember(self, token_hash: bytes, remembered: _Remembered) -> None:
        if len(self._cache) >= _CACHE_SIZE:
            self._cache.clear()
        self._cache[token_hash] = remembered

    def _forget(self, *, session_id: UUID | None = None, staff_id: UUID | None = None) -> None:
        self._cache = {
            key: kept
            for key, kept in self._cache.items()
            if kept.info.session_id != session_id and kept.info.actor.staff_id != staff_id
        }


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _csrf(token: str) -> str:
    """Made from the token, so that nothing that is stored anywhere gives it away."""
    return base64.urlsafe_b64encode(hashlib.sha256(b"csrf\x00" + token.encode()).digest()).decode()
