"""What a page of a call sounds like: measured on what arrives, and on what it plays."""

from collections.abc import Awaitable, Callable

from playwright.async_api import Page

from tests import browser as finder
from tests.town import eventually

# A microphone that beeps, allowed without a question; lines to oneself where there is no network.
FLAGS = (
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--allow-loopback-in-peer-connection",
)
# Remembers every line, and listens to everything the page itself plays.
PROBE = """
  const Line = RTCPeerConnection;
  window.lines = [];
  window.RTCPeerConnection = class extends Line {
    constructor(...given) { super(...given); window.lines.push(this); }
  };
  window.arrived = async () => {
    let [energy, seconds] = [0, 0];
    for (const line of window.lines) {
      if (line.connectionState !== 'connected') continue;
      for (const one of (await line.getStats()).values()) {
        if (one.type !== 'inbound-rtp' || one.kind !== 'audio') continue;
        energy += one.totalAudioEnergy;
        seconds += one.totalSamplesDuration;
      }
    }
    return [energy, seconds];
  };
  [window.loudest, window.sounded] = [0, Infinity];
  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (to, ...rest) {
    if (to === this.context.destination) {
      const meter = new AnalyserNode(this.context);
      const heights = new Float32Array(meter.fftSize);
      connect.call(this, meter);
      const look = () => {
        meter.getFloatTimeDomainData(heights);
        const loud = Math.max(...heights.map(Math.abs));
        if (loud > 0.01) window.sounded = performance.now();
        window.loudest = Math.max(window.loudest, loud);
      };
      setInterval(look, 20);
    }
    return connect.call(this, to, ...rest);
  };
"""
SILENT = 1e-7
WINDOW_S = 1.2


def flags() -> list[str]:
    return [*finder.flags(), *FLAGS]


async def loudness(page: Page) -> float | None:
    """The energy of the next moments that arrive; None while nothing does."""
    energy, seconds = await page.evaluate("arrived()")

    async def later() -> list[float]:
        now: list[float] = await page.evaluate("arrived()")
        return now if now[1] - seconds >= WINDOW_S or now[1] < seconds else []

    try:
        then = await eventually(later)
    except TimeoutError:
        return None
    return None if then[1] < seconds else then[0] - energy


async def hears(page: Page) -> None:
    """Wait until somebody is heard here."""
    await _until(page, lambda loud: loud > SILENT)


async def hears_nobody(page: Page) -> None:
    """Wait until it is silent here, on a line that carries; then it stays so."""
    await _until(page, lambda loud: loud < SILENT)
    assert (await loudness(page) or 0.0) < SILENT


async def plays(page: Page) -> None:
    """Wait until the page itself sounds: a prompt, a key."""
    await page.evaluate("window.loudest = 0")
    await eventually(lambda: page.evaluate("window.loudest > 0.01"))


async def _until(page: Page, fits: Callable[[float], bool]) -> None:
    async def look() -> bool:
        loud = await loudness(page)
        return loud is not None and fits(loud)

    waiting: Callable[[], Awaitable[bool]] = look
    await eventually(waiting)
