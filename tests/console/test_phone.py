"""The carrier's phone in the browser, with a stand-in for its script: tokens, keys, late calls."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, Route, expect

from tests.console.conftest import Desk, opened
from tests.console.world import offer, quiet_world
from tests.town import eventually

# One browser serves all of them.
pytestmark = pytest.mark.asyncio(loop_scope="session")
# What the vendor's script offers, as far as the desk uses it; `said` is what it was asked to do.
STAND_IN = """
  window.said = [];
  class Emitter {
    on(name, then) { (this[`at_${name}`] ??= []).push(then); return this; }
    tell(name, what) { for (const then of this[`at_${name}`] ?? []) then(what); }
  }
  class Call extends Emitter {
    mute(on) { window.said.push(['mute', on]); }
    sendDigits(digits) { window.said.push(['digits', digits]); }
    disconnect() { window.said.push(['disconnect']); this.tell('disconnect'); }
  }
  export class Device extends Emitter {
    constructor(token) { super(); window.said.push(['token', token]); window.device = this; }
    updateToken(token) { window.said.push(['token', token]); }
    connect() {
      return new Promise((done) => { window.answer = () => done(window.call = new Call()); });
    }
    destroy() { window.said.push(['destroy']); }
  }
"""
ACCEPTED = "call.tell('accept')"


@asynccontextmanager
async def on_shift(chromium: Browser, *, ttl_s: int = 3600) -> AsyncIterator[Desk]:
    """A desk with the carrier's phone; its tokens are numbered."""
    world = quiet_world()
    world.phones = ["browser"]
    tokens = iter(range(1, 100))

    async def token(route: Route) -> None:
        body = {"token": f"t{next(tokens)}", "identity": "op_1", "ttl_s": ttl_s}
        await route.fulfill(json=body)

    async with opened(chromium, world) as (context, desk):
        await context.route("**/api/phone/token", token)
        await context.route(
            "**/vendor/twilio-voice.js",
            lambda route: route.fulfill(content_type="text/javascript", body=STAND_IN),
        )
        await desk.open()
        await desk.get("start-shift").click()
        await expect(desk.get("presence-state")).to_have_attribute("data-state", "available")
        yield desk
        assert desk.complaints == []


async def said(desk: Desk, what: list[object]) -> None:
    """Wait until the script was asked for this."""
    await eventually(
        lambda: desk.page.evaluate(
            "(what) => said.some((one) => JSON.stringify(one) === JSON.stringify(what))", what
        )
    )


async def accept(desk: Desk) -> None:
    await desk.world.make_offer(offer(700))
    await desk.get("accept").click()
    await eventually(lambda: desk.page.evaluate("typeof answer === 'function'"))


async def test_a_token_is_renewed_when_the_carrier_asks(chromium: Browser) -> None:
    async with on_shift(chromium) as desk:
        await said(desk, ["token", "t1"])
        await desk.page.evaluate("device.tell('tokenWillExpire')")
        await said(desk, ["token", "t2"])


async def test_a_token_that_ended_unnoticed_is_renewed_before_a_call(chromium: Browser) -> None:
    async with on_shift(chromium, ttl_s=1) as desk:
        await accept(desk)
        await said(desk, ["token", "t2"])


async def test_a_call_that_comes_up_after_it_was_left_is_ended(chromium: Browser) -> None:
    async with on_shift(chromium) as desk:
        await accept(desk)
        await desk.get("hangup").click()
        await expect(desk.get("wrap-up")).to_be_visible()
        await desk.page.evaluate("answer()")
        await said(desk, ["disconnect"])


async def test_the_microphone_and_keys_reach_the_call(chromium: Browser) -> None:
    async with on_shift(chromium) as desk:
        await accept(desk)
        await desk.page.evaluate("answer()")
        await eventually(lambda: desk.page.evaluate("Boolean(window.call?.at_accept)"))
        await desk.page.evaluate(ACCEPTED)
        await expect(desk.get("mute")).to_be_enabled()
        await desk.page.keyboard.press("F4")
        await said(desk, ["mute", True])
        statics = (
            "document.querySelector('script[type=module]').src.replace(/desk[/]desk[.]js$/, '')"
        )
        await desk.page.evaluate(
            f"import({statics} + 'core/phone/driver.js').then((driver) => driver.sendDigits('5#'))"
        )
        await said(desk, ["digits", "5#"])
