"""What must be true after every journey: nothing told on anybody, nothing failed, nothing left."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from redis.asyncio import Redis

from hotline.migrations.schema import metadata
from tests.town import Town, eventually

Json = dict[str, Any]
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
# In bytes that are sealed, a few letters come about by chance; a word does not.
_CYRILLIC_WORD = re.compile(r"[\u0400-\u04ff]{6}")
_BYTES = re.compile(r"\\x((?:[0-9a-f]{2})*)")
_LONGEST_SHOWN = 200
_WARNING_ONLY = {"error", "critical"}
# Nothing of these may be left of a contact that is over.
_LEFT = {
    "in the queue": "select 1 from queue_entry where contact_id = $1",
    "offered": "select 1 from offer where contact_id = $1 and state = 'pending'",
    "in somebody's hands": "select 1 from assignment where contact_id = $1 and until is null",
    "an open leg": "select 1 from call_leg where contact_id = $1 and ended_at is null",
    "an open room": "select 1 from conference where contact_id = $1 and ended_at is null",
    "an open guest": "select 1 from call_guest where contact_id = $1 and ended_at is null",
    "an open transfer": "select 1 from call_transfer where contact_id = $1 and ended_at is null",
    "an open conversation": "select 1 from conversation where contact_id = $1 and open",
    "an unfinished record": "select 1 from consultation where contact_id = $1 and state = 'draft'",
    "a message on its way": (
        "select 1 from message where contact_id = $1 and state in ('queued', 'sending')"
    ),
    "a job or timer": (
        "select 1 from job where state in ('ready', 'running') and kind <> 'chat.idle'"
        " and (payload::text like '%' || $1::uuid::text || '%' or lane like '%' || $1::uuid::text)"
    ),
}


async def all_is_well(town: Town) -> None:
    """Look everywhere. Raises AssertionError with what is wrong."""
    for contact in town.ended:
        await _ended(town, contact)
    # A job that still runs could fail after we have looked.
    await eventually(lambda: _quiet(town))
    _none("the simulator failed", town.world.failures)
    _none("logged as an error", _loud(town))
    _none("refused by the house", _refused(town))
    dead = await town.rows("select kind, last_error from job where state = 'dead'")
    assert len(dead) == town.dead, f"work that gave up: {dead}"
    clues = sorted(set(personal(town)), key=len, reverse=True)
    _says_nothing("the log", town.logged.getvalue(), clues)
    _says_nothing("metrics", town.ground.metrics.text().decode(), clues)
    _says_nothing("redis", await _redis(town), clues)
    for table in metadata.sorted_tables:
        rows = await town.rows(f'select t::text as row from "{table.name}" t')  # noqa: S608 - our own tables
        told = "\n".join(row["row"] for row in rows)
        _says_nothing(table.name, _BYTES.sub("", told), clues)
        # As hexadecimal digits, sealed bytes would spell a number of seven digits once in a while.
        spelt = "\n".join(_spelt(found) for found in _BYTES.findall(told))
        _says_nothing(f"{table.name}, in bytes", spelt, clues, _CYRILLIC_WORD)


def personal(town: Town) -> Iterator[str]:
    """Every number, account, name and text that was used in the town."""
    ours = {town.settings.hotline.line, town.settings.carrier.sms_from}
    calls, messages = town.world.carrier.legs.by_sid, town.world.carrier.messages.by_sid
    numbers = {party for call in calls.values() for party in (call.origin, call.to)}
    numbers |= {party for message in messages.values() for party in (message.origin, message.to)}
    for number in numbers - ours:
        yield from _number(number)
    for chat in town.world.telegram.chats.values():
        yield from (str(chat.chat_id), chat.account.first_name if chat.account else chat.title)
    for text in _texts(town):
        if " " in text.strip() and not text.startswith("/"):
            yield text
    for clue in town.clues:
        yield from _number(clue) if clue.startswith("+") else [clue] if len(clue) > 4 else []


def _texts(town: Town) -> Iterator[str]:
    yield from (message.body for message in town.world.carrier.messages.by_sid.values())
    for chat in town.world.telegram.chats.values():
        yield from (message.text for message in chat.messages.values())
    for desk in town.desks:
        yield from desk.written


def _number(number: str) -> Iterator[str]:
    digits = re.sub(r"\D", "", number)
    if number.startswith("+") and len(digits) > 8:
        yield from (digits, digits[-9:], digits[-7:])


def _none(what: str, found: Iterable[object]) -> None:
    listed = list(found)
    assert not listed, f"{what}: {listed}"


def _spelt(hexadecimal: str) -> str:
    return bytes.fromhex(hexadecimal).decode("utf-8", "replace")


def _says_nothing(
    where: str, said: str, clues: list[str], words: re.Pattern[str] = _CYRILLIC
) -> None:
    """No clue stands there; and no Cyrillic at all, which is what people here write in."""
    for clue in clues:
        at = said.find(clue)
        assert at < 0, f"{where} tells {clue!r}: {said[max(0, at - 80) : at + _LONGEST_SHOWN]}"
    found = words.search(said)
    assert not found, f"{where} holds words: {said[max(0, found.start() - 80) : found.end() + 40]}"


def _loud(town: Town) -> Iterator[Json]:
    for line in town.log_lines():
        if line["level"] in _WARNING_ONLY and line["event"] not in town.errors:
            yield line


def _refused(town: Town) -> Iterator[Json]:
    """Webhooks that the world had no good answer to."""
    for entry in town.world.journal.entries:
        status = entry.get("status")
        posted = entry["kind"] in {"webhook", "telegram.delivered"}
        if posted and status not in {200, 204} and status not in town.refusals:
            yield entry
        if entry["kind"] == "notification" and not town.refusals:
            yield entry


async def _ended(town: Town, contact: UUID) -> None:
    for what, sql in _LEFT.items():

        async def gone(sql: str = sql) -> bool:
            return not await town.rows(sql, contact)

        try:
            await eventually(gone)
        except TimeoutError:
            raise AssertionError(f"{contact} is over, and still {what}") from None
    how = await town.rows(
        "select outcome from contact where id = $1 and state = 'closed' and closed_at is not null",
        contact,
    )
    assert how == [{"outcome": town.ended[contact]}], f"{contact} has not ended as it was: {how}"


async def _quiet(town: Town) -> bool:
    """No job is due any more."""
    due = await town.rows(
        "select 1 from job where state = 'running' or (state = 'ready' and run_at <= now())"
    )
    return not due


async def _redis(town: Town) -> str:
    """Everything Redis holds, as text."""
    said: list[str] = []

    async def read(redis: Redis) -> None:
        async for key in redis.scan_iter():
            kind = await redis.type(key)
            assert kind in {"string", "stream"}, f"how is {key!r} to be read?"
            value: object = await (redis.xrange(key) if kind == "stream" else redis.get(key))
            said.append(json.dumps([key, value], ensure_ascii=False))

    await town.ground.link.attempt(read, force=True)
    return "\n".join(said)
