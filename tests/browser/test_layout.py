"""Where things stand, measured: nothing overlaps or leaves the frame, and what is new is in sight."""

import re
from typing import Any

from playwright.async_api import Page, ViewportSize, expect

from tests.browser import states
from tests.browser.chat import Chat
from tests.browser.conftest import DESKTOP, PHONE, NewPage

SMALL: ViewportSize = {"width": 320, "height": 568}
WIDTHS: list[ViewportSize] = [SMALL, PHONE, {"width": 768, "height": 1024}, DESKTOP, {"width": 1440, "height": 900}]

# The boxes of what is shown, by class; children that leave the frame; pairs of neighbours that overlap.
MEASURE = """chat => {
    const root = chat.shadowRoot, frame = root.querySelector('.chat').getBoundingClientRect();
    const box = (selector) => root.querySelector(selector)?.getBoundingClientRect() ?? null;
    const parts = [...root.querySelector('.chat').children].filter((node) => node.checkVisibility() && !node.matches('.hidden'));
    const outside = [...root.querySelectorAll('.bar *, .options *, .entry *, .composer, .composer *:not(.hidden, .send span)')]
        .filter((node) => node.checkVisibility() && !node.closest('.hidden'))
        .filter((node) => { const { left, right } = node.getBoundingClientRect();
            return left < frame.left - 0.5 || right > frame.right + 0.5; }).map((node) => `${node.localName}.${node.className}`);
    const overlaps = parts.flatMap((one, index) => parts.slice(index + 1).filter((other) => {
        const a = one.getBoundingClientRect(), b = other.getBoundingClientRect();
        return a.bottom > b.top + 0.5 && b.bottom > a.top + 0.5 && a.height && b.height;
    }).map((other) => `${one.className} over ${other.className}`));
    const cut = parts.some((node) => node.getBoundingClientRect().bottom > frame.bottom + 0.5);
    return { frame: frame.height, log: box('.log').height, bar: box('.bar').height, field: box('textarea').width, outside, overlaps, cut };
}"""

# How far the latest entry is in sight: its top, from the top of the log, and the log's height.
LATEST = """log => {
    const node = log.lastElementChild.getBoundingClientRect(), frame = log.getBoundingClientRect();
    return [node.top - frame.top, frame.height, log.scrollHeight - log.clientHeight - log.scrollTop];
}"""


# How high the button is, and how far above what is told.
BOX_OF_CALL = """call => {
    const { height, bottom } = call.getBoundingClientRect();
    return [height, call.nextElementSibling.getBoundingClientRect().top - bottom];
}"""


async def measured(chat: Chat) -> dict[str, Any]:
    found: dict[str, Any] = await chat.host.evaluate(MEASURE)
    return found


async def latest_in_sight(chat: Chat) -> bool:
    """True when the latest entry begins in the log's window."""
    await chat.page.wait_for_function("log => log.lastElementChild", arg=await chat.log.element_handle())
    top, height, _ = await chat.log.evaluate(LATEST)
    return -1 <= top < height - 20


async def expect_latest_in_sight(chat: Chat) -> None:
    """The log may still be moving."""
    for _ in range(20):
        if await latest_in_sight(chat):
            return
        await chat.page.wait_for_timeout(50)
    raise AssertionError(f"the latest entry is out of sight: {await chat.log.evaluate(LATEST)}")


async def choose_size(chat: Chat, name: str) -> None:
    """By the menu, as a family does; the choice must be within reach again."""
    if await chat.options.get_attribute("aria-expanded") == "false":
        await chat.options.click()
    await chat.host.get_by_role("radio", name=name, exact=True).check()


async def test_every_text_size_leaves_room_at_every_width(new_page: NewPage) -> None:
    page = await new_page(viewport=SMALL)
    chat = await Chat(page).open()
    for name, share in (("Normal", 0.6), ("Large", 0.5), ("Largest", 0.45)):
        await choose_size(chat, name)
        for viewport in WIDTHS:
            await page.set_viewport_size(viewport)
            opened = await measured(chat)
            assert (opened["outside"], opened["overlaps"], opened["cut"]) == ([], [], False), (name, viewport)
            # The menu has the whole place of the conversation; no strip of it is left below.
            assert opened["log"] == 0, (name, viewport)
        await choose_size(chat, "Normal")
        await choose_size(chat, name)
        await chat.options.click()
        for viewport in WIDTHS:
            where = (name, viewport)
            await page.set_viewport_size(viewport)
            await chat.ask("Who runs the study?")
            found = await measured(chat)
            assert (found["outside"], found["overlaps"], found["cut"]) == ([], [], False), where
            assert found["field"] >= 150, where
            assert found["bar"] <= 0.2 * found["frame"], where
            assert found["log"] >= share * found["frame"], (where, found["log"], found["frame"])
            await expect_latest_in_sight(chat)


async def test_what_is_new_is_in_sight_after_every_failure(new_page: NewPage) -> None:
    page = await new_page(viewport=PHONE)
    chat = await Chat(page).open()
    for question in ("Who can take part?", "What came out of the first phase?"):
        await chat.ask(question)
    await states.not_sent(chat)
    await expect_latest_in_sight(chat)
    await expect(chat.notice).to_be_in_viewport(ratio=1)
    await page.unroute("**/messages")
    await chat.button("Try again").press("Enter")
    await expect(chat.replies).to_have_count(4)
    await expect_latest_in_sight(chat)
    await page.context.set_offline(True)
    await chat.type("Who runs the study?")
    await expect(chat.notice).to_be_visible()
    await page.context.set_offline(False)
    await expect(chat.replies).to_have_count(5)
    await expect_latest_in_sight(chat)
    await page.request.delete(f"/api/conversations/{await chat.id()}")
    await chat.type("How does the drug work?")
    await expect(chat.notice).to_contain_text("The earlier conversation has ended")
    top, height, _ = await chat.log.evaluate(LATEST.replace("log.lastElementChild", "log.querySelector('.notice')"))
    assert -1 <= top < height - 20


async def test_a_reload_and_a_way_back_show_where_the_conversation_stands(new_page: NewPage) -> None:
    chat = await Chat(await new_page(viewport=PHONE)).open()
    for question in ("Who can take part?", "What came out of the first phase?"):
        await chat.ask(question)
    for leave in (chat.page.reload, _away_and_back(chat.page)):
        await leave()
        await expect(chat.replies).to_have_count(3)
        await expect_latest_in_sight(chat)


def _away_and_back(page: Page) -> Any:
    async def go() -> None:
        await page.goto("/healthz")
        await page.go_back()

    return go


async def test_a_second_tap_is_no_answer_to_the_question_that_comes_under_it(new_page: NewPage) -> None:
    page = await new_page(viewport=PHONE, has_touch=True, is_mobile=True)
    chat = await Chat(page).open()
    await states.question_with_choices(chat)
    await chat.press(states.ANSWERS[1])
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or "") if request.url.endswith("/messages") else None)
    before = await chat.replies.count()
    await expect(chat.button("I do not know")).to_have_css("animation-duration", "0.7s")
    # The test may take its time: a reply is new for a minute, and then for no time.
    await chat.host.evaluate("chat => chat.style.setProperty('--settle', '60s')")
    await chat.button("I do not know").press("Enter")
    await expect(chat.replies).to_have_count(before + 1)
    # Fingers that tap again, wherever the next answers come to lie.
    for viewport in WIDTHS:
        await page.set_viewport_size(viewport)
        await chat.replies.last.get_by_role("button").last.scroll_into_view_if_needed()
        for box in await chat.replies.last.get_by_role("button").evaluate_all(
            "nodes => nodes.map((node) => node.getBoundingClientRect()).map(({ x, y, width, height }) => [x + width / 2, y + height / 2])"
        ):
            await page.touchscreen.tap(*box)
    assert len(sent) == 1
    await page.set_viewport_size(PHONE)
    await chat.host.evaluate("chat => chat.style.setProperty('--settle', '0s')")
    await chat.button("Yes, it has come back").tap()
    await expect(chat.replies).to_have_count(before + 2)
    assert len(sent) == 2
    # In danger the number to call is as large as a button, above all that is told.
    reply = await chat.ask("my son is not breathing")
    call = reply.get_by_role("link", name="Call 112")
    await expect(call).to_have_attribute("href", "tel:112")
    height, room = await call.evaluate(BOX_OF_CALL)
    assert height >= 44
    assert room >= 0


async def test_a_page_that_is_written_from_right_to_left_turns_nothing_round(new_page: NewPage) -> None:
    page = await new_page()
    chat = await Chat(page).open("/static/chat/examples/hostile.html")
    for part in (".root", ".log", ".bar", ".assistant .text"):
        await expect(chat.host.locator(part).first).to_have_css("direction", "ltr")
    assert await chat.host.evaluate("chat => getComputedStyle(chat).direction") == "ltr"


async def test_a_print_is_dark_on_white_and_has_no_buttons(new_page: NewPage) -> None:
    page = await new_page(color_scheme="dark")
    chat = await Chat(page).open()
    await chat.host.evaluate("chat => chat.setAttribute('theme', 'dark')")
    await chat.press("Who can take part")
    await page.emulate_media(media="print")
    await expect(chat.log).to_have_css("color", "rgb(33, 43, 50)")
    await expect(chat.replies.last).to_have_css("background-color", "rgb(255, 255, 255)")
    await expect(chat.button("More")).to_be_hidden()
    await expect(chat.button("You chose: Who can take part")).to_be_visible()
    await expect(chat.field).to_be_hidden()


async def test_the_field_is_named_by_what_is_asked_and_the_hint_is_given_once(chat: Chat) -> None:
    hint = chat.host.get_by_text("Please do not type names, birth dates or phone numbers.", exact=True)
    await expect(hint).to_be_visible()
    await expect(chat.field).to_have_accessible_name("Your question")
    await states.question(chat)
    await expect(chat.field).to_have_accessible_name("Your answer")
    await expect(hint).to_be_hidden()
    await expect(chat.field).to_have_accessible_description("")
    await chat.press("Stop")
    await expect(chat.field).to_have_accessible_name("Your question")


async def test_one_can_go_from_heading_to_heading_through_the_conversation(chat: Chat) -> None:
    await states.result(chat)
    headings = [" ".join(one.split()) for one in await chat.log.get_by_role("heading").all_inner_texts()]
    assert headings[0] == "The assistant"
    assert "You: Can my child take part?" in headings
    assert "Question 2 of 5" in headings
    assert headings[-3:] == ["Your answers", "Your answers and the study page", "A sheet for your doctor"]
    assert await chat.log.get_by_role("article").count() == len(headings) - 1


async def test_the_button_that_agrees_stands_out(chat: Chat) -> None:
    await states.review(chat)
    loud, usual = chat.button("Yes, that is right"), chat.button("Change: Age")
    background = "node => getComputedStyle(node).backgroundColor"
    assert await loud.evaluate(background) == await chat.button("Send").evaluate(background)
    assert await usual.evaluate(background) == "rgba(0, 0, 0, 0)"


async def test_a_verdict_is_said_once_a_line(chat: Chat) -> None:
    await states.result(chat)
    for line in await chat.replies.last.get_by_role("listitem").all_inner_texts():
        found = re.findall("seems to fit|does not match|is open|Still open", line, re.IGNORECASE)
        assert len(found) <= 1, line
