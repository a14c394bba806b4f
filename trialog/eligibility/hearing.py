"""What a questionnaire hears in a message: what is stated, apart from what is asked or supposed."""

from __future__ import annotations

from collections.abc import Mapping

from trialog.content.criteria import DECLINED, UNKNOWN
from trialog.eligibility.questionnaire import Questionnaire, Stage
from trialog.eligibility.turn import START, Heard
from trialog.language.assertion import parts_of, without_suppositions

# What the classifier calls the buttons of a questionnaire.
_BUTTONS = "questionnaire"

# From this share on a message is believed to tell plainly how it is. Picked on tests/held_out/assertions.yml (decision 25).
SURELY_PLAIN = 0.95

# From this share on it is believed to say, in whatever words, that something is not known, or not to be told: who says that means it.
SURELY_LEFT_OPEN = {UNKNOWN: 0.97, DECLINED: 0.8}

# From this share on it seems to say that something is not known: whatever else was read in it is asked back.
SEEMS_OPEN = 0.5

# The act of an answer that tells how it is, whatever stands around it, and is not taken back, doubted, or told of somebody else.
PLAIN = "plain"


def hear(
    text: str, topic: str, share: float, now: Questionnaire | None, acts: Mapping[str, float] | None = None, agrees: bool = False
) -> Heard:
    """A message that was typed, and what the classifier takes it for, as the questionnaire ``now`` hears it.

    ``acts`` are the shares of what it may do at a question; ``agrees`` whether it is taken for a "yes" or an "all right".
    """
    acts = acts or {}
    parts = parts_of(text)
    # Whoever asks "can my 7-year-old take part?" tells the age in the question itself.
    opens = topic == START and (now is None or now.stage in (Stage.RESULT, Stage.STOPPED))
    stated = without_suppositions(text) if opens else parts.stated
    is_agreed = agrees and not parts.asks and "?" not in text
    # "Leave that, tell me about ..." leaves no point open.
    left_open = next((answer for answer, share in SURELY_LEFT_OPEN.items() if acts.get(answer, 0.0) >= share and not parts.asks), "")
    seems_open = acts.get(UNKNOWN, 0.0) >= SEEMS_OPEN
    is_plain = acts.get(PLAIN, 0.0) >= SURELY_PLAIN
    return Heard(text, stated, parts.asks, topic, share, plain=is_plain, seems_open=seems_open, left_open=left_open, agrees=is_agreed)


def hear_button(intent: str, says: Mapping[str, str]) -> Heard:
    """A button that was pressed and what it ``says``; one of another topic says nothing to a questionnaire."""
    return Heard(topic=intent, share=1.0, asks=True, pressed=says if intent == _BUTTONS else None)
