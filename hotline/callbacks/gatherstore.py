"""SQL about all callbacks of one caller."""

from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from hotline.infra.db import Uow
from hotline.kernel.ids import ContactId

# A message counts once something was said; an agreed time is a promise of its own.
_READY: Final = """
select id, contact_id, caller_id, asked_at from callback c
where state = 'open' and why <> 'agreed'
  and (why <> 'message' or exists (
    select 1 from voice_message m where m.contact_id = c.contact_id and m.state <> 'empty'))
"""
_DOUBLED: Final = f"""
with ready as ({_READY}), placed as (
  select contact_id, first_value(contact_id) over
    (partition by caller_id order by asked_at desc, id desc) as newest
  from ready)
select contact_id as older, newest from placed where contact_id <> newest limit 100
"""  # noqa: S608 - constant texts
_ASKED_ANEW: Final = f"""
with ready as ({_READY}), settled as (
  update callback u set state = 'closed' from ready n
  where u.state = 'undecided' and u.caller_id = n.caller_id and n.asked_at > u.ended_at
  returning u.contact_id, u.tries, n.id as newer, n.contact_id as newest)
, counted as (
  update callback c set tries = c.tries + s.tries
  from (select newer, sum(tries)::int as tries from settled group by newer) s where c.id = s.newer)
select contact_id as older, newest from settled
"""  # noqa: S608 - constant texts
_TRIED: Final = """
update callback set tries = tries + 1, tried_at = $3, tried_as = $4
where caller_id = $1 and contact_id <> $2 and (state = 'open' or state = 'undecided')
  and tried_at < $3
"""
_MISSED: Final = """
update callback set tries = tries + 1, tried_at = now(), tried_as = 'missed'
where number_index = $1 and state = 'open'
"""
_TALKED: Final = """
update callback set talked_at = $3
where caller_id = $1 and contact_id <> $2 and asked_at < $3 and state = 'open' and why <> 'agreed'
"""
_SETTLED: Final = """
update callback c set state = 'done'
where caller_id = $1 and state = 'undecided' and ended_at < $2 and not exists (
  select 1 from voice_message m where m.contact_id = c.contact_id
    and m.state in ('fetching', 'kept') and m.heard_at is null)
returning contact_id
"""


class Pair(NamedTuple):
    """Two contacts of one caller that asked for a call."""

    older: ContactId
    newest: ContactId


def _contacts(rows: list[Any]) -> list[ContactId]:
    return [ContactId(row["contact_id"]) for row in rows]


async def doubled(uow: Uow) -> list[Pair]:
    """Who waits for a call although the same caller asked again later, and for what."""
    return [Pair(*row) for row in await uow.fetch(_DOUBLED)]


async def asked_anew(uow: Uow) -> list[Pair]:
    """Close what is undecided of callers who have asked again since; their tries go along."""
    return [Pair(*row) for row in await uow.fetch(_ASKED_ANEW)]


async def fold(uow: Uow, older: UUID, newest: UUID) -> None:
    """The tries of one callback are those of the other."""
    await uow.execute(
        """
        update callback n set tries = n.tries + o.tries,
          tried_at = greatest(n.tried_at, o.tried_at),
          tried_as = case when o.tried_at > n.tried_at then o.tried_as else n.tried_as end
        from callback o where o.id = $1 and n.id = $2
        """,
        older,
        newest,
    )


async def tried(uow: Uow, caller_id: UUID, contact_id: UUID, at: datetime, how: str) -> None:
    """They tried once more, in another contact; the same one twice is once."""
    await uow.execute(_TRIED, caller_id, contact_id, at, how)


async def missed(uow: Uow, index: bytes) -> None:
    """They called once more only to be called."""
    await uow.execute(_MISSED, index)


async def talked(uow: Uow, caller_id: UUID, contact_id: UUID, at: datetime) -> None:
    """What the caller asked for before then, in other contacts, is done."""
    await uow.execute(_TALKED, caller_id, contact_id, at)


async def done(uow: Uow) -> list[ContactId]:
    """Contacts whose caller we have talked with elsewhere since they asked for a call."""
    found = (
        "select contact_id from callback where state = 'open' and talked_at is not null limit 100"
    )
    return _contacts(await uow.fetch(found))


async def is_message(uow: Uow, callback_id: UUID) -> None:
    """Nobody is called for it before somebody has listened and says so."""
    await uow.execute(
        "update callback set why = 'message', next_at = null, talked_at = null where id = $1",
        callback_id,
    )


async def is_asked(uow: Uow, callback_id: UUID, why: str, next_at: datetime | None) -> None:
    """Who has left a message waits for a call, as they did before."""
    await uow.execute(
        "update callback set why = $2, next_at = $3 where id = $1", callback_id, why, next_at
    )


async def settle(uow: Uow, caller_id: UUID, before: datetime) -> list[ContactId]:
    """What was undecided before then has decided itself: they talked with us.

    Unheard messages stay in the list.
    """
    return _contacts(await uow.fetch(_SETTLED, caller_id, before))
