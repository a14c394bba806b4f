"""``trialog parse`` as staff uses it."""

import argparse
import io
import json
import re
import sys
from pathlib import Path

import pytest

from tests.cli.test_cli import Trialog, trialog  # noqa: F401 -- the fixture
from trialog.assistant.engine import Engine
from trialog.cli import parse
from trialog.cli.study import StudyError
from trialog.cli.terminal import Plain
from trialog.content.criteria import WHO
from trialog.content.model import Library

Captured = pytest.CaptureFixture[str]


def arguments(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parse.add_arguments(parser)
    return parser.parse_args(words)


async def shown(engine: Engine, capsys: Captured, *words: str) -> str:
    """What the command shows that is called with ``words``."""
    given = arguments(*words)
    capsys.readouterr()
    await parse.show(engine, list(parse.messages_in(given.what)), given, Plain())
    return capsys.readouterr().out


async def test_before_the_decision_and_after(engine: Engine, capsys: Captured) -> None:
    out = (
        await shown(engine, capsys, "my name is Anna Smit. My son is 7, his brother is CD22 positive. Does it cost anything?")
    ).splitlines()
    rows = dict(line.split(": ", 1) for line in out[1:-1])
    assert rows["beside it"].startswith("ask/cost ")
    assert rows["words"] == "cd22"
    assert rows["personal data"] == "name"
    assert rows["facts"] == "age 84-95 (noted); who son (noted); cd22 (not noted, somebody)"
    assert rows["typing"] == "parent"
    assert re.fullmatch(r"ask/cost [01]\.\d\d: question beside personal data", rows["decision"])
    assert rows["rule"] == "Answer a question from the study page (action_answer)"
    assert "last_topic: cost" in rows["changed"]
    assert rows["reply"].startswith("not_on_page cost")
    assert "2024-09-16" in rows["source"]


async def test_the_sign_of_danger_that_decided_is_named(engine: Engine, capsys: Captured) -> None:
    out = await shown(engine, capsys, "he", "cant", "breathe")
    assert out.startswith("he cant breathe\n")
    assert "sign of emergency: breathing" in out
    assert "danger_lasts: True" in out


async def test_another_language_is_read_as_what_it_says(engine: Engine, capsys: Captured) -> None:
    out = await shown(engine, capsys, "Wat kost het onderzoek voor ons?")
    assert "language: nl, read as ask/cost" in out
    assert ": another language" in out


async def test_json_has_a_line_a_message_and_no_word_of_it(engine: Engine, capsys: Captured, tmp_path: Path) -> None:
    file = tmp_path / "said"
    file.write_text("My name is Anneliese Zwart, 0612345678\n\nis zebra-therapy cheap\n", encoding="utf-8")
    out = await shown(engine, capsys, "--json", str(file))
    lines = [json.loads(line) for line in out.splitlines()]
    assert [line["number"] for line in lines] == [1, 2]
    assert lines[0]["personal_data"] == ["name", "phone"]
    assert lines[0]["decision"]["topic"] == "safety/pii"
    assert not [word for word in ("anneliese", "zwart", "0612345678", "zebra") if word in out.lower()]


async def test_it_is_read_as_said_after_a_topic(engine: Engine, capsys: Captured) -> None:
    assert "last_topic" not in await shown(engine, capsys, "shorter please")
    for topic in ("drug_how", "ask/drug_how"):
        out = await shown(engine, capsys, "shorter please", "--after", topic)
        assert "context: study itcc-059, last_topic drug_how" in out
        assert "reply: answer drug_how" in out
    assert "last_topic term:cd22" in await shown(engine, capsys, "shorter please", "--after", "term/cd22")
    assert "danger_lasts True" in await shown(engine, capsys, "shorter please", "--after", "emergency")
    assert "question who" in await shown(engine, capsys, "my son", "--after", "elig_start")


async def test_it_is_read_as_the_answer_to_any_question_of_any_study(engine: Engine, library: Library, capsys: Captured) -> None:
    for study in library.studies.values():
        for criterion in (WHO, *study.criteria):
            out = await shown(engine, capsys, "hm", "--question", criterion, "--study", study.id)
            assert f"context: study {study.id}, question {criterion}\n" in out
    out = await shown(engine, capsys, "no, they ruled that out", "--question", "relapsed")
    assert "changed: questionnaire.answers.relapsed: no" in out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--after", "cots"], "there is no topic to be answered before 'cots'. There are: cost"),
        (["--question", "ages"], "there is no question 'ages'. There are: age."),
        (["--study", "moon"], "there is no study 'moon'. There are: itcc-059"),
    ],
)
async def test_what_is_not_there_is_told_with_what_there_is(engine: Engine, words: list[str], told: str) -> None:
    with pytest.raises((parse.UseError, StudyError)) as refused:
        await parse.show(engine, ["hm"], arguments("hm", *words), Plain())
    assert str(refused.value).startswith(told)


def test_words_are_one_message_and_files_have_one_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "said.txt").write_bytes(b"one\n\n  two \ncaf\xe9\n")
    monkeypatch.setattr(sys, "stdin", io.StringIO("typed\n"))
    assert list(parse.messages_in(["does", "it", "hurt"])) == ["does it hurt"]
    assert list(parse.messages_in([str(tmp_path / "said.txt"), "-"])) == ["one", "two", "caf\ufffd", "typed"]


def test_parse_without_a_model_says_what_to_do(trialog: Trialog, tmp_path: Path) -> None:  # noqa: F811
    result = trialog("parse", "hm", TRIALOG_MODELS=str(tmp_path))
    assert (result.status, len(result.err.splitlines())) == (2, 1)
    assert "run `make train`" in result.err
