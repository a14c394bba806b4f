"""An engine works with the settings and the content it was given, whatever the environment or another engine has."""

import asyncio
import dataclasses
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from trialog.assistant.conversations import new_id
from trialog.assistant.engine import Engine, ModelBrokenError
from trialog.content.deployment import Deployment
from trialog.content.model import Library
from trialog.settings import Settings, SettingsError

HOSPITAL_LINE = "+31 88 000"


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text, f"the test expects {old!r} in {file.name}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def other_content(folder: Path) -> Path:
    """Content with a second study, which differs in an answer, a word explained and a question; danger is told by other words, too."""
    content = folder / "content"
    shutil.copytree(ROOT / "content", content)
    study = content / "trials" / "moon-1"
    shutil.copytree(content / "trials" / "itcc-059", study)
    change(study / "study.yml", "id: itcc-059", "id: moon-1")
    change(study / "study.yml", "title: Inotuzumab ITCC-059", "title: Moon study")
    change(study / "answers" / "who_runs.yml", "Universities and children's hospitals", "Astronauts")
    change(study / "words.yml", "spellings: [cd22, ", "spellings: [moonmarker, cd22, ")
    change(study / "words.yml", "CD22 is a protein", "CD22 is a moon rock")
    change(study / "criteria.yml", "How old {is} {person} now?", "How many moons old {is} {person}?")
    change(content / "general" / "danger.yml", "\nemergency:\n", "\nemergency:\n  moon:\n  - moon dust\n")
    return content


@pytest.fixture(scope="module")
def other(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine with content and settings of its own, in an environment that names others."""
    content = other_content(tmp_path_factory.mktemp("other"))
    given = dataclasses.replace(settings, content=content, trial="moon-1", country="GB", hospital_line=HOSPITAL_LINE)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("TRIALOG_CONTENT", "nowhere")
        environment.setenv("TRIALOG_COUNTRY", "US")
        environment.setenv("TRIALOG_HOSPITAL_LINE", "0")
        environment.setenv("TRIALOG_TRIAL", "itcc-059")
        environment.setenv("TRIALOG_ENCODER", "nowhere")
        yield Engine.load(given)


async def told(engine: Engine, *texts: str) -> str:
    """All that is answered to ``texts``, said in one conversation."""
    conversation = new_id()
    said = await engine.start(conversation)
    for text in texts:
        said += await engine.say(conversation, text)
    return "\n".join(reply.text for reply in said)


@pytest.mark.parametrize(
    ("text", "ours", "theirs"),
    [
        ("Who runs this study?", "Universities and children's hospitals", "Astronauts"),
        ("What is CD22?", "CD22 is a protein", "CD22 is a moon rock"),
        ("Can my son take part?", "How old is your son now?", "How many moons old is your son?"),
        ("there is moon dust here now", "I am sorry", "This may be an emergency"),
        ("she is not breathing", "call 112 now", "call 999 now"),
        ("she has a fever of 39.5", "Use the number that the team gave you", HOSPITAL_LINE),
    ],
)
async def test_two_engines_answer_each_from_its_own_content_and_settings(
    engine: Engine, other: Engine, text: str, ours: str, theirs: str
) -> None:
    # Twice and in turns, so that what one has remembered could show in the other.
    for _ in range(2):
        one, another = await asyncio.gather(told(engine, text), told(other, text))
        assert ours in one
        assert theirs not in one
        assert theirs in another


async def test_the_words_of_a_study_are_recognised_by_its_engine(engine: Engine, other: Engine) -> None:
    one, another = [await each._agent.parse_message("the moonmarker") for each in (engine, other)]
    assert [entity["value"] for entity in one["entities"]] == []
    assert [entity["value"] for entity in another["entities"]] == ["cd22"]


async def test_the_welcome_and_the_last_resort_are_those_of_the_settings(
    engine: Engine, other: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "one study: Inotuzumab ITCC-059." in await told(engine)
    assert "one study: Moon study." in await told(other)
    monkeypatch.setitem(other._agent.processor.action_endpoint.executor.actions, "action_answer", lambda *_: [])
    assert "call 999." in (await told(other, "Who runs this study?")).splitlines()[-1]


@pytest.mark.slow
def test_the_encoder_is_the_one_of_the_settings(settings: Settings) -> None:
    with pytest.raises(ModelBrokenError):
        Engine.load(dataclasses.replace(settings, encoder="nowhere"))


def test_without_an_engine_the_environment_says_which_content(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIALOG_CONTENT", str(ROOT / "content"))
    monkeypatch.setenv("TRIALOG_COUNTRY", "NL")
    assert Deployment.current().settings.country == "NL"
    assert Deployment.current() is Deployment.current(), "a rasa command reads its content once"


def test_what_is_handed_in_ends_with_the_loading(settings: Settings, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIALOG_CONTENT", str(ROOT / "content"))
    deployment = Deployment(settings, engine.library)
    with deployment.handed_in():
        assert Deployment.current() is deployment
    assert Deployment.current() is not deployment


@pytest.mark.parametrize(
    ("wrong", "named"), [(Settings(trial="nope"), "TRIAL must be one of .*, not 'nope'"), (Settings(country="ZZ"), "COUNTRY .*, not 'ZZ'")]
)
def test_a_study_or_a_country_that_is_not_there_stops_the_start(library: Library, wrong: Settings, named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        Deployment(wrong, library)


def test_a_country_may_be_written_in_any_way(library: Library) -> None:
    assert Deployment(Settings(country="uk"), library).settings.country == "uk"
