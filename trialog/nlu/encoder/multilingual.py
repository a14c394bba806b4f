"""multilingual-e5-small as a folder that ``Encoder`` reads, put together once out of the pinned package and the layers it was taught.

Of its 250,000 word pieces those are kept that the languages read here need: a fourth of the memory.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

from trialog.nlu.encoder.arrays import Array
from trialog.nlu.encoder.base import LAYERS, NORMS, SHA256, BaseModel, Layer, Pieces
from trialog.nlu.encoder.encoder import MAX_WORD_PIECES, Cut, Encoder, code, session_of
from trialog.nlu.encoder.files import is_whole, write_model
from trialog.nlu.encoder.tuned_languages import FILE as TUNED
from trialog.nlu.encoder.tuned_languages import FIRST_TUNED, tuned_layer, tuned_weights
from trialog.nlu.encoder.unigram import CONTROLS, GAP, Unigram

# The model was trained to read what is asked behind this word.
PREFIX = "query: "

MODEL = "model.onnx"


class MultilingualEncoder(Encoder):
    """The encoder in a folder that ``multilingual`` gave. Few messages need it, so it takes little memory until one does."""

    def _cut_by(self, tokenizer: Path) -> Cut:
        return Unigram.from_file(tokenizer, MAX_WORD_PIECES)

    def _session_of(self, model: Path) -> onnxruntime.InferenceSession:
        # Weights are used as they lie in their file: a fifth slower, and 20 MB less.
        return session_of(model, session_disable_prepacking="1")


def tokenizer_of(pieces: Pieces, kept: NDArray[np.int64]) -> Tokenizer:
    """Cuts a text into those of ``pieces`` whose numbers are ``kept``; the four that stand for no text must come first."""
    vocabulary = [(pieces.texts[number], float(pieces.scores[number])) for number in kept]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=pieces.unknown))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Replace(Regex(CONTROLS), ""), normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Strip()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement=GAP, prepend_scheme="always", split=True)
    begin, end = pieces.texts[pieces.begin], pieces.texts[pieces.end]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {end}", special_tokens=[(begin, pieces.begin), (end, pieces.end)]
    )
    return tokenizer


def multilingual(cache: Path, kept: NDArray[np.int64]) -> Path:
    """The folder below ``cache`` with the encoder, made when it is missing or damaged; a half-written one is never seen."""
    made_of = code() + kept.tobytes() + SHA256.encode() + TUNED.read_bytes()
    folder = cache / f"multilingual-{hashlib.sha256(made_of).hexdigest()[:16]}"
    if folder.is_dir() and not is_whole(folder / MODEL):
        shutil.rmtree(folder)
    if not folder.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as scratch:
            whole = Path(scratch) / folder.name
            whole.mkdir()
            base, tuned = BaseModel(), tuned_weights()
            write_encoder(
                whole,
                base,
                kept,
                [base.layer(number) if number < FIRST_TUNED else tuned_layer(tuned, number) for number in range(LAYERS)],
            )
            try:
                os.rename(whole, folder)
            except OSError:
                # Another process was quicker, or there is a fault worth seeing.
                if not folder.is_dir():
                    raise
    return folder


def write_encoder(folder: Path, base: BaseModel, kept: NDArray[np.int64], layers: Sequence[Layer]) -> None:
    """Write into ``folder`` what ``MultilingualEncoder`` reads: the pieces ``kept``, and ``layers`` on top of each other."""
    # onnx itself takes 30 MB, and only the first start needs it.
    from trialog.nlu.encoder.graph import Quantised, encoder_graph

    words = Quantised.of(base.words(kept), most=127)
    model = encoder_graph(words, base.embedding(), [_quantised(layer) for layer in layers])
    write_model(model, folder / MODEL)
    tokenizer_of(base.pieces, kept).save(str(folder / "tokenizer.json"), pretty=False)


def _quantised(layer: Layer) -> dict[str, Any]:
    """A layer as ``encoder_graph`` takes it; query, key and value are worked out together."""
    from trialog.nlu.encoder.graph import Linear, Quantised

    def both(part: str) -> list[Array]:
        return [layer[f"{part}.{kind}"] for kind in ("weight", "bias")]

    attends = [np.concatenate(arrays) for arrays in zip(*map(both, ("query", "key", "value")), strict=True)]
    matrices = {"attends": attends} | {part: both(part) for part in ("attention", "inner", "outer")}
    parts: dict[str, Any] = {part: Linear(Quantised.of(weight), bias) for part, (weight, bias) in matrices.items()}
    return parts | {f"{part}.{kind}": layer[f"{part}.{kind}"] for part in NORMS.values() for kind in ("weight", "bias")}
