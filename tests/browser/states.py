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
    await chat.press("Who can take part")
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
    await chat.ask(ANSWERS[0])


async def review(chat: Chat) -> None:
    await question_with_choices(chat)
    for choice in ANSWERS[1:]:
        await chat.press(choice)
    await expect(chat.button("Yes, that is right")).to_be_visible()


async def result(chat: Chat) -> None:
    await review(chat)
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
    await chat.type("How does the drug work?")
    await expect(chat.replies).to_have_count(2)


async def options(chat: Chat) -> None:
    await chat.options.click()
    await expect(chat.button("Delete the conversation")).to_be_visible()


async def read_aloud(chat: Chat) -> None:
    await options(chat)
    await chat.host.get_by_role("switch", name="Read replies aloud").check()


async def delete(chat: Chat) -> None:
    await options(chat)
    await chat.button("Delete the conversation").click()


async def deleted(chat: Chat) -> None:
    await delete(chat)
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


async def kiosk_high_contrast_answer(kiosk: Kiosk) -> None:
    await kiosk_contrast(kiosk)
    await kiosk.begin()


async def kiosk_warning(kiosk: Kiosk) -> None:
    await kiosk.begin()
    await kiosk.page.clock.fast_forward(61_000)
    await expect(kiosk.warning).to_be_visible()


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

OF_CHAT: list[State] = [
    welcome,
    answer,
    more,
    not_on_page,
    word_explained,
    danger,
    question,
    question_with_choices,
    review,
    result,
    waiting,
    not_sent,
    too_many,
    too_long,
    long_word,
    begun_anew,
    options,
    delete,
    deleted,
]
OF_KIOSK: list[KioskState] = [
    kiosk_start,
    kiosk_contrast,
    kiosk_answer,
    kiosk_keyboard,
    kiosk_high_contrast_answer,
    kiosk_warning,
    kiosk_resting,
    kiosk_result,
]
