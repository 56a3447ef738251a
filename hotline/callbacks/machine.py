"""Decisions about callbacks, pure: may this call be made, and when is the next one."""

from datetime import datetime, timedelta
from typing import Final

from hotline.callbacks.model import Callback, Rules, Spent
from hotline.contacts import safety
from hotline.contacts.model import Channel
from hotline.contacts.safety import Safety

# So long an operator is looked for to make a call at a time that is not safe; then it is no more.
OUTSIDE_FOR: Final = timedelta(minutes=30)


def over_budget(spent: Spent, rules: Rules) -> bool:
    """Whether one more call would be too much, for the line's money or for the person."""
    return (
        spent.calls >= rules.calls_per_day
        or spent.minutes >= rules.minutes_per_day
        or spent.calls_to_number >= rules.calls_per_number
    )


def next_allowed(callback: Callback, known: Safety | None, at: datetime) -> datetime | None:
    """The first moment from `at` on when the person may be called; None: no more.

    Who said never, or not by telephone, is not called by anybody. Else a supervisor's word stands
    above the hours, until it has passed.
    """
    if known is not None and not safety.allows(known, Channel.VOICE):
        return None
    if callback.excepted(at):
        return at
    found: datetime | None = max(at, callback.from_at or at)
    if known is not None and found is not None:
        found = safety.next_safe(known, found)
    if found is None or (callback.until_at is not None and found >= callback.until_at):
        found = None
    word = callback.next_at if callback.excepts(at) else None  # from then on
    return min((one for one in (found, word) if one is not None), default=None)


def has_turned(callback: Callback, now: datetime) -> bool:
    """Whether something follows from the time: it may be made, or it may be made no more."""
    over = callback.outside_until is not None and not callback.excepts(now)
    waited = callback.next_at is not None and callback.next_at <= now
    return waited or over or callback.lapsed(now) or callback.expires_at <= now


def next_try(
    callback: Callback, known: Safety | None, now: datetime, rules: Rules
) -> datetime | None:
    """When to call again after the calls that reached nobody; None: not any more.

    An agreed time that is over with calls left waits for a person to decide, until it expires.
    """
    attempts = max(callback.attempts, 1)
    barred = known is not None and not safety.allows(known, Channel.VOICE)
    if barred or attempts > len(rules.pauses):
        return None
    at = next_allowed(callback, known, now + rules.pauses[attempts - 1])
    if at is None and callback.until_at is not None and now < callback.expires_at:
        return callback.expires_at
    return at if at is not None and at < callback.expires_at else None
