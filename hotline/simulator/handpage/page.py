"""Serves the page where one is a caller by hand; its files stand beside this one."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

_STATIC = Path(__file__).parent / "static"
_TYPES = {
    "index.html": "text/html",
    "page.css": "text/css",
    "page.js": "text/javascript",
    "phone.js": "text/javascript",
    "voice.js": "text/javascript",
    "sms.js": "text/javascript",
    "chat.css": "text/css",
    "chat.js": "text/javascript",
    "bubble.js": "text/javascript",
    "composer.js": "text/javascript",
    "ogg.js": "text/javascript",
    "pictures.js": "text/javascript",
    "recorder.js": "text/javascript",
    "behind.js": "text/javascript",
    "world.js": "text/javascript",
    "texts.json": "application/json",
    "icon.svg": "image/svg+xml",
}
_HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "media-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def routes() -> list[web.RouteDef]:
    """Return the routes of the page and its files."""
    return [web.get("/", _index), web.get("/hand/{name}", _file)]


async def _index(_request: web.Request) -> web.FileResponse:
    return _serve("index.html")


async def _file(request: web.Request) -> web.FileResponse:
    name = request.match_info["name"]
    if name not in _TYPES:
        raise web.HTTPNotFound
    return _serve(name)


def _serve(name: str) -> web.FileResponse:
    headers = _HEADERS | {"Content-Type": f"{_TYPES[name]}; charset=utf-8"}
    return web.FileResponse(_STATIC / name, headers=headers)
