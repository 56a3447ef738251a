"""What a person types: good words, exit codes, never a traceback for a mistake of theirs."""

import socket
from pathlib import Path
from uuid import UUID

from aiohttp import web
from aiohttp.test_utils import TestServer

from hotline.infra.db import Database
from hotline.simulator import AggregatorConfig, World, WorldConfig
from hotline.staff.events import SessionsEnded, StaffDisabled
from hotline.staff.passwords import LEAST
from tests.service.cli.terminal import PASSWORD, hotline


async def test_recordings_that_would_never_be_heard_are_named_before_the_start(
    environ: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "ky").mkdir()
    (tmp_path / "ky" / "ivr-wayt.wav").touch()
    environ["HOTLINE__HOTLINE__RECORDINGS"] = str(tmp_path)

    for words in (("flows", "check"), ("serve", "--role", "edge")):
        said = await hotline(environ, *words)
        assert said.code != 0
        assert "ky/ivr-wayt.wav: replaces no prompt of the line" in said.err + said.out


async def test_every_command_explains_itself(environ: dict[str, str]) -> None:
    said = await hotline(environ, "--help")
    commands = ("serve", "db", "staff", "flows", "doctor", "demo", "simulate", "bench")
    assert said.code == 0
    assert all(command in said.out for command in commands)


async def test_flows_are_sound(environ: dict[str, str]) -> None:
    assert (await hotline(environ, "flows", "check")).code == 0


async def test_all_wrong_settings_are_named_at_once(environ: dict[str, str]) -> None:
    wrong = {"HOTLINE__SERVER__PORT": "99999", "HOTLINE__NO__SUCH": "1"}
    said = await hotline(environ | wrong, "db", "migrate")
    assert said.code == 2
    assert "server.port" in said.err
    assert "HOTLINE__NO__SUCH" in said.err


async def test_accounts_are_opened_listed_and_closed(environ: dict[str, str]) -> None:
    add = ("staff", "add", "zarina", "--name", "Зарина", "--role", "operator", "--language", "ky")
    opened = await hotline(environ, *add, given=f"{PASSWORD}\n")
    assert opened.code == 0, opened.err
    assert PASSWORD not in opened.out + opened.err
    more = ("--language", "ky", "--language", "uz:help", "--skill", "missing:expert")
    said = await hotline(environ, "staff", "work", "zarina", *more, "--call-beside", "1")
    assert said.code == 0, said.err
    listed = await hotline(environ, "staff", "list")
    assert "zarina" in listed.out
    assert "ky,uz:help  missing:expert  3+1" in listed.out
    for wrong, named in (("de", "de"), ("uz:expert", "uz:expert")):
        said = await hotline(environ, "staff", "work", "zarina", "--language", wrong)
        assert said.code == 2
        assert named in said.err
    assert (await hotline(environ, "staff", "disable", "zarina")).code == 0
    assert "disabled" in (await hotline(environ, "staff", "list")).out


async def test_a_telephone_of_ones_own_is_given_and_forgotten(environ: dict[str, str]) -> None:
    add = ("staff", "add", "zarina", "--name", "Зарина", "--role", "operator", "--language", "ky")
    assert (await hotline(environ, *add, given=f"{PASSWORD}\n")).code == 0

    known = await hotline(environ, "staff", "phone", "zarina", given="+996700246810\n")
    refused = await hotline(environ, "staff", "phone", "zarina", given="+79161234567\n")
    forgotten = await hotline(environ, "staff", "phone", "zarina", given="\n")

    assert "+996 700 ··· ·10" in known.out
    assert "246810" not in known.out + known.err
    assert refused.code == 2
    assert "no telephone" in forgotten.out


async def test_closing_an_account_is_told_to_the_running_roles(
    db: Database, environ: dict[str, str]
) -> None:
    add = ("staff", "add", "zarina", "--name", "Зарина", "--role", "auditor")
    assert (await hotline(environ, *add, given=f"{PASSWORD}\n")).code == 0
    assert (await hotline(environ, "staff", "disable", "zarina")).code == 0

    async with db.reads() as uow:
        rows = await uow.fetch("select payload->>'name' as name from job where kind = 'event'")
    told = {row["name"] for row in rows}
    assert {StaffDisabled.name, SessionsEnded.name} <= told


async def test_a_mistake_is_told_in_words(environ: dict[str, str]) -> None:
    said = await hotline(environ, "staff", "disable", "nobody")
    assert said.code == 2
    assert "nobody" in said.err
    operator = ("staff", "add", "x", "--name", "X", "--role", "operator")
    said = await hotline(environ, *operator, given=f"{PASSWORD}\n")
    assert said.code == 2
    assert "languages" in said.err
    weak = (*operator, "--language", "ru")
    said = await hotline(environ, *weak, "--skill", "astrology", given=f"{PASSWORD}\n")
    assert said.code == 2
    assert "astrology" in said.err
    assert "documents" in said.err
    said = await hotline(environ, *weak, given="short\nshort\n")
    assert said.code == 2
    assert "password" in said.err
    assert str(LEAST) in said.err
    loud = await hotline(environ, "demo", "--log-level", "loud")
    assert loud.code == 2
    assert "loud" in loud.err


async def test_a_port_in_use_names_the_setting(environ: dict[str, str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        said = await hotline(
            environ | {"HOTLINE__SERVER__PORT": port}, "serve", "--role", "console"
        )
    assert said.code == 2
    assert "server.port" in said.err


async def test_the_doctor_says_what_is_wrong(environ: dict[str, str]) -> None:
    nobody = {"HOTLINE__CARRIER__API_BASE_URL": "http://127.0.0.1:9"}
    said = await hotline(environ | nobody, "doctor")
    assert said.code == 1
    assert "carrier" in said.out
    assert "redis" in said.out


AT = "2026-11-27T09:00:00+00:00"


async def test_the_doctor_names_whom_the_configuration_no_longer_knows(
    db: Database, environ: dict[str, str]
) -> None:
    add = ("staff", "add", "zarina", "--name", "Зарина", "--role", "operator", "--language", "ky")
    assert (await hotline(environ, *add, given=f"{PASSWORD}\n")).code == 0
    async with db.uow() as uow:
        await uow.execute("update staff set skills = array['astrology']")
        await uow.execute(
            """
            with a as (insert into caller (id, number_sealed, masked)
                       values ('00000000-0000-0000-0000-000000000189', '', '')),
            b as (insert into contact (id, channel, line, caller_id, state, intake)
                  values ('00000000-0000-0000-0000-000000000189', 'voice', '189',
                          '00000000-0000-0000-0000-000000000189', 'waiting', '{}'))
            insert into queue_entry (contact_id, channel, kind, topic, danger, priority, since,
                                     effective_at)
            values ('00000000-0000-0000-0000-000000000189', 'voice', 'call', 'alchemy', false, 0,
                    now(), now())
            """
        )
        await uow.execute(
            "insert into line_setting (kind, version, value, set_by) values"
            " ('queues', 1, $1, gen_random_uuid())",
            {
                "nights": {
                    "door": "closed",
                    "until": None,
                    "by": str(UUID(int=1)),
                    "at": "2026-11-27T09:00:00+00:00",
                }
            },
        )
    said = await hotline(environ, "doctor")
    assert "queue nights was set by hand and is gone, chats takes the rest" in said.out
    assert "contact 00000000-0000-0000-0000-000000000189" in said.out
    assert "operator zarina has the topic astrology" in said.out


async def test_the_doctor_asks_the_local_sms_provider(environ: dict[str, str]) -> None:
    provider = {
        "HOTLINE__SMS__TRANSPORT": "aggregator",
        "HOTLINE__AGGREGATOR__AUTH_SECRET": "Bearer the-right-one-189",
    }
    agreed = AggregatorConfig(authorization="Bearer the-right-one-189")
    async with World(WorldConfig(aggregator=agreed)).running() as world:
        provider["HOTLINE__AGGREGATOR__LOOKUP_URL"] = f"{world.url}/aggregator/messages"
        for wrong, words in ((False, "✓ sms"), (True, "refuses aggregator.auth_secret")):
            key = {"HOTLINE__AGGREGATOR__AUTH_SECRET": "Bearer the-wrong-one-189"} if wrong else {}
            said = await hotline(environ | provider | key, "doctor")
            assert words in said.out


async def test_the_doctor_compares_the_fallback_with_the_duty_telephone(
    environ: dict[str, str],
) -> None:
    async def voice(_request: web.Request) -> web.Response:
        return web.Response(text="<Response><Dial><Number>+996555000111</Number></Dial></Response>")

    proxy = web.Application()
    proxy.router.add_get("/fallback/voice.xml", voice)
    async with TestServer(proxy) as server:
        address = {"HOTLINE__PUBLIC_BASE_URL": str(server.make_url("")).rstrip("/")}
        for number, well in (("+996555000112", False), ("+996555000111", True)):
            said = await hotline(environ | address | {"HOTLINE__DUTY__PHONE": number}, "doctor")
            assert ("fallback/voice.xml rings +996555000111" in said.out) is not well
