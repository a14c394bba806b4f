"""What goes wrong is said in words, and nothing typed is lost."""

import json
import re

import pytest
from playwright.async_api import Request, Route, expect

from tests.browser import states
from tests.browser.chat import Chat, fail_with
from tests.browser.conftest import NewPage, Server

TYPED = "How does the drug work?"


async def test_a_message_that_could_not_be_sent_is_sent_by_one_tap(chat: Chat) -> None:
    await states.not_sent(chat)
    await expect(chat.said).to_contain_text("Not sent yet")
    await expect(chat.notice).to_contain_text("What you typed is kept here")
    await chat.page.unroute("**/messages")
    await chat.button("Try again").click()
    await expect(chat.replies).to_have_count(2)
    await expect(chat.log.get_by_text("Not sent yet")).to_be_hidden()
    await expect(chat.notice).to_have_count(0)
    await expect(chat.field).to_be_focused()


async def lose_the_reply(route: Route) -> None:
    """The message arrives at the server, its reply never comes back."""
    await route.fetch()
    await route.abort()


@pytest.mark.parametrize("way", ["typed", "pressed"])
async def test_a_reply_lost_on_the_way_is_fetched_by_one_tap_and_not_given_twice(chat: Chat, way: str) -> None:
    await (states.question if way == "typed" else states.question_with_choices)(chat)
    before = await chat.replies.count()
    await chat.page.route("**/messages", lose_the_reply)
    await (chat.type(states.ANSWERS[0]) if way == "typed" else chat.button(states.ANSWERS[1]).click())
    await expect(chat.button("Try again")).to_be_visible()
    await chat.page.unroute("**/messages")
    await chat.button("Try again").click()
    await expect(chat.replies).to_have_count(before + 1)
    await expect(chat.notice).to_have_count(0)
    # Taken twice, the answer would have been one to the next question, too, and that would be asked in other words.
    opening = "Which disease does your child have?" if way == "typed" else "Did a test find CD22 on your child’s cancer cells?"
    await expect(chat.replies.last.locator(".text").first).to_have_text(re.compile("^" + re.escape(opening)))


async def test_every_message_has_a_key_of_its_own(chat: Chat) -> None:
    keys: list[str] = []

    def note(request: Request) -> None:
        if "/messages" in request.url:
            keys.append(json.loads(request.post_data or "")["idempotency_key"])

    chat.page.on("request", note)
    for _ in range(2):
        await chat.ask(TYPED)
    assert len(set(keys)) == 2
    assert all(re.fullmatch(r"[0-9-]{10,64}", key) for key in keys)


async def test_what_is_typed_while_offline_is_sent_when_the_network_is_back(chat: Chat) -> None:
    await chat.page.context.set_offline(True)
    await chat.type(TYPED)
    await expect(chat.notice).to_contain_text("You are not connected to the internet")
    await chat.type("Who runs the study?")
    await expect(chat.said).to_have_count(2)
    await chat.page.context.set_offline(False)
    await expect(chat.replies).to_have_count(3)
    await expect(chat.replies.last).to_contain_text("ITCC")
    await expect(chat.notice).to_have_count(0)


@pytest.mark.parametrize("way", ["typed", "pressed"])
async def test_what_is_not_sent_yet_survives_a_reload(chat: Chat, way: str) -> None:
    await chat.page.route("**/messages", lose_the_reply)
    await (chat.type(TYPED) if way == "typed" else chat.button("Who can take part").press("Enter"))
    await expect(chat.button("Try again")).to_be_visible()
    await chat.page.reload()
    await expect(chat.button("Try again")).to_be_visible()
    await chat.page.unroute("**/messages")
    await chat.page.reload()
    # By the same key: it had arrived, and is answered once.
    await expect(chat.replies).to_have_count(2)
    await expect(chat.replies.last).to_contain_text("CD22")
    await expect(chat.notice).to_have_count(0)
    await expect(chat.log.get_by_text("Not sent yet")).to_have_count(1 if way == "typed" else 0)
    await expect(chat.log.get_by_text("Not sent yet").locator("visible=true")).to_have_count(0)


async def test_a_server_that_does_not_answer_is_given_up_after_a_while(new_page: NewPage) -> None:
    page = await new_page()
    await page.clock.install()
    chat = await Chat(page).open()
    await states.waiting_for_ever(chat)
    await page.clock.fast_forward(16_000)
    await expect(chat.notice).to_contain_text("This takes too long")
    await expect(chat.said).to_contain_text(TYPED)


async def test_the_servers_own_words_are_shown_and_the_text_is_kept(chat: Chat) -> None:
    for problem, status in (("too_many", 429), ("broken", 500), ("not_ready", 503)):
        await fail_with(chat.page, problem, status, f"A kind sentence on {status}.")
        await (chat.type(TYPED) if status == 429 else chat.button("Try again").press("Enter"))
        await expect(chat.notice).to_contain_text(f"A kind sentence on {status}.")
        await expect(chat.button("Try again")).to_be_visible()
        await expect(chat.said).to_contain_text(TYPED)
    # An answer that is no JSON is a failure like another.
    await chat.page.route("**/messages", lambda route: route.fulfill(status=502, body="<h1>Bad gateway</h1>"))
    await chat.button("Try again").press("Enter")
    await expect(chat.notice).to_contain_text("I cannot reach the assistant")


async def test_a_text_the_server_refuses_goes_back_into_the_field(chat: Chat) -> None:
    await fail_with(chat.page, "too_long", 413, "Please make it shorter.")
    await chat.type(TYPED)
    await expect(chat.notice).to_contain_text("Please make it shorter.")
    await expect(chat.field).to_have_value(TYPED)
    await expect(chat.said).to_have_count(0)


async def test_a_text_that_is_too_long_is_said_to_be_so_and_not_cut(chat: Chat) -> None:
    await chat.field.fill("a" * 1_850)
    await expect(chat.host.get_by_text("Characters left: 150")).to_be_visible()
    await chat.field.fill("a" * 2_001)
    await chat.field.press("Enter")
    await expect(chat.host.locator(".room").filter(has_text="Characters too many: 1")).to_be_visible()
    await expect(chat.field).to_have_value("a" * 2_001)
    await expect(chat.field).to_have_attribute("aria-invalid", "true")


async def test_a_conversation_the_server_forgot_begins_anew_and_keeps_the_text(chat: Chat) -> None:
    await chat.ask("Who runs the study?")
    first = await chat.id()
    await chat.page.request.delete(f"/api/conversations/{first}")
    await chat.type(TYPED)
    await expect(chat.notice).to_contain_text("The earlier conversation has ended, so I began a new one")
    await expect(chat.field).to_have_value(TYPED)
    await expect(chat.replies).to_have_count(3)
    assert await chat.id() != first
    await chat.field.press("Enter")
    await expect(chat.replies.last).to_contain_text("CD22")


async def test_a_button_of_a_forgotten_conversation_begins_anew_too(chat: Chat) -> None:
    await chat.page.request.delete(f"/api/conversations/{await chat.id()}")
    await chat.button("Who can take part").click()
    await expect(chat.notice).to_contain_text("The earlier conversation has ended")
    await expect(chat.button("Who can take part")).to_be_visible()


async def test_a_server_that_is_away_at_first_is_asked_again_by_one_tap(new_page: NewPage) -> None:
    page = await new_page()
    await page.route("**/api/conversations", lambda route: route.abort())
    await page.goto("/")
    chat = Chat(page)
    await expect(chat.notice).to_contain_text("I cannot reach the assistant")
    await page.unroute("**/api/conversations")
    await chat.button("Try again").click()
    await expect(chat.replies).to_have_count(1)


async def test_a_delete_that_did_not_reach_the_server_says_so(chat: Chat) -> None:
    async def refuse(route: Route) -> None:
        await (route.abort() if route.request.method == "DELETE" else route.continue_())

    await chat.page.route("**/api/conversations/*", refuse)
    await states.deleted(chat)
    await expect(chat.notice).to_contain_text("I could not reach the server")


async def test_a_reply_to_a_deleted_conversation_is_not_shown(chat: Chat) -> None:
    held: list[Route] = []
    await chat.page.route("**/messages", lambda route: held.append(route))
    await chat.type(TYPED)
    await expect(chat.said).to_have_count(1)
    await states.deleted(chat)
    await held[0].fulfill(json={"messages": [{"text": "Too late", "kind": "answer", "topic": None, "source": None, "buttons": []}]})
    await chat.button("Start a new conversation").click()
    await expect(chat.replies).to_have_count(1)
    await expect(chat.log).not_to_contain_text("Too late")


async def test_a_restart_of_the_server_is_survived(chat: Chat, server: Server) -> None:
    await chat.ask("Who runs the study?")
    server.stop()
    await chat.type(TYPED)
    await expect(chat.button("Try again")).to_be_visible()
    server.start()
    await chat.button("Try again").click()
    await expect(chat.notice).to_contain_text("What you typed is kept below")
    await expect(chat.field).to_have_value(TYPED)


async def test_an_empty_send_and_a_long_one_say_what_to_do(chat: Chat) -> None:
    told = chat.host.locator("#room-spoken")
    await chat.button("Send").click()
    await expect(chat.host.locator("#room")).to_have_text("There is no text yet. Please type your question first.")
    await expect(told).to_have_text("There is no text yet. Please type your question first.")
    await expect(chat.field).to_be_focused()
    await chat.field.fill("a" * 2_001)
    await chat.field.press("Enter")
    await expect(told).to_contain_text("Characters too many: 1")
    await chat.field.fill("")
    await expect(chat.host.locator("#room")).to_have_text("")


KEY = "(field, key) => field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, ...key }))"
LINE_BREAK = """field => field.dispatchEvent(
    new InputEvent('beforeinput', { inputType: 'insertLineBreak', bubbles: true, cancelable: true, isComposing: true }))"""


async def test_an_input_method_may_use_enter_and_a_phone_may_send_while_a_word_is_composed(chat: Chat) -> None:
    await chat.field.fill("Who runs")
    # Safari: the key that chooses a word of an input method.
    await chat.field.evaluate(KEY, {"keyCode": 229})
    await expect(chat.field).to_have_value("Who runs")
    await chat.field.fill("Who runs the study?")
    # The "send" key of a phone, which is composing the last word.
    await chat.field.evaluate(LINE_BREAK)
    await expect(chat.replies).to_have_count(2)
    await chat.field.fill("How does the drug work?")
    await chat.field.evaluate(KEY, {"isComposing": True, "keyCode": 13})
    await expect(chat.replies).to_have_count(3)


async def test_the_sheet_of_a_conversation_that_has_ended_is_a_kind_page(chat: Chat) -> None:
    conversation = await chat.id()
    await chat.page.request.delete(f"/api/conversations/{conversation}")
    for ending in ("sheet", "sheet.pdf"):
        response = await chat.page.goto(f"/api/conversations/{conversation}/{ending}")
        assert response is not None
        assert response.status == 404
        await expect(chat.page.get_by_role("heading", name="Points to take to the doctor")).to_be_visible()
        await expect(chat.page.get_by_text("This conversation has ended.")).to_be_visible()
        await expect(chat.page.get_by_role("heading", name="Questions for the doctor")).to_be_visible()
        assert "urn:trialog" not in await chat.page.content()
