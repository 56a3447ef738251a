"""The short form of the storm of calls; that of messages is for the night."""

import pytest

from tests.storming import storm

pytestmark = pytest.mark.timeout(600)


async def test_a_storm_leaves_no_call_behind() -> None:
    assert "0 double connects, 0 legs left" in await storm(calls=25)
