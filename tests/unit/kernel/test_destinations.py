"""Where the line may be made to call."""

import pytest

from hotline.kernel.destinations import may_ring
from hotline.kernel.phone import parse

EVERYWHERE = ("+996", "+7", "+8", "+9", "+1")


@pytest.mark.parametrize("number", ["+996555123456", "0555123456", "+996312623840", "+79161234567"])
def test_ordinary_numbers_of_listed_countries_may_be_rung(number: str) -> None:
    assert may_ring(parse(number), EVERYWHERE)


@pytest.mark.parametrize(
    "number",
    [
        "+881612345678",  # satellite
        "+870773111632",
        "+882161234567",
        "+979123456789",  # international premium
        "+78091234567",  # premium
        "+19002345678",
        "+996900123456",  # no such number
        "+498912345678",  # a country that is not listed
        "anonymous",
        "189",
        "sip:somebody@example.org",
        "client:op_1",
        "",
    ],
)
def test_nothing_else_is_rung(number: str) -> None:
    assert not may_ring(parse(number), EVERYWHERE)
