"""Who gets in, who stays out, and what it costs to guess."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from typing_extensions import override

from hotline.audit.service import Audit
from hotline.infra.crypto import Vault
from hotline.infra.db import Database, Uow
from hotline.kernel.errors import Invalid, TooMany
from hotline.kernel.ids import StaffId
from hotline.kernel.secret import Secret
from hotline.staff.model import LoggedIn, NeedsFactor
from hotline.staff.passwords import FAST_FOR_TESTS, Cost, Passwords
from hotline.staff.ports import NoSecondFactor, SecondFactor
from hotline.staff.service import FREE_TRIES, Staff
from tests.service.staff.cast import (
    LAKES,
    PASSWORDS,
    WRONG,
    Cast,
    age,
    sign_in,
    tags,
)


async def test_the_right_password_opens_a_session(db: Database, staff: Staff, cast: Cast) -> None:
    token = await sign_in(staff, "ana")

    info = await staff.resolve(token)

    assert info is not None
    assert info.actor == cast["ana"].actor
    assert (info.actor.name, info.actor.languages) == ("Ana", ("ky", "ru"))
    ana = cast["ana"].id
    assert (await tags(db))[-1] == ("staff:login:succeeded", "ok", ana, str(ana))


async def test_every_session_has_a_token_and_a_csrf_of_its_own(staff: Staff, cast: Cast) -> None:
    tokens = [await sign_in(staff, "ana") for _ in range(3)]
    found = [await staff.resolve(token) for token in tokens]

    assert len(set(tokens)) == 3
    assert len({info.csrf for info in found if info is not None}) == 3
    assert {len(token) for token in tokens} == {43}


async def test_capitals_and_spaces_in_the_name_do_not_matter(staff: Staff, cast: Cast) -> None:
    result = await staff.login("  ANA ", Secret(PASSWORDS["ana"]))

    assert isinstance(result, LoggedIn)


async def test_unknown_wrong_and_closed_get_the_same_answer(
    db: Database, staff: Staff, cast: Cast
) -> None:
    await staff.disable(None, cast["boris"].id)
    attempts = [("nobody", WRONG), ("ana", WRONG), ("boris", Secret(PASSWORDS["boris"]))]

    answers = []
    for login, password in attempts:
        with pytest.raises(Invalid) as refused:
            await staff.login(login, password)
        answers.append((type(refused.value), refused.value.code, dict(refused.value.fields)))

    assert answers == [(Invalid, "login-wrong", {})] * 3
    assert [(tag, outcome, actor) for tag, outcome, actor, _ in (await tags(db))[-3:]] == [
        ("staff:login:failed", "failed", None)
    ] * 3


@pytest.mark.parametrize("login", ["ana", "nobody"])
async def test_failures_make_a_name_wait_known_or_not(staff: Staff, cast: Cast, login: str) -> None:
    for _ in range(FREE_TRIES):
        with pytest.raises(Invalid):
            await staff.login(login, WRONG)

    with pytest.raises(TooMany) as refused:
        await staff.login(login, WRONG)

    assert refused.value.fields == {"seconds": "1"}


async def test_the_wait_doubles_and_ends_at_a_minute(
    db: Database, staff: Staff, cast: Cast
) -> None:
    waits = []
    for _ in range(FREE_TRIES):
        with pytest.raises(Invalid):
            await staff.login("ana", WRONG)
    for _ in range(8):
        with pytest.raises(TooMany) as refused:
            await staff.login("ana", WRONG)
        waits.append(int(refused.value.fields["seconds"]))
        await age(db, "tried", timedelta(seconds=waits[-1]))
        with pytest.raises(Invalid):
            await staff.login("ana", WRONG)

    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]


async def test_waiting_is_not_for_ever_and_success_forgets(
    db: Database, staff: Staff, cast: Cast
) -> None:
    for _ in range(FREE_TRIES):
        with pytest.raises(Invalid):
            await staff.login("ana", WRONG)
    await age(db, "tried", timedelta(seconds=1))

    await sign_in(staff, "ana")

    for _ in range(FREE_TRIES):
        with pytest.raises(Invalid):
            await staff.login("ana", WRONG)


async def test_a_quiet_quarter_of_an_hour_forgets(db: Database, staff: Staff, cast: Cast) -> None:
    for _ in range(FREE_TRIES):
        with pytest.raises(Invalid):
            await staff.login("ana", WRONG)
    await age(db, "tried", timedelta(minutes=16))

    for _ in range(FREE_TRIES):
        with pytest.raises(Invalid):
            await staff.login("ana", WRONG)


async def test_guesses_at_the_same_moment_are_all_counted(staff: Staff, cast: Cast) -> None:
    answers = await asyncio.gather(
        *(staff.login("ana", WRONG) for _ in range(12)), return_exceptions=True
    )

    kinds = [type(answer) for answer in answers]
    assert (kinds.count(Invalid), kinds.count(TooMany)) == (FREE_TRIES, 12 - FREE_TRIES)


async def test_one_name_that_waits_does_not_hold_up_another(staff: Staff, cast: Cast) -> None:
    for _ in range(FREE_TRIES):
        with pytest.raises(Invalid):
            await staff.login("ana", WRONG)

    assert await sign_in(staff, "boris")


async def test_a_browser_that_signed_in_before_waits_for_nobody(staff: Staff, cast: Cast) -> None:
    first = await staff.login("ana", Secret(PASSWORDS["ana"]))
    assert isinstance(first, LoggedIn)
    for _ in range(FREE_TRIES):
        with pytest.raises(Invalid):
            await staff.login("ana", WRONG)
    with pytest.raises(TooMany):
        await staff.login("ana", Secret(PASSWORDS["ana"]))

    again = await staff.login("ana", Secret(PASSWORDS["ana"]), browser=first.browser)

    assert isinstance(again, LoggedIn)
    # The others go on waiting.
    with pytest.raises(TooMany):
        await staff.login("ana", WRONG)


async def test_a_known_browser_is_slowed_too_and_is_known_for_its_login_only(
    staff: Staff, cast: Cast
) -> None:
    first = await staff.login("ana", Secret(PASSWORDS["ana"]))
    assert isinstance(first, LoggedIn)
    for login in ("ana", "boris"):
        for _ in range(FREE_TRIES):
            with pytest.raises(Invalid):
                await staff.login(login, WRONG, browser=first.browser)
        with pytest.raises(TooMany):
            await staff.login(login, WRONG, browser=first.browser)
    with pytest.raises(TooMany):
        await staff.login("boris", WRONG)


async def test_people_who_share_a_desk_are_all_known_there(staff: Staff, cast: Cast) -> None:
    kept = ""
    for login in ("ana", "boris", "ana"):
        entered = await staff.login(login, Secret(PASSWORDS[login]), browser=kept)
        assert isinstance(entered, LoggedIn)
        kept = entered.browser
    for login in ("ana", "boris"):
        for _ in range(FREE_TRIES):
            with pytest.raises(Invalid):
                await staff.login(login, WRONG)
        entered = await staff.login(login, Secret(PASSWORDS[login]), browser=kept)
        assert isinstance(entered, LoggedIn)


@pytest.mark.parametrize("forged", ["", "~", "x.y", "х.ы", "." * 4000])
async def test_what_was_not_kept_here_makes_no_browser_known(
    staff: Staff, cast: Cast, forged: str
) -> None:
    for _ in range(FREE_TRIES):
        with pytest.raises(Invalid):
            await staff.login("ana", WRONG)
    with pytest.raises(TooMany):
        await staff.login("ana", Secret(PASSWORDS["ana"]), browser=forged)


async def test_a_chosen_language_stays_and_none_changes_nothing(staff: Staff, cast: Cast) -> None:
    chosen = await staff.login("ana", Secret(PASSWORDS["ana"]), "en")
    later = await staff.login("ana", Secret(PASSWORDS["ana"]))

    assert isinstance(chosen, LoggedIn)
    assert isinstance(later, LoggedIn)
    assert (cast["ana"].lang, chosen.actor.lang, later.actor.lang) == ("ky", "en", "en")


async def test_strange_input_is_only_wrong(staff: Staff, cast: Cast) -> None:
    for login, password in [
        ("", ""),
        ("a" * 5000, "b" * 5000),
        ("ana\0", "\0"),
        ("\ud800", "\ud800"),
    ]:
        with pytest.raises(Invalid):
            await staff.login(login, Secret(password))


class AskAlways(SecondFactor):
    """A second factor that everybody needs."""

    @override
    async def challenge(self, uow: Uow, staff_id: StaffId) -> Secret | None:
        return Secret(f"ticket-of-{staff_id}")


async def test_who_needs_a_second_factor_gets_no_session_yet(
    db: Database, vault: Vault, staff: Staff, cast: Cast
) -> None:
    strict = Staff(
        db,
        vault,
        Audit(db, vault.audit_mac),
        passwords=staff._passwords,
        sessions=staff.sessions,
        factor=AskAlways(),
    )

    result = await strict.login("ana", Secret(PASSWORDS["ana"]))

    assert isinstance(result, NeedsFactor)
    assert result.ticket.reveal() == f"ticket-of-{cast['ana'].id}"
    async with db.uow() as uow:
        assert await uow.fetchval("select count(*) from session") == 0
    assert "staff:login:succeeded" not in [tag for tag, *_ in await tags(db)]


async def test_a_hash_of_old_cost_is_renewed_by_signing_in(
    db: Database, vault: Vault, staff: Staff, cast: Cast
) -> None:
    dearer = Passwords(vault.pepper, Cost(memory_kib=128, passes=2))
    later = Staff(
        db,
        vault,
        Audit(db, vault.audit_mac),
        passwords=dearer,
        sessions=staff.sessions,
        factor=NoSecondFactor(),
    )
    await sign_in(later, "ana")
    later.close()

    async with db.uow() as uow:
        stored = await uow.fetchval("select password_hash from staff where id = $1", cast["ana"].id)
    assert "m=128,t=2,p=1" in stored
    assert await sign_in(staff, "ana")


class Interrupted(Passwords):
    """While a password is compared, something else happens first."""

    def __init__(self, vault: Vault, meanwhile: Callable[[], Awaitable[object]]) -> None:
        super().__init__(vault.pepper, FAST_FOR_TESTS)
        self._meanwhile = meanwhile

    @override
    async def verify(self, stored: str | None, password: str) -> bool:
        await self._meanwhile()
        return await super().verify(stored, password)


@pytest.mark.parametrize("what", ["closed", "new password"])
async def test_an_account_that_changes_while_its_password_is_compared_stays_shut(
    db: Database, vault: Vault, staff: Staff, cast: Cast, what: str
) -> None:
    ana = cast["ana"]

    async def meanwhile() -> None:
        if what == "closed":
            await staff.disable(None, ana.id)
        else:
            await staff.change_password(ana.actor, Secret(PASSWORDS["ana"]), Secret(LAKES))

    slow = Staff(
        db,
        vault,
        Audit(db, vault.audit_mac),
        passwords=Interrupted(vault, meanwhile),
        sessions=staff.sessions,
        factor=NoSecondFactor(),
    )

    with pytest.raises(Invalid) as refused:
        await slow.login("ana", Secret(PASSWORDS["ana"]))
    slow.close()

    assert refused.value.code == "login-wrong"
    async with db.uow() as uow:
        assert await uow.fetchval("select count(*) from session") == 0
