"""Writes and reads the history of cases; the only place that seals and opens their words."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog

from hotline.cases import store
from hotline.cases.model import Case, CaseEntry
from hotline.infra.crypto import Unreadable, Vault
from hotline.infra.db import Uow

log = structlog.get_logger(__name__)
Json = dict[str, Any]


class History:
    """One line per thing that happened to a case; a note's words are sealed."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def add(
        self,
        uow: Uow,
        case_id: UUID,
        kind: str,
        staff_id: UUID | None = None,
        *,
        words: str = "",
        **fields: object,
    ) -> None:
        """A line; `fields` hold codes and ids, `words` are a person's own."""
        number = await store.next_entry_id(uow)
        sealed = self._vault.seal(words, aad=_entry_aad(number)) if words else None
        await store.add_entry(
            uow,
            CaseEntry(number, case_id, await uow.time(), kind, staff_id, dict(fields), sealed),
        )

    async def read(self, uow: Uow, case_id: UUID) -> list[CaseEntry]:
        """The lines, oldest first, with the words of notes as field `text`."""
        return [self._opened(entry) for entry in await store.entries(uow, case_id)]

    async def knows(
        self,
        uow: Uow,
        case_id: UUID,
        kind: str,
        contact_id: UUID,
        *,
        within: timedelta | None = None,
    ) -> bool:
        """Whether there is a line of this kind about that contact, of the last so much time."""
        return await store.has_entry(uow, case_id, kind, contact_id, within)

    def seal_reason(self, case_id: UUID, reason: str) -> bytes | None:
        """Why it was raised, bound to its case."""
        return self._vault.seal(reason, aad=_reason_aad(case_id)) if reason else None

    def reason(self, case: Case) -> str | None:
        """Why it was raised."""
        if case.reason_sealed is None:
            return None
        return self._words(case.reason_sealed, _reason_aad(case.id))

    def _opened(self, entry: CaseEntry) -> CaseEntry:
        if entry.sealed is None:
            return entry
        text = self._words(entry.sealed, _entry_aad(entry.id))
        fields = {**entry.fields, "text": text, **({} if text else {"error": "unreadable"})}
        return CaseEntry(
            entry.id, entry.case_id, entry.at, entry.kind, entry.staff_id, fields, None
        )

    def _words(self, sealed: bytes, aad: str) -> str | None:
        """The words; one damaged value must not hide the rest of a case."""
        try:
            return self._vault.open(sealed, aad=aad)
        except Unreadable:
            log.exception("case.words_unreadable")
            return None


def _reason_aad(case_id: UUID) -> str:
    return f"hotline_case|{case_id}|reason_sealed"


def _entry_aad(number: int) -> str:
    return f"case_event|{number}|sealed"
