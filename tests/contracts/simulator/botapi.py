"""The Bot API without a library in between: raw answers, and what aiogram's models say of them."""

import json
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiogram import methods
from aiogram.types import Update
from pydantic import BaseModel, TypeAdapter

from hotline.simulator import World

Json = dict[str, Any]


def strange(value: object, at: str = "") -> list[str]:
    """Where a parsed answer has fields that the document does not know."""
    if isinstance(value, list):
        return [one for item in value for one in strange(item, at)]
    if not isinstance(value, BaseModel):
        return []
    here = f"{at}.{type(value).__name__}"
    found = [f"{here}.{name}" for name in value.model_extra or {}]
    for name in type(value).model_fields:
        found += strange(getattr(value, name), f"{here}.{name}")
    return found


def judged(update: Json) -> Update:
    """An update as aiogram reads it; fails on what is missing, wrong or unknown."""
    parsed = Update.model_validate(update)
    assert strange(parsed) == []
    return parsed


@dataclass
class BotApi:
    """A bot that asks by hand and has every answer judged."""

    world: World
    session: aiohttp.ClientSession
    asked: set[str] = field(default_factory=set)

    async def ask(self, method: str, **params: object) -> Any:  # noqa: ANN401 - whatever the method returns
        """The result of a method that must succeed, after aiogram has read it."""
        status, body = await self.answer(method, **params)
        assert (status, body["ok"]) == (200, True), body
        self.asked.add(method.lower())
        model = getattr(methods, method[0].upper() + method[1:])
        strangers = strange(TypeAdapter(model.__returning__).validate_python(body["result"]))
        assert strangers == []
        return body["result"]

    async def refused(self, method: str, **params: object) -> str:
        """How a method is refused: the code and the sentence."""
        status, body = await self.answer(method, **params)
        assert (body["ok"], body["error_code"]) == (False, status)
        return f"{status} {body['description']}"

    async def answer(self, method: str, **params: object) -> tuple[int, Json]:
        url = f"{self.world.url}/bot{self.world.config.bot_token}/{method}"
        form = aiohttp.FormData()
        for name, value in params.items():
            if isinstance(value, bytes):
                form.add_field(name, value, filename=name)
            elif isinstance(value, str):
                form.add_field(name, value)
            else:
                form.add_field(name, json.dumps(value))
        async with self.session.post(url, data=form) as answer:
            return answer.status, await answer.json()

    async def updates(self) -> list[Update]:
        """All that has happened so far, each judged; confirmed, so that it comes only once."""
        raw = await self.ask("getUpdates", timeout=0)
        if raw:
            await self.ask("getUpdates", timeout=0, offset=raw[-1]["update_id"] + 1)
        return [judged(one) for one in raw]

    async def download(self, path: str) -> tuple[int, bytes]:
        url = f"{self.world.url}/file/bot{self.world.config.bot_token}/{path}"
        async with self.session.get(url) as answer:
            return answer.status, await answer.read()
