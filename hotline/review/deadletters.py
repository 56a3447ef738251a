"""Work that gave up: a person looks, and decides whether it is tried again."""

from hotline.access.model import Actor
from hotline.access.permissions import Permission
from hotline.access.policy import require
from hotline.audit.service import Audit
from hotline.audit.tags import Tag
from hotline.infra import deadletters
from hotline.infra.db import Database
from hotline.infra.deadletters import DeadLetter


class DeadLetters:
    """The list shows codes and ids only; what a person decides goes on record."""

    def __init__(self, db: Database, audit: Audit) -> None:
        self._db = db
        self._audit = audit

    async def read(self, actor: Actor) -> list[DeadLetter]:
        """The newest first."""
        require(actor, Permission.JOB_DEAD_READ)
        async with self._db.uow() as uow:
            return await deadletters.dead_letters(uow)

    async def retry(self, actor: Actor, job_id: int) -> bool:
        """Let it run again from its first attempt. Raises NotFound when it is not dead.

        False when the same work is under way already: then this one is given up instead.
        """
        require(actor, Permission.JOB_DEAD_MANAGE)
        async with self._db.uow() as uow:
            runs = await deadletters.retry(uow, job_id)
            tag = Tag.JOB_RETRIED if runs else Tag.JOB_DISCARDED
            await self._audit.record(uow, actor, tag, object_type="job", object_id=job_id)
        return runs

    async def discard(self, actor: Actor, job_id: int) -> None:
        """Give it up for good. Raises NotFound when it is not dead."""
        require(actor, Permission.JOB_DEAD_MANAGE)
        async with self._db.uow() as uow:
            await deadletters.discard(uow, job_id)
            await self._audit.record(
                uow, actor, Tag.JOB_DISCARDED, object_type="job", object_id=job_id
            )
