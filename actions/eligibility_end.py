"""End the questionnaire: say the result point by point, or that it was stopped."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.questionnaire import about, answer_line, command_button, questionnaire_of
from actions.replies import library, say, study_of, topic_button
from trialog.content.model import Study
from trialog.eligibility.questionnaire import Questionnaire, Stage
from trialog.eligibility.verdicts import Outcome, reason_of


class ActionEligibilityEnd(Action):
    """Says what the answers come to; never a decision, always the way to the doctor."""

    def name(self) -> str:
        return "action_eligibility_end"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        study, now = study_of(tracker), questionnaire_of(tracker)
        if now is None or now.stage != Stage.RESULT:
            again = [{"title": library().interview.buttons["resume"], "payload": "/elig_start"}]
            return say(dispatcher, "utter_cancelled", buttons=again, json_message=about(tracker, "cancelled"))
        outcome = now.outcome(study)
        dispatcher.utter_message(
            response=f"utter_result_{outcome}",
            points=result_lines(now, study),
            ask="\n".join(f"• {question}" for question in now.questions(study)),
            buttons=_buttons(study, outcome),
            json_message=about(tracker, "result", outcome=outcome.value, criteria=_criteria(now, study)),
        )
        return [SlotSet("last_topic", "who_can_enter"), SlotSet("told_more", None)]


def result_lines(now: Questionnaire, study: Study) -> str:
    """Each point with the answer and what it says, as a list."""
    return "\n".join(
        f"• {criterion.title}: {answer_line(now, criterion)}. {reason_of(criterion, now.answers[name])}"
        for name, criterion in study.criteria.items()
    )


def _criteria(now: Questionnaire, study: Study) -> list[dict[str, str]]:
    verdicts = now.verdicts(study)
    return [
        {"id": name, "title": criterion.title, "answer": answer_line(now, criterion), "verdict": verdicts[name].value}
        for name, criterion in study.criteria.items()
    ]


def _buttons(study: Study, outcome: Outcome) -> list[dict[str, str]]:
    words = library().interview.buttons
    # "How to take part" would hurt where a point does not match.
    next_topic = "other_trials" if outcome == Outcome.DOES_NOT_FIT else "how_to_join"
    return [
        topic_button(next_topic, study),
        command_button(words["change"], "change"),
        command_button(words["another"], "another"),
    ]
