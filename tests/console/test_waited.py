"""Why somebody waited: from the queue to one sentence, and a table that says who and how long."""

import pytest
from playwright.async_api import expect

from tests.console.conftest import Desk

# One browser serves all of them.
pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_who_waits_is_explained_from_the_queue_in_words_and_a_table(desk: Desk) -> None:
    desk.world.log[0]["id"] = await desk.get("queue-item").first.get_attribute("data-id")
    await desk.get("queue-why").first.click()
    times = desk.get("wait-lines").locator("time")
    offered, assigned, taken = [(await times.nth(n).inner_text())[:5] for n in (2, 3, 4)]
    await expect(desk.get("wait-sentence")).to_have_text(
        "Ожидание: 2:40. На смене: 3 (не знает языка – 1, до этого не было ответа – 1, "
        "занят звонком – 1). Через 1:00: Кыргызча достаточно как второй язык, любая тема. "
        f"Предложено в {offered}, Борис: без ответа. "
        f"Назначено в {assigned}, Айгуль: кем назначено – Вера, передано дальше. "
        f"Взято из очереди в {taken}: Вера."
    )
    lines = desk.get("wait-lines").get_by_role("listitem")
    await expect(lines.nth(3)).to_contain_text("Назначено Айгуль")
    await expect(lines.nth(3)).to_contain_text("кем назначено – Вера")
    await expect(lines.nth(4)).to_contain_text("Взято из очереди: Вера")
    table = desk.get("wait-table")
    await expect(table.get_by_role("rowheader")).to_have_text(["Айгуль", "Борис", "Вера"])
    await expect(table.get_by_role("columnheader")).to_have_count(4)
    await expect(desk.get("wait-row").first).to_contain_text("не знает языка: Кыргызча как родной")
    await expect(desk.get("wait-row").nth(1)).to_contain_text("перерыв: еда")
