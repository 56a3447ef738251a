"""What `hotline bench` measures of matching: flat, whoever waits, and by many routers at once.

In a database of its own, filled by statements: no sweep of another process takes part.
"""

import asyncio
import contextlib
import statistics
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Final
from uuid import UUID

import asyncpg
from sqlalchemy import make_url

from hotline.audit.service import Audit
from hotline.cli import ceilings
from hotline.cli.promises import Promise
from hotline.contacts.service import Contacts
from hotline.infra.crypto import KeySet, Vault
from hotline.infra.db import Database, Raw
from hotline.kernel.languages import LANGS
from hotline.migrations.upgrade import upgrade
from hotline.routing.matching import Relaxing
from hotline.routing.service import Routing, Rules
from hotline.simulator.load import drive

FEW: Final = 1_000
MANY: Final = 100_000
OPERATORS: Final = 10_000
ROUTERS: Final = 16
_POOL: Final = 200
_LONGEST_S: Final = 30.0
_TURNS: Final = 200
_COLD: Final = 20
_NAME: Final = "bench_match"
_TOPICS: Final = ("abroad", "documents", "wages", "ban", "missing", "danger", "other")
_RULES: Final = Rules(timedelta(hours=1), Relaxing((), frozenset(LANGS), frozenset(_TOPICS)))
_EMPTY: Final = "truncate caller, operator_state, routing_wish, job cascade"
# Half calls, half chats, all topics; $2 is every how many-th speaks Russian or another of the four,
# while the others speak Uzbek. They came a millisecond apart.
_WAITING: Final = """
with n as materialized (
  select n, gen_random_uuid() as caller, gen_random_uuid() as contact,
         case when n % 2 = 0 then 'voice' else 'telegram' end as channel,
         case when n / 2 % $2::int <> 0 then 'uz' else ($3::text[])[1 + n / 2 % 4] end as language,
         ($4::text[])[1 + n / 8 % 7] as topic, now() - n * interval '1 millisecond' as since
  from generate_series(1, $1::int) n),
callers as (insert into caller (id, number_sealed, masked) select caller, '', '' from n),
contacts as (
  insert into contact (id, channel, line, caller_id, state, language, topic, intake, waiting_since)
  select contact, channel, '189', caller, 'waiting', language, topic, '{}', since from n)
insert into queue_entry (contact_id, channel, kind, language, topic, danger, priority, since,
                         effective_at, asks_language, asks_topic)
select contact, channel, case channel when 'voice' then 'call' else 'chat' end, language, topic,
       false, 0, since, since, language || ':2', topic || ':1' from n
"""
# Two dozen profiles. A third has a call in hand, a third three chats, a third one or two and room;
# or, where $2 says so, all are free.
_OPERATORS: Final = """
insert into operator_state (staff_id, presence, languages, skills, max_chats, phone_mode, calls,
                            chats, idle_since)
select gen_random_uuid(), 'available',
       array(select l || level from unnest($3::text[]) with ordinality as u(l, i),
             unnest(array[':1', ':2']) level where i in (1 + n % 4, 2) and l <> 'uz' order by 1),
       array(select t || ':1' from unnest($4::text[]) with ordinality as u(t, i)
             where i <> 1 + n % 10 order by 1),
       3, 'fake', case when not $2 and n % 3 = 0 then 1 else 0 end,
       case when $2 or n % 3 = 0 then 0 when n % 3 = 1 then 3 else 1 + n % 2 end,
       now() - n * interval '1 second'
from generate_series(1, $1::int) n
"""
# As many operators of these finish what they were asked for as contacts arrive.
_MOVES: Final = """
with done as (
  update offer set state = 'accepted', ended_at = now() where id in (
    select id from offer where state = 'pending' and staff_id = any($1::uuid[])
    limit cardinality($2::uuid[]) for update skip locked)
  returning contact_id),
gone as (delete from queue_entry where contact_id in (select contact_id from done)),
n as materialized (select unnest($2::uuid[]) as id),
callers as (insert into caller (id, number_sealed, masked) select id, '', '' from n),
contacts as (
  insert into contact (id, channel, line, caller_id, state, language, topic, intake, waiting_since)
  select id, 'voice', '189', id, 'waiting', 'ru', null, '{}', now() from n)
insert into queue_entry (contact_id, channel, kind, language, danger, priority, since,
                         effective_at, asks_language)
select id, 'voice', 'call', 'ru', false, 0, now(), now(), 'ru:2' from n
"""
_STRANDED: Final = """
select count(*) from operator_state
where free and routing_best_contact(staff_id, '{}') is not null
"""
_DOUBLED: Final = """
select count(*) from (
  select contact_id from offer where state = 'pending' group by contact_id having count(*) > 1
  union all
  select staff_id from offer where state = 'pending' group by staff_id having count(*) > 1
  union all
  select contact_id from offer group by contact_id having count(*) > 1) twice
"""


@dataclass(frozen=True, slots=True)
class _Place:
    """The database of this bench, and the service on it."""

    url: str
    raw: Raw
    db: Database
    routing: Routing


async def of_matching(url: str, seconds: float) -> list[Promise]:
    """All lines: the decision, the whole match, growth, and many routers."""
    async with _place(url) as place:
        few = await _decisions(place, FEW, every=1)
        many = await _decisions(place, MANY, every=1)
        whole = await _wholes(place)
        lacking = await _decisions(place, MANY, every=10)
        arriving = await _arrivals(place)
        routers = await _routers(place, seconds)
    of = f"match, {MANY} wait, {OPERATORS} operators"
    return [
        *_both(of, many),
        *_both("... nine tenths need what is lacking", lacking),
        *_both("... all are free, one who fits arrives", arriving),
        Promise(
            f"match, {MANY} wait: times that of {FEW}",
            statistics.median(many) / statistics.median(few),
            1.5,
            "",
        ),
        Promise("... with offer, history and event, p50", statistics.median(whole), 5, "ms"),
        *routers,
    ]


def _both(name: str, times: Sequence[float]) -> list[Promise]:
    return [
        Promise(f"{name}, p50", statistics.median(times), 1, "ms"),
        Promise(f"{name}, p99", statistics.quantiles(times, n=100)[98], 5, "ms"),
    ]


@contextlib.asynccontextmanager
async def _place(url: str) -> AsyncIterator[_Place]:
    server = await asyncpg.connect(url)
    await server.execute(f"create database {_NAME}")
    own = make_url(url).set(database=_NAME).render_as_string(hide_password=False)
    db = Database(own, pool_size=ROUTERS)
    vault = Vault(KeySet.fresh())
    try:
        await upgrade(db.engine)
        raw = await asyncpg.connect(own)
        await ceilings.prepare(own)
        routing = Routing(db, Contacts(vault), Audit(db, vault.audit_mac), _RULES)
        yield _Place(own, raw, db, routing)
        await raw.close()
    finally:
        await db.close()
        await server.execute(f"drop database {_NAME} with (force)")
        await server.close()


async def _fill(
    place: _Place,
    waiting: int,
    operators: int,
    *,
    every: int,
    free: bool = False,
    settled: bool = True,
) -> None:
    """So many wait, so many work; `settled`: whatever can be offered at first is."""
    raw, topics = place.raw, list(_TOPICS)
    await raw.execute(_EMPTY)
    await raw.execute(_WAITING, waiting, every, list(LANGS), topics)
    await raw.execute(_OPERATORS, operators, free, list(LANGS), topics)
    await raw.execute("delete from routing_wish where contact_id is not null")
    while settled and await raw.fetchval("select exists (select 1 from routing_wish)"):
        await place.routing.match()
    await raw.execute("vacuum analyze")


async def _decided(place: _Place) -> float:
    """Milliseconds of one decision for each pair in it: a call that goes may let chats through."""
    began = time.perf_counter()
    (row,) = await place.raw.fetch("select * from routing_decide(100)")
    took = (time.perf_counter() - began) * 1000
    return took / max(1, len(row["contacts"]))


async def _busy(place: _Place) -> list[UUID]:
    rows = await place.raw.fetch(
        "select staff_id from operator_state where calls = 1 and not offered "
        "order by staff_id limit $1",
        _TURNS + _COLD,
    )
    return [row["staff_id"] for row in rows]


async def _decisions(place: _Place, waiting: int, *, every: int) -> list[float]:
    """An operator is free again: who is offered to them. Taken back, so that all are alike."""
    await _fill(place, waiting, OPERATORS, every=every)
    times = []
    for staff_id in await _busy(place):
        await place.raw.execute("begin")
        await place.raw.execute("update operator_state set calls = 0 where staff_id = $1", staff_id)
        times.append(await _decided(place))
        await place.raw.execute("rollback")
    return times[_COLD:]


async def _wholes(place: _Place) -> list[float]:
    """The same with all that belongs to it: contact locked, offer, history, event, commit."""
    times = []
    for staff_id in await _busy(place):
        await place.raw.execute("update operator_state set calls = 0 where staff_id = $1", staff_id)
        began = time.perf_counter()
        made = await place.routing.match()
        times.append((time.perf_counter() - began) * 1000 / max(1, made))
    return times[_COLD:]


async def _arrivals(place: _Place) -> list[float]:
    """All operators are free, and all who wait need what nobody has; one comes who does not."""
    await _fill(place, MANY, OPERATORS, every=MANY, free=True)
    times = []
    for number in range(_TURNS + _COLD):
        await place.raw.execute("begin")
        await place.raw.execute(_MOVES, [], [UUID(int=number + 1)])
        times.append(await _decided(place))
        await place.raw.execute("rollback")
    return times[_COLD:]


async def _drained(place: _Place) -> float:
    """As many wait as operators are free, and all routers look at once; matches a second."""
    await _fill(place, MANY, OPERATORS, every=1, free=True, settled=False)
    offers = "select count(*) from offer"
    end = time.perf_counter() + _LONGEST_S

    async def one() -> None:
        while time.perf_counter() < end and await place.routing.match():
            pass

    began = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(ROUTERS)))
    rate: float = await place.raw.fetchval(offers) / (time.perf_counter() - began)
    return rate


async def _interleaved(place: _Place, seconds: float) -> tuple[int, int]:
    """Each lets somebody finish and somebody come, and matches: given twice, and left waiting."""
    await _fill(place, 0, _POOL, every=1, free=True)
    rows = await place.raw.fetch("select staff_id from operator_state order by staff_id")
    staff = [row["staff_id"] for row in rows]
    numbers = iter(range(1, 10_000_000))
    end = time.perf_counter() + seconds

    async def one(mine: list[UUID]) -> None:
        while time.perf_counter() < end:
            async with place.db.uow() as uow:
                await uow.execute(_MOVES, mine, [UUID(int=next(numbers))])
            await place.routing.match()

    await asyncio.gather(*(one(staff[number::ROUTERS]) for number in range(ROUTERS)))
    return await place.raw.fetchval(_DOUBLED), await place.raw.fetchval(_STRANDED)


async def _routers(place: _Place, seconds: float) -> list[Promise]:
    """Sixteen at once: how fast, and whether anybody is lost between them."""
    rate = await _drained(place)
    bare = await drive(partial(ceilings.pairs, place.url), connections=ROUTERS, seconds=seconds / 2)
    doubled, stranded = await _interleaved(place, seconds)
    share = rate / bare.per_second
    return [
        Promise(f"{ROUTERS} routers: matches", rate, 1_000, "/s", at_least=True),
        Promise("... to bare transactions of two rows", share, 0.2, "", at_least=True),
        Promise("... given twice", doubled, 1, ""),
        Promise("... free beside somebody who waits", stranded, 1, ""),
    ]
