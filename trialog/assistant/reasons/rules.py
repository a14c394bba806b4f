"""The names of the rules in data/rules, by what they act on: Rasa's policy keeps what a rule does, and forgets what it is called."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby, takewhile
from pathlib import Path
from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, SlotSet, UserUttered
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader

RULES = Path("data/rules")

# What stands in a rule for all that was before it.
_BEFORE = "..."


@dataclass(frozen=True)
class Rule:
    """The rule ``name`` answers one of ``intents`` (any, where there are none) by ``action`` while ``slots`` hold."""

    name: str
    intents: frozenset[str]
    action: str
    slots: Mapping[str, Any]

    def fits(self, intent: str, action: str, slots: Mapping[str, Any]) -> bool:
        """True if it may be what chose ``action``."""
        holds = all(slots.get(name) == value for name, value in self.slots.items())
        return self.action == action and (not self.intents or intent in self.intents) and holds


@cache
def rules(folder: Path = RULES) -> tuple[Rule, ...]:
    """The rules below ``folder``, the more special ones first; none where it is not there."""
    with warnings.catch_warnings():
        # Without a domain a reader knows none of the intents; training checks them.
        warnings.simplefilter("ignore")
        steps = [step for file in sorted(folder.glob("*.yml")) for step in YAMLStoryReader(Domain.empty()).read_from_file(file)]
    found = [_rule(name, [step.events for step in same]) for name, same in groupby(steps, key=lambda step: str(step.block_name))]
    return tuple(sorted(found, key=lambda rule: -len(rule.slots)))


def _rule(name: str, steps: Iterable[list[Event]]) -> Rule:
    """The rule that Rasa splits into ``steps``, one for each intent it is for."""
    together = [event for events in steps for event in events]
    actions = [event.action_name for event in together if isinstance(event, ActionExecuted) and event.action_name != _BEFORE]
    intents = frozenset(str(event.intent_name) for event in together if isinstance(event, UserUttered))
    condition = takewhile(lambda event: not isinstance(event, ActionExecuted), together)
    return Rule(name, intents, actions[-1], {event.key: event.value for event in condition if isinstance(event, SlotSet)})
