"""A conversation on the hospital's page, as a family has it."""

import json
import re
from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser import states
from tests.browser.chat import Chat, answer_with
from tests.browser.conftest import PHONE, NewPage, Server

SMALL_TALK: dict[str, Any] = {"kind": "smalltalk", "topic": None, "source": None, "buttons": []}


async def test_it_opens_by_saying_what_it_is_and_what_not_to_type(chat: Chat) -> None:
    await expect(chat.replies.first).to_contain_text("I am an automatic assistant, not a doctor")
    await expect(chat.replies.first).to_contain_text("Inotuzumab ITCC-059")
    await expect(chat.replies.first).to_contain_text("do not type names")
    await expect(chat.field).to_have_accessible_description(re.compile("do not type names, birth dates"))


async def test_a_page_view_opens_no_conversation_until_the_chat_is_seen(new_page: NewPage) -> None:
    page = await new_page(viewport=PHONE)
    opened: list[str] = []
    page.on("request", lambda request: opened.append(request.method) if request.url.endswith("/api/conversations") else None)
    await page.goto("/")
    await page.wait_for_timeout(300)
    assert opened == []
    await page.locator("trialog-chat").scroll_into_view_if_needed()
    await expect(page.locator("trialog-chat .assistant")).to_have_count(1)
    assert opened == ["POST"]


async def test_an_answer_shows_its_list_its_source_and_more(chat: Chat) -> None:
    reply = await chat.press("Who can take part")
    await expect(reply.get_by_role("listitem")).to_have_count(3)
    await expect(reply).to_contain_text("From the study page, “Who can enter”, reviewed 16 September 2024")
    await expect(await chat.press("More")).to_contain_text("The title of the page")


async def test_the_questionnaire_is_among_the_first_suggestions(chat: Chat) -> None:
    reply = await chat.press("See if the study might fit")
    await expect(reply.get_by_role("progressbar", name="Question 1 of 6")).to_be_visible()
    # Who it is about is a question, too, and what the questionnaire says of itself stands on no page.
    await expect(chat.replies.nth(1)).to_contain_text("the 5 points on the study page")
    await expect(chat.log.locator(".source")).to_have_count(0)
    await expect(chat.log.get_by_role("group", name="Was this clear?")).to_have_count(0)
    await chat.press("My child")
    reply = await chat.press("Why do you ask?")
    await expect(chat.replies.nth(-2)).to_contain_text("From the study page")


async def test_a_word_from_elsewhere_links_its_source(chat: Chat) -> None:
    await states.word_explained(chat)
    link = chat.link("From NCI Dictionary of Cancer Terms")
    await expect(link).to_have_attribute("rel", "noopener noreferrer")
    await expect(link).to_have_attribute("href", re.compile(r"^https://www\.cancer\.gov/"))


async def test_a_button_that_was_used_stays_readable_and_keeps_the_focus(chat: Chat) -> None:
    await chat.button("Who can take part").focus()
    await chat.page.keyboard.press("Enter")
    await expect(chat.button("More")).to_be_visible()
    used = chat.button("You chose: Who can take part")
    await expect(used).to_be_focused()
    await expect(used).to_be_disabled()
    await expect(chat.button("How the drug works")).to_be_hidden()
    await chat.page.keyboard.press("Tab")
    await expect(chat.button("More")).to_be_focused()

    # It sends nothing again, and the buttons of an older reply go when something else is said.
    await used.click(force=True)
    await chat.ask("Who runs the study?")
    await expect(chat.replies).to_have_count(3)
    # The way to the page stays: it answers nothing.
    await expect(chat.replies.nth(1).get_by_role("button")).to_have_text(["Show it on the page"])


async def test_a_question_shows_how_far_the_family_has_come(chat: Chat) -> None:
    await states.question(chat)
    await chat.ask("7")
    bar = chat.replies.last.get_by_role("progressbar", name="Question 2 of 5")
    await expect(bar).to_have_js_property("value", 2)
    await expect(bar).to_have_js_property("max", 5)


async def test_every_answer_of_a_review_has_a_button_to_change_it(chat: Chat) -> None:
    await states.review(chat)
    await expect(chat.replies.last.get_by_role("listitem")).to_have_count(5)
    await chat.button("Change: Age").click()
    await expect(chat.button("You chose: Change: Age")).to_be_focused()
    await expect(chat.button("Change: CD22")).to_be_hidden()
    await expect(chat.replies.last.get_by_role("progressbar")).to_be_visible()
    await chat.ask("8")
    await expect(chat.replies.last.get_by_role("listitem").first).to_contain_text("Age: 8 years")


async def test_a_result_says_each_verdict_in_words_and_offers_the_sheet(chat: Chat, server: Server) -> None:
    await states.result(chat)
    items = chat.replies.last.get_by_role("listitem")
    for index, verdict in enumerate(
        ["This seems to fit.", "This seems to fit.", "This point is open.", "This seems to fit.", "This does not match."]
    ):
        await expect(items.nth(index).locator(".verdict")).to_have_text(verdict)
    sheet = f"{server.address}/api/conversations/{await chat.id()}/sheet"
    await expect(chat.link("Open the sheet to print it")).to_have_attribute("href", sheet)
    await expect(chat.link("Save the sheet as a PDF")).to_have_attribute("href", f"{sheet}.pdf")


async def test_a_reply_is_never_read_as_html(chat: Chat) -> None:
    await answer_with(chat.page, {**SMALL_TALK, "text": "<img src=x onerror=alert(1)> <b>bold</b>\n• <i>one</i>"})
    reply = await chat.ask("<script>alert(1)</script>")
    await expect(reply).to_contain_text("<img src=x onerror=alert(1)> <b>bold</b>")
    await expect(chat.log.locator("img, b, i, script")).to_have_count(0)


async def test_messages_typed_while_a_reply_is_on_its_way_are_answered_in_order(chat: Chat) -> None:
    for text in ("Who runs the study?", "How does the drug work?", "Which ages can take part?"):
        await chat.type(text)
    await expect(chat.replies).to_have_count(4)
    await expect(chat.replies.nth(1)).to_contain_text("ITCC")
    await expect(chat.replies.nth(2)).to_contain_text("CD22")
    await expect(chat.replies.nth(3)).to_contain_text("18")


async def test_a_long_wait_is_shown_and_a_short_one_is_not(chat: Chat) -> None:
    wait = chat.host.get_by_text("One moment, please")
    await chat.ask("Who runs the study?")
    await expect(wait).to_be_hidden()
    await states.waiting(chat)
    await expect(chat.host.get_by_role("status")).to_have_text("One moment, please")


async def test_a_reload_keeps_the_conversation_and_what_was_being_typed(chat: Chat, server: Server) -> None:
    await chat.press("Who can take part")
    conversation = await chat.id()
    await chat.field.fill("And what about")
    await chat.page.reload()
    await expect(chat.replies).to_have_count(2)
    await expect(chat.replies.first).to_contain_text("You chose: Who can take part")
    await expect(chat.field).to_have_value("And what about")
    assert await chat.id() == conversation
    await chat.press("More")


LINES = {"+31 88 972-72 72": "tel:+31889727272", "116 123": "tel:116123", "+31 (0)88 972 72 72": None, "ask at the desk": None}


async def test_numbers_to_call_are_one_tap_away_and_others_are_no_links(chat: Chat) -> None:
    await expect(chat.replies.first).to_contain_text("call 112")
    await expect(chat.replies.first.get_by_role("link")).to_have_count(0)
    for line, href in LINES.items():
        text = f"Please call 112 now. You can also call your hospital: {line}. It was 12 months ago."
        await answer_with(chat.page, {**SMALL_TALK, "kind": "safety", "text": text})
        reply = await chat.ask("my son is not breathing")
        await expect(reply.locator(".text")).to_have_text(text)
        hrefs = await reply.locator("a").evaluate_all("links => links.map((link) => link.getAttribute('href'))")
        assert hrefs == (["tel:112", href] if href else ["tel:112"])


async def test_another_tab_starts_afresh_and_nothing_is_stored_for_good(chat: Chat, new_page: NewPage) -> None:
    await chat.ask("Who runs the study?")
    other = await Chat(await new_page(chat.page.context)).open()
    await expect(other.replies).to_have_count(1)
    assert await other.id() != await chat.id()
    assert await chat.page.evaluate("[localStorage.length, document.cookie]") == [0, ""]
    assert await chat.page.context.cookies() == []


async def test_two_conversations_at_once_never_mix(new_page: NewPage) -> None:
    one, two = await Chat(await new_page()).open(), await Chat(await new_page()).open()
    for question in ("Who runs the study?", "What about Japan?"):
        await one.type(question)
        await two.type("How does the drug work?")
    await expect(one.replies).to_have_count(3)
    await expect(two.replies).to_have_count(3)
    assert "How does the drug work?" not in await one.log.inner_text()
    assert "Who runs" not in await two.log.inner_text()


async def test_delete_asks_first_and_forgets_the_conversation_here_and_on_the_server(chat: Chat) -> None:
    await chat.ask("Who runs the study?")
    conversation = await chat.id()
    await states.delete(chat)
    await expect(chat.button("No, keep it")).to_be_focused()
    await chat.page.keyboard.press("Enter")
    await expect(chat.button("Delete the conversation")).to_be_focused()
    await expect(chat.replies).to_have_count(2)
    await states.and_delete(chat)
    await states.and_surely(chat)
    await expect(chat.replies).to_have_count(0)
    await expect(chat.notice).to_contain_text("Nothing of it was kept")
    assert await chat.page.evaluate("sessionStorage.length") == 0
    gone = await chat.page.request.post(f"/api/conversations/{conversation}/messages", data={"text": "hello"})
    assert gone.status == 404
    await chat.button("Start a new conversation").click()
    await expect(chat.replies).to_have_count(1)
    await expect(chat.field).to_be_focused()


async def test_the_conversation_can_be_copied(chat: Chat) -> None:
    await chat.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await chat.ask("Who runs the study?")
    await chat.options.click()
    await chat.button("Copy the conversation").click()
    await expect(chat.notice).to_contain_text("copied")
    copied = await chat.page.evaluate("navigator.clipboard.readText()")
    assert "You: Who runs the study?\n\nThe assistant: " in copied


async def test_text_grows_in_steps(chat: Chat) -> None:
    await chat.options.click()
    sizes = []
    for name in ("Normal", "Large", "Largest"):
        await chat.host.get_by_role("radio", name=name, exact=True).check()
        sizes.append(await chat.replies.first.evaluate("node => parseFloat(getComputedStyle(node).fontSize)"))
    assert sizes == sorted(set(sizes))
    assert sizes[-1] > 1.5 * sizes[0]


FRENCH, ENGLISH = {"lang": "fr-FR", "localService": True}, {"lang": "en-GB", "localService": True}


async def test_text_size_and_reading_aloud_are_kept_on_a_reload_and_in_this_tab_only(new_page: NewPage) -> None:
    page = await new_page()
    await page.context.add_init_script(f"({SPEECH})({json.dumps([ENGLISH])})")
    chat = await Chat(page).open()
    await states.read_aloud(chat)
    await chat.host.get_by_role("radio", name="Largest").check()
    large = await chat.replies.first.evaluate("node => getComputedStyle(node).fontSize")
    await page.reload()
    await expect(chat.replies.first).to_have_css("font-size", large)
    await chat.ask("How does the drug work?")
    assert "CD22" in (await page.evaluate("spoken"))[-2]
    await states.options(chat)
    await expect(chat.host.get_by_role("radio", name="Largest")).to_be_checked()
    await expect(chat.host.get_by_role("switch", name="Read replies aloud")).to_be_checked()
    other = await Chat(await new_page(page.context)).open()
    await states.options(other)
    await expect(other.host.get_by_role("radio", name="Normal")).to_be_checked()
    await expect(other.host.get_by_role("switch", name="Read replies aloud")).not_to_be_checked()


SPEECH = """(voices) => {
    window.spoken = [];
    const speak = (one) => spoken.push(one.text, one.lang);
    const speech = { getVoices: () => voices, speak, cancel: () => spoken.push('stopped'), speaking: false };
    Object.defineProperty(window, 'speechSynthesis', { value: speech });
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
}"""


async def test_replies_are_read_aloud_only_when_switched_on(new_page: NewPage) -> None:
    page = await new_page()
    await page.add_init_script(f"({SPEECH})([{{lang: 'en-GB', localService: true}}])")
    chat = await Chat(page).open()
    await chat.ask("Who runs the study?")
    assert "stopped" in await page.evaluate("spoken")
    assert [text for text in await page.evaluate("spoken") if text != "stopped"] == []
    await states.read_aloud(chat)
    await chat.ask("How does the drug work?")
    text, language = (await page.evaluate("spoken"))[-2:]
    assert "CD22" in text
    assert language == "en-GB"


@pytest.mark.parametrize(
    ("voices", "heard"),
    [
        ([ENGLISH, FRENCH], ("Je regrette", "fr-FR")),
        ([ENGLISH, {**FRENCH, "lang": "fr_CA"}], ("Je regrette", "fr_CA")),
        ([ENGLISH, {**FRENCH, "localService": False}], ("This device has no voice for the language", "en-GB")),
    ],
)
async def test_a_reply_in_another_language_is_read_by_a_voice_of_that_language(new_page: NewPage, voices: Any, heard: Any) -> None:
    page = await new_page()
    await page.add_init_script(f"({SPEECH})({json.dumps(voices)})")
    chat = await Chat(page).open()
    await states.read_aloud(chat)
    await chat.ask("Je ne parle pas anglais, désolée")
    who, english, text, language = (await page.evaluate("spoken"))[-4:]
    assert (who, english) == ("The assistant:", "en-GB")
    assert (text[: len(heard[0])], language) == heard


async def test_a_voice_that_sends_text_to_a_server_is_not_offered(new_page: NewPage) -> None:
    page = await new_page()
    await page.add_init_script(f"({SPEECH})([{{lang: 'en-GB', localService: false}}])")
    chat = await Chat(page).open()
    await chat.options.click()
    await expect(chat.host.get_by_role("switch")).to_have_count(0)


async def test_the_result_can_be_followed_by_a_new_question(chat: Chat) -> None:
    await states.result(chat)
    await expect(await chat.ask("Who runs the study?")).to_contain_text("ITCC")
    await expect(chat.link("Save the sheet as a PDF")).to_be_visible()
