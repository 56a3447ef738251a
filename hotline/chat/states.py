"""Moves a message to another state and tells the desk: the one never without the other."""

from collections.abc import Sequence
from uuid import UUID

from hotline.chat import machine, store
from hotline.chat.events import MessageStateChanged
from hotline.chat.model import MessageState, Stored
from hotline.infra.db import Uow


async def move(
    uow: Uow,
    message: Stored,
    state: MessageState,
    *,
    allowed: Sequence[str] | None = None,
    error: str | None = None,
) -> bool:
    """Forward, or from one of the `allowed` states; whether it moved."""
    before = machine.below(state) if allowed is None else allowed
    moved = await store.move(uow, message.id, state, allowed=before, error=error)
    if moved:
        tell(uow, message.contact_id, message.id, state)
    return moved


def tell(uow: Uow, contact_id: UUID, message_id: int, state: MessageState) -> None:
    """What is shown of a message is not what it was."""
    uow.publish(
        MessageStateChanged(contact_id=contact_id, message_id=message_id, state=state.value)
    )
