"""Where we may ring: whoever makes us call a costly number is paid for it by the line."""

from collections.abc import Sequence
from typing import Final

import phonenumbers
from phonenumbers import PhoneNumberType

from hotline.kernel.phone import Number

# What a person has at home or in the pocket. No premium, shared cost, pager or personal numbers.
_ORDINARY: Final = frozenset(
    {
        PhoneNumberType.FIXED_LINE,
        PhoneNumberType.MOBILE,
        PhoneNumberType.FIXED_LINE_OR_MOBILE,
        PhoneNumberType.VOIP,
    }
)
# Satellite networks and international premium, which some lists of countries count as countries.
_COSTLY: Final = ("+870", "+878", "+881", "+882", "+883", "+888", "+979")


def may_ring(number: Number, prefixes: Sequence[str]) -> bool:
    """Whether it is an ordinary number in one of the countries, given as `+996` and the like."""
    e164 = number.e164
    if e164 is None or e164.startswith(_COSTLY) or not e164.startswith(tuple(prefixes)):
        return False
    parsed = phonenumbers.parse(e164)
    return phonenumbers.is_valid_number(parsed) and phonenumbers.number_type(parsed) in _ORDINARY
