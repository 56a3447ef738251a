"""The register of people, so that everybody who asks for a number gets the same person."""

from __future__ import annotations

from hotline.simulator.carrier.exchange import Carrier
from hotline.simulator.phones import PhoneCaller, SmsPerson, Softphone, TextNetwork
from hotline.simulator.telegram.people import TelegramPerson
from hotline.simulator.telegram.platform import Platform


class People:
    """People are made when first asked for."""

    def __init__(self, carrier: Carrier, telegram: Platform, texting: TextNetwork) -> None:
        self._carrier = carrier
        self._telegram = telegram
        self._texting = texting
        self._phones: dict[str, PhoneCaller] = {}
        self._softphones: dict[str, Softphone] = {}
        self._texters: dict[str, SmsPerson] = {}
        self._chatters: dict[int, TelegramPerson] = {}

    def phone(self, number: str) -> PhoneCaller:
        """Return the person with this telephone number."""
        if number not in self._phones:
            self._phones[number] = PhoneCaller(self._carrier, number)
        return self._phones[number]

    def softphone(self, identity: str) -> Softphone:
        """Return the browser phone of this identity."""
        if identity not in self._softphones:
            self._softphones[identity] = Softphone(self._carrier, identity)
        return self._softphones[identity]

    def sms(self, number: str) -> SmsPerson:
        """Return the person with this mobile number."""
        if number not in self._texters:
            self._texters[number] = SmsPerson(self._texting, number)
        return self._texters[number]

    def telegram_person(self, user_id: int, *, language_code: str | None = None) -> TelegramPerson:
        """Return the person with this Telegram account."""
        if user_id not in self._chatters:
            self._chatters[user_id] = TelegramPerson(
                self._telegram, user_id, language_code=language_code
            )
        return self._chatters[user_id]
