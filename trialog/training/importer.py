"""Tells Rasa that every retrieval intent has its words, although they stand in content/ and not in a response.

Rasa warns once for each training example whose retrieval intent (``ask/study_goal``) has no response of its own. Ours
are put together by the actions from the folder of the study that is asked about, so each gets its topic's title.
"""

from __future__ import annotations

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.training_data import TrainingData

from trialog.content.deployment import Deployment


class TopicImporter(RasaFileImporter):
    """Rasa's own file importer, with a title for each retrieval intent that data/responses has no words for."""

    def get_nlu_data(self, language: str = "en") -> TrainingData:
        """The training data below data/."""
        data = super().get_nlu_data(language)
        topics = Deployment.current().library.topics
        keys = {example.get("intent_response_key") for example in data.training_examples} - {None}
        for key in sorted(keys):
            topic = topics.get(key.partition("/")[2])
            data.responses.setdefault(f"utter_{key}", [{"text": topic.title if topic else key}])
        return data
