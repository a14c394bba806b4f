"""What is said in danger and worry, about personal data, and when something broke."""

from __future__ import annotations

import dataclasses

from trialog.content.general import HelpLines
from trialog.content.model import Library
from trialog.content.replies.reply import Button, Reply, button

# What ends danger; the last of them is ours: an alarm that nothing confirms is let be.
LET_BE = "let_be"
ENDED = ("over", "false_alarm", LET_BE)

# What somebody may do while danger lasts, each with a reply of its own for each danger.
DANGER_REPLIES = (
    *("what_to_do", "number", "country", "other_country", "how_long", "no_answer", "alone", "secret", "mean_it", "refuse", "worse"),
    *("amount", "help_coming", "no", "ok", "feeling", "bye", "else", "waiting", *ENDED),
)

# Whether everyone is safe can be answered by a button, where it is asked.
_SAFE = ("over", "help_coming", "no")
_ASKED_BY = {"else": _SAFE, "waiting": ("over", "no"), "ok": _SAFE}

PERSONAL_DATA_NOTE = Reply("utter_personal_data_note")


def safety(topic: str | None, lines: HelpLines, hospital_line: str) -> Reply:
    """The reply of the safety ``topic`` with the numbers to call; ``hospital_line`` is empty where none is configured."""
    return Reply(f"utter_safety/{topic}", _numbers(lines, hospital_line))


def in_danger(library: Library, danger: str, does: str, lines: HelpLines, hospital_line: str, country: str = "") -> Reply:
    """What is said to somebody who ``does`` something while ``danger`` ("emergency" or "crisis") lasts; ``country`` is the one told."""
    beside = {"kind": "safety", "topic": None if does in ENDED else danger}
    buttons = tuple(_danger_button(library, answer) for answer in _ASKED_BY.get(does, ()))
    return Reply(f"utter_{danger}_{does}", {**_numbers(lines, hospital_line), "country": country}, buttons, beside)


def again_in_crisis(lines: HelpLines) -> tuple[Reply, ...]:
    """What takes the place of what would be said a third time in a crisis."""
    return tuple(Reply(f"utter_again_crisis_{number}", _numbers(lines, "")) for number in (1, 2, 3))


def with_go_on(library: Library, reply: Reply) -> Reply:
    """``reply`` with a button that takes up the questionnaire again, which waits."""
    return dataclasses.replace(reply, buttons=(*reply.buttons, button(library.buttons["go_on"], '/questionnaire{"command": "go_on"}')))


def _danger_button(library: Library, answer: str) -> Button:
    return button(library.buttons[answer], f'/in_danger{{"topic": "{answer}"}}')


def _numbers(lines: HelpLines, hospital_line: str) -> dict[str, str | Reply]:
    numbers = {"emergency": lines.emergency, "crisis": lines.crisis, "crisis_name": lines.crisis_name}
    hospital = Reply("utter_hospital_line", {"line": hospital_line}) if hospital_line else Reply("utter_no_hospital_line")
    # Where no line for people in a crisis answers day and night, the emergency number stands in its place.
    is_one = lines.crisis == lines.emergency
    talk = Reply("utter_no_crisis_line" if is_one else "utter_crisis_line", numbers)
    either = Reply("utter_one_number" if is_one else "utter_one_of_two_numbers", numbers)
    return {**numbers, "hospital": hospital, "talk": talk, "either": either}


def broken(lines: HelpLines) -> Reply:
    """What the family gets when nothing else can be said."""
    return Reply("utter_broken", {"emergency": lines.emergency})
