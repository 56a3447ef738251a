"""The health answer says which part is down."""

import asyncio

from hotline.infra.health import Health, Unwell


async def well() -> None:
    return


async def down() -> None:
    raise ConnectionError("postgresql://user:secret@host")


async def hangs() -> None:
    await asyncio.Event().wait()


async def behind() -> None:
    raise Unwell("behind")


async def test_all_well_is_ready() -> None:
    health = Health()
    health.add("database", well)

    assert await health.ready() == (
        True,
        {"ready": True, "stopping": False, "parts": {"database": {"ok": True, "needed": True}}},
    )


async def test_each_bad_part_says_why_without_its_words() -> None:
    health = Health(timeout_s=0.01)
    health.add("database", down)
    health.add("carrier", hangs)
    health.add("jobs", behind)

    ready, report = await health.ready()

    assert not ready
    assert {name: part["why"] for name, part in report["parts"].items()} == {
        "database": "ConnectionError",
        "carrier": "timeout",
        "jobs": "behind",
    }
    assert "secret" not in str(report)


async def test_redis_away_is_reported_and_does_not_matter() -> None:
    health = Health()
    health.add("redis", down, needed=False)

    ready, report = await health.ready()

    assert ready
    assert report["parts"]["redis"]["ok"] is False


async def test_a_stopping_house_is_not_ready() -> None:
    health = Health()
    health.stop()

    assert (await health.ready())[0] is False
