"""Connection overrides: the fragment of a configured URL that says how often to try again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import parse_qsl, urldefrag

_MAX_MS = 15_000
_MAX_RETRIES = 5


class Failure(StrEnum):
    """How a delivery can fail; the values are those of the ``rp`` override."""

    CONNECT = "ct"
    READ = "rt"
    CLIENT = "4xx"
    SERVER = "5xx"


@dataclass(frozen=True, slots=True)
class Target:
    """A URL as configured, taken apart. The fragment is neither sent nor signed."""

    url: str
    connect_ms: int = 5_000
    read_ms: int = _MAX_MS
    total_ms: int = _MAX_MS
    retries: int = 1
    retry_on: frozenset[Failure] = frozenset({Failure.CONNECT})


def parse_target(configured: str, *, default_retries: int = 1) -> Target:
    """Read ``https://host/path#ct=2000&rt=4000&rc=5&rp=ct,rt,5xx`` (``rp=all`` for everything).

    Unknown keys are ignored, numbers are cut to the documented ranges.
    """
    url, fragment = urldefrag(configured)
    values = dict(parse_qsl(fragment, keep_blank_values=True))
    return Target(
        url=url,
        connect_ms=_number(values.get("ct"), default=5_000, low=100, high=10_000),
        read_ms=_number(values.get("rt"), default=_MAX_MS, low=100, high=_MAX_MS),
        total_ms=_number(values.get("tt"), default=_MAX_MS, low=100, high=_MAX_MS),
        retries=_number(values.get("rc"), default=default_retries, low=0, high=_MAX_RETRIES),
        retry_on=_policy(values.get("rp")),
    )


def _number(text: str | None, *, default: int, low: int, high: int) -> int:
    if text is None or not text.isdecimal():
        return default
    return min(high, max(low, int(text)))


def _policy(text: str | None) -> frozenset[Failure]:
    if text is None:
        return frozenset({Failure.CONNECT})
    if text == "all":
        return frozenset(Failure)
    return frozenset(Failure(part) for part in text.split(",") if part in set(Failure))
