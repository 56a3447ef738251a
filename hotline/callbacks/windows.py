"""Whether staff may have somebody called at a time: the safe hours, or a supervisor's word."""

from dataclasses import replace
from datetime import datetime, timedelta

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.access.policy import allow
from hotline.callbacks.machine import next_allowed
from hotline.callbacks.model import Callback
from hotline.contacts.safety import Safety
from hotline.kernel.errors import Conflict


def is_outside(
    actor: Actor, callback: Callback, known: Safety | None, at: datetime, *, reason: str
) -> bool:
    """Whether the call at `at` is outside what is allowed, and `reason` and right make it so.

    Raises Conflict("outside-safe-window") with the `next` time that is allowed, as ISO 8601, and
    Conflict("contact-not-allowed") when the person is not to be called at all.
    """
    callback = replace(callback, next_at=None, outside_until=None)  # earlier: spent
    found = next_allowed(callback, known, at)
    if found == at:
        return False
    word = at + timedelta(seconds=1)
    if next_allowed(replace(callback, outside_until=word), known, at) is None:
        code = "contact-not-allowed"
        raise Conflict(code)
    if not reason or not allow(actor, Permission.CALLBACK_WINDOW_OVERRIDE):
        code = "outside-safe-window"
        raise Conflict(code, **({"next": found.isoformat()} if found else {}))
    return True
