"""How the encoders are kept: the graph in one file, its weights in another, and a digest of both that tells whether they are whole.

Weights in a file of their own are mapped into memory and not read into it: of a table only the rows are there that were looked up, and
several processes have them once.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from trialog.operation.files import written_whole

if TYPE_CHECKING:
    from onnx import ModelProto

# Smaller arrays stay in the graph, where constants are worked out before it runs.
_LEAST_BYTES = 4_096

# Where an array may begin, as memory is mapped.
_PAGE = 4_096


def write_model(model: ModelProto, file: Path) -> None:
    """Write ``model`` to ``file`` and its weights beside it; what is written half is not taken for whole."""
    from onnx import TensorProto, numpy_helper
    from onnx.external_data_helper import set_external_data

    weights = file.with_suffix(".weights")
    with written_whole(weights) as out:
        for tensor in model.graph.initializer:
            array = numpy_helper.to_array(tensor)
            if array.nbytes < _LEAST_BYTES:
                continue
            start = -(-out.tell() // _PAGE) * _PAGE
            out.seek(start)
            out.write(array.tobytes())
            name, kind, shape = tensor.name, tensor.data_type, list(array.shape)
            tensor.CopyFrom(TensorProto(name=name, data_type=kind, dims=shape, raw_data=b""))
            set_external_data(tensor, weights.name, start, array.nbytes)
            tensor.ClearField("raw_data")
    with written_whole(file) as out:
        out.write(model.SerializeToString())
    with written_whole(_digest_file(file)) as out:
        out.write(_digest(file).encode())


def is_whole(file: Path) -> bool:
    """True if ``file`` and its weights are as they were written."""
    try:
        return _digest_file(file).read_text(encoding="ascii") == _digest(file)
    except (OSError, ValueError):
        return False


def _digest_file(file: Path) -> Path:
    return file.with_suffix(".sha256")


def _digest(file: Path) -> str:
    digest = hashlib.sha256()
    for part in (file, file.with_suffix(".weights")):
        with part.open("rb") as content:
            digest.update(hashlib.file_digest(content, "sha256").digest())
    return digest.hexdigest()
