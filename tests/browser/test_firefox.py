"""The main states once more in Firefox: nothing is cut off, axe finds nothing, and what is done works."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, BrowserContext, expect

from tests.browser import states
from tests.browser.chat import Chat, Kiosk
from tests.browser.conftest import KIOSK, PHONE, NewPage, Server
from tests.browser.test_accessibility import violations
from tests.browser.test_layout import SMALL, expect_latest_in_sight, measured


@pytest.fixture
async def context(firefox: Browser, server: Server) -> AsyncIterator[BrowserContext]:
    made = await firefox.new_context(viewport=PHONE, base_url=server.address)
    made.set_default_timeout(20_000)
    yield made
    await made.close()


async def test_a_family_has_the_whole_chat(context: BrowserContext, new_page: NewPage) -> None:
    page = await new_page(context)
    chat = await Chat(page).open()
    for step in (states.answer, states.not_on_page, *states.OF_CHAT["questionnaire"], states.not_sent, states.and_sent):
        await step(chat)
        if step not in (states.question, states.and_an_age):
            assert await violations(page) == [], step.__name__
        for viewport in (SMALL, PHONE):
            await page.set_viewport_size(viewport)
            found = await measured(chat)
            assert (found["outside"], found["overlaps"], found["cut"]) == ([], [], False), step.__name__
        await expect_latest_in_sight(chat)
    shown = chat.replies.nth(1).get_by_role("button", name="Show it on the page")
    await shown.press("Enter")
    await expect(page.get_by_role("heading", name="Who can enter", exact=True)).to_be_focused()
    assert "Age: 1-18 years" in await page.evaluate("[...CSS.highlights.get('trialog-source')].map(String).join()")
    await chat.button("Back to the conversation").press("Enter")
    await expect(shown).to_be_focused()
    before = await chat.replies.count()
    await page.reload()
    await expect(chat.replies).to_have_count(before)
    await expect_latest_in_sight(chat)
    await states.options(chat)
    await chat.host.get_by_role("combobox").select_option(label="العربية")
    await expect(chat.log).to_have_css("direction", "rtl")
    assert await violations(page) == []


async def test_the_kiosk_and_the_corner_chat(context: BrowserContext, new_page: NewPage) -> None:
    page = await new_page(context)
    await page.set_viewport_size(KIOSK)
    kiosk = await Kiosk(page).open()
    await kiosk.begin("Ask a question of your own")
    await kiosk.page.get_by_role("group", name="Keyboard").get_by_role("button", name="q", exact=True).click()
    await expect(kiosk.field).to_have_value("q")
    await expect(kiosk.field).to_be_focused()
    await states.danger(kiosk)
    assert await violations(page) == []
    await states.kiosk_finished(kiosk)
    assert await page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    await page.set_viewport_size(PHONE)
    await page.goto("/static/chat/examples/floating.html")
    chat = Chat(page)
    await chat.button("Ask about this study").click()
    await expect(chat.replies).to_have_count(1)
    assert await chat.host.locator("dialog").evaluate("node => node.matches(':modal')")
    assert await violations(page) == []
    await page.keyboard.press("Escape")
    await expect(chat.button("Ask about this study")).to_be_focused()
