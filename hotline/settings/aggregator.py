"""What is wrong with the description of a local SMS provider, in words: it is all settings."""

from collections.abc import Collection, Iterator, Mapping
from typing import Final
from urllib.parse import urlsplit

from hotline.settings.page import Aggregator, Settings, is_loopback, pairs

_SECRET_MIN: Final = 32
_KEY_MIN: Final = 16
# Our names of the fields of each list: those there are, and those it cannot do without.
_FIELDS: Final[dict[str, tuple[set[str], set[str]]]] = {
    "send_fields": ({"to", "from", "text", "ref", "validity", "callback"}, {"to", "text"}),
    "reply_fields": ({"id", "error", "status"}, {"id"}),
    "inbound_fields": ({"id", "from", "to", "text", "media"}, {"id", "from", "text"}),
    "status_fields": ({"id", "ref", "status", "error"}, {"id", "status"}),
}
_RANKS: Final = {"sent", "delivered", "read", "failed"}
# The desk has words for these; bots/sms/codes.py uses the same.
CODES: Final = frozenset(
    {
        "opted-out",
        "bad-number",
        "not-mobile",
        "queue-full",
        "expired",
        "phone-off",
        "barred",
        "filtered",
        "country-off",
        "undelivered",
    }
)


def senseless_aggregator(page: Settings) -> Iterator[str]:
    """Every such thing, while SMS go that way."""
    if not page.sms.enabled or page.sms.transport != "aggregator":
        return
    one = page.aggregator
    yield from _addresses(one)
    if len(one.auth_secret) < _KEY_MIN:
        yield f"aggregator.auth_secret: needs at least {_KEY_MIN} characters"
    if len(one.callback_secret) < _SECRET_MIN:
        yield f"aggregator.callback_secret: needs at least {_SECRET_MIN} characters"
    yield from _lists(one)


def _addresses(one: Aggregator) -> Iterator[str]:
    for name, url in (("send_url", one.send_url), ("lookup_url", one.lookup_url)):
        parts = urlsplit(url)
        if not url:
            if name == "send_url":
                yield "aggregator.send_url: is missing while sms.transport is aggregator"
        elif parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
            yield f"aggregator.{name}: must be an address that starts with https://"
        elif parts.scheme == "http" and not is_loopback(url):
            yield f"aggregator.{name}: must start with https:// unless it is a loopback address"
        elif parts.query or parts.fragment:
            yield f"aggregator.{name}: must have no query; fixed fields go into send_fixed"


def _lists(one: Aggregator) -> Iterator[str]:
    for name, (known, needed) in _FIELDS.items():
        given = pairs(getattr(one, name))
        for ours in sorted(given.keys() - known):
            yield f"aggregator.{name}: {ours} is none of: {', '.join(sorted(known))}"
        for ours in sorted(needed - given.keys()):
            yield f"aggregator.{name}: {ours} is missing"
    yield from _sent(one)
    ranks = pairs(one.status_words)
    yield from _meant("status_words", ranks, _RANKS)
    yield from _meant("error_words", pairs(one.error_words), CODES)
    if not {"delivered", "failed"} <= set(ranks.values()):
        yield "aggregator.status_words: no word means delivered, or none means failed"


def _sent(one: Aggregator) -> Iterator[str]:
    sent, reported = pairs(one.send_fields), pairs(one.status_fields)
    if "callback" not in sent and not ("ref" in sent and "ref" in reported):
        yield (
            "aggregator.send_fields: needs callback, or ref there and in status_fields: "
            "a report must say which message it is about"
        )
    if "from" in sent and not one.sender:
        yield "aggregator.sender: is missing while send_fields has from"
    theirs = [*sent.values(), *pairs(one.send_fixed)]
    for name in sorted({a for a in theirs for b in theirs if b.startswith(f"{a}.")}):
        yield f"aggregator.send_fields: {name} is a field and holds fields"


def _meant(where: str, words: Mapping[str, str], known: Collection[str]) -> Iterator[str]:
    for word, meaning in words.items():
        if meaning not in known:
            yield f"aggregator.{where}: {word}={meaning}: must be one of {', '.join(sorted(known))}"
