"""Runs Rasa's graph of components straight through."""

from __future__ import annotations

from graphlib import TopologicalSorter
from typing import Any, TypeVar

from rasa.engine.graph import GraphComponent
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.runner.interface import GraphRunner

from trialog.assistant import watch

# A node, and those whose output it takes.
Step = tuple[str, tuple[str, ...]]

Kind = TypeVar("Kind", bound=GraphComponent)


class StraightRunner(DaskGraphRunner):
    """Runs the nodes one after the other, as dask does here; the order is found once, not at each of three runs a message."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._steps: dict[tuple[str, ...], list[Step]] = {}

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """The output of the ``targets``, by name."""
        wanted = tuple(targets or self._graph_schema.target_names)
        if wanted not in self._steps:
            self._steps[wanted] = self._steps_to(wanted)
        # A node takes and gives its output together with its name.
        outputs = {name: (name, value) for name, value in (inputs or {}).items()}
        for node, needs in self._steps[wanted]:
            outputs[node] = self._instantiated_nodes[node](*(outputs[need] for need in needs))
        outcome = {name: outputs[name][1] for name in wanted}
        watch.saw(inputs or {}, outcome)
        return outcome

    def _steps_to(self, targets: tuple[str, ...]) -> list[Step]:
        nodes = self._graph_schema.minimal_graph_schema(list(targets)).nodes
        needs = {name: tuple(node.needs.values()) for name, node in nodes.items()}
        return [(name, needs[name]) for name in TopologicalSorter(needs).static_order() if name in nodes]


def component_of(runner: GraphRunner, kind: type[Kind]) -> Kind:
    """The component of that ``kind`` in the graph; raises ValueError where there is none."""
    nodes = runner._instantiated_nodes.values() if isinstance(runner, StraightRunner) else ()
    found = next((node._component for node in nodes if isinstance(node._component, kind)), None)
    if not isinstance(found, kind):
        raise ValueError(f"there is no {kind.__name__} in the pipeline")
    return found
