"""A world and its customer, both on loopback; the simulator's own mistakes fail the test."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from hotline.simulator import World, WorldConfig
from tests.contracts.simulator.botapi import BotApi
from tests.contracts.simulator.customer import Customer, Rest, serving


@pytest.fixture
async def customer() -> AsyncIterator[Customer]:
    customer = Customer()
    customer.audio = {"menu.wav": 10.0, "hold.wav": 15.0, "bye.wav": 1.0}
    async with serving(customer):
        yield customer


@pytest.fixture
async def world(customer: Customer) -> AsyncIterator[World]:
    config = WorldConfig(
        voice_url=f"{customer.url}/voice/in",
        voice_fallback_url=f"{customer.url}/voice/fallback",
        status_callback=f"{customer.url}/voice/status",
        sms_url=f"{customer.url}/sms/in",
        app_voice_url=f"{customer.url}/voice/op",
        bins={"away": "<Response><Say>Call again</Say></Response>"},
        factor=100,
        retry_pause_s=0.01,
    )
    async with World(config).running() as running:
        yield running
    assert running.failures == []


@pytest.fixture
async def rest(world: World) -> AsyncIterator[Rest]:
    token = aiohttp.encode_basic_auth(world.config.account_sid, world.config.auth_token)
    async with aiohttp.ClientSession(headers={"Authorization": token}) as session:
        yield Rest(session, f"{world.url}/2010-04-01/Accounts/{world.config.account_sid}")


@pytest.fixture
async def bot(world: World) -> AsyncIterator[BotApi]:
    """A bot that asks by hand, with a judge at its side."""
    async with aiohttp.ClientSession() as session:
        yield BotApi(world, session)
