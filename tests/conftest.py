"""Shared by all tests: the shipped content, the trained model and a real server, each loaded once a process."""

import dataclasses
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

from tests.server import Server, serving
from tests.stores import Store, running_postgres, running_redis
from trialog.assistant.conversations import new_id
from trialog.assistant.engine import Engine
from trialog.assistant.message import Message
from trialog.content.load import load_library
from trialog.content.model import Library
from trialog.settings import Settings

ROOT = Path(__file__).parent.parent

Ask = Callable[..., Awaitable[list[Message]]]

# A test that needs one of these takes seconds; `make quick` leaves it out.
SLOW_FIXTURES = {"engine", "server", "redis_store", "postgres_store", "browser", "encoder", "reader_of_danger"}

# The browser waits for pages half its time, so its tests are two groups, each with a server and a browser of its own.
SECOND_HALF_OF_BROWSER = ("test_accessibility", "test_keyboard_and_touch", "test_kiosk")
LONGEST = ("browser", "kiosk and access", "server")

# The tests measure what happens at the limit of a reply, not how fast a busy machine is.
PATIENCE_SECONDS = 120

# How long one example takes says nothing on a busy machine.
hypothesis.settings.register_profile("trialog", deadline=None)
hypothesis.settings.load_profile("trialog")


@pytest.hookimpl(tryfirst=True)  # pytest-xdist reads the groups in the same hook
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow, and keep together what shares something that is slow to make."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if fixtures & SLOW_FIXTURES:
            item.add_marker("slow")
        item.add_marker(pytest.mark.xdist_group(_group(item.path, fixtures)))
    slow = {_group_of(item) for item in items if item.get_closest_marker("slow")}
    # What takes longest begins first and what takes no time comes last, so that no process is left alone with much to do.
    items.sort(key=lambda item: (_group_of(item) not in LONGEST, _group_of(item) not in slow))


def pytest_collection_finish(session: pytest.Session) -> None:
    """A pytest that pytest-xdist does not know ignores the groups without a word, and everything slow is made once a test."""
    if getattr(session.config.option, "loadgroup", False) and session.items and "@" not in session.items[0].nodeid:
        raise pytest.UsageError("pytest-xdist keeps no groups together with this pytest: see the pins in pyproject.toml")


def _group_of(item: pytest.Item) -> str:
    group: str = next(item.iter_markers("xdist_group")).args[0]
    return group


def _group(file: Path, fixtures: set[str]) -> str:
    """Tests of one group run in one process: half of those of the browser, those of the real server, else those of one file."""
    if file.is_relative_to(ROOT / "tests" / "browser"):
        return "kiosk and access" if file.stem in SECOND_HALF_OF_BROWSER else "browser"
    return "server" if "server" in fixtures else file.relative_to(ROOT).as_posix()


@pytest.fixture(scope="session")
def settings() -> Settings:
    return dataclasses.replace(Settings(), content=ROOT / "content", models=ROOT / "models", rate_limit="off")


@pytest.fixture(scope="session")
def library(settings: Settings) -> Library:
    return load_library(settings.content)


@pytest.fixture(scope="session")
def engine(settings: Settings) -> Iterator[Engine]:
    """The real trained assistant; `make test` trains it first. It waits for a reply as long as it takes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("trialog.assistant.engine.REPLY_SECONDS", PATIENCE_SECONDS)
        patch.setattr("trialog.assistant.engine.DANGER_SECONDS", PATIENCE_SECONDS)
        yield Engine.load(settings)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """``trialog serve`` in a process of its own; whatever it is sent, no request is a fault in its log."""
    log = tmp_path_factory.mktemp("server") / "log"
    with serving(log, TRIALOG_RATE_LIMIT="off", TRIALOG_MAX_CONVERSATIONS="100000") as running:
        yield running
    assert "fault in request" not in log.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def redis_store() -> Iterator[Store]:
    with running_redis() as store:
        yield store


@pytest.fixture(scope="session")
def postgres_store() -> Iterator[Store]:
    with running_postgres() as store:
        yield store


@pytest.fixture
async def ask(engine: Engine) -> AsyncIterator[Ask]:
    """Say something in one fresh conversation; a text that begins with / presses a button."""
    conversation = new_id()
    await engine.start(conversation)

    async def say(text: str) -> list[Message]:
        return await (engine.press if text.startswith("/") else engine.say)(conversation, text)

    yield say
    await engine.conversations.forget(conversation)
