"""HTML that is escaped always, with no place for logic."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any, Final

import jinja2
from aiohttp import web

from hotline.infra.web.context import WEB
from hotline.infra.web.http import client_language

SHARED: Final = Path(__file__).parent / "templates"


def environment(folders: Iterable[Path] = ()) -> jinja2.Environment:
    """Templates of `folders` (rooms) before the shared ones; an undefined name is an error."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader([*folders, SHARED]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page(
    request: web.Request,
    name: str,
    *,
    status: int = 200,
    **values: Any,  # noqa: ANN401 - whatever the template names
) -> web.Response:
    """A rendered page. Besides `values` templates have `lang`, `statics`, `status`, `t(id)`."""
    around = request.app[WEB]
    lang = client_language(request)
    shared = {
        "lang": lang,
        "statics": around.statics,
        "status": status,
        "t": partial(around.texts, lang),
    }
    text = around.templates.get_template(name).render({**shared, **values})
    return web.Response(text=text, status=status, content_type="text/html")
