"""Whatever bytes come in, it is never a failure of ours."""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from hotline.infra.web.forms import parse_form, read_form
from hotline.infra.web.http import json_body, json_bytes, json_ok, path_uuid
from hotline.infra.web.routes import Public, Route
from hotline.kernel.errors import Invalid
from tests.service.web.conftest import Client, Serve

OPEN = Public("a test")
SOME_ID = UUID("6f1c3a52-9a34-4d0c-8f0e-0123456789ab")


class Note(BaseModel):
    model_config = ConfigDict(extra="forbid")
    text: str
    code: int = 0


async def take(request: web.Request) -> web.StreamResponse:
    note = await json_body(request, Note)
    return json_ok({"text": note.text})


async def form(request: web.Request) -> web.StreamResponse:
    return json_ok((await read_form(request)).fields)


async def by_id(request: web.Request) -> web.StreamResponse:
    return json_ok(path_uuid(request, "id"))


@pytest.fixture
async def client(start: Serve) -> Client:
    return await start(
        [
            Route("POST", "/json", take, OPEN),
            Route("POST", "/form", form, OPEN),
            Route("GET", "/things/{id}", by_id, OPEN),
        ]
    )


async def test_json_is_read_into_its_model(client: Client) -> None:
    assert (await client.ask("POST", "/json", '{"text": "салам"}'))[:2] == (200, '{"text":"салам"}')


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[" * 3000,
        b'{"text": NaN}',
        b'{"text": 1e999999}',
        b'{"text": "x", "code": ' + b"[" * 3000 + b"}",
        b"null",
        b'"x"',
        b'{"text": ["x"]}',
    ],
    ids=range(10),
)
async def test_json_that_does_not_fit_is_refused_in_words(client: Client, body: bytes) -> None:
    status, text, _ = await client.ask("POST", "/json", body)

    assert status == 400
    assert json.loads(text)["error"] == "invalid"


async def test_each_bad_field_is_named_even_one_called_code(client: Client) -> None:
    _, text, _ = await client.ask("POST", "/json", '{"code": "x", "more": 1}')

    assert json.loads(text)["fields"] == {
        "text": "missing",
        "code": "int_parsing",
        "more": "extra_forbidden",
    }


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (r"a\u0000b", "ab"),
        (r"a\ud83db", "ab"),
        (r"\ud83d\ude00", "😀"),
        (r"\\u0000", r"\u0000"),
    ],
    ids=range(4),
)
async def test_what_postgresql_cannot_store_is_dropped_and_the_rest_kept(
    client: Client, sent: str, kept: str
) -> None:
    status, text, _ = await client.ask("POST", "/json", '{"text": "' + sent + '"}')

    assert (status, json.loads(text)) == (200, {"text": kept})


async def test_a_body_over_the_limit_is_refused(client: Client) -> None:
    status, text, _ = await client.ask("POST", "/json", b" " * 5000)

    assert status == 413
    assert json.loads(text)["error"] == "too-large"


async def test_a_form_with_broken_bytes_is_still_a_form(client: Client) -> None:
    posts = client.having(Content_Type="application/x-www-form-urlencoded")

    status, text, _ = await posts.ask("POST", "/form", b"Body=%D0%BF%FF%00ok&Body=2&\xff=%zz&From=")

    assert status == 200
    assert json.loads(text) == {"Body": "п\ufffdok", "\ufffd": "%zz", "From": ""}


async def test_a_form_of_another_kind_is_refused(client: Client) -> None:
    assert (await client.having(Content_Type="text/plain").ask("POST", "/form", "a=b"))[0] == 400


async def test_too_many_fields_are_refused(client: Client) -> None:
    posts = client.having(Content_Type="application/x-www-form-urlencoded")

    assert (await posts.ask("POST", "/form", "a&" * 300))[0] == 400


@given(st.binary(max_size=2000))
def test_no_bytes_break_the_form_reader(content: bytes) -> None:
    try:
        found = parse_form(content)
    except Invalid:
        return
    for name, value in found.pairs:
        assert "\0" not in name + value
        (name + value).encode()


@given(st.dictionaries(st.text(min_size=1), st.text(), max_size=20))
def test_a_form_gives_back_what_was_sent(sent: dict[str, str]) -> None:
    clean = {k: v for k, v in sent.items() if "\0" not in k + v}
    assert parse_form(urlencode(clean).encode()).fields == clean


def test_raw_pairs_keep_every_byte_for_the_signature() -> None:
    found = parse_form(b"Body=%FF%00x")

    assert found.raw == (("Body", "\udcff\0x"),)
    assert found.first("Body") == "\ufffdx"
    assert found.every("Body") == ["\ufffdx"]


@pytest.mark.parametrize("path", ["/things/1", "/things/%00", "/things/%FF", "/things/" + "a" * 36])
async def test_what_is_no_id_is_missing(client: Client, path: str) -> None:
    assert (await client.ask("GET", path))[0] == 404


async def test_an_id_is_an_id(client: Client) -> None:
    assert (await client.ask("GET", f"/things/{SOME_ID}"))[:2] == (200, f'"{SOME_ID}"')


def test_answers_are_plain_json() -> None:
    value: dict[str, Any] = {
        "at": datetime(2026, 11, 23, 14, 5, 12, 120_000, tzinfo=UTC),
        "ids": {SOME_ID},
        "note": Note(text="x"),
        "torn": "\ud83d",
    }
    answer = json.loads(json_bytes(value))

    assert answer["at"] == "2026-11-23T14:05:12.120Z"
    assert answer["ids"] == [str(SOME_ID)]
    assert answer["note"] == {"text": "x", "code": 0}
