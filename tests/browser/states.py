"""Every state of the chat and the kiosk, and how a visitor gets there. Axe looks at all of them; some are kept as pictures."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from playwright.async_api import Route, expect

from tests.browser.chat import Chat, Kiosk, fail_with

LONG_WORD = "Donaudampfschiffahrtsgesellschaftskapitänswitwenrente" * 3


async def welcome(chat: Chat) -> None:
    await expect(chat.button("Who can take part")).to_be_visible()


async def answer(chat: Chat) -> None:
    await chat.press("Who can take part")


async def more(chat: Chat) -> None:
    await answer(chat)
    await and_more(chat)


async def and_more(chat: Chat) -> None:
    await chat.press("More")


async def not_on_page(chat: Chat) -> None:
    await chat.ask("What are the side effects?")


async def word_explained(chat: Chat) -> None:
    await chat.ask("What is leukemia?")


async def danger(chat: Chat) -> None:
    await chat.ask("my son is not breathing")


# One answer that is open and one that does not fit, so that a result shows all three verdicts.
ANSWERS = [
    "7",
    "B-cell precursor ALL (BCP-ALL)",
    "I do not know",
    "Yes, it has come back",
    "No, neither",
]


async def question(chat: Chat) -> None:
    await chat.ask("Can my child take part?")
    await expect(chat.replies.last.get_by_role("progressbar")).to_be_visible()


async def question_with_choices(chat: Chat) -> None:
    await question(chat)
    await and_an_age(chat)


async def and_an_age(chat: Chat) -> None:
    await chat.ask(ANSWERS[0])


async def review(chat: Chat) -> None:
    await question_with_choices(chat)
    await and_the_rest(chat)


async def and_the_rest(chat: Chat) -> None:
    for choice in ANSWERS[1:]:
        await chat.press(choice)
    await expect(chat.button("Yes, that is right")).to_be_visible()


async def result(chat: Chat) -> None:
    await review(chat)
    await and_that_is_right(chat)


async def and_that_is_right(chat: Chat) -> None:
    await chat.press("Yes, that is right")


async def waiting_for_ever(chat: Chat) -> None:
    await chat.page.route("**/messages", _never)
    await chat.type("How does the drug work?")


async def waiting(chat: Chat) -> None:
    await waiting_for_ever(chat)
    await expect(chat.host.get_by_text("One moment, please")).to_be_visible()


async def not_sent(chat: Chat) -> None:
    await chat.page.route("**/messages", lambda route: route.abort())
    await chat.type("How does the drug work?")
    await expect(chat.button("Try again")).to_be_visible()


async def and_sent(chat: Chat) -> None:
    await chat.page.unroute_all()
    await chat.press("Try again")


async def too_many(chat: Chat) -> None:
    await fail_with(chat.page, "too_many", 429, "I am getting many messages at once. Please wait a moment and send it again.")
    await chat.type("How does the drug work?")
    await expect(chat.button("Try again")).to_be_visible()


async def too_long(chat: Chat) -> None:
    await chat.field.fill("why? " * 410)
    await expect(chat.host.get_by_text("This is too long")).to_be_visible()


async def long_word(chat: Chat) -> None:
    await chat.ask(LONG_WORD)


async def begun_anew(chat: Chat) -> None:
    await chat.page.request.delete(f"/api/conversations/{await chat.id()}")
    await chat.ask("How does the drug work?")
    await expect(chat.notice).to_contain_text("The earlier conversation has ended")


async def options(chat: Chat) -> None:
    await chat.options.click()
    await expect(chat.button("Delete the conversation")).to_be_visible()


async def read_aloud(chat: Chat) -> None:
    await options(chat)
    await chat.host.get_by_role("switch", name="Read replies aloud").check()


async def delete(chat: Chat) -> None:
    await options(chat)
    await and_delete(chat)


async def and_delete(chat: Chat) -> None:
    await chat.button("Delete the conversation").click()


async def deleted(chat: Chat) -> None:
    await delete(chat)
    await and_surely(chat)


async def and_surely(chat: Chat) -> None:
    await chat.button("Yes, delete it").click()
    await expect(chat.button("Start a new conversation")).to_be_visible()


async def kiosk_start(kiosk: Kiosk) -> None:
    await expect(kiosk.start).to_be_visible()


async def kiosk_contrast(kiosk: Kiosk) -> None:
    await kiosk.tool("High contrast").click()


async def kiosk_answer(kiosk: Kiosk) -> None:
    await kiosk.begin()


async def kiosk_keyboard(kiosk: Kiosk) -> None:
    await kiosk.begin("Ask a question of your own")


async def kiosk_finished(kiosk: Kiosk) -> None:
    await kiosk.tool("Finished").click()
    await expect(kiosk.start).to_be_visible()


async def kiosk_warning(kiosk: Kiosk) -> None:
    await kiosk.begin()
    await kiosk_and_quiet(kiosk)


async def kiosk_and_quiet(kiosk: Kiosk) -> None:
    await kiosk.page.clock.fast_forward(61_000)
    await expect(kiosk.warning).to_be_visible()


async def kiosk_and_still_here(kiosk: Kiosk) -> None:
    await kiosk.tool("I’m still here").click()
    await expect(kiosk.warning).to_be_hidden()


async def kiosk_resting(kiosk: Kiosk) -> None:
    await kiosk.page.route("**/readyz", lambda route: route.abort())
    await kiosk.page.clock.fast_forward(16_000)
    await expect(kiosk.page.get_by_text("The assistant is resting")).to_be_visible()


async def kiosk_result(kiosk: Kiosk) -> None:
    await kiosk.begin()
    await result(kiosk)


async def _never(route: Route) -> None:
    """Leaves a request without an answer."""


State = Callable[[Chat], Awaitable[None]]
KioskState = Callable[[Kiosk], Awaitable[None]]

# Walks through one page each: every step leads on from the one before it.
OF_CHAT: dict[str, list[State]] = {
    "reading": [welcome, answer, and_more, not_on_page, word_explained, long_word, options, and_delete, and_surely],
    "questionnaire": [question, and_an_age, and_the_rest, and_that_is_right, danger],
    "failures": [not_sent, and_sent, too_many, and_sent, too_long, begun_anew, waiting],
}
OF_KIOSK: list[KioskState] = [
    kiosk_start,
    kiosk_contrast,
    # In high contrast; the next visitor begins without.
    kiosk_answer,
    kiosk_finished,
    kiosk_keyboard,
    result,
    kiosk_and_quiet,
    kiosk_and_still_here,
    kiosk_finished,
    kiosk_answer,
    kiosk_finished,
    kiosk_resting,
]
