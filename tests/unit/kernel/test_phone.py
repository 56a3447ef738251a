"""Numbers of the country take a short way; it must lead where the long one leads."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.kernel.phone import mask_e164, parse

DIGITS = st.text("0123456789", min_size=7, max_size=11)


def by_the_library(value: str) -> tuple[str, str | None]:
    try:
        number = phonenumbers.parse(value, "KG")
    except phonenumbers.NumberParseException:
        return "other", None
    if not phonenumbers.is_possible_number(number):
        return "other", None
    return "number", phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@given(DIGITS | st.text("0123456789٣५+-", min_size=4, max_size=11))
def test_home_numbers_are_read_as_the_library_reads_them(rest: str) -> None:
    value = f"+996{rest}"
    found = parse(value)

    assert found.raw == value.strip()
    assert (found.kind, found.e164) == by_the_library(value.strip())


@given(st.integers(100_000_000, 999_999_999))
def test_home_numbers_are_masked_as_the_library_takes_them_apart(national: int) -> None:
    number = phonenumbers.parse(f"+996{national}")
    digits = str(number.national_number)

    assert number.country_code == 996
    assert mask_e164(f"+996{national}") == f"+996 {digits[:3]} ··· ·{digits[-2:]}"


@pytest.mark.parametrize(
    ("e164", "masked"),
    [("+996555123456", "+996 555 ··· ·56"), ("+79161234567", "+7 916 ··· ·67")],
)
def test_masks_are_the_same_on_both_ways(e164: str, masked: str) -> None:
    assert mask_e164(e164) == masked


@pytest.mark.parametrize(
    ("raw", "prefix"),
    [
        ("+996555123456", "+9965551"),
        ("0555 123456", "+9965551"),
        ("+79161234567", "+791612"),
        ("anonymous", "hidden"),
        ("\x00???", "hidden"),
        ("sip:someone@trunk", None),
        ("client:op_1", None),
        ("189", None),
    ],
)
def test_a_prefix_is_shared_by_a_hundred_thousand_numbers(raw: str, prefix: str | None) -> None:
    assert parse(raw).prefix == prefix
