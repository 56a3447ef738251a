"""What must be right before anything starts: database, keys and the site's own files."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hotline.infra.crypto import load_keys
from hotline.infra.db import Database
from hotline.migrations.upgrade import head
from hotline.settings import CONFIG_DIR
from tests.service.cli.terminal import Said, hotline

SERVE = ("serve", "--role", "work")


@pytest.fixture
async def revision(db: Database) -> AsyncIterator[Database]:
    """A database whose revision may be changed; it is put back."""
    yield db
    async with db.uow() as uow:
        await uow.execute("delete from alembic_version")
        await uow.execute("insert into alembic_version values ($1)", head())


def refused(said: Said, *words: str) -> None:
    assert said.code == 2, said.err
    assert all(word in said.err for word in words), said.err


async def test_a_database_that_is_away_is_named(environ: dict[str, str]) -> None:
    nowhere = environ | {"HOTLINE__DATABASE__URL": "postgresql://hotline@127.0.0.1:9/hotline"}
    refused(await hotline(nowhere, "db", "migrate"), "database.url", "refused")


async def test_a_database_that_does_not_know_us_is_named(environ: dict[str, str]) -> None:
    nowhere = environ["HOTLINE__DATABASE__URL"].replace("/hotline?", "/nowhere?")
    said = await hotline(environ | {"HOTLINE__DATABASE__URL": nowhere}, *SERVE)
    refused(said, "database.url", "nowhere")


async def test_a_newer_database_is_not_served(revision: Database, environ: dict[str, str]) -> None:
    async with revision.uow() as uow:
        await uow.execute("update alembic_version set version_num = 'from_the_future'")
    refused(await hotline(environ, *SERVE), "from_the_future", "newer version")


async def test_an_older_database_is_not_served(revision: Database, environ: dict[str, str]) -> None:
    async with revision.uow() as uow:
        await uow.execute("update alembic_version set version_num = '0001'")
    refused(await hotline(environ, *SERVE), "0001", "hotline db migrate")


async def test_a_telephone_the_carrier_does_not_have_is_refused(environ: dict[str, str]) -> None:
    assert (await hotline(environ, "db", "migrate")).code == 0
    keys = {f"HOTLINE__CARRIER__{key}": "x" for key in ("TWIML_APP_SID", "API_KEY_SID")}
    keys |= {"HOTLINE__CARRIER__API_KEY_SECRET": "x", "HOTLINE__PHONE__MODES": "browser"}
    for dialect in ("signalwire", "somleng"):
        asked = environ | keys | {"HOTLINE__CARRIER__DIALECT": dialect}
        refused(await hotline(asked, *SERVE), "phone.modes", "own")


async def test_lost_keys_are_not_replaced(environ: dict[str, str], tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    assert (await hotline(environ, "db", "migrate")).code == 0
    (keys / "kek-1.key").unlink()

    refused(await hotline(environ, *SERVE), str(keys), "backup")
    assert not (keys / "kek-1.key").exists()

    shutil.rmtree(keys)
    refused(await hotline(environ, "doctor"), str(keys), "backup")
    assert not keys.exists()


async def test_the_keys_of_another_site_stop_the_start(
    environ: dict[str, str], tmp_path: Path
) -> None:
    keys = tmp_path / "keys"
    assert (await hotline(environ, "db", "migrate")).code == 0
    shutil.rmtree(keys)
    load_keys(keys)

    refused(await hotline(environ, *SERVE), str(keys), "not the keys of this database")
    doctor = await hotline(environ, "doctor")
    assert doctor.code == 1
    assert "not the keys of this database" in doctor.out


async def test_a_folder_that_cannot_hold_keys_is_named(
    environ: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    folder = str(tmp_path / "file" / "keys")
    refused(await hotline(environ | {"HOTLINE__KEYS__FOLDER": folder}, *SERVE), folder)


@pytest.mark.parametrize("name", ["escalation.toml", "forms/consultation.yaml"])
async def test_a_mistake_in_a_file_of_the_site_is_named(
    environ: dict[str, str], tmp_path: Path, name: str
) -> None:
    config = tmp_path / "config"
    shutil.copytree(CONFIG_DIR, config)
    (config / name).write_text("[", encoding="utf-8")
    said = await hotline(environ | {"HOTLINE_CONFIG_DIR": str(config)}, *SERVE)
    refused(said, name.rsplit("/", 1)[-1])
