"""`rasa run actions` makes our actions by itself, without arguments."""

import pytest
from rasa.shared.core.domain import Domain
from rasa_sdk.executor import ActionExecutor

import actions
from tests.conftest import ROOT
from trialog.settings import Settings


def test_the_action_server_finds_every_action_with_the_settings_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIALOG_CONTENT", str(ROOT / "content"))
    monkeypatch.setenv("TRIALOG_HOSPITAL_LINE", "+31 88 000")
    executor = ActionExecutor()
    executor.register_package(actions)
    domain = Domain.load(str(ROOT / "domain.yml"))
    assert {name for name in domain.user_actions if name.startswith(("action_", "validate_"))} <= set(executor.actions)
    ours = [run.__self__ for run in executor.actions.values()]
    assert {action.settings for action in ours} == {Settings(content=ROOT / "content", hospital_line="+31 88 000")}
