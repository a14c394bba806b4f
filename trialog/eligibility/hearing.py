"""What a questionnaire hears in a message: what is stated, apart from what is asked or supposed."""

from __future__ import annotations

from collections.abc import Mapping

from trialog.eligibility.questionnaire import Questionnaire, Stage
from trialog.eligibility.turn import START, Heard
from trialog.language.assertion import parts_of, without_suppositions

# What the classifier calls the buttons of a questionnaire.
_BUTTONS = "questionnaire"


def hear(text: str, topic: str, share: float, now: Questionnaire | None) -> Heard:
    """A message that was typed, and what the classifier takes it for, as the questionnaire ``now`` hears it."""
    parts = parts_of(text)
    # Whoever asks "can my 7-year-old take part?" tells the age in the question itself.
    opens = topic == START and (now is None or now.stage in (Stage.RESULT, Stage.STOPPED))
    return Heard(text, without_suppositions(text) if opens else parts.stated, parts.asks, topic, share)


def hear_button(intent: str, says: Mapping[str, str]) -> Heard:
    """A button that was pressed and what it ``says``; one of another topic says nothing to a questionnaire."""
    return Heard(topic=intent, share=1.0, asks=True, pressed=says if intent == _BUTTONS else None)
