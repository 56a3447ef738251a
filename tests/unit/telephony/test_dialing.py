"""Whom an operator may ring, and what of it is kept."""

from pathlib import Path

import pytest

from hotline.infra.crypto import Unreadable, Vault
from hotline.kernel.errors import Invalid
from hotline.kernel.ids import ContactId, new_id
from hotline.kernel.languages import LANGS
from hotline.telephony.dialing import FILE, DialingProblems, Numbers, Partners

CONFIG = Path(__file__).resolve().parents[3] / "config"
SHIPPED = Partners.load(CONFIG)
A_PARTNER = """
allow = []
[[partner]]
id = "xx"
number = "{number}"
name = {{ en = "X" }}
source = "s"
checked = 2026-01-01
"""


@pytest.mark.parametrize("typed", ["+996312663322", "0555 123 456", "00996700123456"])
def test_numbers_of_people_and_offices_in_allowed_countries_may_be_rung(typed: str) -> None:
    number = SHIPPED.allowed(typed)

    assert str(number.e164).startswith("+996")


@pytest.mark.parametrize(
    "typed",
    ["+79161234567", "+882161234567", "102", "", "hidden", "+9961", "client:op_1"],
)
def test_all_others_may_not(typed: str) -> None:
    with pytest.raises(Invalid, match="number-not-allowed"):
        SHIPPED.allowed(typed)


def test_numbers_at_a_special_rate_are_refused_in_allowed_countries_too() -> None:
    open_to_all = Partners({}, ("+",))

    for premium in ("+447090123456", "+4990012345678", "+18091234567890123", "+19005551234"):
        with pytest.raises(Invalid):
            open_to_all.allowed(premium)
    assert open_to_all.allowed("+442071234567").e164 == "+442071234567"


def test_partners_have_a_name_in_every_language_and_a_day_on_which_they_were_checked() -> None:
    assert SHIPPED.by_id
    for partner in SHIPPED.by_id.values():
        assert set(partner.name) == set(LANGS)
        assert partner.source
        assert len({partner.named(lang) for lang in LANGS}) > 1


def test_a_number_is_kept_sealed_to_its_guest(vault: Vault) -> None:
    numbers = Numbers(SHIPPED, vault)
    contact = ContactId(new_id())
    guest, sealed = numbers.third(contact, "c-1", "+996312663322")
    other, _ = numbers.third(contact, "c-1", "+996312663322")

    assert guest.label == "+996 312 ··· ·22"
    assert numbers.address(guest, sealed) == "+996312663322"
    with pytest.raises(Unreadable):
        numbers.address(other, sealed)
    assert numbers.address(numbers.partner(contact, "c-1", "police"), None) == "102"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("allow = [", "not TOML"),
        ("", "allow"),
        ('allow = ["996"]', "allow"),
        ('allow = []\n[[partner]]\nid = "x"', "partner.0.number"),
        (A_PARTNER.format(number="1"), "partner.0.number"),
        (A_PARTNER.format(number="112"), "has no name"),
    ],
)
def test_rules_that_cannot_be_used_stop_the_start_and_say_why(
    tmp_path: Path, text: str, said: str
) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")

    with pytest.raises(DialingProblems, match=said):
        Partners.load(tmp_path)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(DialingProblems, match="cannot be read"):
        Partners.load(tmp_path)
