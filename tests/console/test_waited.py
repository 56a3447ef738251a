"""Why somebody waited: from the queue to one sentence, and a table that says who and how long."""

import pytest
from playwright.async_api import expect

from tests.console.conftest import Desk

# One browser serves all of them.
pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_who_waits_is_explained_from_the_queue_in_words_and_a_table(desk: Desk) -> None:
    desk.world.log[0]["id"] = await desk.get("queue-item").first.get_attribute("data-id")
    await desk.get("queue-why").first.click()
    await expect(desk.get("wait-sentence")).to_have_text(
        "Ожидание: 2:40. На смене: 3 (не знает языка – 1, до этого не было ответа – 1, "
        "занят звонком – 1). Через 1:00: Кыргызча достаточно как второй язык, любая тема. "
        "Предложено в "
        + (await desk.get("wait-lines").locator("time").nth(2).inner_text())[:5]
        + ", Борис: без ответа."
    )
    table = desk.get("wait-table")
    await expect(table.get_by_role("rowheader")).to_have_text(["Айгуль", "Борис", "Вера"])
    await expect(table.get_by_role("columnheader")).to_have_count(4)
    await expect(desk.get("wait-row").first).to_contain_text("не знает языка: Кыргызча как родной")
    await expect(desk.get("wait-row").nth(1)).to_contain_text("перерыв: еда")
