"""Bounded load on loopback: signed webhooks as the carrier sends them."""

import asyncio
import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from itertools import count
from typing import Final, Protocol
from urllib.parse import urlencode, urlsplit

from hotline.simulator.carrier.signing import signature

_LOCAL: Final = {"127.0.0.1", "localhost", "::1"}
_FIRST_NUMBER: Final = 100_000_000
_NUMBERS: Final = 900_000_000
_OK: Final = b"HTTP/1.1 200"


Turn = Callable[[int], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class Load:
    """What came of it. Times in milliseconds; `failed` counts answers that were not right."""

    done: int
    failed: int
    seconds: float
    p50_ms: float
    p99_ms: float

    @property
    def per_second(self) -> float:
        """Right answers a second."""
        return (self.done - self.failed) / self.seconds


class Asking(Protocol):
    """Who makes requests, and of whom."""

    host: str
    port: int

    def request(self, number: int, digits: str | None = None) -> bytes:
        """The bytes of the n-th request."""
        ...


class Caller:
    """Makes requests of inbound calls, each call from a number of its own (of 900 million)."""

    def __init__(self, url: str, account_sid: str, token: str) -> None:
        self._url = url
        self._account_sid = account_sid
        self._token = token
        parts = urlsplit(url)
        if parts.hostname not in _LOCAL:
            message = "load goes to this machine only"
            raise ValueError(message)
        self.host, self.port = parts.hostname, parts.port or 80
        self._path = parts.path + (f"?{parts.query}" if parts.query else "")

    def request(self, number: int, digits: str | None = None) -> bytes:
        """The bytes of a webhook of the n-th call: 22 fields, as the carrier sends, and a key."""
        origin = f"+996{_FIRST_NUMBER + number % _NUMBERS}"
        form = {
            "AccountSid": self._account_sid,
            "ApiVersion": "2010-04-01",
            "CallSid": f"CA{number:032x}",
            "CallStatus": "ringing",
            "Called": "189",
            "CalledCity": "",
            "CalledCountry": "KG",
            "CalledState": "",
            "CalledZip": "",
            "Caller": origin,
            "CallerCity": "",
            "CallerCountry": "KG",
            "CallerState": "",
            "CallerZip": "",
            "Direction": "inbound",
            "From": origin,
            "FromCity": "",
            "FromCountry": "KG",
            "FromState": "",
            "To": "189",
            "ToCity": "",
            "ToCountry": "KG",
        }
        if digits is not None:
            form["Digits"] = digits
        body = urlencode(form).encode()
        head = (
            f"POST {self._path} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
            f"X-Twilio-Signature: {signature(self._token, self._url, form)}\r\n\r\n"
        )
        return head.encode() + body


async def drive(
    opened: Callable[[], AbstractAsyncContextManager[Turn]],
    *,
    connections: int,
    seconds: float,
    first: int = 0,
) -> Load:
    """Let each connection take one turn after the other, for a bounded time.

    A turn gets a number of its own, from `first` on, and says whether the answer was right.
    """
    numbers = count(first)
    times: list[float] = []
    failed = 0
    end = time.perf_counter() + seconds

    async def one() -> None:
        nonlocal failed
        async with opened() as turn:
            while time.perf_counter() < end:
                began = time.perf_counter()
                right = await turn(next(numbers))
                times.append(time.perf_counter() - began)
                failed += not right  # not in one line: what others count meanwhile would be lost

    began = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(connections)))
    return _result(times, failed, time.perf_counter() - began)


async def pace(
    opened: Callable[[], AbstractAsyncContextManager[Turn]],
    *,
    per_second: float,
    connections: int,
    seconds: float,
    first: int = 0,
) -> Load:
    """Let turns come in an even stream, whether or not earlier ones are answered yet.

    Times count from the moment a turn was due: what queues up behind a slow answer is slow too.
    """
    times: list[float] = []
    failed = 0
    turns = iter(range(int(per_second * seconds)))
    began = time.perf_counter()

    async def one() -> None:
        nonlocal failed
        async with opened() as turn:
            for number in turns:
                due = began + number / per_second
                await asyncio.sleep(due - time.perf_counter())
                right = await turn(first + number)
                times.append(time.perf_counter() - due)
                failed += not right

    await asyncio.gather(*(one() for _ in range(connections)))
    return _result(times, failed, time.perf_counter() - began)


@asynccontextmanager
async def line(
    caller: Asking, expects: bytes, *, among: int | None = None, digits: str | None = None
) -> AsyncIterator[Turn]:
    """A connection; a turn is one webhook, of one of so many calls or of a call of its own."""
    reader, writer = await asyncio.open_connection(caller.host, caller.port)

    async def turn(number: int) -> bool:
        writer.write(caller.request(number % among if among else number, digits))
        head = await reader.readuntil(b"\r\n\r\n")
        body = await reader.readexactly(_length(head))
        return head.startswith(_OK) and expects in body

    try:
        yield turn
    finally:
        writer.close()


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0


def _result(times: list[float], failed: int, seconds: float) -> Load:
    cuts = statistics.quantiles(times, n=100) if len(times) > 1 else [0.0] * 99
    return Load(len(times), failed, seconds, cuts[49] * 1000, cuts[98] * 1000)
