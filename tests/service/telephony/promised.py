"""The rules and numbers that callbacks of the exchange go by."""

from datetime import timedelta

from hotline.callbacks.model import MessageRules, Rules

MISSED_LINE = "+996312000444"
CALLBACK_RULES = Rules(
    prefixes=("+996",),
    calls_per_day=100,
    minutes_per_day=100,
    calls_per_number=5,
    pauses=(timedelta(minutes=10), timedelta(minutes=30)),
    keep_for=timedelta(hours=4),
)
MESSAGE_RULES = MessageRules(longest=timedelta(minutes=2), keep_for=timedelta(days=30))
