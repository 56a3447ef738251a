"""The leg of a call that we made to a caller."""

from uuid import UUID

from hotline.callbacks.service import Callbacks
from hotline.infra.db import Uow
from hotline.telephony import store
from hotline.telephony.model import LegState, Role


async def called(
    uow: Uow,
    callbacks: Callbacks,
    attempt: tuple[UUID, UUID],
    sid: str,
    state: LegState = LegState.QUEUED,
) -> None:
    """A call back, of this contact and attempt, is on its way; whoever picks up is at the gate.

    Its first webhook may be faster than the carrier's answer. The contact is locked.
    """
    contact_id, attempt_id = attempt
    await callbacks.record(uow, attempt_id, sid)
    if await store.insert_leg(uow, sid, contact_id, role=Role.CALLER, state=state):
        await store.shut_gate(uow, sid)
