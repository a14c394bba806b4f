"""A product of int8 numbers, where each row of what comes in has steps of its own.

onnxruntime's ``DynamicQuantizeLinear`` has one step for all that comes in, so a line's vector hung on the lines it was read with, and
on the padding. By rows it is the same alone and in a batch, and three times nearer to the 32-bit model (decision 23).
"""

from __future__ import annotations

import numpy as np
from onnx import NodeProto, TensorProto, helper, numpy_helper

# Steps to either side of the middle, which is where 0 stands in 8 bits without a sign.
_STEPS, _MIDDLE = 127, 128

# A row of zeros has no step.
_LEAST = 1e-9


def product_by_rows(states: str, table: str, output: str) -> list[NodeProto]:
    """Nodes for ``states`` (32-bit, one row a piece) times ``table`` (int8), as 32-bit numbers in the table's steps: ``output``."""

    def name(part: str) -> str:
        return f"{output}_{part}"

    def constant(part: str, value: np.generic) -> NodeProto:
        return helper.make_node("Constant", [], [name(part)], value=numpy_helper.from_array(np.asarray(value)))

    return [
        constant("least", np.float32(_LEAST)),
        constant("steps", np.float32(_STEPS)),
        constant("middle", np.float32(_MIDDLE)),
        constant("zero", np.uint8(_MIDDLE)),
        helper.make_node("Abs", [states], [name("sizes")]),
        helper.make_node("ReduceMax", [name("sizes")], [name("largest")], axes=[-1], keepdims=1),
        helper.make_node("Max", [name("largest"), name("least")], [name("most")]),
        helper.make_node("Div", [name("most"), name("steps")], [name("step")]),
        helper.make_node("Div", [states, name("step")], [name("scaled")]),
        helper.make_node("Round", [name("scaled")], [name("rounded")]),
        helper.make_node("Add", [name("rounded"), name("middle")], [name("shifted")]),
        helper.make_node("Cast", [name("shifted")], [name("int8")], to=TensorProto.UINT8),
        helper.make_node("MatMulInteger", [name("int8"), table, name("zero")], [name("whole")]),
        helper.make_node("Cast", [name("whole")], [name("floats")], to=TensorProto.FLOAT),
        helper.make_node("Mul", [name("floats"), name("step")], [output]),
    ]
