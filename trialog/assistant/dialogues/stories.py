"""Rasa's own test stories as dialogues. `rasa test` runs no actions of ours; here they run, and every promise is checked besides."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from trialog.assistant.dialogues.form import Dialogue, DialogueError, Turn

STORIES = "stories"

# An entity as Rasa marks it in what the user says: the words, then its name, or more about it.
_ENTITY = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")

# Intents that want the questionnaire.
_BEGINNING = ("elig_start", "questionnaire")

# The actions of a turn, each with True where another action has called it.
Chosen = Sequence[tuple[str, bool]]


class StoryTurn(Turn, frozen=True):
    """A turn of a story: what is understood of the message, which actions follow, and which slots and form there are then."""

    intent: str = ""
    actions: tuple[str, ...] = ()
    slots: tuple[tuple[str, Any], ...] = ()
    # The form that is open then; None where the story says nothing of it.
    form: str | None = None


def story_in(file: Path, number: int, line: int, story: Any) -> Dialogue:
    """The ``number``-th story of ``file``, at ``line``; raises DialogueError where it is none that can be played."""
    try:
        steps = story["steps"]
        turns = tuple(_turn(part) for part in _parts(steps))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        told = error.args[0] if isinstance(error, ValueError) else "a story has 'steps', each of them with one of Rasa's keys"
        raise DialogueError(f"{file}:{line}: {told}.") from error
    return Dialogue(file, number, line, turns)


def _parts(steps: Any) -> Iterator[list[Mapping[str, Any]]]:
    """The steps of each turn: what the user says, and what follows."""
    turn: list[Mapping[str, Any]] = []
    for step in steps:
        if ("user" in step or "intent" in step) and turn:
            yield turn
            turn = []
        turn.append(step)
    if turn:
        yield turn


def _turn(steps: list[Mapping[str, Any]]) -> StoryTurn:
    said, *after = steps
    if "user" not in said and "intent" not in said:
        raise ValueError("a story begins with what the user says")
    expected: dict[str, Any] = {"actions": (), "slots": ()}
    for step in after:
        expected = {**expected, **_expected(step, expected)}
    intent = str(said.get("intent", ""))
    text = _ENTITY.sub(r"\1", str(said["user"])).strip() if "user" in said else None
    pressed = text if text and text.startswith("/") else None if text else f"/{intent}"
    return StoryTurn(say=None if pressed else text, press=pressed, intent=intent, begins=intent in _BEGINNING, **expected)


def _expected(step: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    if "action" in step:
        return {"actions": (*before["actions"], str(step["action"]))}
    if "slot_was_set" in step:
        slots = (slot for part in step["slot_was_set"] for slot in ([(part, ...)] if isinstance(part, str) else part.items()))
        return {"slots": (*before["slots"], *slots)}
    if "active_loop" in step:
        return {"form": str(step["active_loop"] or "")}
    raise ValueError(f"this step is not understood here: {', '.join(map(str, step))}")


def otherwise(turn: StoryTurn, intent: str, actions: Chosen, slot: Callable[[str], Any], form: str) -> Iterator[str]:
    """What went otherwise than the story tells; ``slot`` says what a slot holds now."""
    done = [action for action, _ in actions]
    if turn.intent and turn.intent not in (intent, intent.partition("/")[0]):
        yield f"intent: expected {turn.intent}, got {intent}"
    # A story need not name what an action has called by itself: where Rasa plays it, that is never called.
    if turn.actions and list(turn.actions) not in (done, [action for action, called in actions if not called]):
        yield f"actions: expected {', '.join(turn.actions)}, got {', '.join(done) or 'none'}"
    for name, value in turn.slots:
        found = slot(name)
        if found is None if value is ... else found != value:
            yield f"slot {name}: expected {'something' if value is ... else value}, got {found}"
    if turn.form is not None and turn.form != form:
        yield f"form: expected {turn.form or 'none'}, got {form or 'none'}"
