"""`hotline doctor`: tries every outside thing and says in words what is wrong."""

import asyncio
import hashlib
import hmac
import re
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from http import HTTPStatus
from typing import Final

import aiohttp
import typer

from hotline.app.core import flow_problems, queues_of, rules_of
from hotline.app.ground import Ground
from hotline.cli.shared import Profile, plumbing, settings_of
from hotline.consultations import forms
from hotline.infra.crypto import KeyProblem
from hotline.infra.keyproof import refuse_foreign_keys
from hotline.infra.scrub import Refused, Scrub
from hotline.infra.web.server import run
from hotline.intake.queues import PARTNER, Queues
from hotline.kernel.clock import SystemClock
from hotline.kernel.errors import Problems, Unavailable
from hotline.line import doors
from hotline.migrations.upgrade import WrongRevision, check_revision
from hotline.routing import checkup
from hotline.settings import Settings
from hotline.staff.directory import Directory
from hotline.telephony.dialing import Partners

_TIMEOUT: Final = aiohttp.ClientTimeout(total=5)
# One white point.
_PICTURE: Final = bytes.fromhex(
    "47494638396101000100800000ffffff00000021f90400000000002c00000000010001000002024401003b"
)
_NUMBER: Final = re.compile(r"<Number[^>]*>\s*([^<\s]+)")
_CHECKED_FOR: Final = timedelta(days=90)
Check = Callable[[], Awaitable[str | None]]


def doctor(profile: Profile = None) -> None:
    """Check settings, database, Redis, carrier, Telegram, flows and our own public address."""
    settings = settings_of(profile)

    async def main() -> bool:
        async with plumbing(settings) as base:
            return await _examine(base)

    if not run(main):
        raise typer.Exit(1)


async def _examine(base: Ground) -> bool:
    settings = base.settings
    checks: dict[str, Check] = {
        "database": lambda: _database(base),
        "keys": lambda: _keys(base),
        "redis": lambda: _redis(base),
        "flows": lambda: _flows(settings),
        "routing": lambda: _routing(base),
        "queues": lambda: _queues(base),
        "files": _files,
        "carrier": lambda: _carrier(settings),
        "public address": lambda: _public(settings),
        "fallback": lambda: _fallback(settings),
    }
    if settings.sms.enabled and settings.sms.transport == "aggregator":
        checks["sms"] = lambda: _aggregator(settings)
    if settings.telegram.enabled:
        checks["telegram"] = lambda: _telegram(settings)
    well = True
    for name, check in checks.items():
        try:
            problem = await check()
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            problem = f"does not answer ({type(error).__name__})"
        mark, words = ("✓", "ok") if problem is None else ("✗", problem)
        typer.echo(f"  {mark} {name:16} {words}")
        well = well and problem is None
    return well


async def _database(base: Ground) -> str | None:
    try:
        await base.db.ping()
        await check_revision(base.db.engine)
    except WrongRevision as wrong:
        return str(wrong)
    except Exception as error:  # noqa: BLE001 - whatever it is, the person must read it as words
        return f"database.url: cannot be used ({type(error).__name__})"
    return None


async def _keys(base: Ground) -> str | None:
    try:
        await refuse_foreign_keys(base.db, base.vault, base.settings.keys_dir)
    except KeyProblem as problem:
        return problem.words
    except Unavailable:
        return "cannot be tried without the database"
    return None


async def _redis(base: Ground) -> str | None:
    try:
        await base.link.ping()
    except Exception as error:  # noqa: BLE001 - the same
        return f"redis.url: cannot be used ({type(error).__name__}); desks work without it"
    return None


async def _flows(settings: Settings) -> str | None:
    problems = flow_problems(settings)
    return "; ".join(problems) or None


async def _routing(base: Ground) -> str | None:
    """The table of relaxations, and whoever has a language or topic that is there no longer."""
    try:
        form = await asyncio.to_thread(forms.load, base.settings.config_dir)
        relaxing = rules_of(base.settings, form).relaxing
        waiting = await checkup.unknown(base.db, relaxing)
        members = await Directory(base.db, base.vault).everybody()
    except Problems as error:
        return "; ".join(error.problems)
    except Unavailable:
        return "cannot be tried without the database"
    found = [f"contact {contact_id} asks for what is gone" for contact_id in waiting]
    for member in members:
        gone = sorted(set(member.skills) - relaxing.topics)
        if gone and member.disabled_at is None:
            found.append(f"operator {member.login} has the topic {', '.join(gone)}, which is gone")
    working = [member for member in members if member.disabled_at is None]
    known = {topic for one in working for topic in one.skills}
    expert = {topic for one in working for topic in one.expert}
    found += [
        f"callers with the topic {topic} wait for an expert, and nobody is one"
        for topic in sorted(relaxing.experts & known - expert)
    ]
    return "; ".join(found) or None


async def _queues(base: Ground) -> str | None:
    """Queues that somebody set by hand and forgot, or that are gone; partners nobody looked at."""
    try:
        queues = await asyncio.to_thread(queues_of, base.settings, base.texts)
        partners = await asyncio.to_thread(Partners.load, base.settings.config_dir)
        gone = await doors.unknown(base.db, queues)
        endless = await doors.endless(base.db, queues)
    except Problems as error:
        return "; ".join(error.problems)
    except Unavailable:
        return "cannot be tried without the database"
    last = queues.listed[-1].id
    found = [f"queue {one} was set by hand and is gone, {last} takes the rest" for one in gone]
    found += [
        f"queue {one} is set to {said.door} by hand since {said.at:%Y-%m-%d %H:%M}, without an end"
        for one, said in endless
    ]
    return "; ".join([*found, *_unchecked(queues, partners, SystemClock().now().date())]) or None


def _unchecked(queues: Queues, partners: Partners, today: date) -> list[str]:
    """Partners that callers are sent to, whose number nobody looked at for long."""
    offered = {offer.removeprefix(PARTNER) for queue in queues.listed for offer in queue.offers}
    return [
        f"partner {one.id} is offered to callers, and was checked on {one.checked}: ring it"
        for one in partners.by_id.values()
        if one.id in offered and today - one.checked > _CHECKED_FOR
    ]


async def _files() -> str | None:
    try:
        async with Scrub().look(_PICTURE) as looked:
            return None if looked.type == "png" else "a picture is not recognised"
    except (Refused, Unavailable):
        return "a process that looks at files cannot limit itself (setrlimit, prlimit64) or start"


async def _carrier(settings: Settings) -> str | None:
    account = settings.carrier
    url = f"{account.api_base_url}/2010-04-01/Accounts/{account.account_sid}/Calls.json"
    auth = aiohttp.encode_basic_auth(account.account_sid, account.auth_token.reveal())
    async with (
        aiohttp.ClientSession(timeout=_TIMEOUT, headers={"Authorization": auth}) as session,
        session.get(url, params={"PageSize": "1"}) as answer,
    ):
        match answer.status:
            case 200:
                return None
            case 401 | 403:
                return "refuses carrier.account_sid or carrier.auth_token"
            case status:
                return f"answers {status}; check carrier.api_base_url"


async def _aggregator(settings: Settings) -> str | None:
    """Asks for a message that never was: nothing is sent, nothing is paid for."""
    page = settings.aggregator
    query = "ref=doctor"
    secret = page.auth_secret.reveal()
    if page.auth == "hmac":
        secret = hmac.new(secret.encode(), query.encode(), hashlib.sha256).hexdigest()
    url = f"{page.lookup_url}?{query}" if page.lookup_url else page.send_url
    headers = {page.auth_header: secret}
    async with (
        aiohttp.ClientSession(timeout=_TIMEOUT, headers=headers) as session,
        session.get(url, allow_redirects=False) as answer,
    ):
        if answer.status in {401, 403}:
            return "refuses aggregator.auth_secret"
        # Without an address to ask at, any answer says no more than that somebody is there.
        if answer.status < 500 and (not page.lookup_url or answer.status in {200, 404}):  # noqa: PLR2004
            return None
        return f"answers {answer.status}; check aggregator.lookup_url and send_url"


async def _telegram(settings: Settings) -> str | None:
    base = settings.telegram
    url = f"{base.api_base_url}/bot{base.token.reveal()}/getMe"
    async with aiohttp.ClientSession(timeout=_TIMEOUT) as session, session.get(url) as answer:
        if answer.status in {401, 404}:
            return "refuses telegram.token"
        return None if answer.status == 200 else f"answers {answer.status}"  # noqa: PLR2004 - HTTP


async def _public(settings: Settings) -> str | None:
    url = f"{settings.public_base_url}/health/live"
    async with aiohttp.ClientSession(timeout=_TIMEOUT) as session, session.get(url) as answer:
        if answer.status == 200:  # noqa: PLR2004 - HTTP
            return None
        return f"{settings.public_base_url} answers {answer.status}: is the service running there?"


async def _fallback(settings: Settings) -> str | None:
    """The proxy's own document; without a proxy, as in the demo, there is none to compare."""
    url = f"{settings.public_base_url}/fallback/voice.xml"
    async with aiohttp.ClientSession(timeout=_TIMEOUT) as session, session.get(url) as answer:
        text = await answer.text() if answer.status == HTTPStatus.OK else ""
    numbers = set(_NUMBER.findall(text))
    if text and numbers != {settings.duty.phone}:
        rung = ", ".join(sorted(numbers)) or "nobody"
        return f"fallback/voice.xml rings {rung}, duty.phone is {settings.duty.phone}"
    return None
