"""What is always at hand: a person, topics, the page behind an answer, and what a site may count."""

import json
import re
from typing import Any

from playwright.async_api import Page, expect

from tests.browser import states
from tests.browser.chat import Chat, answer_with
from tests.browser.conftest import PHONE, NewPage, Server
from tests.browser.hospital import Hospital
from tests.browser.test_accessibility import violations
from tests.browser.test_conversation import ENGLISH, SPEECH
from tests.browser.test_layout import measured
from tests.web.test_site_owner import parts

CONTACT = {
    "contact-name": "The study nurses",
    "contact-phone": "+31 88 972 72 72",
    "contact-hours": "Monday to Friday, 9 to 17",
    "contact-page": "https://hospital.example/contact",
}
TELL = """(names) => {
    window.told = [];
    for (const name of names) addEventListener(`trialog-${name}`, ({ detail }) => told.push([name, detail]));
}"""


# Whether the first of two pieces of a link's text stands left of the other.
FROM_LEFT = """(link, pieces) => {
    const [text] = link.childNodes, range = document.createRange();
    const [first, other] = pieces.map((piece) => {
        const from = text.data.indexOf(piece);
        range.setStart(text, from);
        range.setEnd(text, from + piece.length);
        return range.getBoundingClientRect().left;
    });
    return first < other;
}"""


async def with_contact(page: Page) -> Chat:
    """The chat of a page that says how its people can be reached."""
    set_all = "".join(f"chat.setAttribute({json.dumps(name)}, {json.dumps(value)});" for name, value in CONTACT.items())
    await page.add_init_script(f"""new MutationObserver((changes, observer) => {{
        const chat = document.querySelector('trialog-chat');
        if (!chat) return;
        observer.disconnect();
        {set_all}
    }}).observe(document, {{ childList: true, subtree: true }});""")
    return await Chat(page).open()


async def test_people_can_be_reached_from_the_menu_in_danger_on_hand_off_and_with_a_result(new_page: NewPage) -> None:
    chat = await with_contact(await new_page(viewport=PHONE))
    card = chat.host.locator(".contact")
    await expect(card).to_have_count(0)
    await chat.options.click()
    await expect(card.get_by_role("heading", name="Talk to a person")).to_be_visible()
    await expect(card.get_by_role("link", name="Call +31 88 972 72 72")).to_have_attribute("href", "tel:+31889727272")
    await expect(card).to_contain_text("Monday to Friday, 9 to 17")
    await chat.options.click()
    await states.result(chat)
    await expect(chat.replies.last.locator(".contact")).to_contain_text("The study nurses")
    for text in ("Can I talk to a nurse?", "my son is not breathing"):
        reply = await chat.ask(text)
        await expect(reply.locator(".contact")).to_contain_text("The study nurses")
    await expect(chat.voice).to_contain_text("Talk to a person: The study nurses, +31 88 972 72 72")
    assert (await measured(chat))["outside"] == []


async def test_where_nobody_is_named_there_is_no_card(chat: Chat) -> None:
    await chat.options.click()
    await chat.ask("Can I talk to a nurse?")
    await expect(chat.host.locator(".contact")).to_have_count(0)
    # What is asked while the menu is open closes it: a reply is not given behind it.
    await expect(chat.replies.last).to_be_visible()
    await expect(chat.options).to_have_attribute("aria-expanded", "false")


async def test_topics_are_at_hand_in_groups(chat: Chat) -> None:
    await chat.ask("Who runs the study?")
    await chat.options.click()
    await expect(chat.host.locator("summary").first).to_have_text("For a parent")
    await chat.host.locator("summary", has_text="The treatment").click()
    await chat.host.locator("details[open]").get_by_role("button", name="Side effects").click()
    await expect(chat.replies).to_have_count(3)
    await expect(chat.said.last).to_contain_text("Side effects")
    await expect(chat.options).to_have_attribute("aria-expanded", "false")
    await expect(chat.replies.last).to_contain_text("doctor")


async def test_a_topic_that_could_not_be_sent_goes_on_by_one_tap(chat: Chat) -> None:
    await chat.options.click()
    await chat.host.locator("summary", has_text="The treatment").click()
    await chat.page.route("**/messages", lambda route: route.abort())
    await chat.host.locator("details[open]").get_by_role("button", name="How the drug works").click()
    await expect(chat.button("Try again")).to_be_visible()
    await chat.page.unroute("**/messages")
    await chat.button("Try again").press("Enter")
    await expect(chat.replies.last).to_contain_text("CD22")


async def test_the_section_of_an_answer_is_shown_on_the_page_and_one_comes_back(chat: Chat) -> None:
    page = chat.page
    reply = await chat.press("Who can take part")
    show = reply.get_by_role("button", name="Show it on the page")
    await show.press("Enter")
    heading = page.get_by_role("heading", name="Who can enter", exact=True)
    await expect(heading).to_be_focused()
    await expect(heading).to_be_in_viewport()
    marked = await page.evaluate("[...CSS.highlights.get('trialog-source')].map(String).join()")
    assert "Age: 1-18 years" in marked
    assert "Goal" not in marked
    # The very sentences, not the whole section; one of them stands at the top of the page.
    assert "Who can enter" not in marked
    assert "Clinical study of the safety and efficacy" in marked
    await expect(page.get_by_text("Age: 1-18 years")).to_be_in_viewport()
    await chat.button("Back to the conversation").click()
    await expect(show).to_be_focused()
    assert not await page.evaluate("CSS.highlights.has('trialog-source')")
    await expect(chat.button("Back to the conversation")).to_be_hidden()
    # Where the sentences cannot be had, the section is marked.
    await page.route("**/passages*", lambda route: route.abort())
    await show.press("Enter")
    await expect(heading).to_be_focused()
    assert "Who can enter" in await page.evaluate("[...CSS.highlights.get('trialog-source')].map(String).join()")


async def test_a_source_on_another_page_opens_at_the_sentence_it_rests_on(new_page: NewPage, server: Server, hospital: Hospital) -> None:
    page = await new_page(viewport=PHONE)
    chat = await Chat(page).open(f"{hospital.allowed}/?assistant={server.address}")
    source = {"title": "Study", "section": "Background", "url": f"{server.address}/"}
    await answer_with(page, {"text": "ITCC runs it.", "kind": "answer", "topic": "who_runs", "source": source, "buttons": []})
    link = (await chat.ask("Who runs the study?")).get_by_role("link")
    await expect(link).to_have_attribute("href", f"{server.address}/#:~:text=Background")
    await link.hover()
    sentence = "text=This%20European%20group%20is%20called%20ITCC."
    await expect(link).to_have_attribute("href", re.compile(f"{re.escape(sentence)}&text=Background$"))
    async with page.context.expect_page() as opening:
        await link.click()
    await expect((await opening.value).get_by_text("This European group is called ITCC.")).to_be_in_viewport()


async def test_whether_an_answer_was_clear_is_counted_without_words(chat: Chat) -> None:
    sent: list[Any] = []
    chat.page.on("request", lambda request: sent.append(request.post_data_json) if request.url.endswith("/clear") else None)
    await chat.press("Who can take part")
    asked = chat.replies.nth(1).get_by_role("group", name="Was this clear?")
    await asked.get_by_role("button", name="No").press("Enter")
    async with chat.page.expect_response("**/clear"):
        await asked.get_by_role("button", name="Too hard to read").press("Enter")
    await expect(asked).to_contain_text("Only your choice is counted")
    assert sent == [{"topic": "who_can_enter", "clear": False, "reason": "hard_words"}]
    figures = await (await chat.page.request.get("/metrics")).text()
    assert 'trialog_clear_total{clear="no",reason="hard_words",topic="who_can_enter"}' in figures
    await chat.ask("How does the drug work?")
    await expect(asked).to_be_hidden()


async def test_one_reply_is_listened_to_paused_and_gone_on_with(new_page: NewPage) -> None:
    page = await new_page()
    await page.add_init_script(f"({SPEECH})({json.dumps([ENGLISH])})")
    await page.add_init_script("for (const name of ['pause', 'resume']) speechSynthesis[name] = () => spoken.push(name);")
    chat = await Chat(page).open()
    await chat.press("How the drug works")
    for name, heard in (("Listen", "CD22"), ("Pause", "pause"), ("Go on reading", "resume")):
        await chat.button(name).last.press("Enter")
        assert any(heard in said for said in (await page.evaluate("spoken"))[-3:]), name
    await chat.ask("Who runs the study?")
    assert (await page.evaluate("spoken"))[-1] == "stopped"
    # An older reply can be listened to again; whether it was clear is asked of the latest one only.
    older = chat.replies.nth(1)
    await older.get_by_role("button", name="Listen").press("Enter")
    assert any("CD22" in said for said in (await page.evaluate("spoken"))[-2:])
    await expect(older.get_by_role("group", name="Was this clear?")).to_be_hidden()


async def test_a_site_may_count_what_happens_and_learns_nothing_of_a_child(chat: Chat) -> None:
    await chat.page.evaluate(TELL, ["opened", "asked", "answered", "left"])
    await chat.press("Who can take part")
    await states.result(chat)
    await states.danger(chat)
    await states.deleted(chat)
    told = await chat.page.evaluate("told")
    assert told[:2] == [["asked", {"by": "button"}], ["answered", {"kind": "answer"}]]
    assert ["asked", {"by": "typing"}] in told
    assert {detail.get("kind") for name, detail in told if name == "answered"} == {"answer", "questionnaire"}
    assert told[-1] == ["left", {}]


async def test_a_page_can_open_the_chat_and_ask(new_page: NewPage) -> None:
    page = await new_page()
    await page.goto("/static/chat/examples/floating.html")
    chat = Chat(page)
    await chat.host.evaluate("chat => chat.ask('Who can take part')")
    await expect(chat.replies).to_have_count(2)
    await expect(chat.button("You chose: Who can take part")).to_be_visible()
    await chat.host.evaluate("chat => chat.ask('Who runs the study?')")
    await expect(chat.replies.last).to_contain_text("ITCC")
    await chat.host.evaluate("chat => chat.close()")
    launcher, news = chat.button("Ask about this study"), chat.host.get_by_role("status").filter(has_text="There is a new reply")
    await expect(launcher).to_be_focused()
    # Who closes the window while waiting hears of the reply.
    held: list[Any] = []
    await page.route("**/messages", lambda route: held.append(route))
    await launcher.click()
    await chat.type("How does the drug work?")
    await expect(chat.said).to_have_count(2)
    await page.keyboard.press("Escape")
    await expect(news).to_have_count(0)
    await held[0].continue_()
    await expect(news).to_have_count(1)
    await expect(launcher).to_have_class("launcher unread")
    await launcher.click()
    await expect(news).to_have_count(0)
    await expect(chat.replies.last).to_contain_text("CD22")


async def test_the_sheet_is_in_the_menu_also_without_a_result(chat: Chat) -> None:
    await chat.options.click()
    page = chat.page
    await page.goto(str(await chat.link("A sheet for your doctor").get_attribute("href")))
    await expect(page.get_by_role("heading", name="Questions to take to the doctor")).to_be_visible()
    # Lines to write on, which a printer draws: borders, not grounds.
    await page.emulate_media(media="print")
    lines = page.locator(".lines div")
    await expect(lines).to_have_count(5)
    await expect(lines.first).to_have_css("border-bottom-style", "solid")
    assert await violations(page) == []


async def test_who_has_scrolled_away_is_told_of_a_reply_and_not_pulled_back(new_page: NewPage) -> None:
    page = await new_page(viewport=PHONE)
    chat = await Chat(page).open()
    await chat.ask("Who can take part?")
    await chat.ask("What came out of the first phase?")
    held: list[Any] = []
    await page.route("**/messages", lambda route: held.append(route))
    await chat.type("Who runs the study?")
    await expect(chat.said).to_have_count(3)
    await chat.log.hover()
    await page.mouse.wheel(0, -3000)
    await page.wait_for_function("log => log.scrollTop === 0", arg=await chat.log.element_handle())
    await held[0].continue_()
    await chat.button("New reply below").click()
    await expect(chat.replies.last).to_be_in_viewport()
    await expect(chat.button("New reply below")).to_be_hidden()


async def test_parts_and_a_logo_are_the_sites(new_page: NewPage) -> None:
    chat = await Chat(await new_page()).open()
    await chat.host.evaluate("""chat => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync('trialog-chat::part(bar) { background: rgb(1, 2, 3); }');
        document.adoptedStyleSheets = [sheet];
        const logo = new Image(40, 40);
        Object.assign(logo, { slot: 'logo', alt: 'Example Hospital', src: '/static/icon.svg' });
        chat.append(logo);
    }""")
    await expect(chat.host.locator(".bar")).to_have_css("background-color", "rgb(1, 2, 3)")
    await expect(chat.page.get_by_role("img", name="Example Hospital")).to_be_visible()
    # What the page for site owners names is there, and nothing else.
    await chat.page.goto("/static/chat/examples/floating.html")
    await chat.host.evaluate("chat => { chat.setAttribute('contact-phone', '112'); chat.replaceWith(chat.cloneNode()); }")
    await chat.host.evaluate("chat => chat.ask('my son is not breathing')")
    await expect(chat.host.locator(".contact")).to_be_visible()
    await states.not_sent(chat)
    assert set(await chat.host.locator("[part]").evaluate_all("nodes => nodes.map((node) => node.getAttribute('part'))")) == parts()


async def test_the_words_around_the_replies_come_in_the_language_of_the_page_or_of_the_familys_choice(new_page: NewPage) -> None:
    page = await new_page(viewport=PHONE)
    body = """<!doctype html><html lang="ar-EG"><title>Study</title><main><h1>Study</h1>
        <trialog-chat contact-phone="+31 88 972 72 72"></trialog-chat></main><script src="/trialog-chat.js"></script>"""
    await page.route("**/study", lambda route: route.fulfill(body=body, content_type="text/html"))
    chat = await Chat(page).open("/study")
    await expect(chat.host.get_by_role("heading", name="أسئلة عن هذه الدراسة")).to_be_visible()
    await expect(chat.log).to_have_css("direction", "rtl")
    await expect(chat.replies.first.locator(".text").first).to_have_css("direction", "ltr")
    assert await violations(page) == []
    # English words in it are read from the left: their lists hang inside the card, and a question mark stands at the end.
    await chat.press("Who can take part")
    await expect(chat.replies.last.locator("ul")).to_have_css("direction", "ltr")
    await chat.ask("Who runs the study?")
    await expect(chat.said.last.locator("bdi")).to_have_css("direction", "ltr")
    await chat.button("القائمة").click()
    # A number is read from the left in Arabic, too.
    assert await chat.host.locator(".contact a").evaluate(FROM_LEFT, ["+31", "972"])
    await chat.host.get_by_role("combobox").select_option(label="Nederlands")
    await expect(chat.host.get_by_role("heading", name="Vragen over dit onderzoek")).to_be_visible()
    await expect(chat.log).to_have_css("direction", "ltr")
    await expect(chat.replies).to_have_count(3)
    await expect(chat.replies.last.locator(".who")).to_have_text("De assistent")
    # Lines are no longer than is good to read, however wide the page is.
    await page.set_viewport_size({"width": 1440, "height": 900})
    assert await chat.replies.last.evaluate("reply => reply.offsetWidth") < 720
    await page.reload()
    await expect(chat.host.get_by_role("heading", name="Vragen over dit onderzoek")).to_be_visible()
    await chat.ask("How does the drug work?")
    await expect(chat.replies).to_have_count(4)


async def test_words_that_cannot_be_had_are_english(new_page: NewPage) -> None:
    page = await new_page(locale="de-DE")
    await page.route("**/api/words/*", lambda route: route.abort())
    await page.goto("/static/chat/examples/floating.html")
    await page.evaluate("document.documentElement.removeAttribute('lang')")
    chat = Chat(page)
    await chat.host.evaluate("chat => chat.replaceWith(chat.cloneNode())")
    await chat.button("Ask about this study").click()
    await expect(chat.replies).to_have_count(1)
