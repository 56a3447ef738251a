"""Why an SMS did not arrive, in our own few codes: the desk has words for each, and what to do."""

from collections.abc import Mapping
from typing import Final

# Twilio's numbers, which SignalWire and Somleng use as well.
_NUMBERS: Final[Mapping[str, str]] = {
    "21211": "bad-number",
    "21408": "country-off",
    "21610": "opted-out",
    "21611": "queue-full",
    "21612": "country-off",
    "21614": "not-mobile",
    "30001": "queue-full",
    "30003": "phone-off",
    "30004": "barred",
    "30005": "bad-number",
    "30006": "not-mobile",
    "30007": "filtered",
    "30008": "undelivered",
    "30036": "expired",
}
OURS: Final = frozenset(_NUMBERS.values())
# What is over in a while: the message was certainly not taken, and may be offered again.
_PASSING_S: Final[Mapping[str, float]] = {"queue-full": 30.0}


def of_number(number: str) -> str:
    """Our code for a carrier's number; one that is not known stays readable."""
    return _NUMBERS.get(number, f"carrier-{number}")


def wait_s(code: str) -> float | None:
    """After how long it may be offered again; None when that cannot help."""
    return _PASSING_S.get(code)
