"""Nothing about a person gets into a log line, whoever writes it."""

import io
import json
import logging
from collections.abc import Iterator
from datetime import timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

import pytest
import structlog

from hotline.infra import logging as house_logging
from hotline.kernel.errors import Conflict

PHONE = "+996555123456"
CONTACT = UUID("6f1c3a52-9a34-4d0c-8f0e-0123456789ab")


class Colour(StrEnum):
    RED = "red"


@pytest.fixture
def out() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    level = root.level
    stream = io.StringIO()
    house_logging.configure("debug", "json", stream)
    yield stream
    structlog.reset_defaults()
    for handler in [h for h in root.handlers if isinstance(h, house_logging._Bridge)]:
        root.removeHandler(handler)
    root.setLevel(level)
    logging.captureWarnings(capture=False)


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_ids_codes_numbers_and_durations_pass(out: io.StringIO) -> None:
    structlog.get_logger().info(
        "call.answered",
        contact_id=CONTACT,
        state=Colour.RED,
        attempt=3,
        wait_s=timedelta(seconds=1.5),
        route="/voice/{step}",
        ok_count=True,
        sid_id="CA" + "0123456789abcdef" * 2,
    )

    line = lines(out)[0]
    assert line["event"] == "call.answered"
    assert line["contact_id"] == str(CONTACT)
    assert (line["state"], line["attempt"], line["wait_s"]) == ("red", 3, 1.5)
    assert line["sid_id"].startswith("CA")
    assert "dropped" not in line


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", PHONE),
        ("text", "помогите"),
        ("caller_id", PHONE),
        ("wait_s", 996555123456),
        ("chat_id", 5551234),
        ("contact_id", "996555123456"),
        ("reason", "Айзада"),
        ("reason", "call me at 5551234"),
        ("state", {"from": PHONE}),
        ("steps", ["ok", PHONE]),
        ("code", b"555"),
        ("ip", "192.0.2.1"),
    ],
)
def test_what_may_be_personal_is_dropped_and_its_field_named(
    out: io.StringIO, field: str, value: object
) -> None:
    structlog.get_logger().info("thing.happened", **{field: value})

    line = lines(out)[0]
    assert line["dropped"] == [field]
    assert field not in line
    shown = out.getvalue().replace(line["t"], "")  # the time has digits of its own
    for word in ("555", "помогите", "Айзада", "192.0.2"):
        assert word not in shown


def test_an_event_name_with_a_value_in_it_is_not_shown(out: io.StringIO) -> None:
    structlog.get_logger().info(f"called {PHONE}")

    assert lines(out)[0]["event"] == "unnamed"
    assert PHONE not in out.getvalue()


def test_exceptions_show_type_and_place_only(out: io.StringIO) -> None:
    def fails(secret: str) -> None:
        try:
            _ = {"": 0}[secret]
        except KeyError as error:
            raise ValueError(secret) from error

    try:
        fails(PHONE)
    except ValueError:
        structlog.get_logger().exception("thing.failed")

    line = lines(out)[0]
    assert (line["error"], line["cause"]) == ("ValueError", ["KeyError"])
    assert line["at"][-1].startswith("tests/unit/infra/test_logging.py:")
    assert PHONE not in out.getvalue()


def test_errors_of_the_house_show_their_code(out: io.StringIO) -> None:
    structlog.get_logger().error("thing.failed", exc_info=Conflict("offer-gone", who=PHONE))

    line = lines(out)[0]
    assert (line["error"], line["code"]) == ("Conflict", "offer-gone")
    assert PHONE not in out.getvalue()


def test_libraries_are_reduced_to_who_and_where(out: io.StringIO) -> None:
    logging.getLogger("some.library").error("Bad number %s", PHONE)
    try:
        int(PHONE + "x")
    except ValueError:
        logging.getLogger("aiohttp.server").exception(f"Error handling {PHONE}")  # noqa: G004 - as libraries do

    first, second = lines(out)
    assert (first["event"], first["logger"]) == ("library", "some.library")
    assert second["error"] == "ValueError"
    assert PHONE not in out.getvalue()


def test_chatty_libraries_are_quiet(out: io.StringIO) -> None:
    logging.getLogger("httpx").info("HTTP Request: POST https://api/bot%s/sendMessage", PHONE)
    logging.getLogger("telegram.ext").info("x")
    logging.getLogger("aiohttp.access").info("x")

    assert out.getvalue() == ""


def test_setting_up_twice_does_not_double_the_lines(out: io.StringIO) -> None:
    house_logging.configure("info", "json", out)

    logging.getLogger("some.library").error("x")

    assert len(lines(out)) == 1


def test_console_form_hides_the_same(out: io.StringIO) -> None:
    stream = io.StringIO()
    house_logging.configure("debug", "console", stream)

    try:
        int(PHONE + "x")
    except ValueError:
        structlog.get_logger().exception("thing.failed", number=PHONE, attempt=2)

    assert "attempt=2" in stream.getvalue()
    assert "ValueError" in stream.getvalue()
    assert PHONE not in stream.getvalue()
