"""Bounded load on loopback: signed webhooks as the carrier sends them."""

import asyncio
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode, urlsplit

from hotline.simulator.carrier.signing import signature

_LOCAL: Final = {"127.0.0.1", "localhost", "::1"}
_OK: Final = b"HTTP/1.1 200"


@dataclass(frozen=True, slots=True)
class Load:
    """What came of it. Times in milliseconds; `failed` counts answers other than 200."""

    done: int
    failed: int
    seconds: float
    p50_ms: float
    p99_ms: float

    @property
    def per_second(self) -> float:
        """Answers a second, failures included."""
        return self.done / self.seconds


class Caller:
    """Makes the request of one new inbound call after another, each from its own number."""

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
            "Caller": f"+996555{number % 1_000_000:06d}",
            "CallerCity": "",
            "CallerCountry": "KG",
            "CallerState": "",
            "CallerZip": "",
            "Direction": "inbound",
            "From": f"+996555{number % 1_000_000:06d}",
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


async def blast(
    make: Callable[[int], bytes],
    host: str,
    port: int,
    *,
    connections: int,
    seconds: float,
    first: int = 0,
) -> Load:
    """Send as fast as the answers come, for a bounded time."""
    numbers = iter(range(first, first + 10_000_000))
    times: list[float] = []
    failed = 0
    end = time.perf_counter() + seconds

    async def one() -> None:
        nonlocal failed
        reader, writer = await asyncio.open_connection(host, port)
        while time.perf_counter() < end:
            request = make(next(numbers))
            began = time.perf_counter()
            failed += not await _ask(reader, writer, request)
            times.append(time.perf_counter() - began)
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(connections)))
    return _result(times, failed, time.perf_counter() - began)


async def ask(caller: Caller, numbers: Iterable[int], digits: str | None = None) -> int:
    """One webhook for each of the calls, one after the other; how many were answered with 200."""
    reader, writer = await asyncio.open_connection(caller.host, caller.port)
    answered = 0
    for number in numbers:
        answered += await _ask(reader, writer, caller.request(number, digits))
    writer.close()
    return answered


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> bool:
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    await reader.readexactly(_length(head))
    return head.startswith(_OK)


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0


def _result(times: list[float], failed: int, seconds: float) -> Load:
    cuts = statistics.quantiles(times, n=100) if len(times) > 1 else [0.0] * 99
    return Load(len(times), failed, seconds, cuts[49] * 1000, cuts[98] * 1000)
