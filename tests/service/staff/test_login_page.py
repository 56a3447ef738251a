"""Signing in as a browser without JavaScript does it: forms, cookies and plain pages."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from hotline.audit.service import Audit
from hotline.audit.wiring import room as audit_room
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from hotline.infra.metrics import Metrics
from hotline.infra.web.application import build_app
from hotline.infra.web.context import WebContext
from hotline.infra.web.http import LANG_COOKIE
from hotline.infra.web.templates import environment
from hotline.kernel.clock import Clock
from hotline.kernel.errors import Invalid
from hotline.kernel.languages import Lang
from hotline.kernel.secret import Secret
from hotline.staff.model import SessionRules
from hotline.staff.phones import PhoneRules, Phones
from hotline.staff.seed import CAST, seed
from hotline.staff.service import FREE_TRIES, Staff
from hotline.staff.wiring import build, room

ORIGIN = "http://127.0.0.1:8189"
PAGE = {"Accept": "text/html", "Origin": ORIGIN}
PASSWORDS = {one.login: one.password for one in CAST}

Browser = TestClient[web.Request, web.Application]
MakeBrowser = Callable[..., Awaitable[Browser]]


def texts(lang: Lang, text_id: str, /, **_: str | float) -> str:
    return f"{text_id}/{lang}"


@pytest.fixture
async def audit(db: Database, vault: Vault) -> Audit:
    return Audit(db, vault.audit_mac)


@pytest.fixture
async def staff(db: Database, vault: Vault, clock: Clock, audit: Audit) -> AsyncIterator[Staff]:
    made = build(db, vault, audit, clock=clock, profile="test", rules=SessionRules())
    await seed(made, profile="test", topics=("work",))
    yield made
    made.close()


@pytest.fixture
async def browser_at(
    staff: Staff, audit: Audit, db: Database, vault: Vault
) -> AsyncIterator[MakeBrowser]:
    opened: list[Browser] = []
    phones = Phones(db, vault, audit, PhoneRules(("+996",), numbers=True))

    async def make(origin: str = ORIGIN) -> Browser:
        context = WebContext(
            origin=origin,
            texts=texts,
            templates=environment(),
            metrics=Metrics(),
            sessions=staff.sessions,
            statics="/console/tree/",
        )
        rooms = [room(staff, phones), audit_room(audit, staff.names)]
        app = build_app([route for one in rooms for route in one.console], context)
        client: Browser = TestClient(TestServer(app))
        await client.start_server()
        opened.append(client)
        return client

    yield make
    for client in opened:
        await client.close()


@pytest.fixture
async def browser(browser_at: MakeBrowser) -> Browser:
    return await browser_at()


async def post_login(browser: Browser, **fields: str) -> ClientResponse:
    return await browser.post("/login", data=fields, headers=PAGE, allow_redirects=False)


async def sign_in(browser: Browser, staff: Staff, login: str) -> dict[str, str]:
    """Sign in; the headers that the session's own pages send."""
    answer = await post_login(browser, login=login, password=PASSWORDS[login])
    assert answer.status == 303
    (cookie,) = [c for c in browser.session.cookie_jar if c.key == "h189-s"]
    info = await staff.resolve(cookie.value)
    assert info is not None
    return {"Origin": ORIGIN, "X-CSRF": info.csrf}


async def test_the_form_leads_in(browser: Browser, staff: Staff) -> None:
    page = await browser.get("/login", headers=PAGE)
    assert page.status == 200
    text = await page.text()
    assert 'name="password"' in text
    assert 'href="/console/tree/css/page.css"' in text

    answer = await post_login(browser, login="ana", password=PASSWORDS["ana"], next="/log")

    assert (answer.status, answer.headers["Location"]) == (303, "/log")
    cookie = answer.cookies["h189-s"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/")
    assert (cookie["secure"], cookie["domain"], cookie["max-age"]) == ("", "", "")
    again = await browser.get("/login", headers=PAGE, allow_redirects=False)
    assert (again.status, again.headers["Location"]) == (303, "/console")


async def test_over_https_the_cookie_is_bound_to_the_host(browser_at: MakeBrowser) -> None:
    browser = await browser_at("https://189.example.kg")

    answer = await browser.post(
        "/login",
        data={"login": "ana", "password": PASSWORDS["ana"]},
        headers={"Origin": "https://189.example.kg"},
        allow_redirects=False,
    )

    cookie = answer.cookies["__Host-s"]
    assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")
    assert set(answer.cookies) == {"__Host-s", "__Host-k"}


async def test_the_token_stands_in_no_address_and_no_page(browser: Browser) -> None:
    answer = await post_login(browser, login="ana", password=PASSWORDS["ana"])

    token = answer.cookies["h189-s"].value
    assert token not in answer.headers["Location"]
    assert token not in await answer.text()


@pytest.mark.parametrize("login", ["ana", "nobody", ""])
async def test_known_and_unknown_names_see_the_same_page(browser: Browser, login: str) -> None:
    pages = []
    for _ in range(FREE_TRIES + 1):
        answer = await post_login(browser, login=login, password="wrong wrong wrong")
        text = (await answer.text()).replace(f'value="{login}"', "")
        pages.append((answer.status, answer.headers.get("Retry-After"), text))
        assert "h189-s" not in answer.cookies

    assert [page[:2] for page in pages] == [(401, None)] * FREE_TRIES + [(429, "1")]
    assert all("error-login-wrong/ru" in text for *_, text in pages[:-1])
    assert "error-login-wait/ru" in pages[-1][2]


async def test_the_typed_name_is_kept_and_the_password_is_not(browser: Browser) -> None:
    answer = await post_login(browser, login='"><b>ana', password="wrong wrong wrong")

    text = await answer.text()
    assert 'value="&#34;&gt;&lt;b&gt;ana"' in text
    assert "wrong wrong wrong" not in text


async def test_a_language_button_keeps_the_name_and_tries_nothing(
    browser: Browser, db: Database
) -> None:
    answer = await post_login(browser, switch="ky", login="ana", password="", lang="ru")

    text = await answer.text()
    assert (answer.status, answer.cookies[LANG_COOKIE].value) == (200, "ky")
    assert '<html lang="ky"' in text
    assert 'value="ana"' in text
    async with db.uow() as uow:
        assert await uow.fetchval("select count(*) from login_try") == 0


@pytest.mark.parametrize(
    ("accept", "cookie", "form", "lang"),
    [
        ("en", None, "en", "ky"),  # the page only guessed English: Ana keeps her Kyrgyz
        ("en", None, "ru", "ru"),  # she asked for Russian
        ("en", "en", "en", "en"),  # this browser asked for English before
        ("en", None, "xx", "ky"),
    ],
)
async def test_a_guessed_language_changes_no_account(
    browser: Browser, staff: Staff, *, accept: str, cookie: str | None, form: str, lang: str
) -> None:
    if cookie is not None:
        browser.session.cookie_jar.update_cookies({LANG_COOKIE: cookie}, browser.make_url("/"))
    fields = {"login": "ana", "password": PASSWORDS["ana"], "lang": form}
    await browser.post("/login", data=fields, headers={**PAGE, "Accept-Language": accept})

    (ana,) = [member for member in await staff.everybody() if member.login == "ana"]
    assert ana.lang == lang


async def test_the_language_address_is_remembered(browser: Browser) -> None:
    answer = await browser.get("/login?lang=uz", headers=PAGE)
    later = await browser.get("/login", headers=PAGE)

    assert '<html lang="uz"' in await answer.text()
    assert '<html lang="uz"' in await later.text()


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://evil.example"}, {"Origin": "null"}])
async def test_a_foreign_page_cannot_sign_anybody_in(
    browser: Browser, headers: dict[str, str]
) -> None:
    fields = {"login": "ana", "password": PASSWORDS["ana"]}

    answer = await browser.post("/login", data=fields, headers=headers)

    assert answer.status == 403
    assert "h189-s" not in answer.cookies


async def test_logging_out_clears_the_browser(browser: Browser, staff: Staff) -> None:
    headers = await sign_in(browser, staff, "ana")

    answer = await browser.post("/logout", headers=headers, allow_redirects=False)

    assert (answer.status, answer.headers["Location"]) == (303, "/login")
    assert '"storage"' in answer.headers["Clear-Site-Data"]
    assert answer.cookies["h189-s"].value == ""
    assert (await browser.get("/api/staff")).status == 401


async def test_a_browser_stays_known_when_its_person_leaves(browser: Browser, staff: Staff) -> None:
    headers = await sign_in(browser, staff, "ana")
    left = await browser.post("/logout", headers=headers, allow_redirects=False)
    assert "cookies" not in left.headers["Clear-Site-Data"]
    for _ in range(FREE_TRIES):
        with pytest.raises(Invalid):
            await staff.login("ana", Secret("somebody else guesses"))

    assert (await post_login(browser, login="ana", password=PASSWORDS["ana"])).status == 303


async def test_logging_out_needs_the_token_of_the_session(browser: Browser, staff: Staff) -> None:
    await sign_in(browser, staff, "ana")

    assert (await browser.post("/logout", headers={"Origin": ORIGIN})).status == 403
    assert (await browser.patch("/api/me", json={}, headers={"Origin": ORIGIN})).status == 403


async def test_signing_in_again_ends_the_session_before(browser: Browser, staff: Staff) -> None:
    await sign_in(browser, staff, "ana")
    (before,) = [c.value for c in browser.session.cookie_jar if c.key == "h189-s"]

    await sign_in(browser, staff, "boris")

    assert await staff.resolve(before) is None


async def test_ones_own_language_can_be_changed_and_nothing_else(
    browser: Browser, staff: Staff
) -> None:
    headers = await sign_in(browser, staff, "ana")

    changed = await browser.patch("/api/me", json={"lang": "uz"}, headers=headers)
    strange = await browser.patch("/api/me", json={"lang": "de"}, headers=headers)
    greedy = await browser.patch("/api/me", json={"roles": ["administrator"]}, headers=headers)

    assert (changed.status, await changed.json()) == (200, {"lang": "uz"})
    assert (strange.status, (await strange.json())["fields"]) == (400, {"lang": "literal_error"})
    assert (greedy.status, (await greedy.json())["fields"]) == (400, {"roles": "extra_forbidden"})


async def test_the_list_of_accounts_shows_no_secret(browser: Browser, staff: Staff) -> None:
    await sign_in(browser, staff, "igor")

    found: list[dict[str, Any]] = (await (await browser.get("/api/staff")).json())["staff"]

    assert [one["login"] for one in found] == ["ana", "boris", "vera", "igor", "aida"]
    assert found[2]["roles"] == ["operator", "supervisor"]
    assert not any("password" in key or "hash" in key for one in found for key in one)


@pytest.mark.parametrize("login", ["ana", "boris", "vera", "aida"])
async def test_the_list_of_accounts_is_missing_for_others(
    browser: Browser, staff: Staff, login: str
) -> None:
    await sign_in(browser, staff, login)

    answer = await browser.get("/api/staff")

    assert (answer.status, (await answer.json())["error"]) == (404, "not-found")


async def test_a_new_password_signs_out_here_too(browser: Browser, staff: Staff) -> None:
    headers = await sign_in(browser, staff, "ana")
    body = {"current": PASSWORDS["ana"], "new": "nine patient foxes on ice"}

    answer = await browser.post("/api/me/password", json=body, headers=headers)

    assert answer.status == 200
    assert answer.cookies["h189-s"].value == ""
    assert (await browser.get("/api/staff")).status == 401


# The auditor's page.


async def test_the_auditor_reads_who_did_what(browser: Browser, staff: Staff, audit: Audit) -> None:
    headers = await sign_in(browser, staff, "igor")
    await browser.get("/api/staff")
    await browser.post("/logout", headers=headers)
    await audit.seal()
    await sign_in(browser, staff, "aida")

    page = await (await browser.get("/api/audit")).json()

    told = [(row["actor"], row["tag"], row["outcome"]) for row in page["rows"]]
    assert told[:4] == [
        ("Aida", "staff:login:succeeded", "ok"),
        ("Igor", "staff:session:ended", "ok"),
        ("Igor", "staff:account:listed", "ok"),
        ("Igor", "staff:login:succeeded", "ok"),
    ]
    assert page["next"] is None
    assert (page["chain"]["ok"], page["chain"]["checked"]) == (True, len(told) - 1)


async def test_the_auditor_pages_and_filters(browser: Browser, staff: Staff) -> None:
    await sign_in(browser, staff, "aida")
    for _ in range(101):
        await browser.get("/api/audit?tag=staff:login:failed")

    first = await (await browser.get("/api/audit?tag=staff:audit:read")).json()
    address = f"/api/audit?tag=staff:audit:read&cursor={first['next']}"
    second = await (await browser.get(address)).json()
    aida = first["rows"][0]["actor_id"]
    hers = await (await browser.get(f"/api/audit?actor={aida}&object=staff:{aida}")).json()

    assert (len(first["rows"]), len(second["rows"]), second["next"]) == (100, 1, None)
    assert {row["tag"] for row in hers["rows"]} == {"staff:login:succeeded"}


@pytest.mark.parametrize("query", ["cursor=x", "cursor=-1", "cursor=" + "9" * 30, "actor=ana"])
async def test_a_strange_question_is_answered_politely(
    browser: Browser, staff: Staff, query: str
) -> None:
    await sign_in(browser, staff, "aida")

    assert (await browser.get(f"/api/audit?{query}")).status == 400


@pytest.mark.parametrize("login", ["ana", "vera", "igor"])
async def test_the_record_is_missing_for_others(browser: Browser, staff: Staff, login: str) -> None:
    await sign_in(browser, staff, login)

    assert (await browser.get("/api/audit")).status == 404


@pytest.mark.parametrize("path", ["/api/audit", "/api/staff", "/api/me"])
async def test_mallory_gets_in_nowhere(browser: Browser, path: str) -> None:
    assert (await browser.get(path)).status == 401
