"""Topics that are easily taken for each other, tested as pairs."""

import pytest

from tests.nlu.test_held_out import topic_of
from trialog.assistant.engine import Engine

PAIRS = {
    "overview and goal": {
        "study_overview": ["give me the short version of this trial", "I'd like a general description of the study"],
        "study_goal": ["what are they hoping to prove with it", "for what reason is this study being carried out"],
    },
    "goal and current part": {
        "study_goal": ["what question should this research answer"],
        "current_part": ["which stage is the study at today", "what are they working on in the trial at present"],
    },
    "who can enter, age, disease, one child": {
        "who_can_enter": ["what conditions must a patient meet for the trial", "list the inclusion criteria"],
        "age_limits": ["from what age on is the study possible", "are 18 year olds still included"],
        "disease_needed": ["is it only for leukemia or also for lymphoma", "is T-cell leukemia included in the study"],
        "elig_start": ["would my girl qualify for it", "please check if he is a candidate, he is 6 with BCP-ALL"],
    },
    "what the drug is and how it works": {
        "drug_what": ["is InO an antibody or a chemo", "what sort of medicine are they giving"],
        "drug_how": ["by what mechanism does InO destroy the cancer", "how does it find the bad cells"],
    },
    "side effects and healthy cells": {
        "side_effects": ["can it make him sick or damage his organs", "which risks come with the drug"],
        "healthy_cells": ["are good cells attacked as well", "is CD22 found on normal cells too"],
    },
    "how to join, contact, location": {
        "how_to_join": ["what must I do to register my child", "how does one get into the programme"],
        "contact": ["give me the number of the trial nurse", "which e-mail address can I write to"],
        "location": ["in what cities is it offered", "is there a participating hospital in Ireland"],
    },
    "prognosis, survival, results": {
        "prognosis": ["will my little one make it", "how long does my daughter have left"],
        "survival": ["what percentage of patients is alive five years on", "do the remissions last for years"],
        "phase1_results": ["how well did children respond in the first part", "how many reached remission in phase one"],
    },
    "distress, crisis, emergency": {
        "distress": ["I'm at the end of my strength and just cry", "nobody understands how lonely this is"],
        "crisis": ["I want to end my life", "my son says he wants to be dead"],
        "emergency": ["she has turned grey and does not react", "his nose has been bleeding for an hour and won't stop"],
    },
    "medical advice and other trials": {
        "medical_advice": ["should we say no to the transplant", "is it better for him to stop the steroids"],
        "other_trials": ["is there another study for relapsed ALL", "would CAR-T be an alternative"],
    },
    "a word and a question about it": {
        "term/remission": ["what is meant by remission"],
        "phase1_results": ["how many children went into remission"],
        "term/stem_cell_transplant": ["what happens in a stem cell transplant, what is it"],
        "transplant_role": ["do the children need a transplant after the drug"],
        "term/relapsed": ["explain the word relapsed"],
        "background": ["what is usually done when the leukemia relapses"],
    },
}


@pytest.mark.parametrize(("topic", "text"), [(topic, text) for pair in PAIRS.values() for topic, texts in pair.items() for text in texts])
async def test_neighbours_are_kept_apart(engine: Engine, topic: str, text: str) -> None:
    assert await topic_of(engine, text) == topic
