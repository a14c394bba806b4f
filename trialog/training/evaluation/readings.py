"""Lines as the served pipeline reads them: the same components, on many lines at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from trialog.content.model import Library
from trialog.nlu.acts.reading import ActModel
from trialog.nlu.danger.model import DangerModel, without_doubt
from trialog.nlu.danger.signs import DangerFinder
from trialog.nlu.decider import Decision, Evidence, decide
from trialog.nlu.elsewhere.language import Languages
from trialog.nlu.elsewhere.model import elsewhere_model
from trialog.nlu.elsewhere.reading import read_elsewhere
from trialog.nlu.encoder.arrays import Array
from trialog.nlu.encoder.encoder import Encoder
from trialog.nlu.encoder.kept import KeptVectors
from trialog.nlu.evidence import DangerEvidence, PersonalEvidence
from trialog.nlu.personal_data.component import PersonalDataFinder, evidence_of
from trialog.nlu.thresholds import Thresholds
from trialog.nlu.topics.model import TopicModel
from trialog.nlu.topics.second_opinion import TwoOpinions
from trialog.nlu.topics.spelt import read_as_meant, spelling_of
from trialog.operation.progress import begins, steps
from trialog.settings import Settings
from trialog.training.evaluation.folds import folds
from trialog.training.examples import Example


@dataclass(frozen=True)
class Reading:
    """A line with all that the components find in it."""

    example: Example
    evidence: Evidence

    def decision(self, thresholds: Thresholds) -> Decision:
        """What the assistant would act on."""
        return decide(self.evidence, thresholds)


@dataclass(frozen=True)
class Learned:
    """What ``trialog train`` learns from lines: the models of topics and, where there are lines of these, of acts."""

    topics: TopicModel
    acts: ActModel | None


class Pipeline:
    """The components as served; what is learned is another for each fold, so it is handed in."""

    def __init__(self, settings: Settings, library: Library, acts: Sequence[Example] = ()) -> None:
        """``acts`` are the lines of what messages do to a conversation; without any, none is looked for."""
        self._acts = acts
        self._encoder = Encoder.from_settings(settings)
        self._vectors = KeptVectors(self._encoder, settings.models)
        self._personal = PersonalDataFinder(library)
        self._model = DangerModel(settings.models)
        self._signs = DangerFinder(library.danger)
        self._elsewhere = elsewhere_model(settings.models)
        self._languages = Languages()

    def read(self, examples: Sequence[Example], learned: Learned) -> list[Reading]:
        """Each example with its evidence."""
        vectors = self._vectors.encode([example.text for example in examples])
        return self._readings(examples, learned, vectors, list(self._found(examples)))

    def read_held_out(self, examples: Sequence[Example], count: int) -> list[Reading]:
        """Each example with its evidence, its topics by a model that never saw its voice."""
        vectors = self._vectors.encode([example.text for example in examples])
        found = list(self._found(examples))
        readings = []
        for number, (others, held) in enumerate(folds(examples, count), start=1):
            voices = ", ".join(sorted({examples[place].voice for place in held}))
            begins(f"Fold {number} of {count}: {len(others):,} lines to learn, {len(held):,} held out ({voices})")
            learned = self.learn([examples[place] for place in others])
            readings += self._readings([examples[place] for place in held], learned, vectors[held], [found[place] for place in held])
        return readings

    def learn(self, examples: Sequence[Example]) -> Learned:
        """Models trained on ``examples`` and the lines of acts, as ``trialog train`` does."""
        texts, labels = [example.text for example in examples], [example.label for example in examples]
        topics = TopicModel(self._encoder).fit(texts, labels, self._vectors.encode(texts))
        texts, labels = [*texts, *(act.text for act in self._acts)], [*labels, *(act.label for act in self._acts)]
        return Learned(topics, ActModel(self._encoder).fit(texts, labels, self._vectors) if self._acts else None)

    def _found(self, examples: Sequence[Example]) -> Iterator[tuple[PersonalEvidence, DangerEvidence]]:
        texts = [example.text for example in examples]
        opinions = zip(texts, self._model.opinions(texts), strict=True)
        for text, opinion in steps(f"Looking for danger and personal data in {len(texts):,} lines", opinions, len(texts)):
            yield evidence_of(text, self._personal.find(text)), self._signs.evidence(text, opinion)

    def _readings(
        self,
        examples: Sequence[Example],
        learned: Learned,
        vectors: Array,
        found: Sequence[tuple[PersonalEvidence, DangerEvidence]],
    ) -> list[Reading]:
        both, spelling = TwoOpinions(learned.topics, self._elsewhere), spelling_of(learned.topics)
        readings = []
        for place, (example, (personal, danger)) in enumerate(zip(examples, found, strict=True)):
            vector = vectors[place : place + 1]
            topics = read_as_meant(both, spelling, example.text, personal, vector)
            acts = learned.acts.read(example.text, vector, by_steps=False) if learned.acts else None
            elsewhere = read_elsewhere(example.text, topics, self._elsewhere, self._languages)
            heard = replace(danger, opinion=without_doubt(topics.whole) or danger.opinion)
            readings.append(Reading(example, Evidence(topics, heard, personal, acts, elsewhere)))
        return readings
