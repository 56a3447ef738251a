"""Telephone, chats and shift plan for tests of rooms that only ask them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from typing_extensions import override

from hotline.access.model import Actor
from hotline.cases.ports import OnShift
from hotline.infra.db import Uow
from hotline.kernel.ids import ContactId, StaffId
from hotline.review.ports import Legs, Recorded, Transcript
from hotline.routing.ports import CallStates, ChatStates, Unread


class Quiet(CallStates, ChatStates, Unread, OnShift, Transcript, Legs, Recorded):
    """Telephone, chats and shift plan with nothing in them but what a test puts there."""

    def __init__(self) -> None:
        self.present: list[StaffId] = []
        self.deaf: set[StaffId] = set()
        self.said: list[dict[str, Any]] = []
        self.more_said = False
        self.heard: list[dict[str, Any]] = []

    @override
    async def call_states(
        self, uow: Uow, contact_ids: Sequence[UUID], actor: Actor
    ) -> dict[ContactId, dict[str, Any]]:
        return {}

    @override
    async def unread(self, uow: Uow, contact_ids: Sequence[UUID]) -> dict[ContactId, int]:
        return {}

    @override
    async def chat_states(
        self, uow: Uow, contact_ids: Sequence[UUID]
    ) -> dict[ContactId, dict[str, Any]]:
        return {}

    @override
    async def on_shift(self, uow: Uow) -> list[StaffId]:
        return list(self.present)

    @override
    async def hearing(self, uow: Uow) -> list[StaffId]:
        return [one for one in self.present if one not in self.deaf]

    @override
    async def messages(self, uow: Uow, contact_id: UUID) -> tuple[list[dict[str, Any]], bool]:
        return self.said, self.more_said

    @override
    async def legs(self, uow: Uow, contact_id: UUID) -> list[dict[str, Any]]:
        return self.heard

    @override
    async def of_contact(self, uow: Uow, contact_id: UUID) -> list[dict[str, Any]]:
        return []

    @override
    async def left(self, uow: Uow, contact_id: UUID) -> list[dict[str, Any]]:
        return []
