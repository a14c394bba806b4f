"""What the workers of ``test_workers.py`` do: in a module of its own, because each of them imports it."""

import os
import time
from collections.abc import Callable

Tell = Callable[[str], None]


def wait(path: str, tell: Tell) -> None:
    """Write down its number, say that it is ready, and wait until it is ended."""
    with open(path, "a", encoding="utf-8") as file:
        file.write(f"{os.getpid()}\n")
    tell("")
    time.sleep(600)


def cannot_begin(path: str, tell: Tell) -> None:
    """Say why."""
    tell("there is no model")


def die(path: str, tell: Tell) -> None:
    """End without a word."""
    os._exit(3)
