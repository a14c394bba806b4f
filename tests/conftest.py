"""Shared by all tests: the shipped content, and the trained model loaded once."""

import dataclasses
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from trialog.assistant.conversations import new_id
from trialog.assistant.engine import Engine
from trialog.assistant.message import Message
from trialog.content.load import load_library
from trialog.content.model import Library
from trialog.settings import Settings

ROOT = Path(__file__).parent.parent

Ask = Callable[..., Awaitable[list[Message]]]


@pytest.fixture(scope="session")
def settings() -> Settings:
    return dataclasses.replace(Settings(), content=ROOT / "content", models=ROOT / "models", rate_limit="off")


@pytest.fixture(scope="session")
def library(settings: Settings) -> Library:
    return load_library(settings.content)


@pytest.fixture(scope="session")
def engine(settings: Settings) -> Engine:
    """The real trained assistant; `make test` trains it first."""
    return Engine.load(settings)


@pytest.fixture
async def ask(engine: Engine) -> AsyncIterator[Ask]:
    """Say something in one fresh conversation; a text that begins with / presses a button."""
    conversation = new_id()
    await engine.start(conversation)

    async def say(text: str) -> list[Message]:
        return await (engine.press if text.startswith("/") else engine.say)(conversation, text)

    yield say
    engine.conversations.forget(conversation)
