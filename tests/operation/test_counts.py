"""What is counted: by the day, added up over processes, forgotten after 400 days, and never shown where it is rare."""

import dataclasses
import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest

from trialog.operation.counts import KEPT_DAYS, Asked, Begun, Clear, Counts, Event, Step, read
from trialog.operation.metrics import LEAST_SHOWN
from trialog.operation.metrics import shown as shown_figures
from trialog.settings import SettingsError

DAY = date(2026, 11, 30)
COST = Asked("itcc-059", "cost", "not_on_page", "first", "sure", "en", "web")
EVENTS: list[Event] = [COST, Begun("itcc-059", "web"), Clear("cost", "no", "too_little"), Step("itcc-059", "cd22", "left")]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new" / "counts.db"


def counts_of(path: Path | None, day: date = DAY) -> Counts:
    return Counts(path, lambda: day)


def test_what_two_servers_count_is_added_up(path: Path) -> None:
    for server in (counts_of(path), counts_of(path)):
        for event in EVENTS:
            server.add(event)
            server.flush()
        server.add(COST)
        server.flush()
    assert read(path, DAY, DAY) == {(DAY, event): 4 if event is COST else 2 for event in EVENTS}
    assert not read(path, DAY + timedelta(days=1), DAY + timedelta(days=9))


def test_without_a_file_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    counts = counts_of(None)
    counts.add(COST)
    counts.flush()
    assert list(tmp_path.iterdir()) == []


def test_a_day_is_forgotten_after_400(path: Path) -> None:
    for day in (DAY, DAY + timedelta(days=1)):
        counts = counts_of(path, day)
        counts.add(COST)
        counts.flush()
    counts_of(path, DAY + timedelta(days=KEPT_DAYS + 1)).flush()
    assert [day for day, _ in read(path, date.min, date.max)] == [DAY + timedelta(days=1)]


def test_the_file_holds_days_and_no_finer_time(path: Path) -> None:
    counts = counts_of(path)
    for event in EVENTS:
        counts.add(event)
    counts.flush()
    with sqlite3.connect(path) as file:
        columns = {name for kind in ("asked", "begun", "clear", "step") for _, name, *_ in file.execute(f"PRAGMA table_info({kind})")}
        days = [day for kind in ("asked", "begun", "clear", "step") for (day,) in file.execute(f"SELECT day FROM {kind}")]  # noqa: S608
    fields = {field.name for event in EVENTS for field in dataclasses.fields(event)}
    assert columns == {"day", "number", *fields}
    assert set(days) == {"2026-11-30"}


def test_a_file_that_cannot_be_used_stops_the_start(tmp_path: Path) -> None:
    path = tmp_path / "counts.db"
    path.write_text("this is no database, and long enough to be seen as none", encoding="utf-8")
    with pytest.raises(SettingsError, match="TRIALOG_COUNTS"):
        Counts(path)


def test_what_cannot_be_written_is_written_later(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    counts = counts_of(path)
    counts.add(COST)
    kept = path.read_bytes()
    path.write_bytes(b"not a database any more" * 100)
    counts.flush()
    assert "fault in counts" in caplog.text
    path.write_bytes(kept)
    counts.flush()
    assert read(path, DAY, DAY)[DAY, COST] == 1


def test_metrics_show_whole_fives_only() -> None:
    rare = dataclasses.replace(COST, topic="a_topic_of_this_test")

    def shown() -> float | None:
        return shown_figures().get_sample_value("trialog_asked_total", {"topic": rare.topic, "kind": rare.kind})

    counts = counts_of(None)
    found = []
    for _ in range(2 * LEAST_SHOWN):
        counts.add(rare)
        found.append(shown())
    assert found == [None] * 4 + [5.0] * 5 + [10.0]
