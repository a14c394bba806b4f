"""What is said in danger and worry, about personal data, and when something broke."""

from __future__ import annotations

from trialog.content.model import HelpLines
from trialog.content.replies.reply import Reply

PERSONAL_DATA_NOTE = Reply("utter_personal_data_note")


def safety(topic: str | None, lines: HelpLines, hospital_line: str) -> Reply:
    """The reply of the safety ``topic`` with the numbers to call; ``hospital_line`` is empty where none is configured."""
    crisis = {"emergency": lines.emergency, "crisis": lines.crisis, "crisis_name": lines.crisis_name}
    hospital = Reply("utter_hospital_line", {"line": hospital_line}) if hospital_line else Reply("utter_no_hospital_line")
    # Where no line for people in a crisis answers day and night, the emergency number stands in its place.
    talk = Reply("utter_no_crisis_line" if lines.crisis == lines.emergency else "utter_crisis_line", crisis)
    return Reply(f"utter_safety/{topic}", {"emergency": lines.emergency, "crisis": lines.crisis, "hospital": hospital, "talk": talk})


def broken(lines: HelpLines) -> Reply:
    """What the family gets when nothing else can be said."""
    return Reply("utter_broken", {"emergency": lines.emergency})
