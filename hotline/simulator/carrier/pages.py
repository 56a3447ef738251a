"""Documents: fetched from the customer's server, read, and their warnings put on record."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin

from hotline.simulator.carrier.calls import Call, Script
from hotline.simulator.carrier.desk import Desk
from hotline.simulator.carrier.errors import DocumentError
from hotline.simulator.carrier.hooks import Hook
from hotline.simulator.carrier.parser import parse
from hotline.simulator.carrier.verbs import Verb
from hotline.simulator.carrier.wording import voice_form

_XML = {"text/xml", "application/xml", "text/html"}


@dataclass(frozen=True, slots=True)
class Page:
    """A document and where it came from."""

    verbs: tuple[Verb, ...]
    url: str

    def absolute(self, url: str | None) -> str:
        """Resolve a URL of the document; none means the document itself."""
        target = urljoin(self.url, url) if url else self.url
        if not target.startswith(("http://", "https://")):
            raise DocumentError(11100, "Invalid URL format", url=target)
        return target


class Pages:
    """Get the document a script asks for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def fetch(self, call: Call, script: Script) -> Page:
        """Return the document, or raise ``DocumentError``."""
        url = urldefrag(script.url).url
        text: bytes | str = script.twiml or await self._load(call, script, url)
        try:
            document = parse(text, self._desk.dialect)
        except DocumentError as error:
            error.url = url
            raise
        for warning in document.warnings:
            self.notify(call, DocumentError(12200, f"Not in the schema: {warning}", url=url))
        return Page(verbs=document.verbs, url=url)

    def notify(self, call: Call, error: DocumentError) -> None:
        """Put an error or a warning on record, as the vendor's debugger does."""
        self._desk.journal.write(
            "notification", call=call.sid, code=error.code, message=error.message, url=error.url
        )

    async def _load(self, call: Call, script: Script, url: str) -> bytes:
        answer = await self._desk.hooks.request(
            Hook(
                kind="voice",
                url=script.url,
                form=voice_form(call, self._desk.dialect) | dict(script.params),
                method=script.method,
                subject=call.sid,
                cookies=call.cookies,
            )
        )
        if answer.failure is not None:
            message = f"Got HTTP {answer.status} response" if answer.status else "No response"
            raise DocumentError(answer.error_code, message, url=url)
        if answer.content_type not in _XML:
            raise DocumentError(12300, f"Invalid Content-Type {answer.content_type}", url=url)
        return answer.body
