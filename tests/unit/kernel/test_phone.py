"""Numbers of the country take a short way; it must lead where the long one leads."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.kernel.phone import mask_e164, parse

DIGITS = st.text("0123456789", min_size=7, max_size=11)


@given(DIGITS | st.text("0123456789٣५+- ", max_size=11))
def test_home_numbers_are_read_as_the_library_reads_them(rest: str) -> None:
    value = f"+996{rest}"
    found = parse(value)

    try:
        number = phonenumbers.parse(value.strip(), "KG")
        possible = phonenumbers.is_possible_number(number)
    except phonenumbers.NumberParseException:
        possible = False
    if not possible:
        assert (found.kind, found.e164) == ("other", None)
        return
    wanted = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    assert (found.kind, found.e164, found.raw) == ("number", wanted, value.strip())


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
