"""Security headers on every answer, also on errors and streams."""

from typing import Final

from aiohttp import web

DOCUMENT_CSP: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_CLOSED_CSP: Final = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"
_ALWAYS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": (
        "microphone=(self), camera=(), geolocation=(), display-capture=(), payment=(), usb=(), "
        "browsing-topics=()"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}
_HSTS: Final = "max-age=63072000; includeSubDomains; preload"
# Pages and scripts share the document's policy: a worker lives under the policy of its own file.
_DOCUMENTS: Final = ("text/html", "text/javascript", "application/javascript")


class SecurityHeaders:
    """Adds what is missing just before the head is sent; a handler may only be more exact.

    `csp` is the policy of pages; by default one that allows no script at all.
    """

    def __init__(self, *, secure: bool, csp: str | None) -> None:
        self._csp = csp or DOCUMENT_CSP
        self._fixed = {**_ALWAYS, **({"Strict-Transport-Security": _HSTS} if secure else {})}

    async def __call__(self, _request: web.Request, response: web.StreamResponse) -> None:
        """A handler of `on_response_prepare`."""
        headers = response.headers
        headers.popall("Server", None)
        for name, value in self._fixed.items():
            headers.setdefault(name, value)
        headers.setdefault("Cache-Control", "no-store")
        document = response.content_type in _DOCUMENTS
        headers.setdefault("Content-Security-Policy", self._csp if document else _CLOSED_CSP)
