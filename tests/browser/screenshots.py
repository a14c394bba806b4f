"""Takes the pictures of docs/screenshots anew: `make screenshots`."""

from __future__ import annotations

import asyncio
import io
import shutil
from typing import Any

from PIL import Image
from playwright.async_api import Browser, Page, ViewportSize, async_playwright

from tests.browser import states
from tests.browser.chat import Chat, Kiosk
from tests.browser.conftest import ARGUMENTS, KIOSK, PHONE, Server
from tests.conftest import ROOT

FOLDER = ROOT / "docs" / "screenshots"
DESKTOP: ViewportSize = {"width": 1280, "height": 1000}
LANDSCAPE: ViewportSize = {"width": 1280, "height": 800}

# Text on plain grounds: so many colours look the same and make the file a third.
COLOURS = 128

OF_CHAT: list[tuple[str, ViewportSize, states.State, dict[str, Any]]] = [
    ("desktop-welcome", DESKTOP, states.welcome, {}),
    ("desktop-answer", DESKTOP, states.not_on_page, {}),
    ("desktop-review", DESKTOP, states.review, {}),
    ("desktop-dark", DESKTOP, states.result, {"color_scheme": "dark"}),
    ("desktop-options", DESKTOP, states.options, {}),
    ("phone-answer", PHONE, states.answer, {}),
    ("phone-question", PHONE, states.question_with_choices, {}),
    ("phone-review", PHONE, states.review, {}),
    ("phone-result", PHONE, states.result, {}),
    ("phone-danger", PHONE, states.danger, {}),
    ("phone-not-sent", PHONE, states.not_sent, {}),
    ("phone-high-contrast", PHONE, states.more, {"contrast": "more"}),
]
OF_KIOSK: list[tuple[str, ViewportSize, states.KioskState]] = [
    ("kiosk-start", KIOSK, states.kiosk_start),
    ("kiosk-answer", KIOSK, states.kiosk_answer),
    ("kiosk-keyboard", LANDSCAPE, states.kiosk_keyboard),
    ("kiosk-result", LANDSCAPE, states.kiosk_result),
    ("kiosk-warning", LANDSCAPE, states.kiosk_warning),
    ("kiosk-high-contrast", LANDSCAPE, states.kiosk_contrast),
]


async def main() -> None:
    """Start server and browser, go to every state, keep a picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    server = Server()
    server.start()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        for name, size, state, options in OF_CHAT:
            page = await _page(browser, server, size, **options)
            chat = await Chat(page).open()
            await chat.host.evaluate("chat => chat.setAttribute('theme', 'device')")
            await state(chat)
            await _keep(page, name)
        await _floating(await _page(browser, server, DESKTOP))
        for name, size, kiosk_state in OF_KIOSK:
            page = await _page(browser, server, size)
            await page.clock.install()
            await kiosk_state(await Kiosk(page).open())
            await page.clock.resume()
            await _keep(page, name)
    server.stop()


async def _floating(page: Page) -> None:
    """The chat as a button in the corner, opened."""
    await page.goto("/static/chat/examples/floating.html")
    chat = Chat(page)
    await chat.button("Ask about this study").click()
    await chat.press("How the drug works")
    await _keep(page, "desktop-floating")


async def _page(browser: Browser, server: Server, size: ViewportSize, **options: Any) -> Page:
    viewport = ViewportSize(width=size["width"], height=size["height"])
    context = await browser.new_context(viewport=viewport, base_url=server.address, reduced_motion="reduce", **options)
    return await context.new_page()


async def _keep(page: Page, name: str) -> None:
    await page.wait_for_timeout(300)
    picture = Image.open(io.BytesIO(await page.screenshot()))
    picture.convert("RGB").quantize(COLOURS).save(FOLDER / f"{name}.png", optimize=True)
    await page.context.close()


if __name__ == "__main__":
    asyncio.run(main())
