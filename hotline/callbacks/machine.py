"""Decisions about callbacks, pure: may this call be made, and when is the next one."""

from datetime import datetime

from hotline.callbacks.model import Rules, Spent


def over_budget(spent: Spent, rules: Rules) -> bool:
    """Whether one more call would be too much, for the line's money or for the person."""
    return (
        spent.calls >= rules.calls_per_day
        or spent.minutes >= rules.minutes_per_day
        or spent.calls_to_number >= rules.calls_per_number
    )


def next_try(attempts: int, now: datetime, expires_at: datetime, rules: Rules) -> datetime | None:
    """When to call again after so many calls that reached nobody; None: not any more."""
    if not 1 <= attempts <= len(rules.pauses):
        return None
    at = now + rules.pauses[attempts - 1]
    return at if at < expires_at else None
