"""What libraries warn of is silenced by name; what nobody has thought of is shown."""

import os
import warnings
from collections.abc import Iterator

import pytest
import structlog

from trialog.operation import chatter


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What is shown while chatter is silenced; afterwards everything is as it was."""
    messages: list[str] = []
    monkeypatch.setattr(os, "environ", dict(os.environ))
    monkeypatch.setattr(warnings, "showwarning", lambda message, *_: messages.append(str(message)))
    configured = structlog.get_config()
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        chatter.silence()
        yield messages
    structlog.configure(**configured)


@pytest.mark.parametrize(
    ("message", "category"),
    [
        ("The utterance 'utter_x' is not used in any story or rule.", UserWarning),
        ("The following duplicated intents have been found across multiple domain files: ask", UserWarning),
        ("pkg_resources is deprecated as an API. See ...", UserWarning),
        ("Nesting argument groups is deprecated.", DeprecationWarning),
    ],
)
def test_known_chatter_is_not_shown(shown: list[str], message: str, category: type[Warning]) -> None:
    warnings.warn(message, category, stacklevel=1)
    assert shown == []


def test_a_filter_of_a_library_does_not_bring_it_back(shown: list[str]) -> None:
    warnings.filterwarnings("once", category=DeprecationWarning)
    warnings.warn("This is old.", DeprecationWarning, stacklevel=1)
    assert shown == []


def test_a_warning_about_our_own_data_is_shown(shown: list[str]) -> None:
    warnings.warn("Intent 'ask/recruiting' has no examples.", UserWarning, stacklevel=1)
    assert shown == ["Intent 'ask/recruiting' has no examples."]
