"""Opening, changing and closing accounts, and who is who for the rooms above."""

import asyncio
from collections.abc import Awaitable

import pytest

from hotline.access.permissions import Permission
from hotline.access.roles import Role
from hotline.infra.db import Database
from hotline.kernel.errors import Conflict, HotlineError, Invalid, NotFound, TooMany
from hotline.kernel.ids import new_id
from hotline.kernel.secret import Secret
from hotline.staff.model import LoggedIn, NewMember, Work
from hotline.staff.seed import CAST, DemoLogin, seed
from hotline.staff.service import FREE_TRIES, Staff
from tests.service.staff.cast import (
    LAKES,
    PASSWORDS,
    WRONG,
    Cast,
    a_newcomer,
    sign_in,
    tags,
    told,
)


async def test_disabling_ends_every_session_at_once(db: Database, staff: Staff, cast: Cast) -> None:
    tokens = [await sign_in(staff, "ana") for _ in range(2)]
    assert all([await staff.resolve(token) for token in tokens])

    await staff.disable(cast["igor"].actor, cast["ana"].id)

    assert [await staff.resolve(token) for token in tokens] == [None, None]
    assert (await told(db))[-2:] == ["SessionsEnded", "StaffDisabled"]
    assert (await tags(db))[-1] == (
        "staff:account:disabled",
        "ok",
        cast["igor"].id,
        str(cast["ana"].id),
    )
    with pytest.raises(NotFound):
        await staff.disable(cast["igor"].actor, cast["ana"].id)


async def test_the_last_administrator_stays(staff: Staff, cast: Cast) -> None:
    igor = cast["igor"]

    with pytest.raises(Conflict) as refused:
        await staff.disable(igor.actor, igor.id)
    with pytest.raises(Conflict):
        await staff.set_roles(igor.actor, igor.id, {Role.OPERATOR})

    assert refused.value.code == "last-administrator"
    assert await sign_in(staff, "igor")


async def test_two_administrators_who_disable_each_other_leave_one(
    staff: Staff, cast: Cast
) -> None:
    igor, vera = cast["igor"].actor, cast["vera"].id
    await staff.set_roles(igor, vera, {Role.ADMINISTRATOR, Role.SUPERVISOR})
    (vera_now,) = await staff.actors_on([vera])

    results = await asyncio.gather(
        staff.disable(igor, vera),
        staff.disable(vera_now, igor.staff_id),
        return_exceptions=True,
    )

    assert sorted(type(result).__name__ for result in results) == ["Conflict", "NoneType"]


async def test_a_closed_administrator_does_not_count(staff: Staff, cast: Cast) -> None:
    igor, vera = cast["igor"], cast["vera"]
    await staff.set_roles(igor.actor, vera.id, {Role.ADMINISTRATOR})
    await staff.disable(None, igor.id)

    with pytest.raises(Conflict):
        await staff.disable(None, vera.id)


async def test_new_roles_need_a_new_session(staff: Staff, cast: Cast) -> None:
    token = await sign_in(staff, "ana")
    await staff.set_roles(cast["igor"].actor, cast["ana"].id, {Role.SENIOR})

    assert await staff.resolve(token) is None
    info = await staff.resolve(await sign_in(staff, "ana"))
    assert info is not None
    assert info.actor.roles == {Role.SENIOR}


async def test_new_work_is_seen_at_once_without_a_new_session(
    db: Database, staff: Staff, cast: Cast
) -> None:
    token = await sign_in(staff, "ana")
    await staff.resolve(token)

    work = Work(("uz", "ky"), ("work", "ban"), 5, "own", ("ky",), ("work",), 2)
    await staff.set_work(cast["igor"].actor, cast["ana"].id, work)

    info = await staff.resolve(token)
    assert info is not None
    assert (info.actor.languages, info.actor.helps) == (("uz", "ky"), ("ky",))
    assert (info.actor.skills, info.actor.expert) == (("work", "ban"), ("work",))
    assert (info.actor.max_chats, info.actor.call_beside) == (5, 2)
    assert (await staff.by_ids([cast["ana"].id]))[cast["ana"].id].work == work
    assert (await told(db))[-1] == "StaffChanged"


@pytest.mark.parametrize("max_chats", [0, 21, -1])
async def test_impossible_work_is_refused(staff: Staff, cast: Cast, max_chats: int) -> None:
    with pytest.raises(Invalid) as refused:
        await staff.set_work(None, cast["ana"].id, Work(max_chats=max_chats))

    assert refused.value.fields == {"max_chats": "range"}


async def test_who_answers_keeps_a_language(staff: Staff, cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        await staff.set_work(None, cast["ana"].id, Work())

    assert refused.value.fields == {"languages": "empty"}
    await staff.set_work(None, cast["igor"].id, Work())


async def test_a_login_is_given_once(staff: Staff, cast: Cast) -> None:
    with pytest.raises(Conflict) as refused:
        await staff.add(None, a_newcomer(login="ANA"))

    assert refused.value.code == "login-taken"


async def test_a_newcomer_is_on_record_and_can_sign_in(
    db: Database, staff: Staff, cast: Cast
) -> None:
    made = await staff.add(cast["igor"].actor, a_newcomer())

    assert isinstance(await staff.login("nurlan", Secret(LAKES)), LoggedIn)
    added = [row for row in await tags(db) if row[3] == str(made.id)]
    assert added[0] == ("staff:account:added", "ok", cast["igor"].id, str(made.id))


@pytest.mark.parametrize(
    ("newcomer", "field"),
    [
        (a_newcomer(login=" "), "login"),
        (a_newcomer(login="a" * 65), "login"),
        (a_newcomer(name=""), "name"),
        (a_newcomer(roles=frozenset()), "roles"),
        (a_newcomer(password="short"), "password"),
        (a_newcomer(password="nurlan-nurlan-nurlan-1"), "password"),
    ],
)
async def test_an_unfit_account_is_refused_by_field(
    staff: Staff, cast: Cast, newcomer: NewMember, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        await staff.add(None, newcomer)

    assert set(refused.value.fields) == {field}


@pytest.mark.parametrize("login", ["ana", "boris", "vera", "aida"])
async def test_only_administrators_manage_accounts(staff: Staff, cast: Cast, login: str) -> None:
    actor, target = cast[login].actor, cast["boris"].id

    attempts: tuple[Awaitable[object], ...] = (
        staff.add(actor, a_newcomer()),
        staff.members(actor),
        staff.disable(actor, target),
        staff.set_roles(actor, target, {Role.ADMINISTRATOR}),
        staff.set_work(actor, target, Work()),
    )
    for attempt in attempts:
        with pytest.raises(NotFound):
            await attempt


async def test_an_unknown_account_is_not_found(staff: Staff, cast: Cast) -> None:
    attempts = (
        staff.disable(None, new_id()),
        staff.set_roles(None, new_id(), {Role.OPERATOR}),
        staff.set_work(None, new_id(), Work()),
    )
    for attempt in attempts:
        with pytest.raises(NotFound):
            await attempt


async def test_a_changed_password_signs_everybody_out(
    db: Database, staff: Staff, cast: Cast
) -> None:
    token, new = await sign_in(staff, "ana"), Secret("nine patient foxes on ice")

    await staff.change_password(cast["ana"].actor, Secret(PASSWORDS["ana"]), new)

    assert await staff.resolve(token) is None
    assert isinstance(await staff.login("ana", new), LoggedIn)
    with pytest.raises(Invalid):
        await staff.login("ana", Secret(PASSWORDS["ana"]))
    assert "SessionsEnded" in await told(db)


async def test_an_open_desk_is_no_way_to_guess_the_password(staff: Staff, cast: Cast) -> None:
    ana, new = cast["ana"].actor, Secret("nine patient foxes on ice")
    for _ in range(FREE_TRIES):
        with pytest.raises(Invalid):
            await staff.change_password(ana, WRONG, new)

    with pytest.raises(TooMany):
        await staff.change_password(ana, Secret(PASSWORDS["ana"]), new)


async def test_somebody_without_any_role_is_no_account(staff: Staff, cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        await staff.set_roles(None, cast["ana"].id, set())

    assert refused.value.fields == {"roles": "empty"}


async def test_rooms_above_learn_who_is_who(db: Database, staff: Staff, cast: Cast) -> None:
    await staff.disable(None, cast["boris"].id)
    ana, boris, vera = (cast[login].id for login in ("ana", "boris", "vera"))

    assert await staff.names([ana, boris, new_id()]) == {ana: "Ana", boris: "Boris"}
    assert [actor.name for actor in await staff.actors_on([vera, boris, ana])] == ["Ana", "Vera"]
    assert [actor.name for actor in await staff.supervisors()] == ["Vera"]
    assert [a.name for a in await staff.who_may(Permission.AUDIT_LOG_READ)] == ["Aida"]
    assert await staff.by_ids([]) == {}
    async with db.uow() as uow:
        assert set(await staff.by_ids([ana, vera], uow)) == {ana, vera}
        assert [actor.name for actor in await staff.supervisors(uow)] == ["Vera"]


async def test_a_name_moved_to_another_account_does_not_open(
    db: Database, staff: Staff, cast: Cast
) -> None:
    async with db.uow() as uow:
        await uow.execute(
            "update staff set identity = (select identity from staff where id = $1) where id = $2",
            cast["ana"].id,
            cast["vera"].id,
        )

    with pytest.raises(HotlineError) as refused:
        await staff.names([cast["vera"].id])
    assert refused.value.code == "unreadable"


async def test_the_cast_is_the_one_the_demo_promises(staff: Staff, cast: Cast) -> None:
    assert {login: set(member.roles) for login, member in cast.items()} == {
        "ana": {Role.OPERATOR},
        "boris": {Role.OPERATOR},
        "vera": {Role.SUPERVISOR, Role.OPERATOR},
        "igor": {Role.ADMINISTRATOR},
        "aida": {Role.AUDITOR},
    }
    assert cast["ana"].languages == ("ky", "ru")
    assert cast["boris"].languages == ("ru", "en", "uz")
    assert cast["vera"].skills == ("work", "documents")
    assert (cast["vera"].helps, cast["vera"].expert) == (("uz", "en"), ("documents",))
    assert (cast["ana"].helps, cast["ana"].expert) == ((), ())
    assert (cast["igor"].skills, cast["aida"].languages) == ((), ())


async def test_seeding_twice_changes_nothing(staff: Staff, cast: Cast) -> None:
    again: tuple[DemoLogin, ...] = await seed(staff, profile="demo", topics=("other",))

    assert again == CAST
    assert {member.login: member for member in await staff.everybody()} == cast


@pytest.mark.parametrize("profile", ["production", "development", ""])
async def test_demo_people_never_enter_a_real_house(staff: Staff, profile: str) -> None:
    with pytest.raises(HotlineError) as refused:
        await seed(staff, profile=profile, topics=())

    assert refused.value.code == "demo-only"
    assert await staff.everybody() == []
