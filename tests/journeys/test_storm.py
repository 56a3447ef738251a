"""The short forms of the storms."""

import pytest

from tests.storming import messages, storm

pytestmark = pytest.mark.timeout(600)


async def test_a_storm_leaves_no_call_behind() -> None:
    assert "0 double connects, 0 legs left" in await storm(calls=40)


async def test_no_message_is_lost_when_the_service_is_killed() -> None:
    assert "service killed 2 times" in await messages(updates=250, kills=2)
