"""The telephones of staff: what may be rung, who may say so, and where it is kept."""

import pytest

from hotline.audit.service import Audit
from hotline.infra.crypto import Unreadable, Vault
from hotline.infra.db import Database
from hotline.kernel.errors import Invalid, NotFound
from hotline.staff.phones import PhoneRules, Phones
from hotline.staff.service import Staff
from tests.service.staff.cast import Cast, tags

RULES = PhoneRules(("+996", "+998"), numbers=True)
MOBILE = "+996700246810"


@pytest.fixture
def phones(db: Database, vault: Vault) -> Phones:
    return Phones(db, vault, Audit(db, vault.audit_mac), RULES)


@pytest.mark.parametrize(
    ("typed", "rung"),
    [
        (MOBILE, MOBILE),
        (" 0700 24-68-10 ", MOBILE),
        ("+998 90 123 45 67", "+998901234567"),
        ("+996312901234", "+996312901234"),
        ("SIP:Ana@PBX.example", "sip:ana@pbx.example"),
        ("sips:10.4@10.0.0.7:5061", "sips:10.4@10.0.0.7:5061"),
    ],
)
def test_telephones_of_the_country_and_sip_addresses_may_be_rung(typed: str, rung: str) -> None:
    assert RULES.address(typed) == rung


@pytest.mark.parametrize(
    "typed",
    [
        "189",
        "+79161234567",  # not one of the prefixes
        "+99680012345678",
        "+996900123456789",
        "anonymous",
        "client:op_1",
        "sip:",
        "sip:ana",
        "sip:ana@pbx.example;transport=tcp",
        "sip:ana@pbx.example?Replaces=1",
        "sip:ana@<Number>",
        "тел. Аны",
    ],
)
def test_nothing_else_is_rung_at_the_hotlines_expense(typed: str) -> None:
    with pytest.raises(Invalid):
        RULES.address(typed)


def test_where_the_carrier_asks_for_no_key_numbers_are_refused() -> None:
    strict = PhoneRules(("+996",), numbers=False)
    assert strict.address("sip:ana@pbx.example") == "sip:ana@pbx.example"
    with pytest.raises(Invalid, match="own-phone-sip"):
        strict.address(MOBILE)


async def test_a_telephone_is_sealed_masked_and_on_record(
    phones: Phones, staff: Staff, cast: Cast, db: Database
) -> None:
    ana, boris = cast["ana"], cast["boris"]

    assert await phones.choose(ana.actor, MOBILE) == "+996 700 ··· ·10"

    async with db.uow() as uow:
        sealed = await uow.fetchval("select phone from staff where id = $1", ana.id)
        assert MOBILE[1:].encode() not in sealed
        assert await phones.address(uow, ana.id) == MOBILE
        assert await phones.address(uow, boris.id) is None
        # Moved to another row it opens nothing.
        await uow.execute("update staff set phone = $2 where id = $1", boris.id, sealed)
    async with db.uow() as uow:
        with pytest.raises(Unreadable):
            await phones.address(uow, boris.id)
    assert await phones.masked(ana.actor) == "+996 700 ··· ·10"
    assert ("staff:phone:changed", "ok", ana.id, str(ana.id)) in await tags(db)
    await staff.disable(None, ana.id)
    async with db.uow() as uow:
        assert await phones.address(uow, ana.id) is None
    with pytest.raises(NotFound):
        await phones.assign(None, ana.id, MOBILE)


async def test_only_oneself_and_who_manages_accounts_may_say_where_somebody_is_rung(
    phones: Phones, cast: Cast, db: Database
) -> None:
    ana, boris = cast["ana"], cast["boris"]
    with pytest.raises(NotFound):
        await phones.assign(ana.actor, boris.id, MOBILE)
    async with db.uow() as uow:
        assert await phones.address(uow, boris.id) is None
    assert await phones.assign(None, boris.id, MOBILE)
    assert await phones.assign(None, boris.id, " ") is None


async def test_what_was_allowed_before_is_not_rung_when_the_rules_are_stricter(
    phones: Phones, cast: Cast, db: Database, vault: Vault
) -> None:
    ana = cast["ana"]
    await phones.choose(ana.actor, MOBILE)
    audit = Audit(db, vault.audit_mac)
    for rules in (PhoneRules(("+996",), numbers=False), PhoneRules(("+998",), numbers=True)):
        stricter = Phones(db, vault, audit, rules)
        assert await stricter.masked(ana.actor) is None
