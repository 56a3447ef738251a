"""Rows that only the right keys open: wrong or lost keys stop the start, not the first caller."""

from pathlib import Path

from sqlalchemy import Column, Integer, LargeBinary, Table

from hotline.infra.crypto import KeyProblem, Unreadable, Vault, has_keys
from hotline.infra.db import Database
from hotline.infra.metadata import metadata

key_proof = Table(
    "key_proof",
    metadata,
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("sealed", LargeBinary, nullable=False),
)

_THERE = "select to_regclass('key_proof') is not null"
_LEAVE = "insert into key_proof (epoch, sealed) values ($1, $2) on conflict do nothing"


async def refuse_new_keys(db: Database, folder: Path) -> None:
    """Raises `KeyProblem` when the folder has no keys and the database was sealed with some."""
    if not has_keys(folder) and await _proofs(db):
        words = "the keys of this database are not here; put them back from your backup"
        raise KeyProblem("keys-lost", folder, words)


async def refuse_foreign_keys(db: Database, vault: Vault, folder: Path) -> None:
    """Raises `KeyProblem` when what the database holds was sealed with other keys."""
    for epoch, sealed in (await _proofs(db)).items():
        try:
            ours = vault.open(sealed, aad=_place(epoch)) == vault.mark()
        except Unreadable:
            ours = False
        if not ours:
            words = (
                f"these are not the keys of this database (epoch {epoch} does not open); "
                "put them back from your backup"
            )
            raise KeyProblem("keys-foreign", folder, words)


async def leave_proof(db: Database, vault: Vault) -> None:
    """One row for the epoch that seals from now on; needs the migrated database."""
    sealed = vault.seal(vault.mark(), aad=_place(vault.epoch))
    async with db.uow() as uow:
        await uow.execute(_LEAVE, vault.epoch, sealed)


async def _proofs(db: Database) -> dict[int, bytes]:
    async with db.reads() as uow:
        # A database without any tables was sealed by nobody.
        if not await uow.fetchval(_THERE):
            return {}
        rows = await uow.fetch("select epoch, sealed from key_proof order by epoch")
    return {row["epoch"]: row["sealed"] for row in rows}


def _place(epoch: int) -> str:
    return f"key_proof|{epoch}|sealed"
