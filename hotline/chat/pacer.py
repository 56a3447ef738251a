"""Keeps a provider's overall rate within one process; the rate per chat is kept in the database."""

from hotline.kernel.clock import Clock


class Pacer:
    """A bucket per channel that holds one second's worth of messages."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._full_at: dict[str, float] = {}

    def wait_s(self, channel: str, per_second: float) -> float:
        """0 takes a place; otherwise seconds until there is one. No rate means no limit."""
        if per_second <= 0:
            return 0.0
        now = self._clock.monotonic()
        # The moment at which the bucket would be full again: one second ahead means it is empty.
        full_at = max(self._full_at.get(channel, now), now)
        ahead = full_at + 1 / per_second - now
        if ahead > 1.0 + 1e-9:
            return ahead - 1.0
        self._full_at[channel] = full_at + 1 / per_second
        return 0.0
