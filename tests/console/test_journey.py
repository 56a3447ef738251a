"""Two people at work in real browsers against the real house: a call, a chat, an alarm, the log."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from playwright.async_api import Browser, BrowserContext, Locator, Page, async_playwright, expect

from hotline.app.core import core_of
from hotline.app.ground import Urls
from hotline.app.outside import outside_of
from hotline.infra.db import Database
from hotline.infra.embedded import Servers
from hotline.infra.memory import MemoryHeartbeats
from hotline.kernel.clock import ManualClock, SystemClock
from hotline.routing.jobs import SILENT_AFTER, Sweeps
from tests import browser as finder
from tests.afterwards import all_is_well
from tests.console.conftest import WATCH, watch
from tests.founding import town_in
from tests.town import PASSWORD, Town, eventually

pytestmark = pytest.mark.timeout(150)
CALLER = "+996555123456"
CHATTER = 7_001_189
LOADED = "performance.timeOrigin"  # changes when the page is loaded anew
ME = "JSON.parse(document.getElementById('boot').textContent).me.id"
# Whether a sealed draft of that name is on this computer.
DRAFT = """(name) => new Promise((done) => {
  const opening = indexedDB.open('h189');
  opening.onsuccess = () => {
    const one = opening.result.transaction('drafts').objectStore('drafts').get(name);
    one.onsuccess = () => { opening.result.close(); done(Boolean(one.result)); };
  };
})"""


@dataclass
class Person:
    """Somebody in a browser of their own, and everything the browser complained about."""

    page: Page
    context: BrowserContext
    complaints: list[str]

    def get(self, testid: str) -> Locator:
        return self.page.get_by_test_id(testid)

    async def arrived(self) -> None:
        await expect(self.page.locator("html[data-ready=yes]")).to_be_attached()
        await expect(self.get("link-online")).to_be_visible()

    async def again(self, url: str) -> None:
        """Close the tab and come back in another one."""
        await self.page.close()
        self.page = await self.context.new_page()
        watch(self.page, self.complaints)
        await self.page.goto(url)
        await self.arrived()

    async def on_shift(self) -> None:
        await self.get("start-shift").click()
        await expect(self.get("presence-state")).to_have_attribute("data-state", "available")

    async def answer(self, *, danger: str, summary: str) -> None:
        """Fill in what the form asks of every consultation, but for a topic from the menu."""
        await self.page.locator(f'[name="f-danger_now"][data-key="{danger}"]').check()
        await self.page.locator('[name="f-outcome"][data-key="advice_given"]').check()
        await self.get("record-summary").fill(summary)
        await expect(self.get("record-state")).to_have_attribute("data-state", "saved")


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        path = await asyncio.to_thread(finder.provide)
        started = await playwright.chromium.launch(executable_path=path, args=finder.flags())
        yield started
        await started.close()


@pytest.fixture
async def town(db: Database, servers: Servers, tmp_path: Path) -> AsyncIterator[Town]:
    async with town_in(tmp_path, Urls(db.url, servers.redis_url), db) as made:
        yield made
        await all_is_well(made)


@asynccontextmanager
async def signed_in(chromium: Browser, town: Town, *logins: str) -> AsyncIterator[list[Person]]:
    """One browser each, signed in by the Enter key; afterwards no page has complained."""
    async with AsyncExitStack() as stack:
        people = []
        for login in logins:
            context = await chromium.new_context(viewport={"width": 1366, "height": 768})
            stack.push_async_callback(context.close)
            await context.add_init_script(WATCH)
            person = Person(await context.new_page(), context, [])
            watch(person.page, person.complaints)
            await person.page.goto(town.url)
            await person.page.fill("#login", login)
            await person.page.fill("#password", PASSWORD)
            # Enter means "sign in", although the buttons for languages are shown above.
            await person.page.press("#password", "Enter")
            await expect(person.page).to_have_url(f"{town.url}/console")
            await person.arrived()
            people.append(person)
        yield people
        assert [person.complaints for person in people] == [[] for _ in people]


async def call(town: Town, ana: Person) -> None:
    """Answered with F2, seen in two languages, ended, written down, finished with F9."""
    caller = await town.caller(CALLER)
    await expect(ana.get("offer-card")).to_have_attribute("data-kind", "call")
    await ana.page.keyboard.press("F2")
    await expect(ana.get("call-panel")).to_have_attribute("data-state", "live")
    await caller.wait_talking()
    contact = await town.contact_of(caller, "talking")
    # Offered, reserved and talking came after the page was drawn first.
    await expect(ana.get("timeline").locator("li")).to_have_count(len(await town.timeline(contact)))

    await ana.get("record-summary").fill("Спросил, как проверить фирму.")
    loaded = await ana.page.evaluate(LOADED)
    title = ana.page.locator(".record-head h2")
    for lang, word in (("ky", "Жазуу"), ("ru", "Запись")):
        await ana.get("lang-menu").click()
        await ana.get(f"lang-{lang}").click()
        await expect(title).to_have_text(word)
    assert await ana.page.evaluate(LOADED) == loaded
    await expect(ana.get("record-summary")).to_have_value("Спросил, как проверить фирму.")

    await ana.get("hangup").click()
    await caller.wait_ended()
    await ana.get("wrap-more").click()
    await ana.get("wrap-why-record").click()
    await expect(ana.get("wrap-more")).to_have_count(0)
    await ana.page.keyboard.press("F9")
    await expect(ana.get("record-errors")).to_be_visible()
    await ana.answer(danger="no", summary="Спросил, как проверить фирму. Объяснили, где реестр.")
    await ana.page.keyboard.press("F9")
    await expect(ana.get("mine-empty")).to_be_visible()
    await town.over(contact, "answered")


async def chat(town: Town, ana: Person) -> str:
    """A person asks in Telegram, is answered, and answers; what was typed outlives a reload."""
    person = town.world.telegram_person(CHATTER, language_code="ru")
    await person.start()
    await person.wait_for("Здравствуйте! На каком языке")
    await person.press("Русский")
    await person.text("Здравствуйте, работаю на стройке в другой стране.")
    await expect(ana.get("offer-card")).to_have_attribute("data-kind", "chat")
    await ana.page.keyboard.press("F2")
    await ana.get("reply").fill("Здравствуйте! Вы можете сейчас спокойно писать?")
    await expect(ana.get("contact-head")).to_contain_text("ждёт вас")
    await ana.get("reply").press("Enter")
    await person.wait_for("Вы можете сейчас спокойно писать?")
    sent = ana.get("message").filter(has_text="спокойно писать")
    await expect(sent.get_by_test_id("message-state")).to_have_attribute("data-state", "sent")

    await person.text("Да, могу. Паспорт забрали, уйти не дают.")
    await expect(ana.get("message").filter(has_text="Паспорт забрали")).to_have_count(1)
    contact = str(await ana.get("contact-head").get_attribute("data-id"))
    await ana.get("reply").fill("Ещё не отправлено")
    await eventually(lambda: ana.page.evaluate(DRAFT, f"reply:{contact}"))
    await ana.page.reload()
    await ana.arrived()
    await expect(ana.get("reply")).to_have_value("Ещё не отправлено")
    await ana.get("reply").fill("")
    return contact


async def alarm(town: Town, ana: Person, vera: Person, contact: str) -> None:
    """A sign of danger, three clicks; the supervisor sees it at once, and takes it with one."""
    await ana.page.locator('[data-key="cannot_leave"]').check()
    await expect(ana.get("risk")).to_have_attribute("data-level", "high")
    await ana.get("risk-escalate").click()
    await ana.get("escalate-send").click()
    await expect(ana.get("escalated")).to_be_visible()

    await expect(vera.get("escalation-alert")).to_contain_text("Торговля людьми")
    await vera.get("ack").click()
    await expect(vera.get("escalation-alert")).to_have_count(0)
    rows = await town.rows("select state from hotline_case where contact_id = $1", UUID(contact))
    assert [row["state"] for row in rows] == ["acknowledged"]


async def review(vera: Person) -> None:
    """Both contacts are in the log with who had them; a page shows all that is known of one."""
    await vera.get("nav-log").click()
    await expect(vera.get("log-row").filter(has_text="Ana")).to_have_count(2)
    await vera.get("log-row").filter(has_text="Telegram").get_by_role("link").first.click()
    page = vera.get("contact-page")
    await expect(page.get_by_test_id("timeline")).to_contain_text("Эскалация")
    await expect(page.get_by_test_id("record-read")).to_contain_text("Паспорт у работодателя.")
    await expect(page.get_by_test_id("message").filter(has_text="Паспорт забрали")).to_have_count(1)
    await vera.page.go_back()
    await vera.get("log-row").filter(has_text="+996 555").get_by_role("link").first.click()
    await expect(page.get_by_test_id("record-read")).to_contain_text("Объяснили, где реестр.")
    await vera.get("wait-show").click()
    await expect(vera.get("wait-sentence")).to_contain_text("Ana: принято")
    await expect(vera.get("wait-table")).to_contain_text("Ana")


async def next_week(ana: Person, vera: Person) -> None:
    """A shift is planned, offered and taken, and the plan says whose it is; no forecast yet."""
    await vera.get("nav-roster").click()
    await vera.get("week-next").click()
    await vera.page.get_by_role("button", name="Добавить смену: Ana").first.click()
    await vera.get("shift-save").click()
    await expect(vera.get("shift")).to_have_text(["08:00–16:00"])
    await expect(vera.get("gap").filter(has_text="English").first).to_be_visible()

    await ana.get("nav-roster").click()
    await ana.get("swap-give").click()
    await ana.get("swap-go").click()
    await expect(ana.get("own-offer")).to_be_visible()
    await expect(vera.get("wish")).to_contain_text("Пока никто не согласился")
    await vera.get("roster-mine").click()
    await vera.get("swap-accept").click()
    await expect(vera.get("free-shift")).to_contain_text("ждёт решения")
    await vera.get("roster-week").click()
    await vera.get("wish-approve").click()
    await expect(vera.get("wish")).to_have_count(0)
    await expect(vera.page.locator("tr", has_text="Vera").get_by_test_id("shift")).to_be_visible()

    await vera.get("nav-staffing").click()
    await expect(vera.get("based-call")).to_have_attribute("data-enough", "false")
    await expect(vera.get("week-table")).to_contain_text("?/0")


async def test_a_shift_of_an_operator_and_a_supervisor(chromium: Browser, town: Town) -> None:
    async with signed_in(chromium, town, "ana", "vera") as (ana, vera):
        await ana.on_shift()
        await call(town, ana)
        contact = await chat(town, ana)
        await alarm(town, ana, vera, contact)
        await ana.get("record-topic").click()
        await ana.page.keyboard.type("торг")
        await ana.page.keyboard.press("Enter")
        await ana.answer(danger="yes", summary="Не отпускают. Паспорт у работодателя.")
        await ana.page.keyboard.press("F9")
        await ana.get("dialog-go").click()
        await expect(ana.get("mine-empty")).to_be_visible()
        await town.over(contact, "answered")
        await review(vera)
        await next_week(ana, vera)


async def test_a_closed_tab_loses_no_caller(chromium: Browser, town: Town) -> None:
    """The offer goes to a colleague; whoever closed the tab is back as soon as it is open again."""
    core = core_of(town.ground, outside_of(town.ground))
    clock = ManualClock(SystemClock().now())
    core.staff.close()
    heard = MemoryHeartbeats(clock)
    sweeps = Sweeps(core.routing, core.shifts, heard)
    async with signed_in(chromium, town, "ana") as (ana,):
        await ana.on_shift()
        caller, contact = await town.waiting(CALLER)
        await expect(ana.get("offer-card")).to_be_visible()
        boris = await town.on_shift("boris")
        her = UUID(await ana.page.evaluate(ME))
        await heard.beat(her)
        await ana.page.close()
        await town.ground.link.attempt(lambda redis: redis.delete(f"h189:beat:{her}"))
        clock.advance(SILENT_AFTER + timedelta(seconds=1))
        await heard.beat(UUID(boris.me["id"]))
        assert [await sweeps.look(), await sweeps.look()] == [0, 1]

        card = await town.accepted(boris)
        assert card["id"] == str(contact)
        await caller.wait_talking()
        await ana.again(f"{town.url}/console")
        await expect(ana.get("offer-card")).to_have_count(0)
        await heard.beat(her)
        await sweeps.look()
        await expect(ana.get("presence-state")).to_have_attribute("data-state", "available")

        await caller.hang_up()
        await town.written_up(boris, contact)


async def test_a_missed_offer_asks_whether_somebody_is_there(chromium: Browser, town: Town) -> None:
    async with signed_in(chromium, town, "ana") as (ana,):
        await ana.on_shift()
        caller, contact = await town.waiting(CALLER)
        await expect(ana.get("offer-card")).to_be_visible()
        async with town.db.uow() as uow:
            await uow.execute("update offer set deadline = now() where state = 'pending'")
        await expect(ana.get("not-answering")).to_be_visible()
        await expect(ana.get("offer-card")).to_have_count(0)

        await ana.get("back-to-work").click()
        await ana.get("accept").click()
        await caller.wait_talking()
        await expect(ana.get("call-panel")).to_have_attribute("data-state", "live")
        await ana.get("kind-test").click()
        await ana.get("close-as").click()
        await expect(ana.get("mine-empty")).to_be_visible()
        await caller.wait_ended()
        await town.over(contact, "answered")
