"""The door for webhooks: whatever is not signed by the carrier ends here and leaves no trace."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from hotline.carrier import form as forms
from hotline.carrier.form import Form
from hotline.carrier.signature import Signature
from hotline.infra.web.routes import Handler

Admitted = Callable[[web.Request, Form], Awaitable[web.StreamResponse]]


class Gate:
    """Checks signature and account before a handler sees anything; `refused` counts the rest."""

    def __init__(self, signature: Signature, account_sid: str, refused: Callable[[], None]) -> None:
        self._signature = signature
        self._account_sid = account_sid
        self._refused = refused

    def guard(self, handler: Admitted) -> Handler:
        """The handler, given the form of a genuine request; others get an empty 403."""

        async def guarded(request: web.Request) -> web.StreamResponse:
            form = await self.admit(request)
            if form is None:
                self._refused()
                return web.Response(status=403)
            return await handler(request, form)

        return guarded

    async def admit(self, request: web.Request) -> Form | None:
        """The fields of a genuine request; None, and nothing counted, for any other."""
        body = await request.read()
        form = forms.read(body) if request.method == "POST" else Form()
        json_body = body if request.content_type == "application/json" else None
        if not self._signature.check(request.raw_path, form, request.headers, json_body=json_body):
            return None
        account = form.get("AccountSid")
        return form if account is None or account == self._account_sid else None
