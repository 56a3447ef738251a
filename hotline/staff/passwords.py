"""Hashing of passwords: slow on purpose, in a few threads, the same for known and unknown names."""

import asyncio
import contextlib
import unicodedata
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from hotline.kernel.errors import Invalid, Unavailable
from hotline.staff.guessable import is_guessable

LEAST: Final = 15
MOST: Final = 128

_THREADS: Final = 3
_QUEUE: Final = 20
_WAIT_S: Final = 3.0

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess costs: KiB of memory, passes."""

    memory_kib: int
    passes: int


STRONG: Final = Cost(memory_kib=64 * 1024, passes=3)
# INSECURE, as the name says: hundreds of logins a second, for the profiles test and demo only.
FAST_FOR_TESTS: Final = Cost(memory_kib=64, passes=1)


def cost_for(profile: str) -> Cost:
    """The full cost everywhere but in the profiles that hold no real accounts."""
    return FAST_FOR_TESTS if profile in {"demo", "test"} else STRONG


class Passwords:
    """Hashes and compares in its own threads; `close` ends them.

    `pepper` turns a password into the bytes that are hashed, with a key that is not in the
    database. When too many wait, or one waits too long, `Unavailable` is raised: a flood of
    sign-ins must not take the memory of the phone line.
    """

    def __init__(self, pepper: Callable[[str], bytes], cost: Cost = STRONG) -> None:
        self._pepper = pepper
        self._hasher = PasswordHasher(
            time_cost=cost.passes,
            memory_cost=cost.memory_kib,
            parallelism=1,
            hash_len=32,
            salt_len=16,
        )
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="passwords")
        self._slots = asyncio.Semaphore(_THREADS)
        self._waiting = 0
        # Compared with when there is no such account, so that both answers take equally long.
        self._nobody = self._hasher.hash(pepper("nobody"))

    def close(self) -> None:
        """Let the threads end; what is being hashed is finished first, and nobody waits for it."""
        self._threads.shutdown(wait=False)

    async def hash(self, password: str, own_words: Iterable[str] = ()) -> str:
        """The hash of a new password. `Invalid` when it is too short, too long or guessable."""
        normal = normalised(password)
        if not LEAST <= len(normal) <= MOST:
            raise Invalid("password-length", password="length")  # noqa: S106 - a field code
        if is_guessable(normal, own_words):
            raise Invalid("password-guessable", password="guessable")  # noqa: S106 - a field code
        return await self._rehash(normal)

    async def verify(self, stored: str | None, password: str) -> bool:
        """Whether the password is right; None stands for an account that does not exist."""
        normal = normalised(password[: 2 * MOST])
        right = await self._run(self._matches, stored or self._nobody, normal)
        return right and stored is not None

    async def renewed(self, stored: str, password: str) -> str | None:
        """A new hash when the old one was made at another cost, else None."""
        if not self._hasher.check_needs_rehash(stored):
            return None
        return await self._rehash(normalised(password))

    async def _rehash(self, normal: str) -> str:
        return await self._run(lambda text, _: self._hasher.hash(self._pepper(text)), normal, "")

    def _matches(self, stored: str, normal: str) -> bool:
        try:
            return self._hasher.verify(stored, self._pepper(normal))
        except (VerificationError, InvalidHashError):
            return False

    async def _run(self, work: Callable[[str, str], _T], one: str, two: str) -> _T:
        async with self._slot():
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, work, one, two)

    @contextlib.asynccontextmanager
    async def _slot(self) -> AsyncIterator[None]:
        if self._waiting >= _QUEUE:
            raise Unavailable("login-busy")
        self._waiting += 1
        try:
            async with asyncio.timeout(_WAIT_S):
                await self._slots.acquire()
        except TimeoutError:
            raise Unavailable("login-busy") from None
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._slots.release()


def normalised(password: str) -> str:
    """The same letters typed on different keyboards are the same password."""
    return unicodedata.normalize("NFKC", password)
