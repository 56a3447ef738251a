"""Journeys on every dialect of the carrier: by day on the first, at night on all of them."""

from typing import Final

import pytest

ALL: Final = ("twilio", "signalwire", "somleng")
# Signs webhooks, and does not open the REST API.
_SIGNING_KEY: Final = "PSK-of-the-project-in-the-journeys"


def on(*names: str, **settings: str) -> pytest.MarkDecorator:
    """Mark a journey: on these dialects (none named: on all), with these settings beside."""
    return pytest.mark.parametrize(
        "environ", [environ(name) | settings for name in names or ALL], ids=names or ALL
    )


def environ(name: str) -> dict[str, str]:
    """Settings of a carrier of that dialect."""
    own_key = {"HOTLINE__CARRIER__AUTH_TOKEN_SECONDARY": _SIGNING_KEY}
    return {"HOTLINE__CARRIER__DIALECT": name} | (own_key if name == "signalwire" else {})
