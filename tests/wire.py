"""Requests to the edge as anybody could make them: signed like the carrier's, or not."""

import contextlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus

import aiohttp
from multidict import MultiDict

from hotline.carrier.signature import sign
from hotline.settings import Settings
from tests.town import Town

FORM = "application/x-www-form-urlencoded"
CALLER = "+996555123456"
ASKER = 612345789
CALL = {"CallSid": "CA" + "1" * 32, "CallStatus": "ringing", "From": CALLER, "To": "189"}
TEXT = {"MessageSid": "SM" + "1" * 32, "From": CALLER, "To": "+996312000189", "Body": "Кто здесь"}


@dataclass(frozen=True)
class Said:
    """An answer."""

    status: int
    body: str


@dataclass
class Wire:
    """Knows the keys that the carrier and Telegram know."""

    town: Town
    http: aiohttp.ClientSession

    @property
    def settings(self) -> Settings:
        """What the house was told."""
        return self.town.settings

    def signed(self, path: str, form: Mapping[str, str]) -> dict[str, str]:
        """The carrier's signature."""
        url = self.settings.public_base_url + path
        return {"X-Twilio-Signature": sign(self.settings.carrier.auth_token, url, MultiDict(form))}

    async def carrier(
        self, path: str, form: Mapping[str, str], headers: Mapping[str, str] | None = None
    ) -> Said:
        """A genuine webhook of the carrier; broken bytes stand in the form as lone surrogates."""
        self.town.clues |= {form.get("From", ""), form.get("Body", "")}
        form = {"AccountSid": self.settings.carrier.account_sid, **form}
        pairs = (
            f"{quote_plus(name)}={quote_plus(value.encode('utf-8', 'surrogateescape'))}"
            for name, value in form.items()
        )
        more = {"Content-Type": FORM, **self.signed(path, form), **(headers or {})}
        return await self.post(path, "&".join(pairs).encode(), more)

    async def telegram(self, update: Any) -> Said:  # noqa: ANN401 - JSON is any value
        """A genuine update, of whatever shape."""
        return await self.post("/telegram/webhook", aiohttp.JsonPayload(update), self.secret)

    @property
    def secret(self) -> dict[str, str]:
        """What Telegram proves itself by."""
        return {"X-Telegram-Bot-Api-Secret-Token": self.settings.telegram.webhook_secret.reveal()}

    async def post(self, path: str, body: Any, headers: Mapping[str, str] | None = None) -> Said:  # noqa: ANN401 - aiohttp takes any body
        """Anything at all."""
        url = self.settings.public_base_url + path
        async with self.http.post(url, data=body, headers=headers) as answer:
            return Said(answer.status, await answer.text())

    async def metric(self, name: str) -> float:
        """The sum of a counter over its labels."""
        async with self.http.get(f"{self.settings.public_base_url}/metrics") as answer:
            lines = (await answer.text()).splitlines()
        return sum(
            float(line.rpartition(" ")[2]) for line in lines if line.startswith(f"hotline_{name}")
        )


def a_message(number: int, text: str) -> dict[str, Any]:
    """An update with a private message."""
    person = {"id": ASKER, "is_bot": False, "first_name": "Айгүл"}
    chat = {"id": ASKER, "type": "private", "first_name": "Айгүл"}
    message = {"message_id": number, "date": 1, "from": person, "chat": chat, "text": text}
    return {"update_id": number, "message": message}


@contextlib.asynccontextmanager
async def wire_to(town: Town) -> AsyncIterator[Wire]:
    """Open for the block."""
    town.clues |= {CALLER, str(ASKER), "Айгүл", TEXT["Body"]}
    async with aiohttp.ClientSession() as http:
        yield Wire(town, http)
