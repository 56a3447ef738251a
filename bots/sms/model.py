"""What both wires have in common: names of events and parts, and broken signs made readable."""

import hashlib
import re
from typing import Final

from hotline.carrier.form import Form

CHANNEL: Final = "sms"
IN_PATH: Final = "/sms/in"
STATUS_PATH: Final = "/sms/status"
# A live conversation: an answer that is hours late may be read by the wrong eyes.
VALIDITY_S: Final = 600
NAME: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_REF: Final = re.compile(r"([1-9][0-9]{0,17})\.([0-9]{1,3})")
_SID: Final = re.compile(r"[!-~]{1,64}")
_LONE: Final = re.compile(r"[\ud800-\udfff]")


def sid_of(given: str) -> str:
    """The provider's name of one of our messages, as it is kept; "" for what cannot be one."""
    return given if _SID.fullmatch(given) else ""


def name_of(given: str, raw: str) -> str:
    """The provider's own name of an event; where it gives none, what was said names itself."""
    if NAME.fullmatch(given):
        return given
    return "x-" + hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()[:40]


def ref(message_id: int, part: int) -> str:
    """Our own name of a part, which the provider carries: reports find it at once."""
    return f"{message_id}.{part}"


def parted(value: str) -> tuple[int, int] | None:
    """Message and part of such a name."""
    found = _REF.fullmatch(value)
    return (int(found[1]), int(found[2])) if found else None


def readable(value: str) -> str:
    """A broken byte becomes a mark instead of costing the whole message."""
    return _LONE.sub("\N{REPLACEMENT CHARACTER}", value)


def raw_of(form: Form) -> str:
    """All fields, for keeping."""
    return repr(sorted(form.items()))
