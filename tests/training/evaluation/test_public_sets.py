"""Public sets are read as they are given away, and what becomes of their messages is counted."""

import json
from pathlib import Path

import pytest

from tests.training.evaluation.readings import THRESHOLDS
from trialog.content.model import DANGER
from trialog.nlu.decider import Evidence
from trialog.nlu.evidence import DangerEvidence, PersonalEvidence, Ranking, TopicEvidence
from trialog.training.evaluation.public_sets import MOST, NoSetError, read_sets, what_became
from trialog.training.evaluation.readings import Reading
from trialog.training.evaluation.report import PUBLIC, _public_sets
from trialog.training.examples import Example


def reading(topic: str, share: float = 0.9) -> Reading:
    others: Ranking = [(f"ask/other_{number}", (1 - share) / 20) for number in range(20)]
    topics = TopicEvidence(sorted([(topic, share), *others, *((name, 0.0) for name in DANGER if name != topic)], key=lambda pair: -pair[1]))
    opinion = {name: share if name == topic else 0.0 for name in DANGER}
    return Reading(Example("any", "any", "any"), Evidence(topics, DangerEvidence(opinion, None, (), False, 9), PersonalEvidence((), "any")))


def test_splits_that_are_learned_from_are_left_out_and_parts_of_one_set_are_one(tmp_path: Path) -> None:
    (tmp_path / "clinc.json").write_text(json.dumps({"train": [["play", "x"]], "test": [["sing", "x"], ["sing", "y"]]}), encoding="utf-8")
    (tmp_path / "requests").mkdir()
    (tmp_path / "requests" / "one.csv").write_text(',Harmful_Medical_Request,answer\n0,"lie, please",no\n', encoding="utf-8")
    (tmp_path / "requests" / "two.csv").write_text("id,text\n1,hide it\n2,\n", encoding="utf-8")
    (tmp_path / "README.md").write_text("text", encoding="utf-8")
    texts = {name: sorted(message.text for message in messages) for name, messages in read_sets(tmp_path).items()}
    assert texts == {"clinc: test": ["sing"], "requests": ["hide it", "lie, please"]}


def test_of_a_big_set_the_same_part_is_read_each_time(tmp_path: Path) -> None:
    pairs = [[f"message {number}", "x"] for number in range(MOST + 50)]
    (tmp_path / "big.json").write_text(json.dumps({"test": pairs}), encoding="utf-8")
    once, again = read_sets(tmp_path)["big: test"], read_sets(tmp_path)["big: test"]
    assert len(once) == MOST
    assert once == again


@pytest.mark.parametrize("content", ["[]", "{}", '{"test": []}'])
def test_a_folder_without_a_set_says_what_is_looked_for(tmp_path: Path, content: str) -> None:
    (tmp_path / "no.json").write_text(content, encoding="utf-8")
    (tmp_path / "no.csv").write_text("number\n1\n", encoding="utf-8")
    with pytest.raises(NoSetError, match="holds no set: a JSON of splits"):
        read_sets(tmp_path)


def test_what_becomes_of_messages_is_told_in_percent() -> None:
    topics = ["safety/crisis", "safety/medical_advice", "out_of_scope/oos_general", "ask/cost", "smalltalk/thanks"]
    became = what_became([*map(reading, topics), *(reading("ask/cost", 0.1) for _ in range(3))], THRESHOLDS)
    assert became == {
        "messages": 8,
        "alarm": 12.5,
        "sent to the doctor": 12.5,
        "declined": 12.5,
        "asked back": 37.5,
        "answered from the study": 12.5,
        "small talk and the rest": 12.5,
    }
    (section,) = _public_sets({PUBLIC: {"clinc: test": became}})
    assert "| set | messages | alarm % |" in section
    assert "| clinc: test | 8 | 12.5 |" in section
    assert _public_sets({}) == []
