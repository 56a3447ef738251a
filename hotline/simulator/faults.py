"""Switches for everything that goes wrong at carriers and messengers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from random import Random  # noqa: TID251 - seeded: a run can be replayed


class Fault(StrEnum):
    """What can be made to go wrong; the value is the name on the control API."""

    WEBHOOK_DUPLICATE = "webhook.duplicate"
    """A webhook is delivered twice with the same idempotency token."""
    WEBHOOK_OVERLAP = "webhook.overlap"
    """A webhook is delivered again while the first delivery still waits for its answer."""
    STATUS_REORDER = "status.reorder"
    """A status callback is held back until the next one of its lane was sent."""
    STATUS_LATE = "status.late"
    """A status callback is sent half a minute late; what comes after it is not held up."""
    STATUS_LOSE = "status.lose"
    """A status callback is never sent."""
    STATUS_NEVER_COMPLETED = "status.never_completed"
    """Only the final status callback of a call is never sent."""
    SESSION_LOST = "session.lost"
    """The small carrier loses sight of a call as it ends: nothing is told of it, ever, and for a
    quarter of an hour it is shown as going on."""
    CLOCK_SKEW = "clock.skew"
    """The time stamped on a status callback is two minutes off: behind, then ahead, in turns."""
    OLD_TOKEN = "signature.old_token"  # noqa: S105 - the name of a switch
    """A webhook is signed with the token before the rotation."""
    REST_429 = "rest.429"
    REST_500 = "rest.500"
    REST_TIMEOUT_AFTER = "rest.timeout_after"
    """A REST request is carried out, but the answer never comes."""
    REST_JUST_ENDED = "rest.just_ended"
    """The person hangs up in the moment in which their call is to be changed: 21220, and 404
    where it is changed as the participant of a room."""
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
    TELEGRAM_LATE = "telegram.late"
    """An update is delivered some seconds late: those of other chats overtake it."""
    TELEGRAM_FILE_404 = "telegram.file_404"


@dataclass(slots=True)
class _Arm:
    """Whether it strikes is asked of ``chance``; ``left`` None strikes without end."""

    chance: Callable[[], bool]
    left: int | None = None


class Faults:
    """Armed switches: a fault strikes the next ``times`` chances it gets, or a share of all."""

    def __init__(self) -> None:
        self._arms: dict[Fault, _Arm] = {}
        self.struck: dict[Fault, int] = dict.fromkeys(Fault, 0)
        self.retry_after_s = 3

    def arm(self, fault: Fault, *, times: int = 1, every: int = 1) -> None:
        """Let the fault strike ``times`` times, at every ``every``-th chance."""
        self._arms[fault] = _Arm(_counted(max(1, every)), times)

    def arm_share(self, fault: Fault, share: float, *, seed: int) -> None:
        """Let the fault strike that share of its chances (0 to 1), by a seed, until disarmed.

        Each fault has a sequence of its own: the chances of one do not shift another's.
        """
        if not 0 <= share <= 1:
            raise ValueError(share)
        random = Random(f"{seed} {fault.value}")  # noqa: S311 - a replayable run
        self._arms[fault] = _Arm(lambda: random.random() < share)

    def arm_all(self, share: float, *, seed: int) -> None:
        """Let everything that can go wrong do so in that share of its chances."""
        for fault in Fault:
            self.arm_share(fault, share, seed=seed)

    def disarm(self, fault: Fault) -> None:
        """Switch the fault off."""
        self._arms.pop(fault, None)

    def disarm_all(self) -> None:
        """Switch all faults off."""
        self._arms.clear()

    def strikes(self, fault: Fault) -> bool:
        """Say whether the fault strikes now; counts the chance."""
        arm = self._arms.get(fault)
        if arm is None or not arm.chance():
            return False
        self.struck[fault] += 1
        if arm.left is not None:
            arm.left -= 1
            if arm.left <= 0:
                self.disarm(fault)
        return True

    def armed(self) -> dict[str, int | None]:
        """Return what is armed and how often it will still strike; None: without end."""
        return {fault.value: arm.left for fault, arm in self._arms.items()}


def _counted(every: int) -> Callable[[], bool]:
    seen = 0

    def chance() -> bool:
        nonlocal seen
        seen += 1
        return seen % every == 0

    return chance
