"""The chat on other people's pages: their style, their security policy, their content management system."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.browser import states
from tests.browser.chat import Chat
from tests.browser.conftest import PHONE, NewPage, Server
from tests.browser.hospital import Hospital
from tests.browser.test_accessibility import violations

EXAMPLES = "/static/chat/examples"

LOOK = """chat => {
    const shown = [...chat.shadowRoot.querySelectorAll('.chat, .bar, .log, .assistant, .text, button, textarea')];
    const style = (node) => ['fontSize', 'fontStyle', 'color', 'backgroundColor', 'letterSpacing', 'transform', 'opacity', 'visibility']
        .map((name) => getComputedStyle(node)[name]);
    const box = chat.getBoundingClientRect();
    return [getComputedStyle(chat).opacity, getComputedStyle(chat).transform, box.height, shown.map(style)];
}"""


async def test_axe_finds_nothing_in_any_example(new_page: NewPage) -> None:
    page = await new_page()
    for name in ("floating", "several", "hostile", "twice", "own-colours"):
        await page.goto(f"{EXAMPLES}/{name}.html")
        await page.locator("trialog-chat").first.wait_for(state="attached")
        if name == "floating":
            await page.locator("trialog-chat").get_by_role("button", name="Ask about this study").click()
        await expect(page.locator("trialog-chat .assistant").first).to_be_visible()
        # The page of hostile.html breaks every rule by itself; the chat in it may not.
        found = await violations(page)
        assert [one for one in found if name != "hostile" or "trialog-chat" in one] == [], name


async def test_a_page_that_styles_everything_cannot_reach_the_chat(new_page: NewPage) -> None:
    page = await new_page()
    plain = await Chat(page).open(f"{EXAMPLES}/twice.html")
    expected = await plain.host.evaluate(LOOK)
    hostile = await Chat(page).open(f"{EXAMPLES}/hostile.html")
    assert await hostile.host.evaluate(LOOK) == expected
    await hostile.press("Who can take part")


async def test_a_page_of_an_allowed_origin_has_the_chat_under_its_strict_policy(
    new_page: NewPage, server: Server, hospital: Hospital
) -> None:
    page = await new_page()
    chat = await Chat(page).open(f"{hospital.allowed}/?assistant={server.address}")
    reply = await chat.press("Who can take part")
    assert await reply.evaluate("node => getComputedStyle(node).borderTopStyle") == "solid"
    await states.result(chat)
    await page.reload()
    await expect(chat.button("Yes, that is right")).to_have_count(0)
    await chat.ask("Who runs the study?")
    await states.deleted(chat)
    assert chat.console == []


async def test_a_page_of_another_origin_says_so_kindly_and_tells_its_owner_why(
    new_page: NewPage, server: Server, hospital: Hospital
) -> None:
    chat = Chat(await new_page())
    await chat.page.goto(f"{hospital.refused}/?assistant={server.address}")
    await expect(chat.notice).to_contain_text("I am not ready on this page yet")
    await expect(chat.notice).to_contain_text("ask your doctor")
    await expect(chat.replies).to_have_count(0)
    reason = f"{server.address} does not allow pages of {hospital.refused}. Its operator can add them to TRIALOG_ALLOWED_ORIGINS."
    assert f"<trialog-chat>: {reason}" in chat.console


async def test_a_server_that_is_away_is_not_taken_for_one_that_refuses(new_page: NewPage, server: Server, hospital: Hospital) -> None:
    chat = Chat(await new_page())
    await chat.page.route("**/api/**", lambda route: route.abort())
    await chat.page.goto(f"{hospital.allowed}/?assistant={server.address}")
    await expect(chat.notice).to_contain_text("I cannot reach the assistant")
    assert "TRIALOG_ALLOWED_ORIGINS" not in " ".join(chat.console)


async def test_a_script_that_is_loaded_twice_makes_one_chat(new_page: NewPage) -> None:
    chat = await Chat(await new_page()).open(f"{EXAMPLES}/twice.html")
    await expect(chat.host.locator(".chat")).to_have_count(1)
    await chat.ask("Who runs the study?")


async def test_several_chats_on_one_page_keep_to_themselves(new_page: NewPage) -> None:
    page = await new_page()
    first, second = Chat(page, "#first"), Chat(page, "#second")
    await first.open(f"{EXAMPLES}/several.html")
    await second.host.scroll_into_view_if_needed()
    await expect(second.replies).to_have_count(1)
    await first.ask("Who runs the study?")
    await expect(second.replies).to_have_count(1)
    await page.reload()
    await expect(first.replies).to_have_count(2)
    await expect(second.replies).to_have_count(1)


async def test_a_chat_that_is_moved_or_put_back_goes_on(chat: Chat) -> None:
    await chat.ask("Who runs the study?")
    await chat.host.evaluate("element => document.querySelector('article').prepend(element)")
    await expect(chat.replies).to_have_count(2)
    await chat.ask("How does the drug work?")
    await chat.host.evaluate("element => { window.kept = element; element.remove(); }")
    await chat.page.evaluate("document.querySelector('main').append(kept)")
    await expect(chat.replies).to_have_count(3)
    await chat.ask("What is CD22?")


ADD = """attributes => {
    const made = document.createElement('trialog-chat');
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    document.querySelector('.words').append(made);
}"""


async def added(page: Page, **attributes: str) -> Chat:
    """A chat with ``attributes``, put on a page that has none."""
    await page.goto("/kiosk")
    chat = Chat(page)
    await page.evaluate(ADD, attributes)
    await expect(chat.replies).to_have_count(1)
    return chat


async def test_name_colours_and_size_come_from_the_page(new_page: NewPage) -> None:
    chat = await Chat(await new_page()).open(f"{EXAMPLES}/own-colours.html")
    await expect(chat.host.get_by_role("heading", name="Ask our study team’s assistant")).to_be_visible()
    await expect(chat.host.locator(".bar")).to_have_css("background-color", "rgb(91, 42, 134)")
    await expect(chat.host.locator(".text").first).to_have_css("font-family", re.compile("^Georgia"))
    await chat.host.evaluate("element => element.setAttribute('name', 'Another name')")
    await expect(chat.host.get_by_role("heading", name="Another name")).to_be_visible()


async def test_the_trial_and_the_channel_are_sent(new_page: NewPage) -> None:
    page = await new_page()
    async with page.expect_request("**/api/conversations") as opening:
        await added(page, trial="itcc-059", country="NL")
    assert (await opening.value).post_data_json == {"trial": "itcc-059", "country": "NL", "channel": "web"}


async def test_a_page_in_germany_gives_german_numbers(new_page: NewPage) -> None:
    chat = await added(await new_page(), country="de")
    await expect(await chat.ask("my son is not breathing")).to_contain_text("Please call 112 now")
    await expect(await chat.ask("I want to kill myself")).to_contain_text("0800 111 0 111 (TelefonSeelsorge)")
    assert chat.console == []


async def test_a_slip_in_the_country_is_told_to_the_site_owner_and_not_to_the_family(new_page: NewPage) -> None:
    page = await new_page()
    for country, told in (("XX", "no country: 112"), ("deutschland", "no country: 112"), ("uk", "GB")):
        async with page.expect_console_message() as warning:
            chat = await added(page, country=country)
        await expect(chat.replies.first).to_contain_text("If someone is in danger now, call")
        assert (await warning.value).text == f'<trialog-chat country="{country}">: families are told the emergency numbers of {told}.'
        # Else the next one goes on with this conversation.
        await page.evaluate("sessionStorage.clear()")


async def test_the_button_in_the_corner_opens_and_closes(new_page: NewPage) -> None:
    page = await new_page()
    await page.goto(f"{EXAMPLES}/floating.html")
    chat = Chat(page)
    launcher = chat.button("Ask about this study")
    await expect(chat.replies).to_have_count(0)
    await launcher.click()
    dialog = chat.host.get_by_role("dialog", name="Questions about this study")
    await expect(dialog).to_be_visible()
    await expect(chat.replies).to_have_count(1)
    assert await chat.focused() == "Questions about this study"
    await expect(chat.voice).to_contain_text("I am an automatic assistant")
    await page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()
    await expect(launcher).to_be_focused()
    await launcher.click()
    await expect(chat.replies).to_have_count(1)
    await chat.button("Close").click()
    await expect(launcher).to_be_focused()


async def test_on_a_phone_the_open_chat_covers_the_page_and_keeps_the_focus(new_page: NewPage) -> None:
    page = await new_page(viewport=PHONE)
    await page.goto(f"{EXAMPLES}/floating.html")
    chat = Chat(page)
    await chat.button("Ask about this study").click()
    await expect(chat.replies).to_have_count(1)
    box = await chat.host.locator("dialog").bounding_box()
    assert box == {"x": 0, "y": 0, "width": PHONE["width"], "height": PHONE["height"]}
    assert await chat.host.locator("dialog").evaluate("node => node.matches(':modal')")
    for _ in range(12):
        await page.keyboard.press("Tab")
        assert await page.evaluate(
            "[null, document.body].includes(document.activeElement) || document.activeElement.localName === 'trialog-chat'"
        )
    await page.keyboard.press("Escape")
    await expect(chat.button("Ask about this study")).to_be_focused()


async def test_a_browser_with_storage_switched_off_has_the_chat_all_the_same(new_page: NewPage) -> None:
    page = await new_page()
    await page.add_init_script("Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('denied'); } });")
    chat = await Chat(page).open()
    await chat.ask("Who runs the study?")


async def test_the_corner_button_goes_only_after_the_focus_has_left_it(new_page: NewPage) -> None:
    page = await new_page()
    await page.goto(f"{EXAMPLES}/floating.html")
    host = page.locator("trialog-chat")
    assert not await host.evaluate("element => { element.open(); return element.launcher.hidden; }")
    await expect(host.get_by_role("button", name="Ask about this study")).to_be_hidden()


async def test_a_tab_that_is_duplicated_begins_its_own_conversation(chat: Chat, new_page: NewPage) -> None:
    await chat.ask("Who runs the study?")
    first = await chat.id()
    # A window that a page opens gets a copy of what its tab keeps, as a duplicated tab does.
    async with chat.page.context.expect_page() as opening:
        await chat.page.evaluate("void window.open('/')")
    copy = Chat(await opening.value)
    await copy.host.scroll_into_view_if_needed()
    await expect(copy.replies).to_have_count(1)
    assert await copy.id() not in (first, None)
    await chat.ask("How does the drug work?")
    await chat.page.reload()
    await expect(chat.replies).to_have_count(3)
    assert await chat.id() == first


async def test_a_chat_that_the_page_makes_anew_goes_on_and_what_is_deleted_stays_deleted(chat: Chat) -> None:
    await chat.ask("Who runs the study?")
    first = await chat.id()
    await chat.host.evaluate("element => element.replaceWith(element.cloneNode())")
    await expect(chat.replies).to_have_count(2)
    assert await chat.id() == first
    await states.deleted(chat)
    assert await chat.page.evaluate("sessionStorage.length") == 0
    await chat.page.reload()
    await chat.host.scroll_into_view_if_needed()
    await expect(chat.replies).to_have_count(1)
    assert await chat.id() != first


# What Prototype.js 1.6 does to every list of a page.
PROTOTYPE = "Array.prototype.toJSON = function toJSON() { return `[${this.map((one) => JSON.stringify(one)).join(', ')}]`; };"


async def test_a_page_with_an_old_library_that_changes_lists_keeps_the_conversation(new_page: NewPage) -> None:
    page = await new_page()
    await page.context.add_init_script(PROTOTYPE)
    chat = await Chat(page).open()
    await chat.ask("Who runs the study?")
    await page.reload()
    await expect(chat.replies).to_have_count(2)
    await page.evaluate("sessionStorage.setItem(Object.keys(sessionStorage)[0], JSON.stringify({ entries: '[1]', turns: 7 }))")
    await page.goto("about:blank")
    await page.go_back()
    await chat.ask("Who runs the study?")


async def test_a_script_that_an_optimiser_puts_into_the_page_still_makes_a_chat(new_page: NewPage, server: Server) -> None:
    page = await new_page()
    source = await (await page.request.get("/trialog-chat.js")).text()
    body = f"<!doctype html><html lang=en><title>Study</title><main><trialog-chat></trialog-chat></main><script>{source}</script>"
    await page.route("**/study", lambda route: route.fulfill(body=body, content_type="text/html"))
    chat = await Chat(page).open("/study")
    assert "name the server in the attribute" in chat.console[0]


@pytest.mark.parametrize("missing", ["customElements", "dialog"])
async def test_a_browser_that_is_too_old_is_told_so_or_does_without(new_page: NewPage, missing: str) -> None:
    page = await new_page()
    if missing == "dialog":
        await page.add_init_script("for (const name of ['show', 'showModal', 'close']) delete HTMLDialogElement.prototype[name];")
        await page.goto(f"{EXAMPLES}/floating.html")
        chat = Chat(page)
        await chat.button("Ask about this study").click()
        await expect(chat.replies).to_have_count(1)
        await chat.button("Close").click()
        await expect(chat.button("Ask about this study")).to_be_focused()
        await expect(chat.host.locator("dialog[open]")).to_have_count(0)
    else:
        await page.add_init_script("delete window.customElements;")
        await page.goto("/")
        await expect(page.locator("trialog-chat")).to_contain_text("Please ask your doctor or the treating team.")
