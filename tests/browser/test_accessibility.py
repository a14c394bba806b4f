"""Axe with every rule it has on every state, and what it cannot see: sizes, reflow, contrast of the edges."""

from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

from tests.browser import states
from tests.browser.chat import Chat, Kiosk

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


async def violations(page: Page) -> list[str]:
    """What axe finds with all its rules, also those it does not use by default, as readable lines."""
    await page.evaluate(Axe().axe_script)
    rules: dict[str, Any] = await page.evaluate("Object.fromEntries(axe.getRules().map((rule) => [rule.ruleId, {enabled: true}]))")
    for name in SWITCHED_OFF:
        rules[name] = {"enabled": False}
    found = await page.evaluate("(rules) => axe.run({rules, resultTypes: ['violations']})", rules)
    return [f"{one['id']}: {node['target']} {node['failureSummary']}" for one in found["violations"] for node in one["nodes"]]


@pytest.mark.parametrize("state", states.OF_CHAT, ids=lambda state: state.__name__)
async def test_axe_finds_nothing_in_the_chat(chat: Chat, state: states.State) -> None:
    await state(chat)
    assert await violations(chat.page) == []
    assert await chat.page.evaluate(SMALL, [TARGETS, TARGET]) == []


@pytest.mark.parametrize("state", states.OF_KIOSK, ids=lambda state: state.__name__)
async def test_axe_finds_nothing_in_the_kiosk(kiosk: Kiosk, state: states.KioskState) -> None:
    await state(kiosk)
    assert await violations(kiosk.page) == []
    assert await kiosk.page.evaluate(SMALL, [TARGETS, KIOSK_TARGET]) == []
