"""What every web application of the house is given, in one place."""

from dataclasses import dataclass
from typing import Final, Protocol

import jinja2
from aiohttp import web

from hotline.i18n.catalogue import Argument
from hotline.infra.metrics import Metrics
from hotline.infra.web.session import SessionCookie, SessionInfo, Sessions
from hotline.kernel.languages import Lang


class Texts(Protocol):
    """The catalogue's one function (`Catalogue.t`): an unknown id comes back as itself."""

    def __call__(self, lang: Lang, text_id: str, /, **args: Argument) -> str:
        """The words in a language."""
        ...


@dataclass(frozen=True)
class WebContext:
    """The surroundings of an application.

    `origin` is scheme, host and port of the public address. `sessions` is None where nobody signs
    in (the edge). `statics` is the address of the static files, ending in a slash.
    """

    origin: str
    texts: Texts
    templates: jinja2.Environment
    metrics: Metrics
    sessions: Sessions | None = None
    csp: str | None = None
    body_deadline_s: float = 10.0
    max_body_bytes: int = 1_048_576
    login_path: str = "/login"
    statics: str = "/"

    @property
    def cookie(self) -> SessionCookie:
        """The session cookie as it must look under this origin."""
        return SessionCookie(secure=self.origin.startswith("https://"))


WEB: Final = web.AppKey("web", WebContext)
SESSION: Final = web.RequestKey("session", SessionInfo)
REQUEST_ID: Final = web.RequestKey("request_id", str)
