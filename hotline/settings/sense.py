"""What fits one by one and would leave a door open together."""

import re
from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import Any, Final

from hotline.kernel.secret import Secret
from hotline.settings.aggregator import senseless_aggregator
from hotline.settings.page import LOOPBACK, Settings, is_loopback

_TOKEN_MIN: Final = 32
_PHONE_KEYS: Final = ["twiml_app_sid", "api_key_sid", "api_key_secret"]
_HOOK_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{32,256}")
_TRUNK: Final = re.compile(r"BY[0-9a-f]{32}")
_PREFIX: Final = re.compile(r"\+[1-9][0-9]{0,10}")
# The simulators' keys carry this word, so that they can never guard a real line.
_INSECURE: Final = "insecure"
# What deploy/site.toml shows where a site writes its own.
_EXAMPLE: Final = re.compile(r"https://hotline\.example\.org|(AC|AP|SK)0{32}|\+99600000000[01]")
_KEPT: Final = ("carrier", "telegram", "server")
_OWN: Final = (
    "public_base_url",
    "carrier.account_sid",
    "carrier.caller_id",
    "carrier.sms_from",
    "carrier.twiml_app_sid",
    "carrier.api_key_sid",
    "duty.phone",
)


def senseless(good: dict[str, Any]) -> Iterator[str]:
    """Every such thing, in words; sees only what is valid by itself."""
    page = Settings.model_construct(**good)
    for needs, check in _CHECKS:
        if needs <= good.keys():
            yield from check(page)


def _encrypted(page: Settings) -> Iterator[str]:
    for where in ("public_base_url", "carrier.api_base_url", "telegram.api_base_url"):
        url = attrgetter(where)(page)
        if url.startswith("http://") and not is_loopback(url):
            yield f"{where}: must start with https:// unless it is a loopback address"


def _carrier(page: Settings) -> Iterator[str]:
    carrier = page.carrier
    # An empty key would make every forged signature valid.
    for key, value in carrier:
        if key.startswith("auth_token") and value and len(value) < _TOKEN_MIN:
            yield f"carrier.{key}: needs at least {_TOKEN_MIN} characters"
    needed = dict.fromkeys(("account_sid", "auth_token", "caller_id"), "")
    if page.sms.enabled:
        needed["sms_from"] = " while sms.enabled is on"
    if "browser" in page.phone.modes:
        needed |= dict.fromkeys(_PHONE_KEYS, " while phone.modes has browser")
    for key, when in needed.items():
        if not getattr(carrier, key):
            yield f"carrier.{key}: is missing{when}"


def _trunk(page: Settings) -> Iterator[str]:
    trunk = page.carrier.byoc_trunk_sid
    if trunk and not _TRUNK.fullmatch(trunk):
        yield "carrier.byoc_trunk_sid: must be BY and 32 digits or letters a-f"


def _own_phones(page: Settings) -> Iterator[str]:
    for prefix in page.phone.own_prefixes:
        if not _PREFIX.fullmatch(prefix):
            yield f"phone.own_prefixes: {prefix!r} must be + and digits, such as +996"


def _telegram(page: Settings) -> Iterator[str]:
    bot = page.telegram
    if not bot.enabled:
        return
    if not bot.token:
        yield "telegram.token: is missing while telegram.enabled is on"
    if bot.mode == "webhook" and not _HOOK_SECRET.fullmatch(bot.webhook_secret.reveal()):
        yield "telegram.webhook_secret: needs 32 to 256 characters of A-Z a-z 0-9 _ -"


def _chats(page: Settings) -> Iterator[str]:
    chats = page.chats
    if not chats.amber_s < chats.red_s:
        yield "chats.red_s: must be more than chats.amber_s"
    if chats.unattended_s and chats.unattended_s <= chats.red_s:
        yield "chats.unattended_s: must be more than chats.red_s, or 0 for never"


def _no_toys(page: Settings) -> Iterator[str]:
    """Keys and telephones of the simulators are for this machine only, and so is the demo."""
    exposed = page.server.host not in LOOPBACK or not page.loopback
    if page.profile == "demo" and exposed:
        yield "server.host: the logins of the demo are known to all; it stays on loopback"
    real = page.profile == "production" or exposed
    used = (*_KEPT, "aggregator") if page.sms.transport == "aggregator" else _KEPT
    for name in used if real else ():
        for key, value in getattr(page, name):
            if isinstance(value, Secret) and _INSECURE in value.reveal().lower():
                yield f"{name}.{key}: is the key of a simulator; it must not guard a real line"
    for mode in ("fake", "sim") if real else ():
        if mode in page.phone.modes:
            need = "a real line needs browser or own"
            yield f"phone.modes: {mode} is for training on one machine; {need}"


def _production(page: Settings) -> Iterator[str]:
    if page.profile != "production":
        return
    if not page.duty.phone:
        yield "duty.phone: is missing; an escalation that nobody takes must ring somewhere"
    for name in ("database", "redis"):
        if not getattr(page, name).url:
            yield f"{name}.url: is missing; the embedded server is for trying out"
    for where in _OWN:
        value = attrgetter(where)(page)
        if _EXAMPLE.fullmatch(value):
            yield f"{where}: {value} is the example of deploy/site.toml; write your own"


def _hours(page: Settings) -> Iterator[str]:
    if not (page.config_dir / page.hotline.hours_file).is_file():
        yield f"hotline.hours_file: {page.hotline.hours_file} is not in {page.config_dir}"


_CHECKS: Final[tuple[tuple[set[str], Callable[[Settings], Iterator[str]]], ...]] = (
    ({"public_base_url", "carrier", "telegram"}, _encrypted),
    ({"carrier", "sms", "phone"}, _carrier),
    ({"carrier"}, _trunk),
    ({"phone"}, _own_phones),
    ({"telegram"}, _telegram),
    ({"chats"}, _chats),
    ({"sms", "aggregator"}, senseless_aggregator),
    (
        {*_KEPT, "public_base_url", "profile", "sms", "aggregator", "phone"},
        _no_toys,
    ),
    ({"profile", "public_base_url", "carrier", "duty", "database", "redis"}, _production),
    ({"config_dir", "hotline"}, _hours),
)
