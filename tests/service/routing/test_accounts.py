"""What an account says of languages, topics and load reaches whoever is on shift."""

import pytest

from hotline.access.roles import Role
from hotline.contacts.model import Channel
from hotline.infra.crypto import Vault
from hotline.infra.jobcontext import JobContext
from hotline.kernel.errors import Conflict
from hotline.routing.accounts import Accounts
from hotline.routing.colleagues import Colleagues
from hotline.staff import store as staff_store
from hotline.staff.directory import Directory, sealed_identity
from hotline.staff.events import StaffChanged
from hotline.staff.model import Work
from tests.builders import ANA, BORIS, an_actor
from tests.service.routing.floor import RULES, Floor


@pytest.fixture
async def accounts(floor: Floor, vault: Vault) -> Accounts:
    """Ana has an account."""
    sealed = sealed_identity(vault, ANA.staff_id, {"login": "ana", "name": "Ana"})
    index = vault.index("login", "ana")
    row = staff_store.NewRow(
        ANA.staff_id, index, sealed, ["operator"], ["ky", "ru"], [], 3, "fake", "ru", "-"
    )
    async with floor.db.uow() as uow:
        await staff_store.insert(uow, row)
    return Accounts(floor.db, Directory(floor.db, vault), floor.routing, floor.shifts)


async def heard(accounts: Accounts) -> None:
    job = JobContext(id=1, kind="event", lane="x", attempt=1, last=False, owner="test")
    await accounts.changed(StaffChanged(ANA.staff_id), job)


async def change(floor: Floor, accounts: Accounts, work: Work) -> None:
    async with floor.db.uow() as uow:
        await staff_store.set_work(uow, ANA.staff_id, work)
    await heard(accounts)


async def test_a_language_that_is_gone_is_offered_no_further(
    floor: Floor, accounts: Accounts
) -> None:
    await floor.shifts.start(ANA, "fake")
    await change(floor, accounts, Work(("ky",)))
    waits = await floor.arrives(language="ru")
    assert await floor.routing.match() == 0
    await change(floor, accounts, Work(("ky", "ru"), helps=("ru",)))
    assert await floor.routing.match() == 0
    await floor.age(60)
    assert await floor.routing.match() == 1
    assert (await floor.the_offer(ANA)).contact_id == waits.id


async def test_who_may_take_contacts_no_longer_leaves_the_shift(
    floor: Floor, accounts: Accounts
) -> None:
    talks = await floor.talking()
    async with floor.db.uow() as uow:
        await staff_store.set_roles(uow, ANA.staff_id, ["auditor"])
    await heard(accounts)
    assert (await floor.operator(ANA)).presence == "offline"
    assert (await floor.contact(talks.id)).operator_id is None


async def test_an_expert_is_waited_for_and_then_whoever_knows_the_topic(floor: Floor) -> None:
    await floor.shifts.start(an_actor("boris", Role.OPERATOR, skills=("ban",)), "fake")
    first = await floor.arrives("1", topic="ban")
    assert await floor.routing.match() == 0
    expert = an_actor("ana", Role.OPERATOR, skills=("ban",), expert=("ban",))
    await floor.shifts.start(expert, "fake")
    await floor.routing.match()
    assert (await floor.the_offer(ANA)).contact_id == first.id
    second = await floor.arrives("2", topic="ban")
    assert await floor.routing.match() == 0
    await floor.age(60)
    assert await floor.routing.match() == 1
    assert (await floor.the_offer(BORIS)).contact_id == second.id


async def test_a_call_goes_beside_as_many_chats_as_the_account_says(floor: Floor) -> None:
    ana = an_actor("ana", Role.OPERATOR, max_chats=2, call_beside=1)
    members = Directory(floor.db, floor.vault)
    colleagues = Colleagues(floor.db, floor.contacts, floor.routing, RULES, members)
    await floor.shifts.start(ana, "fake")
    chats = []
    for number in range(2):
        chats.append(await floor.arrives(str(number), Channel.TELEGRAM))
        await floor.in_hand(ana)
    call = await floor.arrives("9")
    assert await floor.routing.match() == 0
    async with floor.db.uow() as uow:
        with pytest.raises(Conflict):
            await colleagues.free(uow, call.id, ana.staff_id)
    async with floor.db.uow() as uow:
        await floor.routing.written_up(uow, chats[0].id)
    await floor.arrives("8", Channel.TELEGRAM)
    await floor.routing.match()
    assert (await floor.the_offer(ana)).contact_id == call.id
    await floor.routing.accept(ana, (await floor.the_offer(ana)).id)
    assert await floor.routing.match() == 0, "while on a call no chat is offered"
    state = await floor.operator(ana)
    assert (state.calls, state.chats) == (1, 1)


async def test_a_call_goes_to_hands_with_all_the_chats_they_may_have(floor: Floor) -> None:
    ana = an_actor("ana", Role.OPERATOR, max_chats=1, call_beside=1)
    await floor.shifts.start(ana, "fake")
    await floor.arrives("1", Channel.TELEGRAM)
    await floor.in_hand(ana)
    await floor.arrives("2", Channel.TELEGRAM)
    call = await floor.arrives("3")
    assert await floor.routing.match() == 1
    assert (await floor.the_offer(ana)).contact_id == call.id
