"""Phone numbers as carriers send them: often not a number at all."""

import re
from dataclasses import dataclass
from typing import Literal

import phonenumbers

Kind = Literal["number", "short", "hidden", "sip", "client", "other"]

_HIDDEN = {"", "anonymous", "restricted", "unavailable", "unknown", "private", "+266696687"}
_HOME_REGION = "KG"
_ORDINARY = frozenset(
    {
        phonenumbers.PhoneNumberType.FIXED_LINE,
        phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
        phonenumbers.PhoneNumberType.MOBILE,
        phonenumbers.PhoneNumberType.TOLL_FREE,
    }
)
_SHORT_LIMIT = 6
# What is left off a number to have its prefix: 100,000 numbers share one, so it names nobody.
_SHARED_DIGITS = 5
_PREFIX_SHORTEST = 5
HIDDEN = "hidden"
_MASK_TAIL = 2
# Numbers of the country as carriers write them: nearly all calls, and not worth a parser.
_HOME = re.compile(r"\+996[1-9][0-9]{8}")
_HOME_DIGITS = slice(4, None)


@dataclass(frozen=True, slots=True)
class Number:
    """A source or destination on the telephone side.

    `e164` is set only for a possible full number. `index_key` is what the keyed hash is made of;
    None when the source does not tell callers apart (a hidden number).
    """

    raw: str
    kind: Kind
    e164: str | None = None

    @property
    def index_key(self) -> str | None:
        """What identifies the caller, or None for hidden sources."""
        if self.kind == "hidden":
            return None
        return self.e164 or self.raw.lower()

    @property
    def prefix(self) -> str | None:
        """The number without its last five digits; `hidden` for who shows none that is one.

        None for telephones inside a network, which have nothing in common but that.
        """
        if self.e164 is not None:
            prefix = self.e164[:-_SHARED_DIGITS]
            return prefix if len(prefix) >= _PREFIX_SHORTEST else None
        return HIDDEN if self.kind in {"hidden", "other"} else None

    @property
    def masked(self) -> str:
        """What staff see by default: country and network, and the last two digits."""
        if self.e164 is not None:
            return mask_e164(self.e164)
        if self.kind == "short":
            return self.raw
        return {"hidden": "—", "sip": "SIP", "client": "client"}.get(self.kind, "…")


def mask_e164(e164: str) -> str:
    """`+996555123456` becomes `+996 555 ··· ·56`."""
    if _HOME.fullmatch(e164):
        return _masked("996", e164[_HOME_DIGITS])
    number = phonenumbers.parse(e164)
    return _masked(str(number.country_code), str(number.national_number))


def parse(raw: str) -> Number:
    """Read any From or To value; never raises, because a strange source is still a person."""
    value = raw.strip()
    if _HOME.fullmatch(value):
        return Number(raw=value, kind="number", e164=value)
    kind = _special(value.lower())
    if kind is not None:
        return Number(raw=value, kind=kind)
    try:
        number = phonenumbers.parse(value, _HOME_REGION)
    except phonenumbers.NumberParseException:
        return Number(raw=value, kind="other")
    if not phonenumbers.is_possible_number(number):
        return Number(raw=value, kind="other")
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return Number(raw=value, kind="number", e164=e164)


def ordinary(e164: str) -> bool:
    """Whether a full number is one of people and offices: none at a special rate, none unknown."""
    number = phonenumbers.parse(e164)
    return phonenumbers.is_valid_number(number) and phonenumbers.number_type(number) in _ORDINARY


def _masked(country: str, national: str) -> str:
    head = national[:3] if len(national) > _SHORT_LIMIT else ""
    return f"+{country} {head} ··· ·{national[-_MASK_TAIL:]}".replace("  ", " ")


def _special(lowered: str) -> Kind | None:
    """What is not a full number: hidden sources, SIP addresses, browser clients, short numbers."""
    if lowered in _HIDDEN:
        return "hidden"
    if lowered.startswith(("sip:", "sips:")):
        return "sip"
    if lowered.startswith("client:"):
        return "client"
    digits = lowered.removeprefix("+")
    return "short" if digits.isdigit() and len(digits) <= _SHORT_LIMIT else None
