"""Rasa's own test stories, played against the real actions."""

from pathlib import Path

import pytest

from tests.conftest import ROOT
from trialog.assistant.dialogues.files import faults_in, read_dialogues
from trialog.assistant.dialogues.play import in_new_conversation
from trialog.assistant.engine import Engine

STORIES = ROOT / "tests" / "stories"

TOLD_OTHERWISE = """\
stories:
- story: Nothing goes as it is told
  steps:
  - user: |
      What does [remission](word) mean?
    intent: term
  - action: action_answer
  - slot_was_set:
    - danger_lasts: true
    - last_topic
  - active_loop: eligibility_form
- story: A button, and no action named
  steps:
  - intent: elig_start
  - active_loop: eligibility_form
  - user: what is the weather like
    intent: ask
  - active_loop: null
"""


async def test_the_stories_of_the_project_hold(engine: Engine) -> None:
    stories = read_dialogues([STORIES])
    assert len(stories) >= 5
    for story in stories:
        played = await in_new_conversation(engine, story)
        assert played.passed, [turn.faults for turn in played.turns]


async def test_what_goes_otherwise_than_a_story_tells_is_told(engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "stories.yml"
    file.write_text(TOLD_OTHERWISE, encoding="utf-8")
    first, second = [await in_new_conversation(engine, story) for story in read_dialogues([file])]
    assert [turn.faults for turn in first.turns] == [
        (
            "actions: expected action_answer, got action_explain_word",
            "slot danger_lasts: expected True, got False",
            "form: expected eligibility_form, got none",
        )
    ]
    assert [turn.faults for turn in second.turns] == [
        (),
        ("intent: expected ask, got out_of_scope", "form: expected none, got eligibility_form"),
    ]


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ("  - action: action_answer", "a story begins with what the user says"),
        ("  - {intent: ask}\n  - {checkpoint: later}", "this step is not understood here: checkpoint"),
        ("  - 7", "each of them with one of Rasa's keys"),
    ],
)
def test_a_story_that_cannot_be_played_is_told_with_its_line(tmp_path: Path, steps: str, told: str) -> None:
    file = tmp_path / "stories.yml"
    file.write_text(f"stories:\n- story: x\n  steps:\n{steps}\n", encoding="utf-8")
    (fault,) = faults_in([file])
    assert fault.startswith(f"{file}:2: ")
    assert told in fault
