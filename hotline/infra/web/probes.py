"""Addresses for machines that watch the service: /health/live, /health/ready, /metrics."""

from hmac import compare_digest

from aiohttp import web

from hotline.infra.health import Health
from hotline.infra.metrics import CONTENT_TYPE, Metrics
from hotline.infra.web.http import json_ok
from hotline.infra.web.routes import Public, Route
from hotline.kernel.errors import NotFound
from hotline.kernel.secret import Secret


def probes(health: Health, metrics: Metrics, *, token: Secret, open_metrics: bool) -> list[Route]:
    """The three routes.

    Metrics want `Authorization: Bearer <token>`; without a token they are missing, except where
    `open_metrics` says that only this machine can ask.
    """

    async def live(_request: web.Request) -> web.StreamResponse:
        return json_ok(health.live())

    async def ready(_request: web.Request) -> web.StreamResponse:
        well, report = await health.ready()
        return json_ok(report, status=200 if well else 503)

    async def numbers(request: web.Request) -> web.StreamResponse:
        sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
        known = bool(token) and compare_digest(
            sent.encode("utf-8", "replace"), token.reveal().encode()
        )
        if not known and not (open_metrics and not token):
            raise NotFound
        return web.Response(body=metrics.text(), headers={"Content-Type": CONTENT_TYPE})

    return [
        Route("GET", "/health/live", live, Public("for the process supervisor; says nothing")),
        Route("GET", "/health/ready", ready, Public("for the load balancer; names of parts only")),
        Route("GET", "/metrics", numbers, Public("for monitoring; checks its own token")),
    ]
