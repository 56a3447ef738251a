"""The articles over HTTP."""

from aiohttp import web

from hotline.access.permissions import Permission
from hotline.infra.web.http import json_ok
from hotline.infra.web.routes import Route
from hotline.kernel.errors import Invalid
from hotline.kernel.languages import is_lang
from hotline.knowledge.library import Library


class Views:
    """What operators read, and put into an answer."""

    def __init__(self, library: Library) -> None:
        self._library = library

    async def articles(self, request: web.Request) -> web.StreamResponse:
        """GET /api/knowledge?lang=."""
        lang = request.query.get("lang", "")
        if not is_lang(lang):
            code = "invalid-input"
            raise Invalid(code, lang="not-an-option")
        shown = [
            {
                "id": one.id,
                "topic": one.topic,
                "audience": one.audience,
                "title": one.title[lang],
                "body": one.body[lang],
                "source": one.source,
                "checked_on": one.checked_on.isoformat(),
                "review": one.review,
            }
            for one in self._library.articles
        ]
        return json_ok({"articles": shown})

    def routes(self) -> list[Route]:
        """What the desk may ask."""
        read = Permission.KNOWLEDGE_ARTICLE_READ
        return [Route("GET", "/api/knowledge", self.articles, read)]
