"""What both wires have in common: names of events and parts, and broken signs made readable."""

import hashlib
import re
from typing import Final, NamedTuple

from hotline.carrier.form import Form
from hotline.chat.ports import Outbound

CHANNEL: Final = "sms"
IN_PATH: Final = "/sms/in"
STATUS_PATH: Final = "/sms/status"
# A live conversation: an answer that is hours late may be read by the wrong eyes.
VALIDITY_S: Final = 600
NAME: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_REF: Final = re.compile(r"([1-9][0-9]{0,17})\.([0-9]{1,3})(?:\.([0-9]{1,17}))?")
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


def ref(outbound: Outbound) -> str:
    """Our own name of a part and its trying, which the provider carries: reports find it."""
    return f"{outbound.message_id}.{outbound.part}.{outbound.tried}"


class Parted(NamedTuple):
    """What such a name says. `tried` is missing where a provider cuts it off."""

    message_id: int
    part: int
    tried: int | None


def parted(value: str) -> Parted | None:
    """Such a name read back; None for any other text."""
    found = _REF.fullmatch(value)
    if found is None:
        return None
    return Parted(int(found[1]), int(found[2]), int(found[3]) if found[3] else None)


def readable(value: str) -> str:
    """A broken byte becomes a mark instead of costing the whole message."""
    return _LONE.sub("\N{REPLACEMENT CHARACTER}", value)


def raw_of(form: Form) -> str:
    """All fields, for keeping."""
    return repr(sorted(form.items()))
