"""Signing in and out, one's own account, and the list of accounts for those who manage them."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from hotline.infra.web import http
from hotline.infra.web.context import SESSION, WEB
from hotline.infra.web.forms import Form, read_form
from hotline.kernel.errors import HotlineError, Invalid, TooMany, Unavailable
from hotline.kernel.languages import LANGS, Lang, is_lang
from hotline.kernel.secret import Secret
from hotline.staff.model import LoggedIn, Member
from hotline.staff.phones import Phones
from hotline.staff.service import Staff

HOME: Final = "/console"
LOGIN: Final = "/login"

_REFUSED: Final = {
    Invalid: HTTPStatus.UNAUTHORIZED,
    TooMany: HTTPStatus.TOO_MANY_REQUESTS,
    Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
}
_NEXT_LIMIT: Final = 200


class SelfEdit(BaseModel):
    """What people may change about themselves."""

    model_config = ConfigDict(extra="forbid")
    lang: Lang | None = None


class PasswordEdit(BaseModel):
    """A new password, and the one it replaces."""

    model_config = ConfigDict(extra="forbid")
    current: Secret
    new: Secret


class PhoneEdit(BaseModel):
    """At which number or SIP address the person is rung; empty for none."""

    model_config = ConfigDict(extra="forbid")
    number: str = Field(max_length=330)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What the login page shows. The password is never shown again."""

    lang: Lang
    next: str
    login: str = ""
    error: str | None = None


class StaffViews:
    """Handlers."""

    def __init__(self, staff: Staff, phones: Phones) -> None:
        self._staff = staff
        self._phones = phones

    async def login_page(self, request: web.Request) -> web.StreamResponse:
        """The form; `?lang=` changes its language and is remembered by the browser."""
        if SESSION in request:
            raise web.HTTPSeeOther(HOME)
        wanted = request.query.get("lang")
        lang = wanted if is_lang(wanted) else http.client_language(request)
        response = self._form(request, _Sheet(lang, safe_next(request.query.get("next", ""))))
        if is_lang(wanted):
            _keep_language(response, wanted)
        return response

    async def login(self, request: web.Request) -> web.StreamResponse:
        """Check the form. A button named `switch` with a language only changes the language."""
        form = await read_form(request)
        switch = form.first("switch")
        if is_lang(switch):
            sheet = _Sheet(switch, safe_next(form.first("next")), form.first("login"))
            response = self._form(request, sheet)
            _keep_language(response, switch)
            return response
        chosen = _chosen_language(request, form)
        try:
            result = await self._staff.login(
                form.first("login"),
                Secret(form.first("password")),
                chosen,
                request.app[WEB].cookie.known(request),
            )
        except (Invalid, TooMany, Unavailable) as error:
            return self._refused(request, form, error)
        if not isinstance(result, LoggedIn):
            # No second factor is installed that could ask for one; refusing is the safe answer.
            return self._refused(request, form, Unavailable("login-factor"))
        if SESSION in request:
            await self._staff.logout(request[SESSION])
        done = web.Response(status=HTTPStatus.SEE_OTHER)
        done.headers["Location"] = safe_next(form.first("next"))
        request.app[WEB].cookie.give(done, result.token.reveal())
        request.app[WEB].cookie.remember(done, result.browser)
        if chosen is not None:
            _keep_language(done, chosen)
        return done

    async def logout(self, request: web.Request) -> web.StreamResponse:
        """End the session and make the browser forget."""
        await self._staff.logout(http.session(request))
        response = web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": LOGIN})
        request.app[WEB].cookie.take(response)
        return response

    async def edit_self(self, request: web.Request) -> web.StreamResponse:
        """Change one's own language."""
        edit = await http.json_body(request, SelfEdit)
        if edit.lang is not None:
            await self._staff.set_lang(http.actor(request), edit.lang)
        return http.json_ok({"lang": edit.lang or http.actor(request).lang})

    async def extend(self, _request: web.Request) -> web.StreamResponse:
        """Stay signed in: being asked at all is the act that counts."""
        return http.json_ok({})

    async def change_password(self, request: web.Request) -> web.StreamResponse:
        """Change one's own password; everybody with the old one is signed out, here too."""
        edit = await http.json_body(request, PasswordEdit)
        await self._staff.change_password(http.actor(request), edit.current, edit.new)
        response = http.json_ok({})
        request.app[WEB].cookie.take(response)
        return response

    async def own_phone(self, request: web.Request) -> web.StreamResponse:
        """One's own telephone, masked."""
        return http.json_ok({"phone": await self._phones.masked(http.actor(request))})

    async def choose_phone(self, request: web.Request) -> web.StreamResponse:
        """Set or forget one's own telephone."""
        edit = await http.json_body(request, PhoneEdit)
        return http.json_ok({"phone": await self._phones.choose(http.actor(request), edit.number)})

    async def members(self, request: web.Request) -> web.StreamResponse:
        """All accounts."""
        found = await self._staff.members(http.actor(request))
        return http.json_ok({"staff": [_shown(member) for member in found]})

    def _refused(self, request: web.Request, form: Form, error: HotlineError) -> web.Response:
        lang = form.first("lang")
        shown = lang if is_lang(lang) else http.client_language(request)
        text = request.app[WEB].texts(shown, f"error-{error.code}", **error.fields)
        sheet = _Sheet(shown, safe_next(form.first("next")), form.first("login"), text)
        response = self._form(request, sheet, status=_REFUSED[type(error)])
        if "seconds" in error.fields:
            response.headers["Retry-After"] = error.fields["seconds"]
        return response

    @staticmethod
    def _form(request: web.Request, sheet: _Sheet, *, status: int = 200) -> web.Response:
        around = request.app[WEB]
        text = around.templates.get_template("login.html").render(
            lang=sheet.lang,
            langs=LANGS,
            login=sheet.login,
            error=sheet.error,
            next=sheet.next,
            statics=around.statics,
            t=lambda text_id: around.texts(sheet.lang, text_id),
        )
        return web.Response(text=text, status=status, content_type="text/html")


def safe_next(raw: str) -> str:
    """Where to go after signing in: a place of this site, whatever the address claimed."""
    plain = raw.isprintable() and raw.isascii() and "\\" not in raw and len(raw) <= _NEXT_LIMIT
    return raw if plain and raw.startswith("/") and not raw.startswith("//") else HOME


def _chosen_language(request: web.Request, form: Form) -> Lang | None:
    """The language the person asked for; None when the page merely guessed it."""
    lang = form.first("lang")
    if not is_lang(lang):
        return None
    asked = http.LANG_COOKIE in request.cookies or lang != http.client_language(request)
    return lang if asked else None


def _keep_language(response: web.StreamResponse, lang: Lang) -> None:
    response.set_cookie(http.LANG_COOKIE, lang, httponly=True, samesite="Lax", path="/")


def _shown(member: Member) -> dict[str, Any]:
    return {
        "id": member.id,
        "login": member.login,
        "name": member.name,
        "roles": member.roles,
        "languages": member.languages,
        "skills": member.skills,
        "helps": member.helps,
        "expert": member.expert,
        "max_chats": member.max_chats,
        "call_beside": member.call_beside,
        "phone_mode": member.phone_mode,
        "lang": member.lang,
        "created_at": member.created_at,
        "disabled_at": member.disabled_at,
    }
