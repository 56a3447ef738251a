"""What the bot does without a person, and that whatever is written gets to one."""

from datetime import timedelta

import pytest

from hotline.chat.model import Author, ChatRules
from hotline.contacts.model import Channel, ContactState
from hotline.contacts.safety import Safety
from hotline.infra.crypto import Vault
from hotline.infra.db import Database
from tests.builders import ANA, VERA
from tests.service.chat.house import SHUT, House


async def heard(house: House) -> list[str]:
    """What the house said, newest last."""
    messages = await house.all_messages((await house.contact()).id)
    return [str(m.text) for m in messages if m.author is Author.BOT]


async def waits(house: House) -> None:
    await house.comes("start", "command", payload="poster")
    await house.presses("language.en")
    await house.presses("topic.ban")


async def test_the_link_that_brought_them_is_kept_if_it_is_one_of_ours(house: House) -> None:
    await waits(house)
    await house.comes("start", "command", address="888", payload="his-sister")
    other = await house.contact()
    async with house.db.uow() as uow:
        known = await uow.fetch("select campaign from contact order by opened_at")
        stored = str([dict(r) for r in await uow.fetch("select * from contact_event")])
    assert [r["campaign"] for r in known] == ["poster", None]
    assert other.campaign is None
    assert "his-sister" not in stored


async def test_an_article_is_read_and_the_place_is_kept(house: House) -> None:
    await waits(house)
    before = await house.contact()
    await house.presses("help.read")
    await house.presses("read.two_lists")
    await house.presses("read")
    await house.work(now=True)

    *_, listed, article, more = house.telegram.sent
    assert [b.id for b in listed.buttons] == ["read.two_lists", "read.detained", "read"]
    assert article.text.startswith("Two different lists in Russia")
    assert "90 days in a calendar year" in article.text
    assert "As of January 30, 2026" in article.text
    assert "read.agency" in [b.id for b in more.buttons]
    assert not any("neither_nor" in b.id for b in more.buttons)
    assert await house.contact() == before


async def test_a_talk_is_not_spoken_into_but_who_asks_is_shown(house: House) -> None:
    await waits(house)
    await house.taken_by(ANA)
    before = len(await heard(house))
    await house.comes("42")
    await house.presses("danger")
    assert len(await heard(house)) == before
    await house.presses("read.detained")
    await house.comes("hours", "command")
    assert len(await heard(house)) == before + 2


async def test_the_place_is_counted_and_nothing_is_guessed(house: House) -> None:
    await house.comes("меня заперли", address="1")
    await waits(house)
    await house.presses("help.place")
    assert (await heard(house))[-1] == "There is 1 person before you."
    await house.taken_by(ANA)
    await house.presses("help.place")
    assert (await heard(house))[-1] == house.catalogue.t("en", "bot-place-with-you")


async def test_hours_are_those_of_the_line(db: Database, vault: Vault, house: House) -> None:
    await waits(house)
    await house.comes("hours", "command")
    assert (await heard(house))[-1] == house.catalogue.t("en", "bot-hours-always")
    shut = House(db, vault, hours=SHUT)
    await shut.comes("вопрос", address="9", event_id="s:1")
    await shut.presses("help.shut.hours", address="9", event_id="s:2")
    said = (await heard(shut))[-1]
    assert said.startswith(shut.catalogue.t("ru", "bot-hours-shut", opens="…"))
    assert "пн–вс: —" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("мой номер 0700 123 456, после шести", "promised"),
        ("+996 700 123-456", "promised"),
        ("+1 900 555 0100", "cannot"),
    ],
)
async def test_a_number_is_taken_for_a_call_if_it_may_be_rung(
    house: House, words: str, said: str
) -> None:
    await waits(house)
    chat = await house.contact()
    await house.presses("help.call")
    await house.comes(words)
    answer = house.catalogue.t("en", f"bot-call-{said}", number="+996 700 ··· ·56")
    async with house.db.uow() as uow:
        messages, _ = await house.chat.transcript(uow, chat.id)
        calls = await uow.fetch("select contact_id from callback where state = 'open'")
        assert [m.text for m in messages][-2:] == [words, answer]
        assert len(calls) == (said == "promised")
        for row in calls:
            call = await house.contacts.get(uow, row["contact_id"])
            assert (call.channel, call.state) == (Channel.VOICE, ContactState.WAITING)
            assert (call.topic, call.language) == ("ban", "en")
    # The same number again is no second call.
    await house.presses("help.call")
    await house.comes(words)
    assert await house.count("callback") == (said == "promised")


async def test_words_instead_of_a_number_are_words(house: House) -> None:
    await waits(house)
    await house.presses("help.call")
    before = await heard(house)
    await house.comes("лучше напишу: меня не отпускают с работы")
    after = await house.contact()
    assert after.danger  # what was written was read
    assert len(await heard(house)) == len(before) + 1
    assert await house.count("callback") == 0


BY_DAY = ChatRules(settle=timedelta(0), quiet=(0, 0))


async def test_who_waits_is_told_twice_at_most(db: Database, vault: Vault) -> None:
    house = House(db, vault, rules=BY_DAY)
    await waits(house)
    for _ in range(4):
        assert await house.work(now=True, idle=True) == []
    assert (await heard(house)).count(house.catalogue.t("en", "bot-remind")) == 2


async def test_who_deleted_the_chat_is_reminded_only_after_writing_again(
    db: Database, vault: Vault
) -> None:
    house = House(db, vault, rules=BY_DAY)
    await waits(house)
    await house.comes("delete", "command")
    await house.presses("erase.yes")
    async with db.uow() as uow:
        await uow.execute("update job set run_at = now() where kind = 'chat.remind'")
    await house.work(idle=True)
    assert (await house.contact()).state is ContactState.WAITING
    assert house.catalogue.t("en", "bot-remind") not in await heard(house)
    await house.comes("I am still here")
    await house.work(now=True, idle=True)
    assert (await heard(house)).count(house.catalogue.t("en", "bot-remind")) == 1


@pytest.mark.parametrize(
    "protects", [Safety(never=True), Safety(channels=frozenset({Channel.VOICE}))]
)
async def test_nobody_is_reminded_whom_it_could_hurt(
    db: Database, vault: Vault, protects: Safety
) -> None:
    house = House(db, vault, rules=BY_DAY)
    await waits(house)
    await house.safe.write(VERA, (await house.contact()).id, 0, protects)
    await house.work(now=True, idle=True)
    assert house.catalogue.t("en", "bot-remind") not in await heard(house)


async def test_their_word_raises_a_silent_alarm_and_changes_no_word_of_the_bot(
    house: House,
) -> None:
    await waits(house)
    contact = await house.contact()
    await house.safe.write(VERA, contact.id, 0, Safety(alarm="Синий Чай"))
    before = await heard(house)
    await house.comes("нет, чай не нужен")
    await house.work()
    assert (await house.contact()).alarm_at is None
    await house.comes("купите, пожалуйста, синий   чай!")
    await house.work()

    after = await house.contact()
    assert after.alarm_at is not None
    assert after.danger
    assert after.priority > contact.priority
    assert await heard(house) == before
    async with house.db.uow() as uow:
        row = await uow.fetchrow("select danger, priority from queue_entry")
    assert row is not None
    assert (row["danger"], row["priority"]) == (True, after.priority)


@pytest.mark.parametrize("then", ["erase.yes", "stop"])
async def test_their_word_is_heard_also_when_it_is_gone_a_moment_later(
    house: House, then: str
) -> None:
    await house.comes("вопрос")
    contact = await house.taken_by(VERA)
    await house.safe.write(VERA, contact.id, 0, Safety(alarm="синий чай"))
    await house.work(now=True)
    await house.comes("куплю чай", name="1")
    await house.comes("куплю синий чай", "edited", name="1")
    await (house.comes(then, "command") if then == "stop" else house.presses(then))
    after = await house.contact()
    assert after.alarm_at is not None
    assert after.danger


async def test_a_button_of_an_older_talk_still_shows_what_it_says(house: House) -> None:
    await waits(house)
    await house.comes("stop", "command")
    await house.presses("read.detained")
    said = await heard(house)
    assert said[-1].startswith("When somebody is detained")
    assert len(said) == 2  # and the questions begin anew


async def test_words_at_any_step_wait_for_a_person_and_are_kept(house: House) -> None:
    chosen = ["language.ru", "topic.wages"]
    paths = [
        [],
        chosen[:1],
        chosen,
        [*chosen, "help.read"],
        [*chosen, "help.call"],
        ["language.ru", "topic.danger"],
        ["no.such.button"],
    ]
    for n, path in enumerate(paths):
        address = str(1000 + n)
        await house.comes("start", "command", address=address)
        for choice in path:
            await house.presses(choice, address=address)
        await house.comes("вот что случилось", address=address)
        contact = await house.contact()
        assert contact.state is ContactState.WAITING, path
        said = [m.text for m in await house.all_messages(contact.id) if m.author is Author.CALLER]
        assert said[-1] == "вот что случилось", path
    assert await house.count("queue_entry") == len(paths)
