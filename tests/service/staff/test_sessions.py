"""How long a session lives, and how soon it is over."""

from datetime import timedelta

import pytest

from hotline.audit.service import Audit
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.kernel.clock import ManualClock
from hotline.kernel.errors import Invalid
from hotline.staff.jobs import sweep_forever
from hotline.staff.model import SessionRules
from hotline.staff.service import Staff
from hotline.staff.wiring import build
from tests.service.staff.cast import PASSWORDS, WRONG, Cast, age, sign_in, tags


@pytest.mark.parametrize("token", ["", "x", "x" * 43, "ы" * 43, "a" * 5000])
async def test_a_token_nobody_was_given_opens_nothing(staff: Staff, cast: Cast, token: str) -> None:
    assert await staff.resolve(token) is None


async def test_the_table_holds_no_token_and_no_name(db: Database, staff: Staff, cast: Cast) -> None:
    token = await sign_in(staff, "vera")
    info = await staff.resolve(token)
    assert info is not None

    async with db.uow() as uow:
        dump = await uow.fetchval("select string_agg(s::text, '') from session s")
        dump += await uow.fetchval("select string_agg(s::text, '') from staff s")
        dump += await uow.fetchval("select coalesce(string_agg(t::text, ''), '') from login_try t")

    for secret in (token, info.csrf, "Vera", "vera", PASSWORDS["vera"]):
        assert secret not in dump
        # Bytes are shown in hexadecimal.
        assert secret.encode().hex() not in dump


async def test_logging_out_ends_this_session_at_once_and_only_this(
    db: Database, staff: Staff, cast: Cast
) -> None:
    here, there = await sign_in(staff, "ana"), await sign_in(staff, "ana")
    info = await staff.resolve(here)
    assert info is not None

    await staff.logout(info)
    await staff.logout(info)

    assert await staff.resolve(here) is None
    assert await staff.resolve(there) is not None
    assert [tag for tag, *_ in await tags(db)].count("staff:session:ended") == 1


@pytest.mark.parametrize(
    ("login", "minutes", "lives"),
    [
        ("ana", 59, True),
        ("ana", 61, False),
        ("vera", 14, True),
        ("vera", 16, False),
        ("igor", 16, False),
        ("aida", 59, True),
    ],
)
async def test_who_does_nothing_is_signed_out(
    db: Database, staff: Staff, cast: Cast, *, login: str, minutes: int, lives: bool
) -> None:
    token = await sign_in(staff, login)
    await age(db, "seen", timedelta(minutes=minutes))

    assert (await staff.resolve(token) is not None) == lives


async def test_a_sign_of_life_starts_the_idle_time_anew(
    db: Database, staff: Staff, cast: Cast, ticking: ManualClock
) -> None:
    token = await sign_in(staff, "ana")
    for _ in range(3):
        await age(db, "seen", timedelta(minutes=59))
        ticking.advance(timedelta(seconds=2))
        assert await staff.resolve(token) is not None


async def test_an_act_counts_even_just_after_the_live_socket_asked(
    db: Database, staff: Staff, cast: Cast, ticking: ManualClock
) -> None:
    token = await sign_in(staff, "ana")
    await age(db, "seen", timedelta(minutes=59))
    assert await staff.resolve(token, touch=False) is not None
    assert await staff.resolve(token) is not None
    await age(db, "seen", timedelta(minutes=59))
    ticking.advance(timedelta(seconds=2))

    assert await staff.resolve(token) is not None


async def test_it_is_known_when_a_session_will_end_and_whether_that_can_be_put_off(
    db: Database, staff: Staff, cast: Cast, ticking: ManualClock
) -> None:
    token = await sign_in(staff, "vera")
    idle = await staff.resolve(token)
    await age(db, "created", timedelta(hours=11, minutes=50))
    ticking.advance(timedelta(seconds=2))
    last = await staff.resolve(token)

    assert idle is not None
    assert last is not None
    assert idle.ends_at is not None
    assert last.ends_at is not None
    assert timedelta(minutes=4) < idle.ends_at - last.ends_at < timedelta(minutes=6)
    assert (idle.renewable, last.renewable) == (True, False)


async def test_a_shift_is_the_longest_session(db: Database, staff: Staff, cast: Cast) -> None:
    token = await sign_in(staff, "ana")
    await age(db, "created", timedelta(hours=12, seconds=1))

    assert await staff.resolve(token) is None


async def test_a_session_ended_elsewhere_is_over_within_a_second(
    db: Database, staff: Staff, cast: Cast, ticking: ManualClock
) -> None:
    token = await sign_in(staff, "ana")
    assert await staff.resolve(token) is not None
    async with db.uow() as uow:
        await uow.execute("delete from session")

    ticking.advance(timedelta(seconds=0.999))
    remembered = await staff.resolve(token)
    ticking.advance(timedelta(seconds=0.001))

    assert remembered is not None
    assert await staff.resolve(token) is None


async def test_the_sweep_goes_on_when_the_database_is_away(
    vault: Vault, ticking: ManualClock
) -> None:
    nowhere = Database("postgresql://hotline@/hotline?host=/nonexistent")
    audit = Audit(nowhere, vault.audit_mac)
    staff = build(nowhere, vault, audit, clock=ticking, profile="test", rules=SessionRules())
    rounds = iter(range(3))

    async def sleep(_: float) -> None:
        if next(rounds, None) is None:
            raise StopAsyncIteration

    with pytest.raises(StopAsyncIteration):
        await sweep_forever(staff, sleep=sleep)
    staff.close()


async def test_the_sweep_takes_only_what_is_over(db: Database, staff: Staff, cast: Cast) -> None:
    await sign_in(staff, "ana")
    with pytest.raises(Invalid):
        await staff.login("boris", WRONG)
    await age(db, "seen", timedelta(minutes=61))
    await age(db, "tried", timedelta(minutes=16))
    await sign_in(staff, "vera")
    with pytest.raises(Invalid):
        await staff.login("ana", WRONG)

    await staff.sweep()

    async with db.uow() as uow:
        assert await uow.fetchval("select count(*) from session") == 1
        assert await uow.fetchval("select count(*) from login_try") == 1
