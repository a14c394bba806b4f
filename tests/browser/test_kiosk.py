"""The shared touch screen: nothing is left for the next person, and it minds itself."""

import re

import pytest
from playwright.async_api import expect

from tests.browser import states
from tests.browser.chat import Kiosk
from tests.browser.conftest import KIOSK, NewPage, Server
from tests.browser.test_accessibility import HEAR
from tests.browser.test_layout import expect_latest_in_sight

QUIET_MS, ANSWER_MS = 60_000, 20_000


async def gone(kiosk: Kiosk, conversation: str) -> bool:
    """True when the server knows nothing of the conversation any more."""
    reply = await kiosk.page.request.post(f"/api/conversations/{conversation}/messages", data={"text": "hello"})
    return reply.status == 404


async def expect_wiped(kiosk: Kiosk, conversation: str) -> None:
    await expect(kiosk.start).to_be_visible()
    await expect(kiosk.host).to_have_count(0)
    assert await kiosk.page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    assert await gone(kiosk, conversation)


async def test_a_choice_is_answered_at_once_and_finished_wipes_here_and_on_the_server(kiosk: Kiosk) -> None:
    await kiosk.begin("Who can take part")
    await expect(kiosk.replies.last).to_contain_text("The page names these points")
    await expect(kiosk.page.get_by_text("The conversation is wiped.")).to_have_count(0)
    conversation = await kiosk.id()
    await kiosk.ask("Who runs the study?")
    async with kiosk.page.expect_response(lambda response: response.request.method == "DELETE"):
        await kiosk.tool("Finished").click()
    await expect_wiped(kiosk, conversation)
    # Screen readers are told, too.
    await expect(kiosk.page.get_by_role("status").filter(has_text="The conversation is wiped.")).to_have_count(1)


async def test_a_visitor_who_has_left_is_asked_and_then_everything_is_wiped(kiosk: Kiosk) -> None:
    await kiosk.begin()
    conversation = await kiosk.id()
    await kiosk.page.clock.run_for(QUIET_MS - 2_000)
    await expect(kiosk.warning).to_be_hidden()
    await kiosk.page.clock.run_for(3_000)
    await expect(kiosk.warning).to_contain_text(re.compile(r"will be deleted in (20|19|18) seconds"))
    await expect(kiosk.tool("I’m still here")).to_be_focused()
    async with kiosk.page.expect_response(lambda response: response.request.method == "DELETE"):
        await kiosk.page.clock.run_for(ANSWER_MS + 1_000)
    await expect_wiped(kiosk, conversation)


async def test_a_visitor_who_is_still_there_goes_on(kiosk: Kiosk) -> None:
    await states.kiosk_warning(kiosk)
    # Screen readers are told the time left now and then.
    await kiosk.page.clock.run_for(10_000)
    await expect(kiosk.page.locator("#voice")).to_have_text("10 seconds left")
    await kiosk.tool("I’m still here").click()
    await expect(kiosk.warning).to_be_hidden()
    await kiosk.page.clock.run_for(QUIET_MS - 5_000)
    await expect(kiosk.replies).to_have_count(2)
    await kiosk.ask("Who runs the study?")
    # Escape answers the warning as well.
    await states.kiosk_and_quiet(kiosk)
    await kiosk.page.keyboard.press("Escape")
    await expect(kiosk.warning).to_be_hidden()
    await kiosk.page.clock.run_for(ANSWER_MS + 5_000)
    await expect(kiosk.replies).to_have_count(3)


async def test_any_touch_or_key_starts_the_quiet_time_anew(kiosk: Kiosk) -> None:
    await kiosk.begin()
    for sign in (kiosk.replies.last.tap, lambda: kiosk.page.keyboard.press("Tab")):
        await kiosk.page.clock.run_for(QUIET_MS - 5_000)
        await sign()
        await kiosk.page.clock.run_for(QUIET_MS - 5_000)
        await expect(kiosk.warning).to_be_hidden()
        await kiosk.page.keyboard.press("Tab")


async def test_the_next_visitor_finds_nothing_of_the_last(kiosk: Kiosk) -> None:
    await kiosk.begin()
    await kiosk.field.fill("something private")
    first = await kiosk.id()
    size = await kiosk.replies.first.evaluate("node => getComputedStyle(node).fontSize")
    await kiosk.options.click()
    await kiosk.host.get_by_role("radio", name="Largest").check()
    await kiosk.tool("High contrast").click()
    await kiosk.tool("Finished").click()
    assert await kiosk.page.evaluate("sessionStorage.length") == 0
    await kiosk.begin("How the drug works")
    await expect(kiosk.replies.first).to_have_css("font-size", size)
    assert await kiosk.id() != first
    await expect(kiosk.field).to_have_value("")
    await expect(kiosk.tool("High contrast")).to_have_attribute("aria-pressed", "false")
    assert "Who can take part" not in await kiosk.replies.first.inner_text()


async def test_what_could_not_be_deleted_is_deleted_when_the_network_is_back(kiosk: Kiosk) -> None:
    await kiosk.begin()
    conversation = await kiosk.id()
    await kiosk.page.context.set_offline(True)
    await kiosk.tool("Finished").click()
    await expect(kiosk.start).to_be_visible()
    await kiosk.page.context.set_offline(False)
    assert not await gone(kiosk, conversation)
    async with kiosk.page.expect_response(lambda response: response.request.method == "DELETE"):
        await kiosk.page.clock.run_for(20_000)
    assert await gone(kiosk, conversation)


async def test_leaving_the_page_wipes_the_server_too(kiosk: Kiosk) -> None:
    await kiosk.begin()
    conversation = await kiosk.id()
    await kiosk.page.goto("/healthz")
    for _ in range(20):
        if await gone(kiosk, conversation):
            return
        await kiosk.page.wait_for_timeout(100)
    pytest.fail("the conversation is still on the server")


async def test_a_question_is_typed_on_the_screens_own_keyboard(kiosk: Kiosk) -> None:
    await kiosk.begin("Ask a question of your own")
    await expect(kiosk.field).to_have_attribute("inputmode", "none")
    keyboard = kiosk.page.get_by_role("group", name="Keyboard")
    await keyboard.get_by_role("button", name="Shift").tap()
    for key in ["W", "h", "o", "Space", "r", "u", "n", "s", "Space", "i", "t", "x", "Delete", "?"]:
        await keyboard.get_by_role("button", name=key, exact=True).tap()
    await expect(kiosk.field).to_have_value("Who runs it?")
    await expect(kiosk.field).to_be_focused()
    await keyboard.get_by_role("button", name="Send").tap()
    await expect(kiosk.said).to_contain_text("Who runs it?")
    await expect(kiosk.replies).to_have_count(2)


async def test_the_keyboard_can_be_put_away(kiosk: Kiosk) -> None:
    await kiosk.begin("Ask a question of your own")
    await kiosk.tool("Keyboard").click()
    await expect(kiosk.page.get_by_role("group", name="Keyboard")).to_be_hidden()
    await expect(kiosk.field).to_have_attribute("inputmode", "text")


async def test_no_link_leads_out(kiosk: Kiosk) -> None:
    await kiosk.begin()
    await states.word_explained(kiosk)
    await states.result(kiosk)
    await states.danger(kiosk)
    await expect(kiosk.replies.last.locator("b")).to_have_text(["112", "112"])
    await expect(kiosk.page.get_by_role("link")).to_have_count(0)


async def test_the_sheet_is_offered_only_where_printing_is_allowed(new_page: NewPage) -> None:
    page = await new_page(viewport=KIOSK)
    kiosk = await Kiosk(page).open("/kiosk?printing=on")
    await kiosk.begin()
    await states.result(kiosk)
    await expect(kiosk.link("Open the sheet to print it")).to_be_visible()


async def test_without_the_address_of_the_study_page_there_is_no_code(kiosk: Kiosk) -> None:
    await expect(kiosk.page.get_by_role("img", name="Code for your phone")).to_have_count(0)
    await kiosk.begin()
    await expect(kiosk.tool("Take it with you")).to_have_count(0)


async def test_it_minds_itself_when_the_server_goes_and_comes_back(kiosk: Kiosk, server: Server) -> None:
    await kiosk.begin()
    server.stop()
    await kiosk.type("Who runs the study?")
    await expect(kiosk.button("Try again")).to_be_visible()
    await kiosk.page.clock.run_for(QUIET_MS + ANSWER_MS + 2_000)
    await expect(kiosk.start).to_be_visible()
    await expect(kiosk.page.get_by_text("The assistant is resting")).to_be_visible()
    await expect(kiosk.tool("Who can take part")).to_have_count(0)
    server.start()
    await kiosk.page.clock.run_for(16_000)
    await expect(kiosk.page.get_by_text("The assistant is resting")).to_be_hidden()
    await kiosk.begin()


async def test_a_conversation_lost_in_a_restart_begins_anew_in_words(kiosk: Kiosk) -> None:
    await kiosk.begin()
    await kiosk.page.request.delete(f"/api/conversations/{await kiosk.id()}")
    await kiosk.type("Who runs the study?")
    await expect(kiosk.notice).to_contain_text("The earlier conversation has ended")
    await expect(kiosk.field).to_have_value("Who runs the study?")


async def test_all_large_type_and_a_high_contrast(kiosk: Kiosk) -> None:
    await kiosk.tool("High contrast").click()
    await kiosk.begin()
    await expect(kiosk.host.locator(".log")).to_have_css("background-color", "rgb(0, 0, 0)")
    size = await kiosk.replies.last.evaluate("node => parseFloat(getComputedStyle(node).fontSize)")
    assert size >= 20


async def test_a_tablet_that_slept_does_not_show_the_last_visitors_talk(kiosk: Kiosk) -> None:
    for minutes in (2, 600):
        await kiosk.begin()
        conversation = await kiosk.id()
        # Timers stand still while a lid is closed; the clock does not.
        await kiosk.page.clock.fast_forward(minutes * 60_000)
        await expect_wiped(kiosk, conversation)


async def test_a_touch_after_sleep_does_not_wake_the_last_visitors_talk(kiosk: Kiosk) -> None:
    await kiosk.begin()
    await kiosk.page.clock.set_fixed_time(await kiosk.page.evaluate("Date.now() + 600_000"))
    await kiosk.page.evaluate("document.dispatchEvent(new Event('pointerdown', { bubbles: true }))")
    await expect(kiosk.start).to_be_visible()


async def test_touching_the_field_brings_the_keys_and_an_age_has_its_digits(kiosk: Kiosk) -> None:
    keyboard = kiosk.page.get_by_role("group", name="Keyboard")
    await kiosk.begin()
    await expect(keyboard).to_be_hidden()
    await kiosk.field.tap()
    await expect(keyboard.get_by_role("button", name="q", exact=True)).to_be_visible()
    await states.question(kiosk)
    await expect(keyboard.get_by_role("button", name="q", exact=True)).to_be_hidden()
    await keyboard.get_by_role("button", name="7", exact=True).tap()
    await keyboard.get_by_role("button", name="Send").tap()
    await expect(kiosk.button(states.ANSWERS[1])).to_be_visible()
    await expect(keyboard).to_be_hidden()


async def test_in_danger_the_staff_come_first(kiosk: Kiosk) -> None:
    await kiosk.begin()
    await kiosk.page.evaluate(HEAR)
    await states.danger(kiosk)
    # What a family says is a heading here, too, and not louder than what it is told.
    await expect(kiosk.said.last.locator(".text")).to_have_css("font-weight", "400")
    first = kiosk.replies.last.locator("p").first
    await expect(first).to_have_text("Please tell our staff now. They are here and will help you.")
    [[how, line]] = await kiosk.page.evaluate("heard")
    assert how == "assertive"
    assert line.startswith("Important: Please tell our staff now.")
    # The keys that come up do not cover it.
    await kiosk.field.tap()
    await expect(kiosk.page.get_by_role("group", name="Keyboard")).to_be_visible()
    await expect(first).to_be_in_viewport(ratio=1)
    await expect_latest_in_sight(kiosk)


async def test_what_one_visitor_set_on_the_start_screen_is_gone_for_the_next(kiosk: Kiosk) -> None:
    await kiosk.tool("High contrast").click()
    await kiosk.page.clock.run_for(QUIET_MS - 5_000)
    await expect(kiosk.tool("High contrast")).to_have_attribute("aria-pressed", "true")
    await kiosk.page.clock.run_for(10_000)
    await expect(kiosk.tool("High contrast")).to_have_attribute("aria-pressed", "false")


async def test_with_keys_the_conversation_keeps_its_room_and_the_tools_are_within_reach(kiosk: Kiosk) -> None:
    await kiosk.begin("Ask a question of your own")
    for width, height in ((1280, 800), (1080, 1920), (1920, 1080)):
        await kiosk.page.set_viewport_size({"width": width, "height": height})
        log = await kiosk.log.bounding_box()
        assert log is not None
        assert log["height"] >= 0.36 * height
        for name in ("Menu", "High contrast", "Keyboard", "Finished"):
            box = await kiosk.tool(name).bounding_box()
            assert box is not None
            assert box["y"] >= height - 220
        type_size = await kiosk.replies.first.evaluate("node => parseFloat(getComputedStyle(node).fontSize)")
        assert type_size >= (27 if min(width, height) >= 1080 else 22)
