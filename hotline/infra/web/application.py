"""Builds an application from routes: the one place where middleware and headers are put on."""

from collections.abc import Iterable
from typing import Final

from aiohttp import web

from hotline.infra.web.context import WEB, WebContext
from hotline.infra.web.headers import SecurityHeaders
from hotline.infra.web.middleware import CHAIN
from hotline.infra.web.routes import Route, add_routes

_MAX_FORM_FIELDS: Final = 200


def build_app(routes: Iterable[Route], context: WebContext) -> web.Application:
    """An application that denies by default.

    Raises `RouteProblems` naming every route without a permission or a reason to be public.
    """
    app = web.Application(
        middlewares=CHAIN,
        client_max_size=context.max_body_bytes,
        handler_args={"access_log": None},
    )
    app[WEB] = context
    add_routes(app, routes)
    headers = SecurityHeaders(secure=context.origin.startswith("https://"), csp=context.csp)
    app.on_response_prepare.append(headers)
    return app
