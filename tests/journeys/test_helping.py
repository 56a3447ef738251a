"""Reading, asking and leaving no trace: a whole chat through the simulated Telegram."""

from tests.town import Town, eventually

READER = 645678912


async def test_somebody_reads_asks_a_person_and_deletes_everything(town: Town) -> None:
    def t(name: str) -> str:
        return town.ground.texts.t("ky", name)

    ana = await town.on_shift("ana")
    person = town.world.telegram_person(READER)
    await person.start("poster")
    await person.wait_for(t("bot-choose-language"))
    await person.press(t("bot-language"))
    await person.wait_for(t("bot-topic"))
    await person.press(t("bot-topic-ban"))
    contact = await town.chatting(ana)
    await person.wait_for(t("bot-wait"))
    await person.press(t("bot-read"))
    await person.wait_for(t("bot-read-list"))
    await person.press("Россиядагы эки башка тизме")
    await person.wait_for("календардык жылда 90 күн")
    await person.press(t("bot-read"))  # nothing is used up by looking at it
    await person.text("Менде ката бар окшойт")
    await town.write(ana, contact, "Кайсы тизмеде экениңизди билесизби?")
    await person.wait_for("Кайсы тизмеде экениңизди билесизби?")

    await person.text("/delete")
    await person.wait_for(t("bot-delete-ask"))
    await person.press(t("bot-delete-yes"))
    await person.wait_for(t("bot-deleted"))

    async def gone() -> bool:
        return [m.text for m in person.chat.messages.values()] == [t("bot-deleted")]

    await eventually(gone)
    thread = await town.thread(ana, contact)
    assert {m["text"] for m in thread[:-1]} == {None}
    assert (await town.rows("select campaign from contact"))[0]["campaign"] == "poster"
    await town.write(ana, contact, "Жакшы калыңыз")
    await person.wait_for("Жакшы калыңыз")
    await town.chat_over(ana, contact)
