"""Makes an int8 ONNX sentence encoder take half the time and memory.

Such a model keeps its weights small in the file, but its graph first turns them into 32-bit numbers. Here the rows of the
table of word vectors are looked up first, and matrices are multiplied as they are: measured on all-MiniLM-L6-v2, 4.6 ms a
message in place of 8.6.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import GraphProto, NodeProto, TensorProto, helper, numpy_helper

from trialog.nlu.encoder.arrays import MOST, Weights
from trialog.nlu.encoder.files import write_model
from trialog.nlu.encoder.int8 import product_by_rows


def write_lean_copy(model: Path, copy: Path, weights: Weights | None = None) -> None:
    """Write to ``copy`` what ``model`` computes, up to rounding (``files``).

    ``weights`` take the place of the model's own, by their names in the graph.
    """
    graph = onnx.load(str(model))
    replace_weights(graph.graph, weights or {})
    look_up_first(graph.graph)
    multiply_as_int8(graph.graph)
    write_model(graph, copy)


def replace_weights(graph: GraphProto, weights: Weights) -> None:
    """Put ``weights`` in the place of the graph's own; raises ValueError if a name or a shape is not the graph's."""
    own = {initializer.name: initializer for initializer in graph.initializer}
    for name, array in weights.items():
        if name not in own or list(own[name].dims) != list(array.shape):
            raise ValueError(f"the weights do not belong to this encoder: it has no {name} of shape {array.shape}")
        own[name].CopyFrom(numpy_helper.from_array(array, name))


def look_up_first(graph: GraphProto) -> None:
    """Rewrite every ``Gather(Mul(Cast(table), scale), ids)`` to ``Mul(Cast(Gather(table, ids)), Gather(scale, ids))``."""
    found = _Scaled(graph)
    rewritten: list[NodeProto] = []
    for node in graph.node:
        scaled = found.behind(node.input[0]) if node.op_type == "Gather" else None
        rewritten += _looked_up(*scaled, node) if scaled and _is_by_row(graph, scaled[1].input[1]) else [node]
    _put(graph, rewritten)


def multiply_as_int8(graph: GraphProto) -> None:
    """Rewrite every ``MatMul(states, Mul(Cast(table), scale))`` to a product of int8 numbers."""
    found = _Scaled(graph)
    arrays = {tensor.name: tensor for tensor in graph.initializer}
    rewritten: list[NodeProto] = []
    for node in graph.node:
        scaled = found.behind(node.input[1]) if node.op_type == "MatMul" else None
        if scaled and scaled[0].input[0] in arrays:
            table, scale = arrays[scaled[0].input[0]], arrays[scaled[1].input[1]]
            _leave_room(table, scale)
            rewritten += _multiplied(node, table.name, scale.name)
        else:
            rewritten.append(node)
    _put(graph, rewritten)


class _Scaled:
    """Finds the tables that a graph turns into 32-bit numbers before it uses them."""

    def __init__(self, graph: GraphProto) -> None:
        self._maker = {output: node for node in graph.node for output in node.output}

    def behind(self, name: str) -> tuple[NodeProto, NodeProto] | None:
        """The ``Cast`` and the ``Mul`` that make ``name``, if it is made so."""
        scaled = self._maker.get(name)
        cast = self._maker.get(scaled.input[0]) if scaled and scaled.op_type == "Mul" else None
        return (cast, scaled) if scaled and cast and cast.op_type == "Cast" else None


def _put(graph: GraphProto, nodes: list[NodeProto]) -> None:
    """Make ``nodes`` the graph's, without those whose output nobody reads."""
    used = {name for node in nodes for name in node.input} | {output.name for output in graph.output}
    del graph.node[:]
    graph.node.extend(node for node in nodes if used & set(node.output))


def _leave_room(table: TensorProto, scale: TensorProto) -> None:
    """Round ``table`` to seven of eight bits, if it is not yet."""
    steps = numpy_helper.to_array(table)
    most = int(np.abs(steps.astype(np.int16)).max())
    if most > MOST:
        table.CopyFrom(numpy_helper.from_array(np.round(steps * np.float32(MOST / most)).astype(np.int8), table.name))
        scales = numpy_helper.to_array(scale) * np.float32(most / MOST)
        scale.CopyFrom(numpy_helper.from_array(scales.astype(np.float32), scale.name))


def _multiplied(matmul: NodeProto, table: str, scale: str) -> list[NodeProto]:
    product = f"{matmul.output[0]}_int8"
    return [*product_by_rows(matmul.input[0], table, product), helper.make_node("Mul", [product, scale], list(matmul.output))]


def _is_by_row(graph: GraphProto, scale: str) -> bool:
    """True if ``scale`` has one value a row, so that it can be looked up like the table."""
    return any(weights.name == scale and len(weights.dims) > 1 and weights.dims[0] > 1 for weights in graph.initializer)


def _looked_up(cast: NodeProto, scaled: NodeProto, gather: NodeProto) -> list[NodeProto]:
    ids, rows = gather.input[1], f"{gather.name}_rows"
    to = helper.get_node_attr_value(cast, "to")
    return [
        helper.make_node("Gather", [cast.input[0], ids], [f"{rows}_int8"], axis=0),
        helper.make_node("Gather", [scaled.input[1], ids], [f"{rows}_scale"], axis=0),
        helper.make_node("Cast", [f"{rows}_int8"], [f"{rows}_float"], to=to),
        helper.make_node("Mul", [f"{rows}_float", f"{rows}_scale"], list(gather.output)),
    ]
