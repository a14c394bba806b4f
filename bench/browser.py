"""The part of the measurements that a family sees: what a page loads, and how long the chat in it takes."""

from __future__ import annotations

import asyncio
import gzip
import shutil
import statistics
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    # Of the development environment; a server that is only run does not have it.
    from playwright.async_api import Page

RUNS = 7

QUESTION = "How does the drug work?"

# What the browser itself would do in the background is not the page's time.
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")

# Milliseconds since the page was asked for, and all the bytes that came, as the browser counts them.
_SINCE_BEGIN = "performance.now()"
_BYTES = "['navigation', 'resource'].flatMap(kind => performance.getEntriesByType(kind)).reduce((sum, one) => sum + one.transferSize, 0)"


def script_bytes(base: str) -> int:
    """How large the chat's script is on its way, compressed."""
    request = urllib.request.Request(f"{base}/trialog-chat.js", headers={"Accept-Encoding": "gzip"})  # noqa: S310  our own server
    with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310
        body: bytes = response.read()
    gzip.decompress(body)
    return len(body)


def measure(base: str) -> dict[str, float] | str:
    """The medians of ``RUNS`` visits of the example page, or why there are none."""
    chromium = shutil.which("chromium")
    if chromium is None:
        return "not measured: there is no Chromium on this machine (`scripts/browsers` installs it)"
    try:
        import playwright.async_api  # noqa: F401
    except ImportError:
        return "not measured: this needs the development environment (`make setup`)"
    return asyncio.run(_visits(base, chromium))


async def _visits(base: str, chromium: str) -> dict[str, float]:
    visits = [await _visit(base, chromium) for _ in range(RUNS)]
    return {name: statistics.median(visit[name] for visit in visits) for name in visits[0]}


async def _visit(base: str, chromium: str) -> dict[str, float]:
    """One visit by a browser that was never there."""
    async with _new_page(chromium) as page:
        await page.goto(base)
        replies = page.locator("trialog-chat .assistant")
        await replies.wait_for()
        welcome = await page.evaluate(_SINCE_BEGIN)
        await page.get_by_label("Your question").fill(QUESTION)
        asked = await page.evaluate(_SINCE_BEGIN)
        await page.get_by_label("Your question").press("Enter")
        await replies.nth(1).wait_for()
        answered = await page.evaluate(_SINCE_BEGIN)
        return {"bytes": await page.evaluate(_BYTES), "welcome": welcome, "reply": answered - asked}


@asynccontextmanager
async def _new_page(chromium: str) -> AsyncIterator[Page]:
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        browser: Any = await playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        yield await browser.new_page()
        await browser.close()
