"""What the multilingual reader understands, and the lines its heads were trained on."""

from pathlib import Path

import pytest

from tests.banks import held_out
from tests.conftest import ROOT
from trialog.cli.evaluate import thresholds_in
from trialog.nlu.elsewhere.language import REPLIES
from trialog.nlu.elsewhere.model import ElsewhereModel, trained_from
from trialog.training.examples import read_examples
from trialog.training.language_lines import digest, language_lines

pytestmark = pytest.mark.slow

LINES = ROOT / "data" / "languages"
BANK = held_out("danger_languages")
ASKED = held_out("languages_asked")


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> ElsewhereModel:
    return ElsewhereModel(tmp_path_factory.mktemp("models"))


DANGER = thresholds_in(ROOT / "config.yml").danger_elsewhere

# Questions of 40 that the likeliest topic fits, in each language: two less than were measured when the encoder was tuned.
FEWEST = {"nl": 36, "de": 37, "fr": 36, "es": 35, "it": 38, "pt": 38, "pl": 37, "tr": 35, "ar": 33, "uk": 36, "ru": 35}


def alarms(reader: ElsewhereModel, texts: list[str]) -> list[str]:
    return [text for text in texts if sum(reader.read(text)[1].values()) >= DANGER]


def test_danger_is_noticed_in_every_language_and_little_else(reader: ElsewhereModel) -> None:
    assert set(BANK) == set(REPLIES)
    missed, alarmed = [], []
    for kinds in BANK.values():
        told = kinds["emergency"] + kinds["crisis"]
        missed += sorted(set(told) - set(alarms(reader, told)))
        alarmed += alarms(reader, kinds["harmless"])
    assert len(missed) <= 1, missed
    assert len(alarmed) <= 4, alarmed


@pytest.mark.parametrize("language", FEWEST)
def test_questions_of_strangers_are_understood(reader: ElsewhereModel, language: str) -> None:
    asked = ASKED[language]
    likeliest = [reader.read(question["text"])[0][0][0] for question in asked]
    right = [is_fit(topic, question["topics"]) for topic, question in zip(likeliest, asked, strict=True)]
    assert len(right) == 40
    assert sum(right) >= FEWEST[language]


def is_fit(label: str, topics: list[str]) -> bool:
    """True if the class ``label`` is one of ``topics``, which are named as replies name them."""
    return (label.replace("/", ":") if label.startswith("term/") else label.rpartition("/")[2]) in topics


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Welke bijwerkingen heeft het middel?", "ask/side_effects"),
        ("Was kostet die Teilnahme?", "ask/cost"),
        ("Dans quels hôpitaux se fait l'étude ?", "ask/location"),
        ("karaciğere zarar verir mi", "ask/side_effects"),
    ],
)
def test_what_is_asked(reader: ElsewhereModel, text: str, topic: str) -> None:
    ranking, _ = reader.read(text)
    assert ranking[0][0] == topic


def test_the_heads_were_trained_on_the_lines_as_they_are() -> None:
    assert trained_from() == digest(LINES), "data/languages has changed: run scripts/train-languages"


def test_the_lines_have_known_classes_and_are_in_no_bank() -> None:
    lines = list(language_lines(LINES))
    known = {example.label for example in read_examples(ROOT / "data" / "nlu")} | {"harmless"}
    assert {line.label for line in lines} <= known
    banked = {text for kinds in BANK.values() for texts in kinds.values() for text in texts}
    banked |= {question["text"] for questions in ASKED.values() for question in questions}
    assert not banked & {line.text for line in lines}


def test_the_digest_changes_with_a_line_and_with_a_class(tmp_path: Path) -> None:
    seen = set()
    for content in ("ask/cost: [wat kost het]", "ask/location: [wat kost het]", "ask/cost: [hoe duur is het]"):
        (tmp_path / "nl.yml").write_text(f"mother:\n  {content}\n", encoding="utf-8")
        seen.add(digest(tmp_path))
    assert len(seen) == 3
