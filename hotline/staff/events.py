"""What other rooms hear about staff."""

from dataclasses import dataclass
from uuid import UUID

from hotline.kernel.events import Event


class _Lane:
    """Facts about one member come in order."""

    __slots__ = ()
    staff_id: UUID

    @property
    def lane(self) -> str:
        """One lane per member."""
        return f"staff:{self.staff_id}"


@dataclass(frozen=True, slots=True)
class StaffChanged(_Lane, Event):
    """Languages, skills, number of chats, telephone or roles are different now."""

    staff_id: UUID


@dataclass(frozen=True, slots=True)
class StaffDisabled(_Lane, Event):
    """The account is closed; whatever the person held must go to somebody else."""

    staff_id: UUID


@dataclass(frozen=True, slots=True)
class SessionsEnded(_Lane, Event):
    """Every session of the member is over: open sockets must close."""

    staff_id: UUID
