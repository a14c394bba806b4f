"""What a turn made of a message: in which context it was read, what chose each action, what changed, and what was replied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Any

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, Event, FollowupAction, UserUttered

from actions.eligibility import FORM
from trialog.assistant.message import Message
from trialog.assistant.reasons.evidence import Data, evidence_of, pressed
from trialog.assistant.reasons.rules import rules
from trialog.assistant.watch import Watch
from trialog.content.model import Library
from trialog.eligibility.questionnaire import Questionnaire, Stage

# Slots that change at every turn and tell nothing of it.
_EVERY_TURN = ("said", "requested_slot")

# What has chosen an action that another one has called.
BY_AN_ACTION = "the action before it"


def reasons(watch: Watch, replies: Sequence[Message], library: Library) -> Data:
    """All that ``watch`` saw of a turn, and the codes of its ``replies``; ``ended`` is False where it saw nothing or not all."""
    told: Data = {"ended": watch.ended, "replies": [_reply(reply) for reply in replies]}
    if not watch.ended or watch.message is None or watch.tracker is None:
        return told
    button = pressed(watch.message)
    seen = {"pressed": button} if button else evidence_of(watch.message)
    events = list(_since_message(watch.tracker.events))
    return {
        **seen,
        "context": context_of(watch.slots, library),
        "actions": list(_actions(events, watch)),
        "changed": changes(watch.slots, dict(watch.tracker.current_slot_values())),
        **told,
    }


def context_of(slots: Mapping[str, Any], library: Library) -> Data:
    """What a message is read in the light of: what the conversation is about, and what is open in it."""
    study = library.study_of(str(slots.get("study") or ""))
    kept = slots.get("questionnaire")
    now = Questionnaire.from_json(kept) if kept else None
    asking = now and not now.paused and now.stage == Stage.ASKING
    about = {
        "study": study.id,
        "last_topic": slots.get("last_topic"),
        "question": now.open_question(study) if now and asking else None,
        "questionnaire": now.stage.value if now and not asking else None,
        "danger_lasts": slots.get("danger_lasts"),
        "offered": slots.get("offered"),
        "not_understood": slots.get("misses"),
    }
    return {name: value for name, value in about.items() if value}


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Data:
    """Each value that is another now, as ``[before, after]``; what a slot holds is told by its parts ("questionnaire.answers.age").

    Nothing, no and none are one.
    """
    old, new = (dict(_parts({name: value for name, value in slots.items() if name not in _EVERY_TURN})) for slots in (before, after))
    return {name: [old.get(name), new.get(name)] for name in dict.fromkeys([*new, *old]) if old.get(name) != new.get(name)}


def _parts(values: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _parts(value, f"{above}{name}.")
        elif value:
            yield f"{above}{name}", value


def _since_message(events: Sequence[Event]) -> Iterator[Event]:
    latest = takewhile(lambda event: not isinstance(event, UserUttered), reversed(list(events)))
    yield from reversed(list(latest))


def _actions(events: Sequence[Event], watch: Watch) -> Iterator[Data]:
    """Each action of the turn, and what chose it."""
    intent, followed = str((watch.message or {}).get("intent", {}).get("name")), ""
    for event in events:
        if isinstance(event, FollowupAction):
            followed = event.action_name
        elif isinstance(event, ActionExecuted) and event.action_name != ACTION_LISTEN_NAME:
            by = BY_AN_ACTION if event.action_name == followed else _chosen_by(event, intent, watch.slots)
            yield {"action": event.action_name, "by": by}


def _chosen_by(event: ActionExecuted, intent: str, slots: Mapping[str, Any]) -> str:
    rule = next((rule.name for rule in rules() if rule.fits(intent, event.action_name, slots)), None)
    return rule or ("the open questionnaire" if event.action_name == FORM else str(event.policy))


def _reply(reply: Message) -> Data:
    told = {name: getattr(reply, name) for name in ("kind", "topic", "criterion", "outcome", "language", "source")}
    return {name: value for name, value in told.items() if value}
