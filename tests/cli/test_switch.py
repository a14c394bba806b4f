"""``trialog switch`` as an operator runs it."""

from pathlib import Path

import pytest

from tests.cli.test_cli import Trialog, trialog  # noqa: F401 -- the fixture
from trialog.operation.switches import audit_file, read

BY = ("--by", "A. Nurse, ward 3", "--why", "a test")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "switches.yml"
    monkeypatch.setenv("TRIALOG_SWITCHES", str(path))
    return path


def test_what_is_switched_is_listed_with_who_and_why(trialog: Trialog, file: Path) -> None:  # noqa: F811
    assert trialog("switch").out == "Nothing is switched off, and there is no notice.\n"
    for what in (["questionnaire", "off"], ["study", "itcc-059", "off"], ["notice", "The phone\nis out.", "--until", "2999-01-01"]):
        assert trialog("switch", *what, *BY).status == 0
    off, study, notice = trialog("switch").out.splitlines()
    assert off.startswith("questionnaire is off since ")
    assert off.endswith(", by A. Nurse, ward 3: a test")
    assert study.startswith("itcc-059 is off")
    assert notice.startswith("notice 1 (told now, ")
    assert notice.endswith(": The phone is out.")
    for what in (["questionnaire", "on"], ["study", "itcc-059", "on"], ["notice", "1", "off"]):
        assert trialog("switch", *what, *BY).status == 0
    assert trialog("switch").out == "Nothing is switched off, and there is no notice.\n"
    assert len(audit_file(file).read_text(encoding="utf-8").splitlines()) == 6


def test_what_stands_so_already_is_not_switched_again(trialog: Trialog, file: Path) -> None:  # noqa: F811
    trialog("switch", "all", "off", *BY)
    before = file.read_bytes()
    assert trialog("switch", "all", "off", "--by", "B", "--why", "again").out == "It stands so already.\n"
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "mend"),
    [
        (["all", "off"], "Say who switches, and why"),
        (["all", "off", "--by", "A. Nurse"], "Say who switches, and why"),
        (["study", "itcc-95", "off", *BY], "There are: "),
        (["everything", "off", *BY], "'everything off' switches nothing"),
        (["notice", "The phone is out.", *BY], "Say when the notice ends"),
        (["notice", "The phone is out.", "--until", "noon", *BY], "'noon' is no time"),
        (["notice", "The phone is out.", "--until", "2020-01-01", *BY], "lies in the past"),
        (["notice", "The phone is out.", "--from", "2999-01-02", "--until", "2999-01-01", *BY], "ends after it begins"),
        (["notice", "a" * 400, "--until", "2999-01-01", *BY], "no notice"),
        (["notice", "1", "off", *BY], "There is no notice 1"),
    ],
)
def test_wrong_use_is_told_with_the_mend_and_switches_nothing(
    trialog: Trialog,  # noqa: F811
    file: Path,
    arguments: list[str],
    mend: str,
) -> None:
    result = trialog("switch", *arguments)
    assert (result.status, result.out) == (2, "")
    assert mend in result.err
    assert not file.exists()


def test_a_broken_file_is_told_and_kept(trialog: Trialog, file: Path) -> None:  # noqa: F811
    file.write_text("switched_off: [", encoding="utf-8")
    assert "not valid YAML" in trialog("switch", "all", "off", *BY).err
    assert file.read_text(encoding="utf-8") == "switched_off: ["


def test_nothing_is_switched_without_a_trace(trialog: Trialog, file: Path) -> None:  # noqa: F811
    audit_file(file).mkdir()
    result = trialog("switch", "all", "off", *BY)
    assert result.status == 2
    assert "cannot be written" in result.err
    assert read(file).off == []
