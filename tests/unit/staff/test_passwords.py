"""Hashing: right or wrong, known or unknown, and never more at once than the machine bears."""

import asyncio
import hmac
from collections.abc import AsyncIterator
from threading import Event

import pytest

from hotline.kernel.errors import Invalid, Unavailable
from hotline.staff.passwords import FAST_FOR_TESTS, STRONG, Cost, Passwords, cost_for

GOOD = "my cousin paints blue goats"


def pepper(password: str) -> bytes:
    return hmac.digest(b"p" * 32, password.encode(errors="surrogatepass"), "sha256")


@pytest.fixture
async def passwords() -> AsyncIterator[Passwords]:
    made = Passwords(pepper, FAST_FOR_TESTS)
    yield made
    made.close()


async def test_the_right_password_fits_and_another_does_not(passwords: Passwords) -> None:
    stored = await passwords.hash(GOOD)

    assert await passwords.verify(stored, GOOD)
    assert not await passwords.verify(stored, GOOD + " ")
    assert not await passwords.verify(stored, "")


async def test_nobody_has_no_password(passwords: Passwords) -> None:
    assert not await passwords.verify(None, "nobody")
    assert not await passwords.verify("not a hash at all", GOOD)


async def test_a_stolen_table_is_useless_without_the_pepper(passwords: Passwords) -> None:
    stored = await passwords.hash(GOOD)
    thief = Passwords(str.encode, FAST_FOR_TESTS)
    try:
        assert not await thief.verify(stored, GOOD)
    finally:
        thief.close()


async def test_the_same_letters_from_another_keyboard_fit(passwords: Passwords) -> None:
    stored = await passwords.hash("caf\u00e9 paints \u00fc blue goats")

    assert await passwords.verify(stored, "cafe\u0301 paints u\u0308 blue goats")


@pytest.mark.parametrize("length", [0, 14, 129, 5000])
async def test_too_short_and_too_long_are_refused(passwords: Passwords, length: int) -> None:
    with pytest.raises(Invalid) as refused:
        await passwords.hash(("my cousin paints blue goats in Karakol " * 200)[:length])

    assert refused.value.code == "password-length"


async def test_longest_allowed_passes(passwords: Passwords) -> None:
    text = "".join(chr(0x4E00 + number * 7) for number in range(128))

    assert await passwords.verify(await passwords.hash(text), text)


async def test_guessable_is_refused(passwords: Passwords) -> None:
    with pytest.raises(Invalid) as refused:
        await passwords.hash("Kyrgyzstan-189-2026")

    assert refused.value.code == "password-guessable"


async def test_a_hash_of_old_cost_is_renewed(passwords: Passwords) -> None:
    stored = await passwords.hash(GOOD)
    dearer = Passwords(pepper, Cost(memory_kib=128, passes=2))
    try:
        renewed = await dearer.renewed(stored, GOOD)
        assert renewed is not None
        assert await dearer.verify(renewed, GOOD)
        assert await dearer.renewed(renewed, GOOD) is None
    finally:
        dearer.close()


async def test_a_flood_is_turned_away_and_the_rest_served() -> None:
    hold = Event()

    def slow(password: str) -> bytes:
        hold.wait(10)
        return pepper(password)

    hold.set()
    passwords = Passwords(slow, FAST_FOR_TESTS)
    hold.clear()
    everybody = asyncio.gather(
        *(passwords.verify(None, GOOD) for _ in range(40)), return_exceptions=True
    )
    # All have asked before the first hash is finished: three at work, twenty waiting.
    await asyncio.sleep(0)
    hold.set()
    answers = await everybody
    passwords.close()

    assert [type(answer) for answer in answers[23:]] == [Unavailable] * 17
    assert answers[:23] == [False] * 23


@pytest.mark.parametrize("profile", ["production", "development", "", "Demo"])
def test_real_profiles_pay_the_full_cost(profile: str) -> None:
    assert cost_for(profile) is STRONG


def test_the_full_cost_is_what_the_security_plan_says() -> None:
    assert Cost(memory_kib=65536, passes=3) == STRONG
    assert FAST_FOR_TESTS.memory_kib < STRONG.memory_kib / 100
