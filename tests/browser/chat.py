"""What a visitor does with the chat and the kiosk, in a visitor's words."""

from __future__ import annotations

import json
from typing import Any, Self

from playwright.async_api import Locator, Page, Request, expect


class Chat:
    """The chat on a page."""

    def __init__(self, page: Page, which: str = "trialog-chat") -> None:
        self.page = page
        self.host = page.locator(which)
        self.log = self.host.locator(".log")
        self.replies = self.log.locator(".assistant")
        self.notice = self.log.locator(".notice")
        self.said = self.log.locator(".family")
        self.field = self.host.get_by_role("textbox")
        self.voice = self.host.locator(".voice")
        self.options = self.host.get_by_role("button", name="Menu")
        # What the console of the browser holds for the site owner.
        self.console: list[str] = []
        page.on("console", lambda message: self.console.append(message.text))

    async def open(self, path: str = "/") -> Self:
        await self.page.goto(path)
        await self.host.scroll_into_view_if_needed()
        await expect(self.replies).to_have_count(1)
        return self

    def button(self, name: str) -> Locator:
        return self.host.get_by_role("button", name=name, exact=True)

    def link(self, name: str) -> Locator:
        return self.host.get_by_role("link", name=name)

    async def type(self, text: str) -> None:
        """Type and send, without waiting for anything."""
        await self.field.fill(text)
        await self.field.press("Enter")

    async def ask(self, text: str) -> Locator:
        """Ask and wait for the reply."""
        before = await self.replies.count()
        await self.type(text)
        await expect(self.replies).not_to_have_count(before)
        return self.replies.last

    async def press(self, name: str) -> Locator:
        """Press a button by its key, which no guard against second taps holds up, and wait for the reply."""
        before = await self.replies.count()
        await self.button(name).last.press("Enter")
        await expect(self.replies).not_to_have_count(before)
        return self.replies.last

    async def id(self) -> str:
        """The id of the conversation on the server."""
        found: str = await self.host.evaluate("element => element.panel.conversation.id")
        return found

    async def focused(self) -> str:
        """The accessible name, or else the tag, of what has the focus inside the chat."""
        script = """element => {
            const node = element.shadowRoot.activeElement;
            const label = node?.getAttribute('aria-label') ?? node?.labels?.[0]?.textContent;
            return label ?? (node?.textContent.trim() || node?.localName);
        }"""
        found: str = await self.host.evaluate(script)
        return found


class Kiosk(Chat):
    """The kiosk, from its start screen."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.options = page.get_by_role("button", name="Menu")

    async def open(self, path: str = "/kiosk") -> Self:
        await self.page.goto(path)
        await expect(self.start).to_be_visible()
        return self

    @property
    def start(self) -> Locator:
        return self.page.get_by_role("heading", name="Do you have questions about this study?")

    @property
    def warning(self) -> Locator:
        return self.page.get_by_role("alertdialog", name="Are you still there?")

    def tool(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True).and_(self.page.locator("button:visible"))

    async def begin(self, choice: str = "Who can take part") -> None:
        await self.tool(choice).click()
        await expect(self.replies.nth(0 if choice.startswith("Ask") else 1)).to_be_visible()


async def answer_with(page: Page, *messages: dict[str, Any], status: int = 200) -> None:
    """Let the next messages of this page be answered with ``messages`` in place of the server's."""

    async def fulfill(route: Any, request: Request) -> None:
        await route.fulfill(status=status, json={"messages": list(messages)})

    await page.route("**/api/conversations/*/messages", fulfill)


async def fail_with(page: Page, problem: str, status: int, detail: str) -> None:
    """Let every message of this page be refused with a problem document."""
    body = {"type": f"urn:trialog:problem:{problem}", "title": problem, "status": status, "detail": detail}

    async def fulfill(route: Any) -> None:
        await route.fulfill(status=status, body=json.dumps(body), content_type="application/problem+json")

    await page.route("**/api/conversations/*/messages", fulfill)
