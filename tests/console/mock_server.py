"""A small console server for trying the front end: real shell, real statics, invented contacts.

By hand: python -m tests.console.mock_server --port 8189 [--lang ky] [--quiet]
"""

import argparse
import json
from collections.abc import Awaitable, Callable
from typing import Any

import jinja2
from aiohttp import web

from hotline.console.assets import Assets
from hotline.console.csp import headers
from hotline.console.views import SCREENS
from hotline.kernel.languages import LANGS, as_lang
from tests.console.mock_api import MockApi
from tests.console.mock_files import MockFiles
from tests.console.world import OPERATOR, ROOT, World, ago, busy_world, quiet_world

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Mock(MockApi):
    """Pages, statics and the socket, on top of the API."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.assets = Assets.read()
        folders = [ROOT / "hotline/console/templates", ROOT / "hotline/infra/web/templates"]
        self.templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader(folders),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def html(self, name: str, lang: str, **values: Any) -> web.Response:  # noqa: ANN401 - template values
        def t(text_id: str) -> str:
            return self.texts.t(as_lang(lang), text_id)

        text = self.templates.get_template(name).render(
            lang=lang, t=t, statics=self.assets.base, **values
        )
        return web.Response(
            text=text, content_type="text/html", headers=headers(browser_phone=False)
        )

    async def shell(self, _request: web.Request) -> web.StreamResponse:
        w = self.world
        me = {**OPERATOR, "roles": ["supervisor"], "permissions": w.permissions, "lang": w.lang}
        boot = {
            "csrf": "mock",
            "build": self.assets.tree,
            "lang": w.lang,
            "me": me,
            "server_time": ago(0),
            "catalogue": self.assets.catalogue(w.lang),
            "statics": self.assets.base,
            "form_hash": "mock",
            "phone_modes": w.phones,
            "channels": ["voice", "telegram", "sms"],
            "file_channels": ["telegram"],
            "lively_channels": ["telegram"],
            "snapshot": w.snapshot(),
            "draft_key": "bW9jay1tb2NrLW1vY2stbW9jay1tb2NrLW1vY2shISE=",
        }
        ids = {"title": "app-title", "loading": "app-loading", "no_script": "app-no-script"}
        words = {name: self.texts.t(as_lang(w.lang), text_id) for name, text_id in ids.items()}
        inlined = json.dumps(boot, ensure_ascii=False).replace("<", "\\u003c")
        return self.html(
            "shell.html",
            w.lang,
            preload=self.assets.preload("desk/desk.js"),
            boot=inlined,
            words=words,
        )

    async def login(self, request: web.Request) -> web.StreamResponse:
        form = await request.post() if request.method == "POST" else {}
        lang = str(
            form.get("switch") or request.query.get("lang") or form.get("lang") or self.world.lang
        )
        if form.get("password") == "right":
            raise web.HTTPSeeOther("/console")
        error = (
            self.texts.t(as_lang(lang), "error-wrong-login")
            if form and "switch" not in form
            else None
        )
        return self.html(
            "login.html", lang, langs=LANGS, login=str(form.get("login", "")), error=error, next=""
        )

    async def live(self, request: web.Request) -> web.StreamResponse:
        w = self.world
        if w.deaf:
            raise web.HTTPServiceUnavailable
        socket = web.WebSocketResponse(protocols=("h189.1",))
        await socket.prepare(request)
        epoch, _, seen = request.query.get("resume", "").partition(".")
        resumed = epoch == "mock" and seen.isdigit() and int(seen) <= w.seq
        hello = {
            "k": "hello",
            "user": OPERATOR,
            "server_time": ago(0),
            "build": w.build or self.assets.tree,
            "resumed": resumed,
        }
        await socket.send_json({"e": "mock", "s": w.seq, "t": ago(0), "ev": [hello]})
        for frame in w.frames[int(seen) :] if resumed else ():
            await socket.send_json(frame)
        w.sockets.append(socket)
        try:
            async for _ in socket:
                await w.aside({"k": "hb"})
        finally:
            w.sockets.remove(socket)
        return socket

    @web.middleware
    async def note(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Remembers every action; refuses one without the token, as the real server does."""
        if request.path.startswith("/api/") and self.world.signed_out:
            return web.json_response({"error": "signed-out", "text": "…"}, status=401)
        if request.path.startswith("/api/") and request.method != "GET":
            if request.headers.get("X-CSRF") != "mock":
                return web.json_response({"error": "csrf", "text": "csrf"}, status=403)
            if request.headers.get("Content-Type") == "application/octet-stream":
                return await handler(request)  # it tells of itself
            body = await request.json() if request.can_read_body else {}
            self.world.calls.append((request.method, request.path, body))
        return await handler(request)

    def app(self) -> web.Application:
        app = web.Application(middlewares=[self.note])
        for path in SCREENS:
            app.router.add_get(path, self.shell)
        routes: list[tuple[str, str, Handler]] = [
            ("GET", "/login", self.login),
            ("POST", "/login", self.login),
            ("POST", "/logout", self.login),
            ("GET", "/console/{tree}/{path:.+}", self.assets.handle),
            ("GET", "/ws/desk", self.live),
        ]
        for method, path, handler in routes:
            app.router.add_route(method, path, handler)
        app.router.add_routes([*MockFiles(self.world).routes(), *self.api_routes()])
        return app


def main() -> None:
    """Serves until it is stopped."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=8189)
    parser.add_argument("--lang", default="ru")
    parser.add_argument("--quiet", action="store_true")
    chosen = parser.parse_args()
    world = quiet_world(chosen.lang) if chosen.quiet else busy_world(chosen.lang)
    web.run_app(Mock(world).app(), host="127.0.0.1", port=chosen.port, print=None)


if __name__ == "__main__":
    main()
