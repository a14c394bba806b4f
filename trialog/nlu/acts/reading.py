"""What a message may do at one moment of a conversation: learned from lines of that moment, told from all other messages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from trialog.language.assertion import parts_of
from trialog.language.sentences import steps_in
from trialog.nlu.encoder.arrays import Array
from trialog.nlu.encoder.encoder import Encoder
from trialog.nlu.encoder.kept import KeptVectors
from trialog.nlu.evidence import AT_QUESTION, IN_DANGER, MOMENTS, NO_ACT, TALK, ActEvidence, Ranking, moment_of
from trialog.nlu.ranking import by_share
from trialog.nlu.topics.model import TopicModel

# Lines of each topic that teach what is none of a moment's acts.
OTHERS = {IN_DANGER: 14, TALK: 40, AT_QUESTION: 4}

# Chatter is what acts are hardest to tell from: in any conversation all its lines teach what is none of them, elsewhere so many.
_CHATTER = ("out_of_scope/oos_general", "smalltalk/greet", "smalltalk/bot_identity")
_OF_CHATTER = {TALK: 10_000, AT_QUESTION: 16}

# Acts that by their meaning ask for nothing.
_ONLY_TELL = ("told", "bad_news")

# Topics that teach nothing about a moment: what they say is said by its acts, too.
_NOT_OTHERS = {
    IN_DANGER: ("safety/", "smalltalk/", "followup/", "questionnaire/", "out_of_scope/"),
    TALK: ("followup/simpler",),
    AT_QUESTION: ("elig_start", "questionnaire/"),
}


class ActModel:
    """One model a moment; each gives every act of the moment, and none of them, a probability."""

    def __init__(self, encoder: Encoder) -> None:
        self._models = {moment: TopicModel(encoder) for moment in MOMENTS}

    def fit(self, texts: Sequence[str], labels: Sequence[str], vectors: KeptVectors) -> ActModel:
        """Learn from the lines of each moment, and from some of every topic as none of its acts."""
        for moment, model in self._models.items():
            lines, acts = zip(*_lessons(moment, texts, labels), strict=True)
            model.fit(lines, acts, vectors.encode(lines))
        return self

    def read(self, text: str, vectors: Array | None = None, *, by_steps: bool = True) -> ActEvidence:
        """What ``text`` does at each moment, whole and ``by_steps``; ``vectors`` is the embedding of the whole, if known."""
        steps = steps_in(text) if by_steps else []
        whole = {moment: _rankings(model, [text], vectors)[0] for moment, model in self._models.items()}
        if parts_of(text).asks:
            whole[TALK] = _only_asking(whole[TALK])
        return ActEvidence(
            whole=whole,
            steps=_rankings(self._models[IN_DANGER], steps) if len(steps) > 1 else (),
        )

    def save(self, folder: Path) -> None:
        """Write what was learned into ``folder``, one file a moment."""
        for moment, model in self._models.items():
            (folder / moment).mkdir()
            model.save(folder / moment)

    @classmethod
    def load(cls, folder: Path, encoder: Encoder) -> ActModel:
        """The model that ``save`` wrote."""
        model = cls(encoder)
        model._models = {moment: TopicModel.load(folder / moment, encoder) for moment in MOMENTS}
        return model


def _lessons(moment: str, texts: Sequence[str], labels: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The lines of ``moment`` with their acts, and lines that are none of them, spread over each topic's voices."""
    others: dict[str, list[str]] = defaultdict(list)
    for text, label in zip(texts, labels, strict=True):
        if moment_of(label) == moment:
            yield text, label.removeprefix(f"{moment}/")
        elif moment_of(label) is None and not label.startswith(_NOT_OTHERS[moment]):
            others[label].append(text)
    for label, lines in others.items():
        most = _OF_CHATTER[moment] if label in _CHATTER else OTHERS[moment]
        step, half = max(1, 2 * len(lines) // most), most // 2
        # Acts are short, so the short lines of a topic are the ones to tell them from.
        chosen = dict.fromkeys([*lines[::step], *sorted(lines, key=len)[:half]])
        yield from ((line, NO_ACT) for line in chosen)


def _only_asking(ranking: Ranking) -> Ranking:
    """``ranking`` of a message that asks something: it does not only tell."""
    telling = sum(share for act, share in ranking if act in _ONLY_TELL)
    return by_share([(act, share + telling * (act == NO_ACT)) for act, share in ranking if act not in _ONLY_TELL])


def _rankings(model: TopicModel, texts: Sequence[str], vectors: Array | None = None) -> list[Ranking]:
    rows = model.probabilities(texts, vectors)
    return [by_share(list(zip(model.classes, map(float, row), strict=True))) for row in rows]
