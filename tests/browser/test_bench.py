"""What `make bench` measures in a browser, and what a family on a slow phone may count on."""

import shutil

import pytest

from bench import browser
from tests.browser.conftest import Server

# The page, its style, the chat's script, the welcome and one reply.
MOST_BYTES = 40_000


def test_a_visit_is_measured_and_stays_small(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "RUNS", 1)
    found = browser.measure(server.address)
    assert isinstance(found, dict), found
    assert browser.script_bytes(server.address) < found["bytes"] < MOST_BYTES
    assert found["welcome"] > 0
    assert found["reply"] > 0


def test_without_chromium_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert "there is no Chromium on this machine" in browser.measure("http://127.0.0.1:9")
