"""The whole way by keyboard alone, and by touch alone; what has the focus is always to be seen."""

from playwright.async_api import Locator, Page, expect

from tests.browser import states
from tests.browser.chat import Chat, Kiosk
from tests.browser.conftest import PHONE, NewPage

RING = """element => {
    const node = element.shadowRoot.activeElement;
    const { outlineStyle, outlineWidth } = getComputedStyle(node);
    return node.matches(':focus-visible') && outlineStyle === 'solid' && parseFloat(outlineWidth) >= 3;
}"""


async def _press(page: Page, key: str, times: int = 1) -> None:
    for _ in range(times):
        await page.keyboard.press(key)


async def _to(page: Page, target: Locator) -> None:
    """Tab until ``target`` has the focus; from the field that is backwards."""
    await expect(target).to_be_visible()
    key = "Shift+Tab" if await page.evaluate("document.activeElement.shadowRoot.activeElement.localName") == "textarea" else "Tab"
    for _ in range(12):
        if await target.evaluate("node => node.getRootNode().activeElement === node"):
            return
        await page.keyboard.press(key)
    await expect(target).to_be_focused()


async def test_everything_by_keyboard_alone(chat: Chat) -> None:
    page = chat.page
    await _press(page, "Tab")
    assert await chat.focused() == "Menu"
    assert await chat.host.evaluate(RING)
    await _press(page, "Enter")
    await _to(page, chat.host.get_by_role("radio", name="Normal"))
    await _press(page, "ArrowRight")
    await expect(chat.host.get_by_role("radio", name="Large", exact=True)).to_be_checked()
    await _press(page, "Escape")
    await expect(chat.options).to_be_focused()
    await expect(chat.options).to_have_attribute("aria-expanded", "false")
    await _press(page, "Tab")
    assert await chat.focused() == "Conversation"
    await _press(page, "Tab", 2)
    await expect(chat.button("Who can take part")).to_be_focused()
    await _press(page, "Space")
    await expect(chat.button("More")).to_be_visible()
    await _press(page, "Tab")
    await _press(page, "Enter")
    await expect(chat.replies).to_have_count(3)
    await _to(page, chat.button("Show it on the page").last)
    await _press(page, "Enter")
    await expect(page.get_by_role("heading", name="Who can enter", exact=True)).to_be_focused()
    await chat.button("Back to the conversation").focus()
    await _press(page, "Enter")
    await _to(page, chat.field)
    assert await chat.host.evaluate(RING)
    await page.keyboard.type("Can my child")
    await _press(page, "Shift+Enter")
    await page.keyboard.type("take part?")
    await expect(chat.field).to_have_value("Can my child\ntake part?")
    await _press(page, "Enter")
    await expect(chat.replies.last.get_by_role("progressbar")).to_be_visible()
    await expect(chat.field).to_be_focused()
    await page.keyboard.type("7")
    await _press(page, "Enter")
    for choice in states.ANSWERS[1:]:
        await _to(page, chat.button(choice))
        await _press(page, "Enter")
    await expect(chat.button("Change: Age")).to_be_visible()
    await _to(page, chat.button("Yes, that is right"))
    await _press(page, "Enter")
    await _to(page, chat.link("Open the sheet to print it"))


async def test_the_keyboard_is_not_trapped(chat: Chat) -> None:
    await chat.field.focus()
    await _press(chat.page, "Tab", 2)
    assert await chat.page.evaluate("document.activeElement === document.body")


async def test_everything_by_touch_alone(new_page: NewPage) -> None:
    page = await new_page(viewport=PHONE, has_touch=True, is_mobile=True)
    chat = await Chat(page).open()
    await chat.button("Who can take part").tap()
    await chat.button("More").tap()
    await expect(chat.replies).to_have_count(3)
    await chat.field.tap()
    await chat.field.fill("Can my child take part?")
    await chat.button("Send").tap()
    await expect(chat.replies.last.get_by_role("progressbar")).to_be_visible()
    await chat.field.fill(states.ANSWERS[0])
    await chat.button("Send").tap()
    for choice in states.ANSWERS[1:]:
        await chat.button(choice).tap()
    await chat.button("Yes, that is right").tap()
    await expect(chat.link("Save the sheet as a PDF")).to_be_visible()
    await chat.options.tap()
    await chat.button("Delete the conversation").tap()
    await chat.button("Yes, delete it").tap()
    await chat.button("Start a new conversation").tap()
    await expect(chat.replies).to_have_count(1)


async def test_a_reply_is_read_from_its_beginning(new_page: NewPage) -> None:
    page = await new_page(viewport=PHONE)
    chat = await Chat(page).open()
    for question in ("Who can take part?", "What came out of the first phase?"):
        reply = await chat.ask(question)
        await page.wait_for_timeout(600)
        top = await reply.evaluate("node => node.getBoundingClientRect().top - node.parentNode.getBoundingClientRect().top")
        assert top >= 0


async def test_the_kiosk_by_keyboard_alone(kiosk: Kiosk) -> None:
    await kiosk.page.keyboard.press("Tab")
    await expect(kiosk.tool("What the study is about")).to_be_focused()
    await kiosk.page.keyboard.press("Enter")
    await expect(kiosk.replies).to_have_count(2)
    await kiosk.tool("Finished").focus()
    await kiosk.page.keyboard.press("Enter")
    await expect(kiosk.start).to_be_focused()


async def test_a_phone_shows_digits_once_an_age_could_not_be_read_twice(chat: Chat) -> None:
    await states.question(chat)
    for text in ("fairly young", "young"):
        await expect(chat.field).to_have_attribute("inputmode", "text")
        await chat.ask(text)
    await expect(chat.field).to_have_attribute("inputmode", "decimal")
    await chat.ask("7")
    await expect(chat.field).to_have_attribute("inputmode", "text")
