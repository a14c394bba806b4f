"""The file of switches: what it says, when it is looked at, what a broken one changes, and the trace that is left."""

import json
import logging
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from trialog.operation.switches import LOOK_SECONDS, BrokenError, Notice, Off, State, Switches, audit_file, read, write
from trialog.settings import SettingsError

OFF = Off("questionnaire", "A. Nurse", "the committee asks for it", "2026-11-30T10:00+01:00")
NOTICE = Notice("The phone is out of order.", "2026-11-30 10:00+01:00", "2026-11-30 14:00+01:00", "A. Nurse", "the phone")


class Clock:
    """A clock that a test moves."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "switches.yml"


@pytest.fixture
def clock() -> Clock:
    return Clock()


def audited(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in audit_file(path).read_text(encoding="utf-8").splitlines()]


def test_without_a_file_nothing_is_off(path: Path) -> None:
    assert read(path) == State()
    assert Switches(path).now().off == []


def test_what_is_written_is_read_again(path: Path) -> None:
    state = State((OFF, Off("all", 'J. "Jo" Smit: IT', "é # no comment", "")), (NOTICE,))
    write(path, state)
    assert read(path) == state


def test_a_file_written_by_hand_may_be_yaml_or_json(path: Path) -> None:
    path.write_text("switched_off:\n- what: questionnaire\n  by: A. Nurse\n  why: off for now\n", encoding="utf-8")
    assert read(path).off == ["questionnaire"]
    path.write_text('{"switched_off": [{"what": "itcc-059", "by": "A. Nurse", "why": "no"}]}', encoding="utf-8")
    state = read(path)
    assert (state.closed("itcc-059"), state.closed("another")) == ("itcc-059", "")


def test_all_outweighs_a_study() -> None:
    assert State((Off("itcc-059", "a", "b"), Off("all", "a", "b"))).closed("itcc-059") == "all"


@pytest.mark.parametrize(
    ("moment", "held"),
    [
        ("2026-11-30T08:59+00:00", False),
        ("2026-11-30T09:00+00:00", True),
        ("2026-11-30T12:59+00:00", True),
        ("2026-11-30T13:00+00:00", False),
    ],
)
def test_a_notice_holds_from_its_start_until_before_its_end(moment: str, held: bool) -> None:
    assert bool(State((), (NOTICE,)).notices_at(datetime.fromisoformat(moment))) is held


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("switched_off: [", "not valid YAML"),
        ("switched_off:\n- {what: all}", "by"),
        ("switch: all", "unknown field"),
        ("- all", "object"),
        ("notices:\n- {text: a, from: noon, until: '2026-01-01', by: a, why: b}", "noon"),
        ("notices:\n- {text: a, from: '2026-01-02', until: '2026-01-01', by: a, why: b}", "ends after it begins"),
        ("a" * 70_000, "characters"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_the_reason(path: Path, text: str, reason: str) -> None:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BrokenError, match=reason):
        read(path)
    # Nobody knows what it is to say, so nothing starts on it.
    with pytest.raises(SettingsError, match="TRIALOG_SWITCHES"):
        Switches(path)


def test_the_file_is_looked_at_every_two_seconds_at_most(path: Path, clock: Clock) -> None:
    switches = Switches(path, clock=clock)
    write(path, State((OFF,)))
    clock.now = LOOK_SECONDS / 2
    assert switches.now().off == []
    clock.now = LOOK_SECONDS
    assert switches.now().off == ["questionnaire"]
    path.unlink()
    clock.now = 2 * LOOK_SECONDS
    assert switches.now().off == []


def test_a_broken_file_changes_nothing_and_is_told_once(path: Path, clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    write(path, State((OFF,)))
    switches = Switches(path, clock=clock)
    path.write_text("switched_off: [", encoding="utf-8")
    for _ in range(3):
        clock.now += LOOK_SECONDS
        assert switches.now().off == ["questionnaire"]
    assert caplog.text.count("fault in switches") == 1
    write(path, State())
    clock.now += LOOK_SECONDS
    assert switches.now().off == []


def test_what_takes_effect_is_in_the_audit_log_with_who_and_why_and_nothing_goes_from_it(path: Path, clock: Clock) -> None:
    switches = Switches(path, ["itcc-059"], clock)
    for state in (State((OFF,), (NOTICE,)), State((Off("itcc-059", "B", "review"),)), State()):
        write(path, state)
        clock.now += LOOK_SECONDS
        switches.now()
    lines = audited(path)
    assert [(line["change"], line.get("what") or line["text"]) for line in lines] == [
        ("off", "questionnaire"),
        ("notice", NOTICE.text),
        ("off", "itcc-059"),
        ("on", "questionnaire"),
        ("notice ended", NOTICE.text),
        ("on", "itcc-059"),
    ]
    assert (lines[0]["by"], lines[0]["why"]) == ("A. Nurse", "the committee asks for it")
    assert {line["event"] for line in lines} == {"in effect"}


def test_a_study_that_is_not_there_is_told(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    write(path, State((Off("itcc-95", "A", "b"), Off("itcc-059", "A", "b"))))
    assert Switches(path, ["itcc-059"]).now().closed("itcc-059")
    errors = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert len(errors) == 1
    assert "'itcc-95', which is no study" in errors[0]


def test_where_no_trace_can_be_written_the_switch_holds_all_the_same(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    audit_file(path).mkdir()
    write(path, State((OFF,)))
    assert Switches(path).now().off == ["questionnaire"]
    assert "fault in audit" in caplog.text
