"""The revisions and the tables say the same, and every revision can be taken back."""

from collections.abc import AsyncIterator

import asyncpg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, make_url, text

from hotline.infra.db import Database
from hotline.infra.embedded import Servers
from hotline.migrations.schema import metadata
from hotline.migrations.upgrade import TooNew, config, current, head, upgrade

NAME = "migrated"


@pytest.fixture
async def empty(servers: Servers) -> AsyncIterator[Database]:
    """A database of its own, with nothing in it."""
    connection = await asyncpg.connect(servers.database_url)
    await connection.execute(f"drop database if exists {NAME}")
    await connection.execute(f"create database {NAME}")
    url = make_url(servers.database_url).set(database=NAME)
    database = Database(url.render_as_string(hide_password=False))
    yield database
    await database.close()
    await connection.execute(f"drop database {NAME}")
    await connection.close()


async def objects(database: Database) -> set[str]:
    """Everything in the schema, by name."""
    async with database.engine.connect() as conn:
        rows = await conn.execute(
            text(
                "select relname from pg_class c join pg_namespace n on n.oid = relnamespace "
                "where nspname = 'public' union select proname from pg_proc p "
                "join pg_namespace n on n.oid = pronamespace where nspname = 'public'"
            )
        )
        return {row[0] for row in rows}


async def test_head_is_what_the_tables_say(empty: Database) -> None:
    await upgrade(empty.engine)

    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))

    async with empty.engine.connect() as conn:
        assert await conn.run_sync(differences) == []


async def test_down_leaves_nothing_and_up_again_gives_the_same(empty: Database) -> None:
    await upgrade(empty.engine)
    before = await objects(empty)
    transactional = empty.engine.execution_options(isolation_level="READ COMMITTED")
    async with transactional.begin() as conn:
        await conn.run_sync(lambda sync: command.downgrade(config(sync), "base"))
    assert await objects(empty) == {"alembic_version", "alembic_version_pkc"}
    await upgrade(empty.engine)
    assert await objects(empty) == before


async def test_second_upgrade_changes_nothing(empty: Database) -> None:
    assert await upgrade(empty.engine) == head()
    assert await upgrade(empty.engine) == head()
    assert await current(empty.engine) == head()


async def test_database_of_a_newer_version_is_refused(empty: Database) -> None:
    await upgrade(empty.engine)
    async with empty.engine.begin() as conn:
        await conn.execute(text("update alembic_version set version_num = 'from_the_future'"))
    with pytest.raises(TooNew):
        await upgrade(empty.engine)


async def test_the_version_before_can_run_beside_the_callers_of_callbacks(empty: Database) -> None:
    await upgrade(empty.engine)
    transactional = empty.engine.execution_options(isolation_level="READ COMMITTED")
    async with transactional.begin() as conn:
        await conn.execute(
            text(
                """
                with who as (
                  insert into caller (id, number_sealed, masked)
                  values (gen_random_uuid(), '2', '+996') returning id)
                insert into contact (id, channel, line, caller_id, state, outcome, intake)
                select gen_random_uuid(), 'voice', '189', id, 'closed', 'came_again', '{}' from who
                """
            )
        )
        await conn.execute(
            text(
                """
                insert into callback (id, contact_id, number_index, why, state, expires_at)
                select gen_random_uuid(), id, '3', 'waiting', 'open', now() from contact
                """
            )
        )
        whose = await conn.scalar(text("select caller.id = caller_id from callback, caller"))
        assert whose is True
        await conn.run_sync(lambda sync: command.downgrade(config(sync), "0020"))
        assert await conn.scalar(text("select outcome from contact")) == "not_reached"


async def test_chats_in_progress_are_with_their_operator_after_the_upgrade(empty: Database) -> None:
    await upgrade(empty.engine)
    transactional = empty.engine.execution_options(isolation_level="READ COMMITTED")
    async with transactional.begin() as conn:
        for state in ("talking", "waiting"):
            await conn.execute(
                text(
                    """
                    with who as (
                      insert into caller (id, number_sealed, masked)
                      values (gen_random_uuid(), '2', '') returning id),
                    talk as (
                      insert into contact (id, channel, line, caller_id, state, intake)
                      select gen_random_uuid(), 'telegram', 'telegram', id, :state, '{}' from who
                      returning id)
                    insert into conversation (contact_id, channel, address_index, address_sealed)
                    select id, 'telegram', convert_to(:state, 'utf8'), '1' from talk
                    """
                ),
                {"state": state},
            )
        await conn.run_sync(lambda sync: command.downgrade(config(sync), "0026"))
    await upgrade(empty.engine)
    async with transactional.begin() as conn:
        rows = await conn.execute(
            text(
                "select state from contact join conversation on contact_id = id where with_operator"
            )
        )
        assert [row[0] for row in rows] == ["talking"]


async def functions(url: str) -> dict[str, list[str]]:
    """Every function of ours, by name, with its words."""
    connection = await asyncpg.connect(url)
    rows = await connection.fetch(
        "select proname, prosrc from pg_proc p join pg_namespace n on n.oid = pronamespace "
        "where nspname = 'public'"
    )
    await connection.close()
    return {row["proname"]: row["prosrc"].split() for row in rows}


async def test_the_functions_of_the_revisions_are_those_of_the_code(
    empty: Database, schema: str
) -> None:
    await upgrade(empty.engine)
    made, written = await functions(empty.url), await functions(schema)
    assert {name: made.get(name) for name in written} == written


@pytest.mark.parametrize(
    ("asks", "able"),
    [("'ky', 'wages'", "array['ky', 'ru'], array['wages']"), ("null, null", "'{}', '{}'")],
    ids=["who asks for something", "who fell through the menu"],
)
async def test_who_waits_and_who_works_is_matched_across_the_change_to_classes(
    empty: Database, asks: str, able: str
) -> None:
    await upgrade(empty.engine)
    transactional = empty.engine.execution_options(isolation_level="READ COMMITTED")
    async with transactional.begin() as conn:
        await conn.run_sync(lambda sync: command.downgrade(config(sync), "0026"))
        await conn.exec_driver_sql(
            f"""
            with who as (insert into caller (id, number_sealed, masked)
                         values (gen_random_uuid(), '2', '+996') returning id),
            c as (insert into contact (id, channel, line, caller_id, state, intake)
                  select gen_random_uuid(), 'voice', '189', id, 'waiting', '{{}}' from who
                  returning id)
            insert into queue_entry (contact_id, channel, kind, language, topic, danger, priority,
                                     since, effective_at)
            select id, 'voice', 'call', {asks}, false, 0, now(), now() from c
            """  # noqa: S608 - words of this test
        )
        await conn.exec_driver_sql(
            f"""
            insert into operator_state (staff_id, presence, languages, skills, max_chats,
                                        phone_mode)
            values (gen_random_uuid(), 'available', {able}, 3, 'fake')
            """  # noqa: S608 - words of this test
        )
        await conn.run_sync(lambda sync: command.upgrade(config(sync), "head"))
        asked = (await conn.exec_driver_sql("select * from routing_decide(10)")).one()
        assert len(asked.contacts) == 1
        assert asked.due
        assert await conn.scalar(text("select bool_and(class_id is not null) from queue_entry"))
        await conn.run_sync(lambda sync: command.downgrade(config(sync), "0026"))
        kept = await conn.exec_driver_sql(
            f"select (languages, skills) = ({able}) from operator_state"  # noqa: S608 - see above
        )
        assert kept.scalar_one()
