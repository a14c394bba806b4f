"""What the pipeline's components have in common that look again at what the topic classifier chose."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import GraphComponent
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.training_data.message import Message

from trialog.nlu.decider import Ranking
from trialog.nlu.prediction import RANKING


class SecondLook(GraphComponent, IntentClassifier):
    """Stands after the topic classifier in the pipeline; a subclass says what it changes in ``look``."""

    def process_training_data(self, training_data: Any) -> Any:
        """Nothing to add: training examples are classified by nobody."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Look at every message that has a ranking."""
        for message in messages:
            ranking = message.get(RANKING)
            if ranking:
                self.look(message, message.get("text"), ranking)
        return messages

    def look(self, message: Message, text: str, ranking: Ranking) -> None:
        """Set intent, ranking and response choice of ``message`` anew if ``text`` asks for others."""
        raise NotImplementedError
