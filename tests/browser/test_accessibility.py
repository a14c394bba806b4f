"""Axe with every rule it has on every state, and what it cannot see: sizes, reflow, contrast of the edges."""

import re
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from tests.browser import states
from tests.browser.chat import Chat, Kiosk
from tests.browser.conftest import NewPage

# No rule is switched off. One that has to be gets its reason here, in words.
SWITCHED_OFF: dict[str, str] = {}

# Pixels a side: what a finger needs (WCAG 2.5.5), and what a kiosk needs.
TARGET, KIOSK_TARGET = 44, 60

TARGETS = "button, textarea, summary, label.pick, .sheet a"
SMALL = """([selector, size]) => {
    const roots = [document, ...[...document.querySelectorAll('trialog-chat')].map((chat) => chat.shadowRoot)];
    const shown = roots.flatMap((root) => [...root.querySelectorAll(selector)]).filter((node) => node.checkVisibility());
    const boxes = shown.map((node) => [node.textContent.trim(), node.getBoundingClientRect()]);
    const small = boxes.filter(([, box]) => box.width < size - 0.5 || box.height < size - 0.5);
    return small.map(([name, box]) => `${name}: ${box.width} x ${box.height}`);
}"""


# Keeps what the live regions say, as a screen reader hears it: each addition once, in order, and how urgently.
HEAR = """() => {
    window.heard = [];
    const keep = ({ target, addedNodes }) => addedNodes.forEach((node) => heard.push([target.ariaLive, node.textContent.trim()]));
    const observer = new MutationObserver((changes) => changes.forEach(keep));
    const root = document.querySelector('trialog-chat').shadowRoot;
    for (const region of root.querySelectorAll('[aria-live]:not([aria-live=off])')) observer.observe(region, { childList: true });
}"""


async def violations(page: Page) -> list[str]:
    """What axe finds with all its rules, also those it does not use by default, as readable lines."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(Axe().axe_script)
    rules: dict[str, Any] = await page.evaluate("Object.fromEntries(axe.getRules().map((rule) => [rule.ruleId, {enabled: true}]))")
    for name in SWITCHED_OFF:
        rules[name] = {"enabled": False}
    found = await page.evaluate("(rules) => axe.run({rules, resultTypes: ['violations']})", rules)
    return [f"{one['id']}: {node['target']} {node['failureSummary']}" for one in found["violations"] for node in one["nodes"]]


@pytest.mark.parametrize("walk", states.OF_CHAT)
async def test_axe_finds_nothing_in_the_chat(chat: Chat, walk: str) -> None:
    for step in states.OF_CHAT[walk]:
        await step(chat)
        assert await violations(chat.page) == [], step.__name__
        assert await chat.page.evaluate(SMALL, [TARGETS, TARGET]) == [], step.__name__


async def test_axe_finds_nothing_on_the_sheet(chat: Chat) -> None:
    await states.result(chat)
    page = chat.page
    await page.goto(str(await chat.link("Open the sheet to print it").get_attribute("href")))
    await expect(page.get_by_role("button", name="Print this page")).to_be_visible()
    for width in (320, 1280):
        await page.set_viewport_size({"width": width, "height": 800})
        assert await violations(page) == []
        assert await page.evaluate(SMALL, ["button", TARGET]) == []
        assert await page.evaluate("document.documentElement.scrollWidth") <= width
    await page.emulate_media(media="print")
    await expect(page.get_by_role("button", name="Print this page")).to_be_hidden()


async def test_axe_finds_nothing_in_the_kiosk(kiosk: Kiosk) -> None:
    for step in states.OF_KIOSK:
        await step(kiosk)
        assert await violations(kiosk.page) == [], step.__name__
        assert await kiosk.page.evaluate(SMALL, [TARGETS, KIOSK_TARGET]) == [], step.__name__


SETTINGS = {
    "dark": {"color_scheme": "dark"},
    "high contrast": {"contrast": "more"},
    "forced colours": {"forced_colors": "active"},
    "reduced motion": {"reduced_motion": "reduce"},
}


THEMES = {"dark": "dark", "high contrast": "contrast"}


@pytest.mark.parametrize("setting", SETTINGS)
async def test_axe_finds_nothing_in_any_setting_of_the_device(new_page: NewPage, setting: str) -> None:
    chat = await Chat(await new_page(**SETTINGS[setting])).open()
    await chat.host.evaluate("chat => chat.setAttribute('theme', 'device')")
    for state in (states.result, states.danger, states.not_sent, states.options):
        await state(chat)
    await expect(chat.host.locator(".root")).to_have_attribute("data-theme", THEMES.get(setting, "light"))
    assert await violations(chat.page) == []


async def test_a_chat_is_as_bright_as_the_page_around_it(new_page: NewPage) -> None:
    page = await new_page(color_scheme="dark")
    chat = await Chat(page).open()
    root = chat.host.locator(".root")
    await expect(root).to_have_attribute("data-theme", "light")
    await page.evaluate("document.body.style.background = '#101418'")
    await expect(root).to_have_attribute("data-theme", "dark")
    await page.emulate_media(contrast="more")
    await expect(root).to_have_attribute("data-theme", "contrast")


@pytest.mark.parametrize("setting", ["no-preference", "reduce"])
async def test_nothing_moves_for_those_who_do_not_want_it(new_page: NewPage, setting: Any) -> None:
    chat = await Chat(await new_page(reduced_motion=setting)).open()
    await states.waiting(chat)
    moving = await chat.host.locator(".dots i").first.evaluate("node => getComputedStyle(node).animationName")
    assert moving == ("none" if setting == "reduce" else "breathe")
    await expect(chat.log).to_have_css("scroll-behavior", "auto" if setting == "reduce" else "smooth")


WIDE = "node => [...node.querySelectorAll('*:not(.hidden, .hidden *)')].filter((one) => one.getBoundingClientRect().right > 320.5).length"


# 320 CSS pixels: a small phone, or 1280 pixels at 400 %, which leaves 256 of the height.
async def test_nothing_is_cut_off_at_320_pixels(new_page: NewPage) -> None:
    page = await new_page(viewport={"width": 320, "height": 640})
    chat = await Chat(page).open()
    # The largest text: what fits then fits always.
    await chat.options.click()
    await chat.host.get_by_role("radio", name="Largest").check()
    await chat.options.click()
    for step in (states.long_word, states.review, states.not_sent, states.delete):
        await step(chat)
        for height, overflow in ((256, "visible"), (640, "auto")):
            await page.set_viewport_size({"width": 320, "height": height})
            assert await page.evaluate("document.documentElement.scrollWidth") <= 320, step.__name__
            assert await chat.host.locator(".chat").evaluate(WIDE) == 0, step.__name__
            # At 400 % the page scrolls, and not a window in it.
            await expect(chat.log).to_have_css("overflow-y", overflow)


async def test_new_messages_are_spoken_once_complete_and_in_order(chat: Chat) -> None:
    await chat.page.evaluate(HEAR)
    await expect(chat.log).to_have_attribute("aria-live", "off")
    await states.question(chat)
    [[how, line]] = await chat.page.evaluate("heard")
    assert how == "polite"
    assert line.startswith("The assistant: I can go through the 5 points on the study page with you.")
    assert line.endswith(
        "Say “back” or “stop” at any time."
        " Question 1 of 5. How old is your child now? You can choose: I do not know, Why do you ask?, Stop."
    )


async def test_danger_is_spoken_at_once_and_as_urgently_as_it_looks(chat: Chat) -> None:
    await chat.page.evaluate(HEAR)
    await states.danger(chat)
    [[how, line]] = await chat.page.evaluate("heard")
    assert how == "assertive"
    assert line.startswith("Important: ")


async def test_a_list_is_spoken_in_sentences_without_its_bullets(chat: Chat) -> None:
    await states.question_with_choices(chat)
    await chat.page.evaluate(HEAR)
    for choice in states.ANSWERS[1:]:
        await chat.press(choice)
    _, line = (await chat.page.evaluate("heard"))[-1]
    assert "Please check your answers: Age: 7 years. Disease: B-cell precursor ALL (BCP-ALL). CD22: not known. " in line


async def test_room_left_is_told_when_typing_pauses_and_not_at_every_key(chat: Chat) -> None:
    await chat.field.fill("a" * 1_840)
    await chat.page.wait_for_timeout(1_100)
    await chat.page.evaluate(HEAR)
    await chat.field.press_sequentially("bcdef")
    assert await chat.page.evaluate("heard") == []
    await chat.page.wait_for_timeout(1_100)
    assert await chat.page.evaluate("heard") == [["polite", "Characters left: 155"]]
    await expect(chat.field).to_have_accessible_description("Please do not type names, birth dates or phone numbers.")
    await chat.field.fill("a" * 2_001)
    await expect(chat.field).to_have_accessible_description(re.compile("Characters too many: 1$"))


async def test_a_result_tells_that_there_is_a_sheet(chat: Chat) -> None:
    await states.review(chat)
    await chat.page.evaluate(HEAR)
    await chat.press("Yes, that is right")
    [[_, line]] = await chat.page.evaluate("heard")
    assert "You can choose: Open the sheet to print it, Save the sheet as a PDF, " in line
    await expect(chat.link("Save the sheet as a PDF (opens in a new window)")).to_be_visible()


# Orca reads the text of a flex paragraph as a blank line.
async def test_who_speaks_and_the_source_are_lines_a_screen_reader_can_read(chat: Chat) -> None:
    reply = await chat.press("Who can take part")
    for line in (".who", ".source"):
        await expect(reply.locator(line)).to_have_css("display", "block")


async def test_a_notice_is_spoken_and_what_was_spoken_is_not_left_lying_about(chat: Chat) -> None:
    await chat.page.evaluate(HEAR)
    await states.not_sent(chat)
    [[_, line]] = await chat.page.evaluate("heard")
    assert line.endswith("Please try again in a moment. You can choose: Try again.")
    await chat.page.unroute("**/messages")
    await chat.ask("Who runs the study?")
    await expect(chat.voice.get_by_text("I cannot reach")).to_have_count(0)


async def test_a_page_that_has_just_loaded_is_not_talked_over(chat: Chat) -> None:
    await expect(chat.voice).to_have_text("")


async def test_what_a_screen_reader_finds(chat: Chat) -> None:
    await states.question(chat)
    await expect(chat.host).to_match_aria_snapshot(
        """
        - region "Questions about this study":
          - heading "Questions about this study" [level=2]
          - paragraph: An automatic assistant, not a doctor
          - button "Menu"
          - log "Conversation":
            - article:
              - heading "The assistant" [level=3]
              - paragraph: /Hello/
              - button "What the study is about"
              - button "Who can take part"
              - button "How the drug works"
              - button "See if the study might fit"
            - article:
              - heading /Can my child take part/ [level=3]
            - article:
              - heading "The assistant" [level=3]
              - paragraph: /points on the study page/
              - paragraph: /own words/
            - article:
              - heading "Question 1 of 5" [level=3]
              - progressbar "Question 1 of 5"
              - paragraph:
                - strong: How old is your child now?
              - group "How old is your child now?":
                - button "I do not know"
                - button "Why do you ask?"
                - button "Stop"
          - status
          - form "Questions about this study":
            - text: Your answer
            - textbox "Your answer"
            - button "Send"
        """
    )


async def test_another_language_is_marked_and_runs_in_its_own_direction(chat: Chat) -> None:
    await expect(chat.host.locator(".root")).to_have_attribute("lang", "en")
    reply = await chat.ask("ما هو الطقس غدا في المدينة؟")
    text = reply.locator(".text")
    await expect(text).to_contain_text("الإنجليزية")
    await expect(text).to_have_css("direction", "rtl")
    await expect(text).to_have_attribute("lang", "ar")
    assert await reply.locator(".who").evaluate("node => node.closest('[lang]').lang") == "en"
    spoken = chat.voice.locator("span")
    await expect(spoken.nth(0)).to_have_text("The assistant:")
    await expect(spoken.nth(1)).to_have_attribute("lang", "ar")
    await expect(spoken.nth(1)).to_contain_text("الإنجليزية")
