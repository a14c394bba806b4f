"""Plays one scripted family through the questionnaire, turn by turn, as docs in ``test_families`` describe."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from trialog.assistant.message import Message

Say = Callable[[str], Awaitable[list[Message]]]

OPENERS = {"teen": "Can I join this study?", "staff": "Does my patient fit the study?"}
PEOPLE = {"parent": "my child", "teen": "it is for me", "grandparent": "my grandchild", "staff": "a patient of ours"}

# Kinds of message that leave the questionnaire in a definite state.
STATES = ("question", "review", "result", "cancelled")

# What ends danger.
GO_ON = "they are with us now, everyone is safe. go on with the questions"

ASKED_AT_MOST = 3
TURNS_AT_MOST = 40


@dataclass
class Family:
    """One run of a scenario: what the family knows, and what it has said already."""

    scenario: dict[str, Any]
    facts: dict[str, str]
    asked: dict[str, int] = field(default_factory=dict)
    interrupted: set[int] = field(default_factory=set)
    corrected: set[int] = field(default_factory=set)
    log: list[str] = field(default_factory=list)


async def play(say: Say, family: Family, opener: str) -> Message:
    """The message the conversation ends in: a result, or that the questionnaire was stopped."""
    state = await _begin(say, family, opener)
    for _ in range(TURNS_AT_MOST):
        if state.kind == "cancelled":
            return state
        if state.kind == "question":
            state = await _answer(say, family, str(state.criterion))
            continue
        correction = _pending(family, None)
        if correction is None and state.kind == "result":
            return state
        state = await _turn(say, family, correction["say"] if correction else "yes, that is all right")
    raise AssertionError("no end after many turns\n" + "\n".join(family.log))


async def _said(say: Say, family: Family, text: str) -> list[Message]:
    messages = await say(text)
    family.log.append(f"family: {text}")
    family.log += [f"   bot [{m.kind}/{m.criterion or m.outcome or m.topic}]: {m.text}" for m in messages]
    assert messages, "silence"
    assert not any("eligible" in message.text for message in messages), family.log[-1]
    return messages


async def _begin(say: Say, family: Family, opener: str) -> Message:
    """Where the questions are only offered, the family says yes."""
    messages = await _said(say, family, opener)
    state = next((message for message in reversed(messages) if message.kind in STATES), None)
    return state or await _turn(say, family, "yes, please")


async def _turn(say: Say, family: Family, text: str) -> Message:
    messages = await _said(say, family, text)
    state = next((message for message in reversed(messages) if message.kind in STATES), None)
    assert state is not None, "no open question any more\n" + "\n".join(family.log)
    return state


async def _answer(say: Say, family: Family, criterion: str) -> Message:
    if criterion == "who":
        return await _turn(say, family, PEOPLE[family.scenario["who"]])
    for number, interrupt in enumerate(family.scenario.get("interrupts", [])):
        if interrupt["at"] == criterion and number not in family.interrupted:
            family.interrupted.add(number)
            return await _interrupt(say, family, criterion, interrupt)
    correction = _pending(family, criterion)
    if correction:
        return await _turn(say, family, correction["say"])
    times = family.asked.get(criterion, 0)
    family.asked[criterion] = times + 1
    assert times <= ASKED_AT_MOST, f"asked {criterion} again and again\n" + "\n".join(family.log)
    more = family.scenario.get("followups", {}).get(criterion, [])
    return await _turn(say, family, more[min(times, len(more)) - 1] if times and more else family.facts.get(criterion, "I don't know"))


async def _interrupt(say: Say, family: Family, criterion: str, interrupt: dict[str, Any]) -> Message:
    family.facts |= {name: wordings[0] for name, wordings in interrupt.get("then", {}).items()}
    if interrupt["kind"] in ("back", "restart"):
        family.asked = {}
    before = len(family.log)
    if interrupt["kind"] == "emergency":
        # While danger lasts nothing is asked.
        replies = await _said(say, family, interrupt["say"])
        assert {message.kind for message in replies} == {"safety"}, family.log[-1]
    state = await _turn(say, family, GO_ON if interrupt["kind"] == "emergency" else interrupt["say"])
    said = "\n".join(family.log[before:])
    if interrupt["kind"] in ("question", "offtopic", "emotion", "why", "meaning"):
        assert (state.kind, state.criterion) == ("question", criterion), f"the question was not asked again\n{said}"
        assert said.count("bot [") >= 2, f"not answered\n{said}"
    if interrupt.get("topic"):
        assert f"/{interrupt['topic']}]" in said, said
    return state


def _pending(family: Family, asked: str | None) -> dict[str, Any] | None:
    """The next correction: as soon as its answer was given and another question is open, or at the end."""
    for number, correction in enumerate(family.scenario.get("corrections", [])):
        due = correction["after"] in family.asked and correction["after"] != asked
        if number not in family.corrected and due:
            family.corrected.add(number)
            family.facts[correction["criterion"]] = correction["new"]
            return dict(correction)
    return None
