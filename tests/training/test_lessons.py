"""What the encoder is tuned on: every line once, those with typing errors beside it, and which lines it does not know yet."""

from pathlib import Path

import pytest

from trialog.nlu.danger.model import HARMLESS
from trialog.training.lessons import (
    DANGER_HEAD,
    TOPIC_HEAD,
    Lesson,
    classes_of,
    danger_lessons_of,
    language_lessons_of,
    lessons_of,
    marks_of,
    marks_of_languages,
    share_unknown,
)

TOPICS = """
nlu:
- {intent: ask/cost, metadata: {voice: father}, examples: "- what does it cost\\n- who pays for the medicine\\n"}
- {intent: safety/emergency, metadata: {voice: father}, examples: "- he does not breathe any more\\n"}
- {intent: ask/cost, metadata: {voice: aunt}, examples: "- is it free\\n"}
"""
FOREIGN = '- {intent: out_of_scope/other_language, metadata: {voice: aunt}, examples: "- wat kost het\\n"}\n'
LANGUAGES = """
tante:
  ask/cost: [wat kost het eigenlijk]
  safety/crisis: [ik wil niet meer leven]
  harmless: [ik lach me dood]
"""
ACTS = 'nlu:\n- {intent: talk/again, metadata: {voice: father}, examples: "- once more please\\n"}\n'
DANGER = "father:\n  harmless: [he fell asleep at last]\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for folder, text in (("nlu", TOPICS), ("acts", ACTS), ("danger", DANGER)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "lines.yml").write_text(text, encoding="utf-8")
    return tmp_path


def test_each_line_teaches_the_heads_it_speaks_of(data: Path) -> None:
    labels = [lesson.labels for lesson in lessons_of(data)]
    assert labels.count({TOPIC_HEAD: "ask/cost", DANGER_HEAD: HARMLESS}) == 3
    assert labels.count({"talk": "talk/again", DANGER_HEAD: HARMLESS}) == 1
    assert labels.count({DANGER_HEAD: HARMLESS}) == 1


def test_what_tells_of_danger_is_there_as_it_was_written_and_once_more(data: Path) -> None:
    danger = {TOPIC_HEAD: "safety/emergency", DANGER_HEAD: "safety/emergency"}
    assert Lesson("he does not breathe any more", danger) in lessons_of(data)
    assert [lesson.labels for lesson in lessons_of(data)].count(danger) == 2


def test_some_lines_have_typing_errors(data: Path) -> None:
    file = data / "nlu" / "lines.yml"
    lines = [f"who pays for the medicine of child number {number}" for number in range(200)]
    text = "".join(f"    - {line}\n" for line in lines)
    file.write_text(f"nlu:\n- intent: ask/cost\n  metadata: {{voice: father}}\n  examples: |\n{text}", encoding="utf-8")
    changed = {lesson.text for lesson in lessons_of(data) if TOPIC_HEAD in lesson.labels} - set(lines)
    # Three in ten are retyped, and some of these come out as they were.
    assert 0.1 < len(changed) / len(lines) < 0.4


def test_a_voice_can_be_left_out(data: Path) -> None:
    (lesson,) = lessons_of(data, without=["father"])
    assert lesson.labels[TOPIC_HEAD] == "ask/cost"


def test_danger_alone_is_learned_from_every_second_plain_question_and_all_else(data: Path) -> None:
    lessons = danger_lessons_of(data)
    assert all(lesson.labels.keys() == {DANGER_HEAD} for lesson in lessons)
    assert [lesson.labels[DANGER_HEAD] for lesson in lessons].count("safety/emergency") == 2
    assert Lesson("he fell asleep at last", {DANGER_HEAD: HARMLESS}) in lessons[:5]
    assert Lesson("once more please", {DANGER_HEAD: HARMLESS}) in lessons[:5], "what goes on with a conversation is harmless"
    assert len(lessons) == 5 + 2, "two of three plain questions; the two lines about danger come once more"


@pytest.fixture
def with_languages(data: Path) -> Path:
    (data / "nlu" / "foreign.yml").write_text(f"nlu:\n{FOREIGN}", encoding="utf-8")
    (data / "languages").mkdir()
    (data / "languages" / "nl.yml").write_text(LANGUAGES, encoding="utf-8")
    return data


def test_the_encoder_of_all_languages_learns_topics_and_danger_in_each(with_languages: Path) -> None:
    lessons = language_lessons_of(with_languages)
    english = [lesson for lesson in lessons_of(with_languages) if lesson.text != "wat kost het"]
    assert lessons[: len(english)] == english, "which language a line is in teaches nothing about its topic"
    others = [
        Lesson("wat kost het eigenlijk", {TOPIC_HEAD: "ask/cost", DANGER_HEAD: HARMLESS}),
        Lesson("ik wil niet meer leven", {TOPIC_HEAD: "safety/crisis", DANGER_HEAD: "safety/crisis"}),
        Lesson("ik lach me dood", {DANGER_HEAD: HARMLESS}),
    ]
    assert lessons[len(english) : len(english) + 3] == others
    assert [lesson.labels for lesson in lessons[len(english) + 3 :]] == [lesson.labels for lesson in others], "once more, mistyped"
    assert language_lessons_of(with_languages, ["tante", "aunt", "father"]) == []


def test_a_new_line_in_another_language_is_noticed(with_languages: Path) -> None:
    known = marks_of_languages(with_languages)
    (with_languages / "languages" / "nl.yml").write_text(LANGUAGES.replace("eigenlijk", "dan"), encoding="utf-8")
    assert share_unknown(marks_of_languages(with_languages), known) == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("act", "harmless"),
    [
        *(("talk/told", True), ("talk/unwell", False), ("in_danger/over", True), ("in_danger/false_alarm", True)),
        *(("in_danger/worse", False), ("in_danger/alone", False)),
    ],
)
def test_not_all_that_is_said_in_a_conversation_is_harmless_by_itself(data: Path, act: str, harmless: bool) -> None:
    (data / "acts" / "lines.yml").write_text(ACTS.replace("talk/again", act), encoding="utf-8")
    (lesson,) = (lesson for lesson in lessons_of(data) if lesson.labels.keys() & {"talk", "in_danger"})
    assert (lesson.labels.get(DANGER_HEAD) == HARMLESS) is harmless


def test_the_classes_of_danger_stand_as_they_are_read(data: Path) -> None:
    classes = classes_of(lessons_of(data))
    assert classes[DANGER_HEAD] == [HARMLESS, "safety/emergency", "safety/crisis"]
    assert classes[TOPIC_HEAD] == ["ask/cost", "safety/emergency"]


def test_a_new_line_and_a_new_class_are_noticed(data: Path) -> None:
    known = marks_of(data)
    assert share_unknown(marks_of(data), known) == 0
    file = data / "nlu" / "lines.yml"
    file.write_text(TOPICS.replace("is it free", "is it for free"), encoding="utf-8")
    assert share_unknown(marks_of(data), known) == pytest.approx(1 / 6)
    file.write_text(TOPICS.replace("ask/cost, metadata: {voice: aunt}", "ask/funding, metadata: {voice: aunt}"), encoding="utf-8")
    assert share_unknown(marks_of(data), known) == pytest.approx(1 / 6)
