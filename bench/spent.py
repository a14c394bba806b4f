"""Where the processor time of a message goes: the encoder, each component, the rules, the actions, and what is around them."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from rasa.core.policies.rule_policy import RulePolicy

from trialog.assistant.conversations import new_id
from trialog.assistant.engine import Engine
from trialog.assistant.graph import StraightRunner
from trialog.assistant.rasa_parts import OwnAction
from trialog.nlu.encoder.encoder import Encoder

AROUND = "conversation, tracker and thread"


class Watch:
    """Adds up the processor time of the parts of a turn; what one part calls of another counts for that alone."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()
        self._inside = threading.local()

    def wrap(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """``work``, whose time counts as ``name``."""

        def timed(*arguments: Any, **named: Any) -> Any:
            before = getattr(self._inside, "others", 0.0)
            self._inside.others, began = 0.0, time.thread_time()
            try:
                return work(*arguments, **named)
            finally:
                took = time.thread_time() - began
                self.spent[name] += took - self._inside.others
                self._inside.others = before + took

        return timed

    def wrap_async(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """The same for what never gives way to others: our actions do not wait."""

        async def timed(*arguments: Any, **named: Any) -> Any:
            before = getattr(self._inside, "others", 0.0)
            self._inside.others, began = 0.0, time.thread_time()
            try:
                return await work(*arguments, **named)
            finally:
                took = time.thread_time() - began
                self.spent[name] += took - self._inside.others
                self._inside.others = before + took

        return timed


def watched(engine: Engine) -> Watch:
    """A watch on all parts of ``engine``, for good."""
    watch = Watch()
    runner = engine._agent.processor.graph_runner
    nodes = runner._instantiated_nodes if isinstance(runner, StraightRunner) else {}
    for node in nodes.values():
        component = node._component_class
        name = "rules" if issubclass(component, RulePolicy) else component.__name__
        node._fn = watch.wrap(name, node._fn)
    Encoder.states = watch.wrap("encoder", Encoder.states)  # type: ignore[method-assign]
    OwnAction.run = watch.wrap_async("actions", OwnAction.run)  # type: ignore[method-assign]
    return watch


async def spent(engine: Engine, questions: Sequence[str], times: int) -> dict[str, float]:
    """Mean milliseconds of the processor a message, by part; ``engine`` stays slower by its watch."""
    watch = watched(engine)
    conversation = new_id()
    await engine.start(conversation)
    watch.spent.clear()
    whole = 0.0
    for place in range(times):
        began = time.process_time()
        await engine.say(conversation, questions[place % len(questions)])
        whole += time.process_time() - began
    await engine.conversations.forget(conversation)
    parts = {name: seconds * 1000 / times for name, seconds in watch.spent.most_common()}
    return {**parts, AROUND: whole * 1000 / times - sum(parts.values())}
