"""The yardstick of `hotline bench`: a bare handler with the same signature check and one insert.

Run as a process of its own: `python -m hotline.cli.bare <database url> <base url> <token> <port>
<connections>`.
"""

import sys

import asyncpg
from aiohttp import web

from hotline.carrier import form as forms
from hotline.carrier.signature import Signature
from hotline.infra.web.server import run, stop_signal
from hotline.kernel.secret import Secret

TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response><Hangup/></Response>'


async def _no_reset(_connection: object) -> None:
    """Leave the connection as it is: one round trip less, as ours does."""


async def main(database: str, base_url: str, token: str, port: int, size: int) -> None:
    """Serve /nothing (answer only), /signed (and check) and /stored (and insert)."""
    signature = Signature(base_url, [Secret(token)], header="X-Twilio-Signature")
    pool = await asyncpg.create_pool(database, min_size=size, max_size=size, reset=_no_reset)
    async with pool.acquire() as connection:
        await connection.execute("create table if not exists bench_row (id text primary key)")

    async def nothing(request: web.Request) -> web.Response:
        await request.read()
        return web.Response(text=TWIML, content_type="text/xml")

    async def checked(request: web.Request) -> str:
        form = forms.read(await request.read())
        if not signature.check(request.raw_path, form, request.headers):
            raise web.HTTPForbidden
        return str(form["CallSid"])

    async def signed(request: web.Request) -> web.Response:
        await checked(request)
        return web.Response(text=TWIML, content_type="text/xml")

    async def stored(request: web.Request) -> web.Response:
        sid = await checked(request)
        async with pool.acquire() as connection:
            await connection.execute("insert into bench_row values ($1)", sid)
        return web.Response(text=TWIML, content_type="text/xml")

    app = web.Application()
    app.router.add_post("/nothing", nothing)
    app.router.add_post("/signed", signed)
    app.router.add_post("/stored", stored)
    runner = web.AppRunner(app, access_log=None, handle_signals=False)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await stop_signal().wait()
    await runner.cleanup()
    await pool.close()


if __name__ == "__main__":
    _, _database, _base_url, _token, _port, _pool = sys.argv
    run(lambda: main(_database, _base_url, _token, int(_port), int(_pool)))
