"""The record in PostgreSQL: true with its act, tied in order, and never changed afterwards."""

import asyncio
from uuid import UUID

import asyncpg
import pytest

from hotline.access.model import Actor
from hotline.access.roles import Role
from hotline.audit.service import PAGE, Audit, Filter
from hotline.audit.tags import Tag
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.kernel.errors import NotFound
from hotline.kernel.ids import StaffId, new_id

AIDA = Actor(staff_id=StaffId(new_id()), name="Aida", roles=frozenset({Role.AUDITOR}))
ANA = Actor(staff_id=StaffId(new_id()), name="Ana", roles=frozenset({Role.OPERATOR}))
MALLORY = Actor(staff_id=StaffId(new_id()), name="Mallory", roles=frozenset())


@pytest.fixture
def audit(db: Database, vault: Vault) -> Audit:
    return Audit(db, vault.audit_mac)


async def some_acts(db: Database, audit: Audit, count: int) -> list[UUID]:
    ids = [new_id() for _ in range(count)]
    async with db.uow() as uow:
        for contact_id in ids:
            await audit.record(
                uow,
                ANA,
                Tag.CONTACT_READ,
                object_type="contact",
                object_id=contact_id,
                groups=["contact.number"],
            )
    return ids


async def as_thief(db: Database, sql: str) -> None:
    """Somebody with the power of the tables' owner, who switches the triggers off."""
    async with db.uow() as uow:
        for table in ("audit_row", "audit_head"):
            await uow.execute(f"alter table {table} disable trigger user")
        assert await uow.execute(sql) > 0
        for table in ("audit_row", "audit_head"):
            await uow.execute(f"alter table {table} enable trigger user")


async def test_an_act_that_fails_leaves_no_record(db: Database, audit: Audit) -> None:
    async def act_and_fail() -> None:
        async with db.uow() as uow:
            await audit.record(uow, ANA, Tag.RECORD_READ, object_type="case", object_id=new_id())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await act_and_fail()

    assert (await audit.read(AIDA, Filter())).entries == []


async def test_a_record_says_who_what_and_which_groups(db: Database, audit: Audit) -> None:
    (contact_id,) = await some_acts(db, audit, 1)

    (entry,) = (await audit.read(AIDA, Filter())).entries

    assert entry.actor_id == ANA.staff_id
    assert (entry.tag, entry.object_type, entry.object_id) == (
        "staff:contact:read",
        "contact",
        str(contact_id),
    )
    assert (entry.groups, entry.outcome) == (("contact.number",), "ok")


@pytest.mark.parametrize(
    "word", ["+996555000111", "contact.996555000111", "Айгүл", "a word", "", "Number"]
)
async def test_content_is_no_name_of_a_group(db: Database, audit: Audit, word: str) -> None:
    with pytest.raises(ValueError, match="not content") as refused:
        async with db.uow() as uow:
            await audit.record(
                uow, ANA, Tag.CONTACT_READ, object_type="contact", object_id=None, groups=[word]
            )

    assert not word or word not in str(refused.value)


async def test_a_refusal_is_on_record_by_itself(audit: Audit) -> None:
    await audit.denied(MALLORY, "case", new_id())

    (entry,) = (await audit.read(AIDA, Filter(actor_id=MALLORY.staff_id))).entries
    assert (entry.tag, entry.outcome) == ("staff:access:denied", "denied")


async def test_sealed_entries_hold(db: Database, audit: Audit) -> None:
    await some_acts(db, audit, 3)

    assert await audit.seal() == 3
    assert await audit.seal() == 0

    report = await audit.verify()
    assert (report.ok, report.checked) == (True, 3)


async def test_an_empty_chain_holds(audit: Audit) -> None:
    report = await audit.verify()

    assert (report.ok, report.checked) == (True, 0)


async def test_more_than_one_batch_is_sealed_and_checked(db: Database, audit: Audit) -> None:
    await some_acts(db, audit, 1201)

    assert await audit.seal() == 1201
    assert (await audit.verify()).checked == 1201


async def test_many_sealers_make_one_chain(db: Database, audit: Audit, vault: Vault) -> None:
    others = [Audit(db, vault.audit_mac) for _ in range(4)]

    async def work(one: Audit) -> int:
        sealed = 0
        for _ in range(5):
            await some_acts(db, one, 3)
            sealed += await one.seal()
        return sealed

    sealed = sum(await asyncio.gather(*(work(one) for one in others)))
    sealed += await audit.seal()

    report = await audit.verify()
    assert sealed == 60
    assert (report.ok, report.checked) == (True, 60)


async def test_an_entry_that_commits_late_gets_a_later_place(db: Database, audit: Audit) -> None:
    async with db.uow() as slow:
        await audit.record(slow, ANA, Tag.CASE_READ, object_type="case", object_id=new_id())
        await some_acts(db, audit, 2)
        assert await audit.seal() == 2

    assert await audit.seal() == 1
    async with db.uow() as uow:
        rows = await uow.fetch("select chain_no from audit_row order by id")
    assert [row["chain_no"] for row in rows] == [3, 1, 2]
    assert (await audit.verify()).ok


@pytest.mark.parametrize(
    "sql",
    [
        "update audit_row set outcome = 'denied'",
        "update audit_row set actor_id = null",
        "update audit_row set fields = '[]'",
        "update audit_row set at = now() - interval '1 day'",
        "update audit_row set chain_no = null, prev = null, mac = null",
        "update audit_row set chain_no = chain_no + 100",
        "update audit_row set mac = prev",
        "delete from audit_row",
        "truncate audit_row",
        "update audit_head set chain_no = chain_no - 1",
        "update audit_head set mac = mac",
        "delete from audit_head",
        "truncate audit_head",
    ],
)
async def test_the_database_refuses_to_change_the_record(
    db: Database, audit: Audit, sql: str
) -> None:
    await some_acts(db, audit, 2)
    await audit.seal()

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with db.uow() as uow:
            await uow.execute(sql)

    assert (await audit.verify()).checked == 2


@pytest.mark.parametrize(
    "sql",
    [
        "update audit_row set outcome = 'failed'",
        "update audit_row set tag = tag || 'x', chain_no = 1, prev = '\\x00', mac = '\\x00'",
        "delete from audit_row",
    ],
)
async def test_what_is_not_sealed_yet_cannot_be_changed_either(
    db: Database, audit: Audit, sql: str
) -> None:
    await some_acts(db, audit, 1)

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with db.uow() as uow:
            await uow.execute(sql)

    assert await audit.seal() == 1


@pytest.mark.parametrize(
    ("sql", "checked", "why"),
    [
        ("update audit_row set outcome = 'denied' where chain_no = 3", 2, "changed"),
        ("update audit_row set actor_id = null where chain_no = 1", 0, "changed"),
        ("delete from audit_row where chain_no = 2", 1, "gap"),
        ("delete from audit_row where chain_no = 1", 0, "gap"),
        ("delete from audit_row where chain_no = 4", 3, "head"),
        ("delete from audit_row", 0, "head"),
        ("delete from audit_head", 4, "head"),
        ("update audit_head set chain_no = 3", 4, "head"),
        ("update audit_head set mac = '\\x00'", 4, "head"),
    ],
)
async def test_whoever_goes_around_the_database_is_found_out(
    db: Database, audit: Audit, *, sql: str, checked: int, why: str
) -> None:
    await some_acts(db, audit, 4)
    await audit.seal()
    await as_thief(db, sql)

    report = await audit.verify()

    assert (report.ok, report.checked, report.why) == (False, checked, why)
    assert report.broken_at == checked + 1
    shown = await audit.state(AIDA)
    assert (shown.ok, shown.broken_at) == (False, checked + 1)


async def test_a_chain_of_another_key_does_not_hold(db: Database, audit: Audit) -> None:
    await some_acts(db, audit, 2)
    forger = Audit(db, lambda message: message[:32].ljust(32, b"x"))
    await forger.seal()

    report = await audit.verify()

    assert (report.ok, report.checked, report.why) == (False, 0, "changed")


async def test_pages_follow_each_other_without_gap_or_repeat(db: Database, audit: Audit) -> None:
    made = await some_acts(db, audit, PAGE + 20)
    wanted = Filter(object_type="contact")

    first = await audit.read(AIDA, wanted)
    # New entries arrive at the front while somebody reads.
    await some_acts(db, audit, 5)
    second = await audit.read(AIDA, wanted, before=first.next)

    seen = [entry.object_id for entry in [*first.entries, *second.entries]]
    assert seen == [str(contact_id) for contact_id in reversed(made)]
    assert second.next is None


async def test_filters_answer_who_read_this_and_what_did_this_person_read(
    db: Database, audit: Audit
) -> None:
    made = await some_acts(db, audit, 3)
    async with db.uow() as uow:
        await audit.record(
            uow, None, Tag.SYSTEM_CONTACT_CLOSED, object_type="contact", object_id=made[1]
        )

    of_this = await audit.read(AIDA, Filter(object_type="contact", object_id=str(made[1])))
    of_ana = await audit.read(AIDA, Filter(actor_id=ANA.staff_id))
    by_tag = await audit.read(AIDA, Filter(tag=Tag.SYSTEM_CONTACT_CLOSED.value))

    assert [entry.actor_id for entry in of_this.entries] == [None, ANA.staff_id]
    assert len(of_ana.entries) == 3
    assert [entry.object_id for entry in by_tag.entries] == [str(made[1])]


async def test_reading_the_record_is_on_record(audit: Audit) -> None:
    await audit.read(AIDA, Filter(actor_id=ANA.staff_id))

    (entry,) = (await audit.read(AIDA, Filter())).entries
    assert (entry.actor_id, entry.tag) == (AIDA.staff_id, "staff:audit:read")
    assert entry.object_id == str(ANA.staff_id)


@pytest.mark.parametrize(
    "roles", [{Role.OPERATOR}, {Role.SUPERVISOR, Role.OPERATOR}, {Role.ADMINISTRATOR}, set()]
)
async def test_only_auditors_read_the_record(audit: Audit, roles: set[Role]) -> None:
    somebody = Actor(staff_id=StaffId(new_id()), name="x", roles=frozenset(roles))

    with pytest.raises(NotFound):
        await audit.read(somebody, Filter())
    with pytest.raises(NotFound):
        await audit.state(somebody)
