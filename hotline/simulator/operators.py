"""Scripted operators: they sign in, answer, write and record over HTTP and the live socket."""

from __future__ import annotations

import asyncio
import contextlib
import html
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

import aiohttp

from hotline.simulator.tasks import Tasks

Json = dict[str, Any]
_BOOT: Final = re.compile(r'<script type="application/json" id="boot">(.*?)</script>', re.DOTALL)
_POLL_S: Final = 2.0
# As often as a person looks: a frame for each step of everybody is no reason to ask each time.
_GLANCE_S: Final = 0.1
_BEAT_S: Final = 10.0
# Frames that say something new of one's own work; the rest is for the screen.
_NEWS: Final = ("hello", "call.offer", "offer.", "chat.", "contact.", "presence.self")
_AWAY: Final = (aiohttp.ClientError, TimeoutError, OSError)


class Refused(Exception):  # noqa: N818 - it says what happened
    """The desk answered with an error; `status` and `code` as it said."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code


@dataclass
class Desk:
    """One person's browser without the screen: a cookie, a token against forgery, JSON."""

    base_url: str
    login: str
    password: str = field(repr=False)
    csrf: str = ""
    me: Json = field(default_factory=dict)
    _http: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        """Sign in as the login page's form does, and read the page's boot block."""
        jar = aiohttp.CookieJar(unsafe=True)
        timeout = aiohttp.ClientTimeout(total=15)
        self._http = aiohttp.ClientSession(
            self.base_url, cookie_jar=jar, timeout=timeout, headers={"Origin": self.base_url}
        )
        form = {"login": self.login, "password": self.password, "lang": "ru", "next": ""}
        async with self.http.post("/login", data=form) as answer:
            page = await answer.text()
        found = _BOOT.search(page)
        if found is None:
            raise Refused(answer.status, "login")
        boot = json.loads(html.unescape(found[1]))
        self.csrf, self.me = boot["csrf"], boot["me"]

    @property
    def http(self) -> aiohttp.ClientSession:
        """The browser; open it first."""
        if self._http is None:
            raise RuntimeError("not signed in")
        return self._http

    async def close(self) -> None:
        """Close the browser."""
        if self._http is not None:
            await self._http.close()

    async def get(self, path: str, **query: str) -> Json:
        """GET JSON."""
        return await self._ask("GET", path, query=query)

    async def post(self, path: str, body: Json | None = None) -> Json:
        """POST JSON."""
        return await self._ask("POST", path, body=body or {})

    async def patch(self, path: str, body: Json) -> Json:
        """PATCH JSON."""
        return await self._ask("PATCH", path, body=body)

    async def _ask(
        self, method: str, path: str, *, query: Json | None = None, body: Json | None = None
    ) -> Json:
        headers = {"X-CSRF": self.csrf, "Accept": "application/json"}
        async with self.http.request(
            method, path, params=query, json=body, headers=headers
        ) as answer:
            value: Json = await answer.json(content_type=None)
            if answer.status >= 400:  # noqa: PLR2004 - HTTP
                raise Refused(answer.status, str(value.get("error", "")))
            return value


class ScriptedOperator:
    """Answers whatever is offered, talks `talk_s` (calls), writes (chats), records it.

    A chat gets up to `replies` answers and is closed after `quiet_s` seconds of silence.

    Lives through restarts of the service, as a person with a browser does: what it wants to be
    done is tried again until it is done, and a message keeps its id.
    """

    def __init__(
        self, desk: Desk, *, talk_s: float = 0.5, quiet_s: float = 3.0, replies: int = 3
    ) -> None:
        self.desk = desk
        self.tasks = Tasks()
        self.said: dict[str, list[str]] = {}
        self._talk_s = talk_s
        self._replies = replies
        self._quiet_s = quiet_s
        self._lengths: dict[str, tuple[int, float]] = {}
        self._wake = asyncio.Event()
        self._talking_since: dict[str, float] = {}
        self.frames = 0
        self.escalated: set[str] = set()
        self.refusals: Counter[str] = Counter()

    async def work(self) -> None:
        """Until cancelled."""
        self.tasks.start(self._listen(), name="operator.listen")
        self.tasks.start(self._beat(), name="operator.beat")
        try:
            while True:
                with contextlib.suppress(*_AWAY, Refused):
                    await self._round()
                self._wake.clear()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), _POLL_S)
                await asyncio.sleep(_GLANCE_S)
        finally:
            await self.tasks.close()

    async def _round(self) -> None:
        snapshot = await self.desk.get("/api/desk/snapshot")
        if snapshot["presence"]["state"] in {"offline", "not_answering", "break"}:
            await self.desk.post("/api/shift/start", {"phone_mode": "fake"})
        for offer in snapshot["offers"]:
            with contextlib.suppress(Refused):  # somebody was faster, or the caller left
                await self._accept(offer["id"])
        for card in snapshot["mine"]:
            try:
                await self._serve(card)
            except Refused as refused:
                self.refusals[str(refused)] += 1

    async def _accept(self, offer: str) -> None:
        await self.desk.post(f"/api/offers/{offer}/accept")
        self._wake.set()

    async def _serve(self, card: Json) -> None:
        match card["state"], card["kind"]:
            case "wrap_up", _:
                await self._record(card)
            case "talking", "call":
                await self._talk(card["id"])
            case "talking", "chat":
                await self._chat(card["id"])
            case _:
                return

    async def _talk(self, contact: str) -> None:
        now = asyncio.get_running_loop().time()
        if contact not in self._talking_since:
            asyncio.get_running_loop().call_later(self._talk_s, self._wake.set)
        since = self._talking_since.setdefault(contact, now)
        if now - since >= self._talk_s:
            await self.desk.post(f"/api/calls/{contact}/hangup")

    async def _chat(self, contact: str) -> None:
        """Answer what is unanswered; when it has been quiet for a while, say goodbye."""
        thread = (await self.desk.get(f"/api/chats/{contact}/messages", limit="60"))["messages"]
        mine = [m for m in thread if m["from"] == "operator"]
        said = [m for m in thread if m["from"] != "bot"]
        unanswered = not mine or said[-1]["from"] == "caller"
        if unanswered and len(mine) < self._replies:
            await self._reply(contact, len(mine) + 1)
        elif self._quiet(contact, len(thread)) and not any(
            m["state"] in {"queued", "sending"} for m in mine
        ):
            await self.desk.post(f"/api/chats/{contact}/close")

    async def _reply(self, contact: str, number: int) -> None:
        text = f"Ответ {number} оператора {self.desk.login} [{contact[:8]}]"
        await self.desk.post(
            f"/api/chats/{contact}/messages",
            {"client_id": f"{contact}-{number}", "text": text},
        )
        said = self.said.setdefault(contact, [])
        if text not in said:  # the same words under the same id, tried again after a restart
            said.append(text)

    def _quiet(self, contact: str, length: int) -> bool:
        now = asyncio.get_running_loop().time()
        before, since = self._lengths.get(contact, (-1, now))
        if before != length:
            self._lengths[contact] = (length, now)
            return False
        return now - since > self._quiet_s

    async def _record(self, card: Json) -> None:
        contact = card["id"]
        record = await self.desk.get(f"/api/contacts/{contact}/record")
        fields: Json = {"kind": "consultation", "summary": "Вопрос о выезде на работу."}
        if card["danger"]:
            await self._escalate(contact)
            fields["danger_now"] = "yes"
        form = await self.desk.get("/api/forms/consultation")
        fields |= {
            name: value
            for name, value in _required(form).items()
            if name not in fields
            and record.get(name) is None
            and (record.get("fields") or {}).get(name) is None
        }
        await self.desk.patch(
            f"/api/contacts/{contact}/record", {"base_rev": record["rev"], "fields": fields}
        )
        await self.desk.post(f"/api/contacts/{contact}/finish")
        self._wake.set()

    async def _escalate(self, contact: str) -> None:
        await self.desk.post(
            f"/api/contacts/{contact}/escalate",
            {"kind": "danger", "level": "urgent", "reason": "Нажата клавиша опасности."},
        )
        self.escalated.add(contact)

    async def _listen(self) -> None:
        """The live socket: news are a reason to look."""
        while True:
            with contextlib.suppress(*_AWAY):
                async with self.desk.http.ws_connect(
                    "/ws/desk", protocols=("h189.1",), max_msg_size=0
                ) as socket:
                    self._socket = socket
                    await socket.send_json({"k": "hb"})
                    async for message in socket:
                        self.frames += 1
                        if _news(message):
                            self._wake.set()
            await asyncio.sleep(_POLL_S / 2)

    async def flap(self) -> None:
        """Lose the live socket; it is opened again."""
        socket = getattr(self, "_socket", None)
        if socket is not None:
            await socket.close()

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(_BEAT_S)
            socket = getattr(self, "_socket", None)
            if socket is not None and not socket.closed:
                with contextlib.suppress(*_AWAY):
                    await socket.send_json({"k": "hb"})


def _news(message: aiohttp.WSMessage) -> bool:
    """Whether a frame says something new of one's own work."""
    if message.type is not aiohttp.WSMsgType.TEXT:
        return False
    return any(event["k"].startswith(_NEWS) for event in json.loads(message.data)["ev"])


def _required(form: Json) -> Json:
    """An answer for each question of the form that must have one."""
    answers: Json = {}
    for asked in form["fields"]:
        if not asked["required"]:
            continue
        options = asked.get("options") or []
        if asked.get("options_from"):
            options = form["lists"].get(asked["options_from"]) or form[asked["options_from"]]
        keys = [option["key"] for option in options]
        answers[asked["id"]] = "no" if "no" in keys else next(iter(keys), "—")
    return answers
