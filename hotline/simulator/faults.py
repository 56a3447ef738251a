"""Switches for everything that goes wrong at carriers and messengers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """What can be made to go wrong; the value is the name on the control API."""

    WEBHOOK_DUPLICATE = "webhook.duplicate"
    """A webhook is delivered twice with the same idempotency token."""
    STATUS_REORDER = "status.reorder"
    """A status callback is held back until the next one of its lane was sent."""
    STATUS_LOSE = "status.lose"
    """A status callback is never sent."""
    STATUS_NEVER_COMPLETED = "status.never_completed"
    """Only the final status callback of a call is never sent."""
    OLD_TOKEN = "signature.old_token"  # noqa: S105 - the name of a switch
    """A webhook is signed with the token before the rotation."""
    REST_429 = "rest.429"
    REST_500 = "rest.500"
    REST_TIMEOUT_AFTER = "rest.timeout_after"
    """A REST request is carried out, but the answer never comes."""
    SMS_DELIVERED_FIRST = "sms.delivered_first"
    """``delivered`` is reported before ``sent``."""
    SMS_UNDELIVERED = "sms.undelivered"
    TELEGRAM_429 = "telegram.429"
    TELEGRAM_500 = "telegram.500"
    TELEGRAM_TIMEOUT_AFTER = "telegram.timeout_after"
    TELEGRAM_DUPLICATE = "telegram.duplicate"
    """An update is delivered twice with the same update_id."""
    TELEGRAM_REORDER = "telegram.reorder"
    """An update is held back until a younger one was delivered."""
    TELEGRAM_FILE_404 = "telegram.file_404"


@dataclass(slots=True)
class _Arm:
    left: int
    every: int
    seen: int = 0


class Faults:
    """Armed switches. Nothing is random: a fault strikes the next ``times`` chances it gets."""

    def __init__(self) -> None:
        self._arms: dict[Fault, _Arm] = {}
        self.retry_after_s = 3

    def arm(self, fault: Fault, *, times: int = 1, every: int = 1) -> None:
        """Let the fault strike ``times`` times, at every ``every``-th chance."""
        self._arms[fault] = _Arm(left=times, every=max(1, every))

    def disarm(self, fault: Fault) -> None:
        """Switch the fault off."""
        self._arms.pop(fault, None)

    def strikes(self, fault: Fault) -> bool:
        """Say whether the fault strikes now; counts the chance."""
        arm = self._arms.get(fault)
        if arm is None:
            return False
        arm.seen += 1
        if arm.seen % arm.every:
            return False
        arm.left -= 1
        if arm.left <= 0:
            self.disarm(fault)
        return True

    def armed(self) -> dict[str, int]:
        """Return what is armed and how often it will still strike."""
        return {fault.value: arm.left for fault, arm in self._arms.items()}
