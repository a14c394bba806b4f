"""``trialog report`` as staff runs it."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cli.test_cli import Trialog, trialog  # noqa: F401 -- the fixture
from trialog.operation.counts import Asked, Begun, Clear, Counts, Event, Step

TODAY = date.today()
STUDY = "itcc-059"


def asked(topic: str, kind: str = "not_on_page", language: str = "en", context: str = "first") -> Asked:
    return Asked(STUDY, topic, kind, context, "sure", language, "web")


WEEK: list[tuple[Event, int]] = [
    (Begun(STUDY, "web"), 40),
    (asked("cost"), 30),
    (asked("drug_how", "answer"), 20),
    (asked("drug_how", "answer", "tr", "after"), 4),
    (asked("term:cd22", "answer"), 7),
    (asked("location", "asked_back"), 9),
    (asked("samples"), 3),
    (asked("funding"), 4),
    (asked("formats", "answer"), 1),
    (asked("emergency", "safety"), 2),
    (Clear("cost", "no", "too_little"), 6),
    (Clear("drug_how", "yes", "none"), 8),
    (Step(STUDY, "who", "begun"), 15),
    (Step(STUDY, "cd22", "left"), 5),
    (Step(STUDY, "cd22", "stopped"), 4),
    (Step(STUDY, "age", "left"), 2),
]

Rows = dict[str, dict[str, int]]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "counts.db"
    for day, events in ((TODAY, WEEK), (TODAY - timedelta(days=7), [(asked("rights"), 50)])):
        counts = Counts(path, lambda day=day: day)  # type: ignore[misc]
        for event, number in events:
            for _ in range(number):
                counts.add(event)
        counts.flush()
    monkeypatch.setenv("TRIALOG_COUNTS", str(path))
    return path


def report(trialog: Trialog, folder: Path, *arguments: str) -> tuple[str, Rows]:  # noqa: F811
    result = trialog("report", "--out", str(folder), *arguments)
    assert (result.status, result.err) == (0, "")
    tables: Rows = {}
    with (folder / "report.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            tables.setdefault(row["table"], {})[row["name"]] = int(row["number"])
    return (folder / "report.html").read_text(encoding="utf-8"), tables


def test_the_week_says_what_was_asked_and_what_was_missing(trialog: Trialog, file: Path, tmp_path: Path) -> None:  # noqa: F811
    page, tables = report(trialog, tmp_path)
    assert tables["asked"] == {"Costs": 30, "How the drug works": 24, "CD22": 7, "All others": 8}
    assert tables["not_on_page"] == {"Costs": 30, "All others": 7}
    assert tables["asked_back"] == {"Which hospitals": 9}
    assert tables["unclear"] == {"Costs: too little": 6}
    assert tables["helped"] == {"Clear": 8, "Not clear": 6}
    assert tables["questionnaires"] == {"Begun": 15, "Left without a word": 7}
    assert tables["left"] == {"CD22": 9}
    assert tables["in_short"]["Conversations"] == 40
    assert tables["days"][f"{TODAY:%A} {TODAY}"] == 80
    assert "What the page does not answer" in page
    assert "Costs" in page
    assert "<script" not in page


def test_what_fewer_than_five_did_is_nowhere(trialog: Trialog, file: Path, tmp_path: Path) -> None:  # noqa: F811
    page, tables = report(trialog, tmp_path)
    assert all(number >= 5 for name, rows in tables.items() for number in rows.values() if name != "days")
    assert all(number == 0 or number >= 5 for number in tables["days"].values())
    assert tables["languages"] == {"English": 76}
    assert "safety" not in tables
    assert "Turkish" not in page
    assert "samples" not in page


def test_other_days_are_asked_for(trialog: Trialog, file: Path, tmp_path: Path) -> None:  # noqa: F811
    before = str(TODAY - timedelta(days=7))
    _, tables = report(trialog, tmp_path, "--from", before, "--until", before)
    assert tables["not_on_page"] == {"Your rights": 50}
    page, tables = report(trialog, tmp_path, "--from", "2020-01-01", "--until", "2020-01-07")
    assert tables == {}
    assert "Nothing was asked often enough" in page


@pytest.mark.parametrize(
    ("environment", "arguments", "mend"),
    [
        ({"TRIALOG_COUNTS": ""}, [], "name a file in TRIALOG_COUNTS"),
        ({"TRIALOG_COUNTS": "/nowhere/counts.db"}, [], "has the server run with this setting?"),
        ({"TRIALOG_COUNTS": "pyproject.toml"}, [], "holds no counts"),
        ({"TRIALOG_COUNTS": "x"}, ["--from", "Monday"], "'Monday' is no day"),
        ({"TRIALOG_COUNTS": "x"}, ["--from", "2026-11-30", "--until", "2026-11-29"], "is after the last"),
    ],
)
def test_where_there_is_nothing_the_mend_is_told(trialog: Trialog, environment: dict, arguments: list[str], mend: str) -> None:  # noqa: F811
    result = trialog("report", *arguments, **environment)
    assert result.status == 2
    assert mend in result.err
