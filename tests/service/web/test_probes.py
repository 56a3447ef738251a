"""What monitoring sees, and who may see it."""

import pytest

from hotline.infra.health import Health, Unwell
from hotline.infra.metrics import Metrics
from hotline.infra.web.probes import probes
from hotline.kernel.secret import Secret
from tests.service.web.conftest import Serve

NONE = Secret("")
TOKEN = Secret("m" * 32)


async def test_ready_turns_503_when_a_needed_part_is_down(start: Serve, metrics: Metrics) -> None:
    health = Health()
    client = await start(probes(health, metrics, token=NONE, open_metrics=False))
    assert (await client.ask("GET", "/health/ready"))[0] == 200

    async def down() -> None:
        raise Unwell("behind")

    health.add("jobs", down)

    status, body, _ = await client.ask("GET", "/health/ready")
    assert status == 503
    assert '"jobs":{"ok":false,"needed":true,"why":"behind"}' in body
    assert (await client.ask("GET", "/health/live"))[:2] == (200, '{"live":true}')


@pytest.mark.parametrize(
    ("token", "open_metrics", "sent", "status"),
    [
        (NONE, False, "", 404),
        (NONE, False, "Bearer ", 404),
        (NONE, True, "", 200),
        (TOKEN, True, "", 404),
        (TOKEN, False, "Bearer wrong", 404),
        (TOKEN, False, "Bearer " + "m" * 32, 200),
    ],
    ids=range(6),
)
async def test_metrics_are_for_who_has_the_token(
    start: Serve, metrics: Metrics, token: Secret, *, open_metrics: bool, sent: str, status: int
) -> None:
    client = await start(probes(Health(), metrics, token=token, open_metrics=open_metrics))

    got, body, _ = await client.having(Authorization=sent).ask("GET", "/metrics")

    assert got == status
    assert ("hotline_redis_up" in body) == (status == 200)
