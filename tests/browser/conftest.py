"""A real server and a real browser, each started once; every test gets a page of its own."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, ViewportSize, async_playwright

from tests.browser.chat import Chat, Kiosk
from tests.browser.hospital import Hospital
from tests.conftest import ROOT

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--disable-smooth-scrolling",
]
START_SECONDS = 90
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
KIOSK: ViewportSize = {"width": 1080, "height": 1920}

NewPage = Callable[..., Awaitable[Page]]


class Server:
    """``trialog serve`` in a process of its own, which can be stopped and started again on the same port."""

    def __init__(self, *origins: str) -> None:
        """``origins``: whose pages may embed the chat."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self._origins = ",".join(origins)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        environment = {**os.environ, "TRIALOG_RATE_LIMIT": "off", "RASA_TELEMETRY_ENABLED": "false"}
        environment["TRIALOG_ALLOWED_ORIGINS"] = self._origins
        command = [sys.executable, "-m", "trialog", "serve", "--port", str(self.port)]
        self._process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            assert self._process.poll() is None, "the server did not start: run `trialog serve` to see why"
            assert time.monotonic() < deadline, "the server was not ready in time"
            time.sleep(0.1)

    def stop(self) -> None:
        assert self._process is not None
        self._process.terminate()
        self._process.wait(timeout=20)

    def _answers(self) -> bool:
        try:
            urllib.request.urlopen(f"{self.address}/readyz", timeout=1).close()  # noqa: S310  our own server
        except OSError:
            return False
        return True


@pytest.fixture(scope="session")
def hospital() -> Iterator[Hospital]:
    with Hospital() as made:
        yield made


@pytest.fixture(scope="session")
def server(hospital: Hospital) -> Iterator[Server]:
    made = Server(hospital.allowed)
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope="session")
async def playwright() -> AsyncIterator[Playwright]:
    async with async_playwright() as made:
        yield made


@pytest.fixture(scope="session")
async def browser(playwright: Playwright) -> AsyncIterator[Browser]:
    made = await playwright.chromium.launch(executable_path=_installed("chromium", "Chromium"), args=ARGUMENTS)
    yield made
    await made.close()


@pytest.fixture(scope="session")
async def firefox(playwright: Playwright) -> AsyncIterator[Browser]:
    """Debian's Firefox as it is, over WebDriver BiDi; what scrolls is there at once."""
    made = await playwright.firefox.launch(
        channel="moz-firefox", executable_path=_installed("firefox-esr", "Firefox"), firefox_user_prefs={"ui.prefersReducedMotion": 1}
    )
    yield made
    await made.close()


def _installed(command: str, name: str) -> str:
    path = shutil.which(command)
    if path is None:
        pytest.fail(f"the browser tests need {name}, and it is not on this machine: run `scripts/browsers` as root, or install it")
    return path


class Watch:
    """What no page may do: throw, break its content security policy, or ask any server but ours and the hospital's."""

    def __init__(self, *addresses: str) -> None:
        self.faults: list[str] = []
        self._addresses = addresses

    def see(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.faults.append(f"threw {error}"))
        page.on("console", self._console)
        page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.faults.append(message.text)

    def _request(self, request: Any) -> None:
        if not request.url.startswith((*self._addresses, "data:", "blob:")):
            self.faults.append(f"asked {request.url}")


@pytest.fixture
async def new_page(browser: Browser, server: Server, hospital: Hospital) -> AsyncIterator[NewPage]:
    """Makes pages, each in a browser profile of its own unless ``context`` is given."""
    contexts: list[BrowserContext] = []
    watch = Watch(server.address, hospital.allowed, hospital.refused)

    async def make(context: BrowserContext | None = None, viewport: ViewportSize = DESKTOP, **options: Any) -> Page:
        if context is None:
            # Nothing moves unless a test is about it: what scrolls is there at once.
            context = await browser.new_context(**{"reduced_motion": "reduce", "viewport": viewport, "base_url": server.address, **options})
            context.set_default_timeout(10_000)
            contexts.append(context)
        page = await context.new_page()
        watch.see(page)
        return page

    yield make
    for context in contexts:
        await context.close()
    assert watch.faults == []


@pytest.fixture
async def chat(new_page: NewPage) -> Chat:
    """The chat on the example page, with its welcome."""
    return await Chat(await new_page()).open()


@pytest.fixture
async def kiosk(new_page: NewPage) -> Kiosk:
    """The kiosk's start screen, on a clock that the test winds on."""
    page = await new_page(viewport=KIOSK, has_touch=True)
    await page.clock.install()
    return await Kiosk(page).open()
