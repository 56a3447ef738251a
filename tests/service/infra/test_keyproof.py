"""Keys that were lost or mixed up are seen before anything is sealed with them."""

from pathlib import Path

import pytest

from hotline.infra.crypto import KeyProblem, KeySet, Vault, add_epoch, load_keys
from hotline.infra.db import Database
from hotline.infra.keyproof import leave_proof, refuse_foreign_keys, refuse_new_keys

NOWHERE = Path("/nowhere/keys")


async def test_a_new_database_takes_any_keys(db: Database, vault: Vault) -> None:
    await refuse_new_keys(db, NOWHERE)
    await refuse_foreign_keys(db, vault, NOWHERE)


async def test_a_sealed_database_wants_its_own_keys(db: Database, vault: Vault) -> None:
    await leave_proof(db, vault)
    await leave_proof(db, vault)

    await refuse_foreign_keys(db, vault, NOWHERE)
    with pytest.raises(KeyProblem, match="backup"):
        await refuse_new_keys(db, NOWHERE)
    with pytest.raises(KeyProblem, match="not the keys"):
        await refuse_foreign_keys(db, Vault(KeySet.fresh()), NOWHERE)


@pytest.mark.parametrize("name", ["index", "audit", "pepper"])
async def test_one_wrong_key_is_enough(db: Database, name: str) -> None:
    keys, other = KeySet.fresh(), KeySet.fresh()
    await leave_proof(db, Vault(keys))
    mixed = {one: getattr(keys, one) for one in ("index", "audit", "pepper")}

    with pytest.raises(KeyProblem, match="not the keys"):
        await refuse_foreign_keys(
            db, Vault(KeySet(keys.epochs, **mixed | {name: getattr(other, name)})), NOWHERE
        )


@pytest.mark.parametrize("lost", [1, 2])
async def test_every_epoch_that_sealed_must_be_there(
    db: Database, tmp_path: Path, lost: int
) -> None:
    folder = tmp_path / "keys"
    load_keys(folder)
    await leave_proof(db, Vault.open_folder(folder))
    add_epoch(folder)
    await leave_proof(db, Vault.open_folder(folder))
    await refuse_foreign_keys(db, Vault.open_folder(folder), folder)

    (folder / f"kek-{lost}.key").unlink()

    with pytest.raises(KeyProblem, match=f"epoch {lost}"):
        await refuse_foreign_keys(db, Vault.open_folder(folder), folder)
