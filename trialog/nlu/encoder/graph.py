"""The encoder as an ONNX graph with int8 kernels, put together by hand: no exporter, and no second copy of any weight.

Each matrix is kept as int8 with one scale an output; what comes in is made int8 row by row. The table of word pieces is int8 with one
scale a row and looked up before it is made 32-bit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

from trialog.nlu.encoder.arrays import MOST, Array
from trialog.nlu.encoder.base import EPSILON, HEADS
from trialog.nlu.encoder.int8 import product_by_rows

Stored = Mapping[str, NDArray[Any]]


@dataclass(frozen=True)
class Quantised:
    """A matrix (rows, columns) as ``steps`` times one of ``scales`` a row."""

    steps: NDArray[np.int8]
    scales: Array

    @classmethod
    def of(cls, matrix: Array, most: int = MOST) -> Quantised:
        """``matrix`` with each row in steps of its own."""
        scales = np.maximum(np.abs(matrix).max(axis=1), 1e-9).astype(np.float32) / most
        return cls(np.round(matrix / scales[:, None]).astype(np.int8), scales)

    def floats(self) -> Array:
        """The matrix as it is used."""
        return np.asarray(self.steps.astype(np.float32) * self.scales[:, None])


@dataclass(frozen=True)
class Linear:
    """A quantised matrix (out, in) and what is added."""

    matrix: Quantised
    bias: Array


class GraphBuilder:
    """Nodes and arrays of a graph; each method adds a part and gives the name of its output."""

    def __init__(self) -> None:
        self.nodes: list[NodeProto] = []
        self.arrays: dict[str, NDArray[Any]] = {}
        self._count = 0

    def array(self, values: Any) -> str:
        """A constant."""
        self._count += 1
        self.arrays[f"c{self._count}"] = np.ascontiguousarray(values)
        return f"c{self._count}"

    def node(self, kind: str, inputs: Sequence[str], outputs: int = 1, **attributes: Any) -> list[str]:
        """A node with several outputs."""
        self._count += 1
        names = [f"n{self._count}_{number}" for number in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, name=f"n{self._count}", **attributes))
        return names

    def one(self, kind: str, *inputs: str, **attributes: Any) -> str:
        """A node with one output."""
        return self.node(kind, inputs, **attributes)[0]

    def linear(self, states: str, part: Linear) -> str:
        """``states`` times the matrix, plus the bias."""
        self._count += 1
        product = f"n{self._count}"
        self.nodes += product_by_rows(states, self.array(part.matrix.steps.T), product)
        scaled = self.one("Mul", product, self.array(part.matrix.scales))
        return self.one("Add", scaled, self.array(part.bias.astype(np.float32)))

    def norm(self, states: str, weight: Array, bias: Array) -> str:
        """Each piece's numbers with mean 0 and variance 1, then weighed."""
        inputs = (states, self.array(weight.astype(np.float32)), self.array(bias.astype(np.float32)))
        return self.one("LayerNormalization", *inputs, epsilon=EPSILON, axis=-1)

    def gelu(self, states: str) -> str:
        """BERT's activation, in the five nodes that onnxruntime makes one of."""
        erf = self.one("Erf", self.one("Div", states, self.array(np.float32(2**0.5))))
        weighed = self.one("Mul", states, self.one("Add", erf, self.array(np.float32(1))))
        return self.one("Mul", weighed, self.array(np.float32(0.5)))


def encoder_graph(words: Quantised, embedding: Mapping[str, Array], layers: Sequence[Mapping[str, Any]]) -> ModelProto:
    """A model from ``input_ids`` and ``attention_mask`` to the states of the pieces, shape (texts, pieces, width).

    ``layers`` hold ``Linear`` for ``attends`` (query, key and value on top of each other), ``attention``, ``inner`` and ``outer``, and
    arrays for the norms, as ``BaseModel.layer`` names them.
    """
    build = GraphBuilder()
    states = _embedded(build, words, embedding)
    bias = _padding(build)
    for layer in layers:
        attended = build.linear(_attention(build, build.linear(states, layer["attends"]), bias, words.steps.shape[1]), layer["attention"])
        states = build.norm(build.one("Add", states, attended), layer["attention_norm.weight"], layer["attention_norm.bias"])
        thought = build.linear(build.gelu(build.linear(states, layer["inner"])), layer["outer"])
        states = build.norm(build.one("Add", states, thought), layer["outer_norm.weight"], layer["outer_norm.bias"])
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "pieces"]) for name in ("input_ids", "attention_mask")]
    output = helper.make_tensor_value_info(states, TensorProto.FLOAT, ["texts", "pieces", words.steps.shape[1]])
    tensors = [numpy_helper.from_array(array, name) for name, array in build.arrays.items()]
    graph = helper.make_graph(build.nodes, "encoder", inputs, [output], tensors)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)


def _embedded(build: GraphBuilder, words: Quantised, embedding: Mapping[str, Array]) -> str:
    rows = build.one("Gather", build.array(words.steps), "input_ids", axis=0)
    scales = build.one("Gather", build.array(words.scales[:, None]), "input_ids", axis=0)
    vectors = build.one("Mul", build.one("Cast", rows, to=TensorProto.FLOAT), scales)
    length = build.one("Slice", build.one("Shape", "input_ids"), *(build.array(np.array([number])) for number in (1, 2)))
    start = build.array(np.array([0]))
    added = build.array(embedding["position"] + embedding["type"])
    placed = build.one("Add", vectors, build.one("Slice", added, start, length, start))
    return build.norm(placed, embedding["norm.weight"], embedding["norm.bias"])


def _padding(build: GraphBuilder) -> str:
    """Added to the attention: much less than nothing where there is only padding."""
    mask = build.one("Cast", "attention_mask", to=TensorProto.FLOAT)
    missing = build.one("Mul", build.one("Sub", build.array(np.float32(1)), mask), build.array(np.float32(-1e4)))
    return build.one("Unsqueeze", missing, build.array(np.array([1, 2])))


def _attention(build: GraphBuilder, attends: str, bias: str, width: int) -> str:
    """What each piece takes from the others, from queries, keys and values side by side."""
    heads = build.array(np.array([0, 0, HEADS, width // HEADS]))
    parts = build.node("Split", [attends, build.array(np.array([width] * 3))], 3, axis=-1)
    query, key, value = (build.one("Reshape", part, heads) for part in parts)
    query, value = (build.one("Transpose", part, perm=[0, 2, 1, 3]) for part in (query, value))
    scores = build.one("MatMul", query, build.one("Transpose", key, perm=[0, 2, 3, 1]))
    scaled = build.one("Mul", scores, build.array(np.float32((width // HEADS) ** -0.5)))
    shares = build.one("Softmax", build.one("Add", scaled, bias), axis=-1)
    taken = build.one("Transpose", build.one("MatMul", shares, value), perm=[0, 2, 1, 3])
    return build.one("Reshape", taken, build.array(np.array([0, 0, width])))
