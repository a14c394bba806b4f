"""The training data: a file for every topic, in many voices (`trialog check` looks for doubles and thin topics)."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML

from tests.conftest import ROOT
from trialog.content.model import Library
from trialog.nlu.danger.model import CLASSES
from trialog.training.blocks import examples_of
from trialog.training.danger_lines import danger_lines
from trialog.training.data_check import plain

DATA = ROOT / "data" / "nlu"
BANKS = [*(ROOT / "tests" / "held_out").glob("*.yml"), ROOT / "tests" / "safety" / "alarms.yml"]
LEAST_VOICES = 5


def texts_in(bank: Any) -> Iterator[str]:
    """Every text of a bank, however it is grouped."""
    if isinstance(bank, str):
        yield bank
    elif isinstance(bank, dict | list):
        for part in bank.values() if isinstance(bank, dict) else bank:
            yield from texts_in(part)


def blocks() -> list[tuple[str, str, str, list[str]]]:
    """(file stem, intent, voice, lines) of every block."""
    found = []
    for file in sorted(DATA.rglob("*.yml")):
        for block in YAML(typ="safe").load(file.read_text(encoding="utf-8"))["nlu"]:
            stem = file.relative_to(DATA).with_suffix("").as_posix()
            found.append((stem, block["intent"], block["metadata"]["voice"], examples_of(block)))
    return found


BLOCKS = blocks()


def test_every_topic_has_a_file_of_its_name(library: Library) -> None:
    expected = set(library.topics) | {f"term/{word}" for word in library.words(library.studies["itcc-059"])}
    assert expected - {stem for stem, *_ in BLOCKS} == set()


def test_a_file_holds_one_intent_named_like_it() -> None:
    for stem, intent, _, _ in BLOCKS:
        group, _, topic = intent.rpartition("/")
        named = f"{group}_{topic}" if group in ("followup", "questionnaire") else topic
        assert named == stem.rpartition("/")[2]


def test_every_topic_is_asked_in_many_voices() -> None:
    voices = defaultdict(set)
    for _, intent, voice, _ in BLOCKS:
        voices[intent].add(voice)
    few = {intent for intent, names in voices.items() if len(names) < LEAST_VOICES}
    assert few <= {"out_of_scope/gibberish", "out_of_scope/other_language", "followup/about"}


def test_lines_about_danger_stand_once_and_in_no_bank() -> None:
    lines = [plain(example.text) for example in danger_lines(ROOT / "data" / "danger")]
    assert [line for line, count in Counter(lines).items() if count > 1] == []
    banks = [YAML(typ="safe").load(file.read_text(encoding="utf-8")) for file in BANKS]
    assert set(lines) & {plain(text) for bank in banks for text in texts_in(bank)} == set()


def test_answers_of_the_questionnaires_bank_are_no_training_data() -> None:
    banks = [YAML(typ="safe").load(file.read_text(encoding="utf-8")) for file in BANKS if file.stem.startswith("assertions")]
    says = {plain(line["say"]) for bank in banks for voice in bank.values() for line in voice}
    assert says
    assert says & {plain(text) for *_, texts in BLOCKS for text in texts} == set()


def test_every_class_of_danger_is_written_in_many_voices() -> None:
    voices = defaultdict(set)
    for example in danger_lines(ROOT / "data" / "danger"):
        voices[example.label].add(example.voice)
    assert voices.keys() == set(CLASSES)
    assert all(len(names) >= 50 for names in voices.values())
